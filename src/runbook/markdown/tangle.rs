//! Whether a text is nested more deeply than any runbook: then reading it as Markdown could take very long.

/// The most markers of lists and quotes that may begin one line.
const MARKERS: usize = 100;
/// The most columns by which a line may be indented.
const COLUMNS: usize = 400;

/// Whether a line of it begins with more markers, or further in, than can be meant.
pub(super) fn is_tangled(text: &str) -> bool {
    text.lines().any(|line| {
        let (markers, columns) = beginning(line);
        (markers > MARKERS && !is_rule(line)) || columns > COLUMNS
    })
}

/// How many markers a line begins with, and how many blank columns are among them.
fn beginning(line: &str) -> (usize, usize) {
    let (mut markers, mut columns) = (0, 0);
    let mut rest = line;
    loop {
        let inner = rest.trim_start_matches([' ', '\t']);
        columns +=
            rest.bytes().take(rest.len() - inner.len()).map(|byte| if byte == b'\t' { 4 } else { 1 }).sum::<usize>();
        rest = match marker(inner) {
            Some(length) => inner.get(length..).unwrap_or_default(),
            None => return (markers, columns),
        };
        markers += 1;
    }
}

/// The length of the marker that a line begins with.
fn marker(line: &str) -> Option<usize> {
    if line.starts_with('>') {
        return Some(1);
    }
    let digits = line.bytes().take(9).take_while(u8::is_ascii_digit).count();
    let signs: &[u8] = if digits > 0 { b".)" } else { b"-+*" };
    let bytes = line.as_bytes();
    let is_marker = bytes.get(digits).is_some_and(|byte| signs.contains(byte));
    let is_apart = bytes.get(digits + 1).is_none_or(|byte| matches!(byte, b' ' | b'\t'));
    (is_marker && is_apart).then_some(digits + 1)
}

/// A line of `- - -` or `* * *`, however long.
fn is_rule(line: &str) -> bool {
    ['-', '*'].into_iter().any(|sign| line.chars().all(|c| c == sign || matches!(c, ' ' | '\t')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_write_is_not_tangled() {
        for text in
            ["", "- - - a", "> > - 1. x", &"- ".repeat(300), &format!("{}x", "    ".repeat(40)), "1234567890. x"]
        {
            assert!(!is_tangled(text), "{text}");
        }
        for text in [
            &">".repeat(101),
            &format!("{}x", "- ".repeat(101)),
            &format!("{}x", "1. ".repeat(101)),
            &format!("a\n{}", "\t".repeat(101)),
        ] {
            assert!(is_tangled(text), "{text}");
        }
    }
}
