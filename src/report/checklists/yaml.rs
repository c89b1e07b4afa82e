//! The little YAML that is written: every text as a double-quoted scalar, which no text can leave.

/// A text as a scalar that every reader of YAML 1.1 and 1.2 takes for just this text: what a reader might refuse, fold
/// or take for a line break is escaped.
pub(super) fn quoted(text: &str) -> String {
    let mut made = String::with_capacity(text.len() + 2);
    made.push('"');
    for character in text.chars() {
        match character {
            '"' | '\\' => made.extend(['\\', character]),
            '\n' => made.push_str("\\n"),
            '\t' => made.push_str("\\t"),
            other if is_plain(other) => made.push(other),
            other if u32::from(other) <= 0xffff => escape(&mut made, &format!("u{:04x}", u32::from(other))),
            other => escape(&mut made, &format!("U{:08x}", u32::from(other))),
        }
    }
    made.push('"');
    made
}

fn escape(made: &mut String, code: &str) {
    made.extend(["\\", code]);
}

/// What both versions print, less what is a line break or a mark of order in one of them.
fn is_plain(character: char) -> bool {
    let breaks = ['\u{85}', '\u{2028}', '\u{2029}', '\u{feff}'];
    let code = u32::from(character);
    let none = code & 0xfffe == 0xfffe;
    !character.is_control() && !breaks.contains(&character) && !none
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn no_text_is_anything_but_a_text() {
        for (text, written) in [
            ("yes", "\"yes\""),
            ("- a: b #c", "\"- a: b #c\""),
            ("say \"no\" \\ %", "\"say \\\"no\\\" \\\\ %\""),
            ("a\nb\tc\r", "\"a\\nb\\tc\\u000d\""),
            ("\u{85}\u{2028}\u{feff}\u{7f}\0", "\"\\u0085\\u2028\\ufeff\\u007f\\u0000\""),
            ("Việt 漢字 🚀 {{x}} !!int", "\"Việt 漢字 🚀 {{x}} !!int\""),
            ("\u{1fffe}", "\"\\U0001fffe\""),
            ("", "\"\""),
        ] {
            assert_eq!(quoted(text), written);
        }
    }

    /// What a reader makes of a double-quoted scalar on one line, by the rules of YAML 1.2 (7.3.1); `None` where
    /// it has to refuse it.
    fn read_back(scalar: &str) -> Option<String> {
        let mut rest = scalar.strip_prefix('"')?.strip_suffix('"')?.chars();
        let mut made = String::new();
        while let Some(character) = rest.next() {
            let code = |rest: &mut std::str::Chars, digits: usize| {
                let text: String = rest.take(digits).collect();
                u32::from_str_radix(&text, 16).ok().and_then(char::from_u32)
            };
            made.push(match character {
                '"' | '\n' | '\r' => return None,
                '\\' => match rest.next()? {
                    'n' => '\n',
                    't' => '\t',
                    'u' => code(&mut rest, 4)?,
                    'U' => code(&mut rest, 8)?,
                    other @ ('"' | '\\') => other,
                    _ => return None,
                },
                other => other,
            });
        }
        Some(made)
    }

    proptest! {
        #[test]
        fn it_is_read_back_as_it_was(text in prop_oneof![any::<String>(), "[\"\\\\\n\r\t\u{85}\u{2028}a]{0,40}"]) {
            let written = quoted(&text);
            prop_assert!(written.chars().all(|c| !c.is_control()), "{written:?}");
            prop_assert_eq!(read_back(&written), Some(text));
        }
    }
}
