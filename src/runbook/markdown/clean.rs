//! Text of a runbook made harmless, its lines and tabs kept where they mean something.

use std::borrow::Cow;

use crate::domain::harmless;

/// How far a tab goes, in columns: as in `CommonMark`.
const TAB: usize = 4;

/// The source before it is read: line breaks are `\n`, tabs stay, everything else is harmless.
pub(super) fn source(text: &str) -> String {
    let mut made = String::with_capacity(text.len());
    // Three ways to end a line: CR LF, LF, CR.
    let text =
        if text.contains('\r') { Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n")) } else { text.into() };
    for (at, line) in text.split('\n').enumerate() {
        if at > 0 {
            made.push('\n');
        }
        for (at, piece) in line.split('\t').enumerate() {
            if at > 0 {
                made.push('\t');
            }
            made.push_str(&words(piece));
        }
    }
    made
}

/// A piece of one line. Character references can name what the source may not hold.
pub(super) fn words(text: &str) -> Cow<'_, str> {
    harmless::line(text, usize::MAX)
}

/// Several lines, tabs expanded.
pub(in crate::runbook) fn lines(text: &str) -> String {
    let mut made = String::with_capacity(text.len());
    for (at, line) in text.split('\n').enumerate() {
        if at > 0 {
            made.push('\n');
        }
        expand(line, &mut made);
    }
    made
}

/// Several lines of a script: tabs that begin a line stay, because `<<-` takes away tabs alone.
pub(super) fn script(text: &str) -> String {
    let mut made = String::with_capacity(text.len());
    for (at, line) in text.split('\n').enumerate() {
        if at > 0 {
            made.push('\n');
        }
        let rest = line.trim_start_matches('\t');
        made.push_str(line.get(..line.len() - rest.len()).unwrap_or_default());
        expand(rest, &mut made);
    }
    made
}

/// One line, harmless, tabs expanded to the next stop.
fn expand(line: &str, made: &mut String) {
    let mut column = 0;
    for (at, piece) in line.split('\t').enumerate() {
        if at > 0 {
            let gap = TAB - column % TAB;
            made.extend(std::iter::repeat_n(' ', gap));
            column += gap;
        }
        let piece = words(piece);
        column += piece.chars().count();
        made.push_str(&piece);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_and_tabs_stay_and_nothing_acts() {
        assert_eq!(source("a\r\nb\rc\u{2028}d\n\te\u{1b}[2Jf\0"), "a\nb\nc·d\n\tef·");
        assert_eq!(lines("\ta\tb\nabcd\te"), "    a   b\nabcd    e");
        assert_eq!(script("cat <<-X\n\ta\tb\n\tX"), "cat <<-X\n\ta   b\n\tX");
    }
}
