//! Makes bytes from outside harmless before they reach a cell, a log or a comment: no control character,
//! no escape sequence, no bidirectional override, nothing invisible that changes how the rest is read.

use std::borrow::Cow;

use unicode_width::UnicodeWidthChar as _;

/// The most marks on one letter. Scripts need four; more are a tower that is drawn over the rows above and below.
const TOWER: usize = 6;

/// Whether a text may reach the screen as it is: [`line()`] changes nothing in it but its length.
#[must_use]
pub fn is_harmless(text: &str) -> bool {
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
        return true;
    }
    let mut stacked = 0;
    text.chars().all(|character| {
        stacked = if is_mark(character) { stacked + 1 } else { 0 };
        stacked <= TOWER && is_plain(character)
    })
}

/// Whether a character may reach the screen as it is.
fn is_plain(character: char) -> bool {
    !(character.is_control() || is_format(character))
}

/// Whether it is plain, and drawn on the character before it.
fn is_mark(character: char) -> bool {
    character >= '\u{300}' && character.width() == Some(0) && is_plain(character)
}

/// Invisible characters that reorder, hide or join what is around them: Unicode's `Bidi_Control` and all of
/// `Default_Ignorable_Code_Point` (zero-width spaces, fillers, tags, the variation selectors), line separators,
/// interlinear marks. U+200D and U+FE0F stay: emoji are built with them.
fn is_format(character: char) -> bool {
    matches!(character,
        '\u{00ad}' | '\u{034f}' | '\u{061c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
        | '\u{180b}'..='\u{180f}'
        | '\u{200b}' | '\u{200c}' | '\u{200e}' | '\u{200f}'
        | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}'
        | '\u{fe00}'..='\u{fe0e}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}'
        | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
}

/// Whether a text is printable ASCII alone, as most labels are: asked of many bytes at once.
fn is_plain_ascii(text: &str) -> bool {
    let plain = |bytes: &[u8]| bytes.iter().fold(true, |plain, byte| plain & matches!(byte, b' '..=b'~'));
    text.as_bytes().chunks(64).all(plain)
}

/// One harmless line of at most `limit` characters. Escape sequences are taken out whole; a tab or a line
/// break becomes a space; every other control or format character becomes `·`, so that it is seen that
/// something was there, and so does all of a tower of marks that is too high. What is cut ends in `…`.
#[must_use]
pub fn line(text: &str, limit: usize) -> Cow<'_, str> {
    let short_enough = text.len() <= limit;
    if short_enough && (is_plain_ascii(text) || is_harmless(text)) {
        return Cow::Borrowed(text);
    }
    let mut made = String::with_capacity(text.len().min(limit.saturating_mul(4)));
    let mut rest = text.chars().peekable();
    let mut room = limit;
    let mut stacked = 0;
    while let Some(character) = rest.next() {
        stacked = if is_mark(character) { stacked + 1 } else { 0 };
        let character = match character {
            '\u{1b}' | '\u{9b}' | '\u{9d}' | '\u{90}' | '\u{98}' | '\u{9e}' | '\u{9f}' => {
                skip_sequence(character, &mut rest);
                continue;
            }
            '\r' if rest.peek() == Some(&'\n') => continue,
            '\t' | '\n' | '\r' => ' ',
            // The first mark too many is told, the others are not even counted.
            _ if stacked > TOWER + 1 => continue,
            other if is_plain(other) && stacked <= TOWER => other,
            _ => '·',
        };
        if room <= 1 && (room == 0 || rest.peek().is_some()) {
            made.push('…');
            break;
        }
        made.push(character);
        room -= 1;
    }
    Cow::Owned(made)
}

/// Skips the rest of an escape sequence (ECMA-48): CSI to its final byte, strings (OSC, DCS, SOS, PM, APC)
/// to BEL or ST, two-byte sequences.
fn skip_sequence(start: char, rest: &mut std::iter::Peekable<std::str::Chars<'_>>) {
    let kind = match start {
        '\u{1b}' => match rest.peek() {
            Some('[') => '\u{9b}',
            Some(']' | 'P' | 'X' | '^' | '_') => '\u{9d}',
            Some(' '..='/') => {
                while rest.next_if(|next| (' '..='/').contains(next)).is_some() {}
                rest.next_if(|next| ('0'..='~').contains(next));
                return;
            }
            Some('0'..='~') => {
                rest.next();
                return;
            }
            _ => return,
        },
        other => other,
    };
    if start == '\u{1b}' {
        rest.next();
    }
    if kind == '\u{9b}' {
        while rest.next_if(|next| (' '..='?').contains(next)).is_some() {}
        rest.next_if(|next| ('@'..='~').contains(next));
        return;
    }
    while let Some(next) = rest.next() {
        match next {
            // A line break ends a string that was never closed: the next line is not swallowed.
            '\u{7}' | '\u{9c}' | '\n' => return,
            '\u{1b}' if rest.next_if_eq(&'\\').is_some() => return,
            _ => {}
        }
    }
}

/// Several harmless lines of at most `width` characters each, at most `lines` of them.
#[must_use]
pub fn block(text: &str, lines: usize, width: usize) -> String {
    let made: Vec<Cow<'_, str>> = text.lines().take(lines).map(|part| line(part, width)).collect();
    made.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn sequences_go_whole_and_other_marks_are_seen() {
        assert_eq!(line("a\u{1b}[31mred\u{1b}[0m", 99), "ared");
        assert_eq!(line("\u{1b}]52;c;aGk=\u{7}x", 99), "x");
        assert_eq!(line("\u{1b}]0;title\u{1b}\\x\u{1b}(B", 99), "x");
        assert_eq!(line("\u{1b}P1$r\u{9c}x\u{9b}2Jy", 99), "xy");
        assert_eq!(line("a\tb\r\nc\u{202e}d\0", 99), "a b c·d·");
        assert_eq!(line("Việt 漢字 👩‍🚀", 99), "Việt 漢字 👩‍🚀");
        assert_eq!(line("abcdef", 4), "abc…");
        assert_eq!(line("abcd", 4), "abcd");
    }

    #[test]
    fn towers_are_cut_and_what_scripts_need_stays() {
        let tower = format!("a{}b", "\u{301}".repeat(1_000));
        assert_eq!(line(&tower, 9_999), format!("a{}·b", "\u{301}".repeat(TOWER)));
        assert!(!is_harmless(&tower) && is_harmless(&line(&tower, 9_999)));
        for kept in
            ["Tie\u{302}\u{301}ng Vie\u{323}\u{302}t", "\u{1112}\u{1161}\u{11ab}글", "ที่นี่", "क्षत्रिय", "🇻🇳 👍🏽 ⚠\u{fe0f}"]
        {
            assert_eq!(line(kept, 99), kept);
        }
    }

    #[test]
    fn whatever_is_not_seen_is_told() {
        let unseen = "\u{34f}\u{115f}\u{180b}\u{200b}\u{200f}\u{2028}\u{2066}\u{3164}\u{fe00}\u{feff}\u{ffa0}\u{1d173}\u{e0041}\u{e0100}";
        assert_eq!(line(unseen, 99), "·".repeat(unseen.chars().count()));
    }

    proptest! {
        #[test]
        fn nothing_that_acts_on_a_terminal_gets_through(text in ".*", limit in 0_usize..80) {
            let made = line(&text, limit);
            prop_assert!(made.chars().all(is_plain), "{made:?}");
            prop_assert!(made.chars().count() <= limit.max(1));
            prop_assert!(is_harmless(&made));
            prop_assert_eq!(line(&made, usize::MAX), &*made);
        }

        #[test]
        fn bytes_of_escape_sequences(bytes in prop::collection::vec(prop_oneof![Just(0x1b_u8), Just(b'['), Just(b']'), Just(0x9b), any::<u8>()], 0..60)) {
            let text: String = bytes.iter().map(|byte| char::from(*byte)).collect();
            prop_assert!(line(&text, 100).chars().all(is_plain));
        }
    }
}
