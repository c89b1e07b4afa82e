//! A strict reader of what midwatch sends to a terminal: text, and the few sequences that it means. Anything else is a
//! failure, also where a terminal would forgive it. Shared with the tests beside the code.

/// What was meant by a sequence that takes words from somewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Meant {
    /// A link to an address.
    Link(String),
    /// A notice.
    Notice(String),
    /// A copy for the clipboard, in base64.
    Copy(String),
    /// The title.
    Title(String),
}

/// Sequences that stand for themselves: screen, cursor, paste, mouse, synchronised frames, colours reset.
const MODES: [&str; 14] = [
    "?1049h", "?1049l", "?2004h", "?2004l", "?25h", "?25l", "?2026h", "?2026l", "?1000h", "?1000l", "?1006h", "?1006l",
    "2J", "?7l",
];

/// Reads all of it; what was meant, in order.
///
/// # Errors
/// The first byte that is neither text nor ours, and what stands around it.
pub fn read(bytes: &[u8]) -> Result<Vec<Meant>, String> {
    let around = |at: usize| {
        let near = bytes.get(at.saturating_sub(40)..(at + 40).min(bytes.len())).unwrap_or_default();
        format!("at byte {at} of {}: {:?}", bytes.len(), String::from_utf8_lossy(near))
    };
    let text = std::str::from_utf8(bytes).map_err(|error| format!("no UTF-8 {}", around(error.valid_up_to())))?;
    let mut meant = Vec::new();
    let mut at = 0;
    while let Some(character) = text.get(at..).and_then(|rest| rest.chars().next()) {
        let rest = text.get(at..).unwrap_or_default();
        at += if character == '\u{1b}' {
            sequence(rest, &mut meant).ok_or_else(|| format!("a sequence that is not ours {}", around(at)))?
        } else if rest.starts_with("\u{7}\u{1b}]9;") {
            1
        } else if is_text(character) {
            character.len_utf8()
        } else {
            return Err(format!("{character:?} {}", around(at)));
        };
    }
    Ok(meant)
}

/// What may be written between sequences, or by a command that draws nothing.
#[must_use]
pub fn is_text(character: char) -> bool {
    let hides = matches!(u32::from(character),
        0xad | 0x34f | 0x61c | 0x180e | 0x200b | 0x200c | 0x200e | 0x200f | 0x2028..=0x202e | 0x2060..=0x206f
        | 0x3164 | 0xfe00..=0xfe0e | 0xfeff | 0xfff9..=0xfffb | 0xe0000..=0xe0fff);
    !character.is_control() && !hides
}

/// The first character of a command's output that may not be there: it draws nothing, so a line break is all it needs.
#[must_use]
pub fn foreign(text: &str) -> Option<String> {
    let at = text.char_indices().find(|(_, c)| *c != '\n' && !is_text(*c))?.0;
    let near: String = text.get(..at).unwrap_or_default().chars().rev().take(60).collect();
    let near: String = near.chars().rev().collect();
    let behind: String = text.get(at..).unwrap_or_default().chars().take(30).collect();
    Some(format!("{near:?} then {behind:?}"))
}

/// The length of the sequence that a text begins with, if it is one of ours.
fn sequence(text: &str, meant: &mut Vec<Meant>) -> Option<usize> {
    if let Some(rest) = text.strip_prefix("\u{1b}[") {
        let end = rest.find(|c: char| ('@'..='~').contains(&c))?;
        let (parameters, whole) = (rest.get(..end)?, rest.get(..=end)?);
        let numbers = |marks: &[char]| parameters.chars().all(|c| c.is_ascii_digit() || marks.contains(&c));
        let is_ours = match whole.chars().last()? {
            'm' => numbers(&[';', ':']),
            'H' => numbers(&[';']) && parameters.split(';').count() == 2,
            _ => MODES.contains(&whole),
        };
        return is_ours.then_some(2 + whole.len());
    }
    let rest = text.strip_prefix("\u{1b}]")?;
    let end = rest.find(|c: char| !is_text(c))?;
    let body = rest.get(..end)?;
    let mark = rest.get(end..)?;
    let mark = if mark.starts_with('\u{7}') { 1 } else { mark.starts_with("\u{1b}\\").then_some(2)? };
    if let Some(link) = body.strip_prefix("8;") {
        let (parameters, address) = link.split_once(';')?;
        let id = parameters.strip_prefix("id=").unwrap_or(parameters);
        let opens = address.starts_with("https://") || address.starts_with("http://");
        let is_plain = address.bytes().all(|byte| byte.is_ascii_graphic());
        let is_ours = id.bytes().all(|byte| byte.is_ascii_hexdigit()) && is_plain && (address.is_empty() || opens);
        meant.extend((is_ours && opens).then(|| Meant::Link(address.to_owned())));
        is_ours.then_some(())?;
    } else if let Some(words) = body.strip_prefix("9;midwatch: ") {
        meant.push(Meant::Notice(words.to_owned()));
    } else if let Some(copied) = body.strip_prefix("52;c;") {
        copied.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+/=".contains(&byte)).then_some(())?;
        meant.push(Meant::Copy(copied.to_owned()));
    } else {
        let title = body.strip_prefix("0;").filter(|title| title.starts_with("midwatch"))?;
        meant.push(Meant::Title(title.to_owned()));
    }
    Some(2 + end + mark)
}

#[test]
fn ours_is_read_and_nothing_else() {
    let ours = "a\u{1b}[1;1H\u{1b}[38;5;2m\u{1b}[?25l满\u{7}\u{1b}]9;midwatch: x\u{1b}\\\u{1b}]0;midwatch\u{7}";
    assert_eq!(read(ours.as_bytes()), Ok(vec![Meant::Notice("x".to_owned()), Meant::Title("midwatch".to_owned())]));
    let link = "\u{1b}]8;id=a1;https://x/y\u{1b}\\x\u{1b}]8;;\u{1b}\\\u{1b}]52;c;eA==\u{1b}\\";
    assert_eq!(read(link.as_bytes()), Ok(vec![Meant::Link("https://x/y".to_owned()), Meant::Copy("eA==".to_owned())]));
    for wrong in [
        "\u{7}",
        "\n",
        "\t",
        "\0",
        "\u{7f}",
        "\u{9b}2J",
        "\u{202e}",
        "\u{200b}",
        "\u{1b}c",
        "\u{1b}[6n",
        "\u{1b}[",
        "\u{1b}[>c",
        "\u{1b}]0;other\u{7}",
        "\u{1b}]8;;file:///etc\u{1b}\\",
        "\u{1b}]8;;https://x/ y\u{1b}\\",
        "\u{1b}]52;c;?\u{7}",
        "\u{1b}]9;other\u{7}",
        "\u{1b}P1$r\u{1b}\\",
        "\u{1b}_x\u{1b}\\",
        "\u{1b}]8;;https://x",
    ] {
        assert!(read(wrong.as_bytes()).is_err(), "{wrong:?}");
    }
    assert_eq!(foreign("one\ntwo 满"), None);
    assert!(foreign("one\ttwo").is_some_and(|told| told.contains("\\ttwo")));
    for wrong in [&b"\x9b2J"[..], b"\xff", b"a\xe6\xbb"] {
        assert!(read(wrong).is_err(), "{wrong:?}");
    }
}
