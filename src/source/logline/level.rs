//! How serious a line is: words, numbers and letters that programs write.

use crate::domain::Level;

/// The words, in lower case.
const WORDS: [(Level, &[&str]); 6] = [
    (Level::Trace, &["trace", "trc", "verbose", "finest", "finer"]),
    (Level::Debug, &["debug", "dbg", "debu", "fine"]),
    (Level::Info, &["info", "inf", "information", "informational", "notice", "note", "log"]),
    (Level::Warn, &["warn", "warning", "wrn"]),
    (Level::Error, &["error", "err", "erro", "eror", "severe"]),
    (Level::Fatal, &["fatal", "ftl", "crit", "critical", "alert", "emerg", "emergency", "panic"]),
];
/// The letters of glog, klog and logcat.
const LETTERS: [(Level, &str); 6] = [
    (Level::Trace, "v"),
    (Level::Debug, "d"),
    (Level::Info, "i"),
    (Level::Warn, "w"),
    (Level::Error, "e"),
    (Level::Fatal, "f"),
];
/// Names of fields whose value is a level, in `name=value` within plain text.
const KEYS: [&str; 3] = ["level=", "lvl=", "severity="];
/// How many words of a plain line are looked at.
const LOOKED_AT: usize = 6;
/// What stands around a level in plain text.
const AROUND: [char; 14] = ['[', ']', '(', ')', '<', '>', '{', '}', ':', ',', '|', '-', '"', '*'];

/// The level of a word, in any case.
#[must_use]
pub fn word(word: &str) -> Option<Level> {
    // The longest word has 13 letters.
    let known = |words: &[&str]| words.iter().any(|known| known.eq_ignore_ascii_case(word));
    WORDS.iter().find(|(_, words)| known(words)).map(|(level, _)| *level)
}

/// The level of a letter, in any case.
#[must_use]
pub fn letter(letter: &str) -> Option<Level> {
    LETTERS.iter().find(|(_, known)| known.eq_ignore_ascii_case(letter)).map(|(level, _)| *level)
}

/// The level of a syslog severity, 0 to 7 (RFC 5424, 6.2.1).
#[must_use]
pub fn syslog(severity: u32) -> Option<Level> {
    match severity {
        0..=2 => Some(Level::Fatal),
        3 => Some(Level::Error),
        4 => Some(Level::Warn),
        5 | 6 => Some(Level::Info),
        7 => Some(Level::Debug),
        _ => None,
    }
}

/// The level that the value of a field means: a word, a letter, a syslog severity, or a number of pino and
/// bunyan (10 trace to 60 fatal).
#[must_use]
pub fn value(value: &str) -> Option<Level> {
    let value = value.trim();
    let number = value.parse::<u32>().ok().and_then(|number| match number {
        0..=7 => syslog(number),
        10..20 => Some(Level::Trace),
        20..30 => Some(Level::Debug),
        30..40 => Some(Level::Info),
        40..50 => Some(Level::Warn),
        50..60 => Some(Level::Error),
        60..70 => Some(Level::Fatal),
        _ => None,
    });
    number.or_else(|| word(value)).or_else(|| letter(value))
}

/// A level that the text begins with, and what follows it. It must be marked as one: in brackets, before a
/// colon, or in capitals.
#[must_use]
pub fn leading(text: &str) -> Option<(Level, &str)> {
    let inner = text.trim_start_matches(['[', '(', '<', '|', ' ']);
    let bracket = text[..text.len() - inner.len()].contains(['[', '(', '<']);
    let length = inner.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(inner.len());
    let (found, after) = inner.split_at(length);
    let level = word(found)?;
    let padded = after.trim_start_matches(' ');
    let rest = if bracket {
        padded.strip_prefix([']', ')', '>'])?
    } else if let Some(rest) = padded.strip_prefix(':') {
        rest
    } else if found.chars().all(|c| c.is_ascii_uppercase()) && (after.is_empty() || after.starts_with([' ', '|'])) {
        after
    } else {
        return None;
    };
    Some((level, rest.trim_start_matches([' ', ':', '|']).trim_start_matches("- ")))
}

/// A level among the first words of a text, marked as [`leading`] asks, or `level=…` anywhere.
#[must_use]
pub fn within(text: &str) -> Option<Level> {
    let named = KEYS.iter().find_map(|key| {
        let (_, after) = text.split_once(key)?;
        let end = after.find([' ', ',', ';']).unwrap_or(after.len());
        value(after[..end].trim_matches(AROUND))
    });
    named.or_else(|| text.split(' ').filter(|word| !word.is_empty()).take(LOOKED_AT).find_map(marked))
}

fn marked(token: &str) -> Option<Level> {
    let bare = token.trim_matches(AROUND);
    let bracketed = token.starts_with(['[', '<', '(']) && token.ends_with([']', '>', ')', ':']);
    if bracketed {
        // Apache writes `[core:error]`.
        return bare.split(|c: char| !c.is_ascii_alphabetic()).find_map(word);
    }
    let capitals = bare.len() > 2 && bare.chars().all(|c| c.is_ascii_uppercase());
    if capitals || token.ends_with(':') { word(bare) } else { None }
}
