//! Words quoted for a POSIX shell.

/// A word so that a shell reads exactly it, as one word. The first word of a command may hold no bare `=`.
///
/// Each `'` and each `\` stands outside of the quotes behind a `\`; so fish, which knows `\` within them, reads the same.
pub(super) fn word(text: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "@%+:,./_-".contains(c);
    if !text.is_empty() && text.chars().all(plain) {
        return text.to_owned();
    }
    let mut made = String::with_capacity(text.len() + 2);
    made.push('\'');
    for character in text.chars() {
        match character {
            '\'' => made.push_str("'\\''"),
            '\\' => made.push_str("'\\\\'"),
            other => made.push(other),
        }
    }
    made.push('\'');
    made
}

/// Words as one command line.
pub(super) fn line<'a>(words: impl IntoIterator<Item = &'a str>) -> String {
    words.into_iter().map(word).collect::<Vec<_>>().join(" ")
}
