//! One key with its modifiers, as text and as the terminal tells it.

use std::fmt;
use std::str::FromStr;

use crossterm::event::{KeyCode, KeyEvent, KeyEventKind, KeyModifiers};

use crate::rows::nearest::nearest;

/// A key without its modifiers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Key {
    /// A character.
    Char(char),
    /// A function key, 1 to 24.
    F(u8),
    /// Enter.
    Enter,
    /// Escape.
    Esc,
    /// The tabulator.
    Tab,
    /// Backspace.
    Backspace,
    /// Delete.
    Delete,
    /// Insert.
    Insert,
    /// Home.
    Home,
    /// End.
    End,
    /// Page up.
    PgUp,
    /// Page down.
    PgDn,
    /// The arrow up.
    Up,
    /// The arrow down.
    Down,
    /// The arrow to the left.
    Left,
    /// The arrow to the right.
    Right,
}

/// Names of keys, the one that is written first; case does not count.
const NAMED: &[(&str, Key)] = &[
    ("Enter", Key::Enter),
    ("Return", Key::Enter),
    ("Esc", Key::Esc),
    ("Escape", Key::Esc),
    ("Space", Key::Char(' ')),
    ("Tab", Key::Tab),
    ("Backspace", Key::Backspace),
    ("Delete", Key::Delete),
    ("Del", Key::Delete),
    ("Insert", Key::Insert),
    ("Home", Key::Home),
    ("End", Key::End),
    ("PgUp", Key::PgUp),
    ("PageUp", Key::PgUp),
    ("PgDn", Key::PgDn),
    ("PageDown", Key::PgDn),
    ("Up", Key::Up),
    ("Down", Key::Down),
    ("Left", Key::Left),
    ("Right", Key::Right),
];

/// Prefixes of modifiers; case counts only where it is one letter.
const PREFIXES: &[(&str, Modifier)] = &[
    ("Ctrl-", Modifier::Ctrl),
    ("C-", Modifier::Ctrl),
    ("Alt-", Modifier::Alt),
    ("A-", Modifier::Alt),
    ("M-", Modifier::Alt),
    ("Shift-", Modifier::Shift),
    ("S-", Modifier::Shift),
];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Modifier {
    Ctrl,
    Alt,
    Shift,
}

/// One key with its modifiers, in the one form that every terminal can tell: shift is part of a letter (`G`),
/// and with Ctrl a letter has no case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Chord {
    key: Key,
    ctrl: bool,
    alt: bool,
    shift: bool,
}

/// Why a text is no chord.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ChordError {
    /// There is nothing.
    #[error("no key is named")]
    Empty,
    /// No key has this name.
    #[error("'{word}' is no key{}", .meant.map(|name| format!("; did you mean '{name}'?")).unwrap_or_default())]
    Unknown {
        /// What was written.
        word: String,
        /// The nearest name.
        meant: Option<&'static str>,
    },
    /// Shift with something that is no letter depends on the keyboard.
    #[error("shift with '{0}' depends on the keyboard: write the character that it makes")]
    Shifted(String),
}

impl Chord {
    /// A key with its modifiers, brought into the one form.
    #[must_use]
    pub fn new(key: Key, ctrl: bool, alt: bool, shift: bool) -> Self {
        match key {
            Key::Char(character) if ctrl => {
                Self { key: Key::Char(only(character.to_lowercase()).unwrap_or(character)), ctrl, alt, shift: false }
            }
            Key::Char(character) if shift => {
                Self { key: Key::Char(only(character.to_uppercase()).unwrap_or(character)), ctrl, alt, shift: false }
            }
            key => Self { key, ctrl, alt, shift },
        }
    }

    /// A key alone.
    #[must_use]
    pub fn plain(key: Key) -> Self {
        Self::new(key, false, false, false)
    }

    /// What was pressed. `None` for a release, a repetition and keys that no keymap can name.
    #[must_use]
    pub fn of(event: &KeyEvent) -> Option<Self> {
        if event.kind != KeyEventKind::Press || event.modifiers.intersects(UNTOLD) {
            return None;
        }
        let has = |modifier| event.modifiers.contains(modifier);
        let shift = has(KeyModifiers::SHIFT) || event.code == KeyCode::BackTab;
        Some(Self::new(key_of(event.code)?, has(KeyModifiers::CONTROL), has(KeyModifiers::ALT), shift))
    }

    /// The key.
    #[must_use]
    pub fn key(self) -> Key {
        self.key
    }

    /// Whether Ctrl is held.
    #[must_use]
    pub fn has_ctrl(self) -> bool {
        self.ctrl
    }

    /// Whether Alt is held.
    #[must_use]
    pub fn has_alt(self) -> bool {
        self.alt
    }

    /// Whether nothing but the key itself is pressed.
    #[must_use]
    pub fn is_plain(self) -> bool {
        !(self.ctrl || self.alt || self.shift)
    }

    /// The character that it puts into a text.
    #[must_use]
    pub fn text(self) -> Option<char> {
        match self.key {
            Key::Char(character) if self.is_plain() => Some(character),
            _ => None,
        }
    }
}

/// Modifiers that no keymap can name.
const UNTOLD: KeyModifiers = KeyModifiers::SUPER.union(KeyModifiers::HYPER).union(KeyModifiers::META);

/// The one item, if there is exactly one: `ß` has no single capital.
fn only<T>(mut items: impl Iterator<Item = T>) -> Option<T> {
    let first = items.next();
    if items.next().is_some() { None } else { first }
}

fn key_of(code: KeyCode) -> Option<Key> {
    Some(match code {
        KeyCode::Char(character) if character.is_control() => return None,
        KeyCode::Char(character) => Key::Char(character),
        KeyCode::F(number @ 1..=24) => Key::F(number),
        KeyCode::Enter => Key::Enter,
        KeyCode::Esc => Key::Esc,
        KeyCode::Tab | KeyCode::BackTab => Key::Tab,
        KeyCode::Backspace => Key::Backspace,
        KeyCode::Delete => Key::Delete,
        KeyCode::Insert => Key::Insert,
        KeyCode::Home => Key::Home,
        KeyCode::End => Key::End,
        KeyCode::PageUp => Key::PgUp,
        KeyCode::PageDown => Key::PgDn,
        KeyCode::Up => Key::Up,
        KeyCode::Down => Key::Down,
        KeyCode::Left => Key::Left,
        KeyCode::Right => Key::Right,
        _ => return None,
    })
}

impl fmt::Display for Chord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ctrl = if self.ctrl { "Ctrl-" } else { "" };
        let alt = if self.alt { "Alt-" } else { "" };
        let shift = if self.shift { "S-" } else { "" };
        write!(f, "{ctrl}{alt}{shift}")?;
        match (NAMED.iter().find(|(_, key)| *key == self.key), self.key) {
            (Some((name, _)), _) => f.write_str(name),
            (None, Key::F(number)) => write!(f, "F{number}"),
            (None, Key::Char(character)) => write!(f, "{character}"),
            (None, key) => write!(f, "{key:?}"),
        }
    }
}

impl FromStr for Chord {
    type Err = ChordError;

    fn from_str(text: &str) -> Result<Self, ChordError> {
        let (mut ctrl, mut alt, mut shift) = (false, false, false);
        let mut rest = text;
        while let Some((modifier, after)) = PREFIXES.iter().find_map(|prefix| strip(rest, *prefix)) {
            match modifier {
                Modifier::Ctrl => ctrl = true,
                Modifier::Alt => alt = true,
                Modifier::Shift => shift = true,
            }
            rest = after;
        }
        let key = key_named(rest)?;
        match key {
            Key::Char(character) if shift && !character.is_alphabetic() => Err(ChordError::Shifted(rest.to_owned())),
            key => Ok(Self::new(key, ctrl, alt, shift)),
        }
    }
}

/// The text after a prefix, if anything is left: `-` and `C` are keys of their own.
fn strip<'a>(text: &'a str, (prefix, modifier): (&str, Modifier)) -> Option<(Modifier, &'a str)> {
    let head = text.get(..prefix.len())?;
    let after = &text[prefix.len()..];
    let same = if prefix.len() == 2 { head == prefix } else { head.eq_ignore_ascii_case(prefix) };
    (same && !after.is_empty()).then_some((modifier, after))
}

fn key_named(word: &str) -> Result<Key, ChordError> {
    let mut characters = word.chars();
    match (characters.next(), characters.next()) {
        (None, _) => return Err(ChordError::Empty),
        (Some(character), None) if !character.is_control() => return Ok(Key::Char(character)),
        _ => {}
    }
    if let Some((_, key)) = NAMED.iter().find(|(name, _)| name.eq_ignore_ascii_case(word)) {
        return Ok(*key);
    }
    let number = word.strip_prefix(['F', 'f']).filter(|digits| !digits.starts_with(['0', '+']));
    if let Some(number @ 1..=24) = number.and_then(|digits| digits.parse().ok()) {
        return Ok(Key::F(number));
    }
    let meant = nearest(word, NAMED.iter().map(|(name, _)| *name));
    Err(ChordError::Unknown { word: word.to_owned(), meant })
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use proptest::prelude::*;

    fn parsed(text: &str) -> Chord {
        text.parse().unwrap()
    }

    #[test]
    fn as_people_write_them() {
        for text in [
            "j",
            "G",
            "Ctrl-d",
            "S-Tab",
            "Enter",
            "Esc",
            "Space",
            "F1",
            "F12",
            "PgDn",
            "Up",
            "*",
            "@",
            "!",
            "-",
            "=",
            "Ctrl--",
            "C",
            "S",
            "Ctrl-Space",
            "Ctrl-S-Left",
            "é",
            "?",
            "Ctrl-Alt-x",
        ] {
            assert_eq!(parsed(text).to_string(), text);
        }
        for (text, same) in [
            ("S-g", "G"),
            ("S-G", "G"),
            ("ctrl-D", "Ctrl-d"),
            ("C-d", "Ctrl-d"),
            ("shift-tab", "S-Tab"),
            ("escape", "Esc"),
            ("pagedown", "PgDn"),
            (" ", "Space"),
            ("f5", "F5"),
        ] {
            assert_eq!(parsed(text).to_string(), same);
        }
    }

    #[test]
    fn what_is_no_chord_says_why() {
        let says = |text: &str| text.parse::<Chord>().unwrap_err().to_string();
        assert_eq!(says("Entr"), "'Entr' is no key; did you mean 'Enter'?");
        assert_eq!(says("gg"), "'gg' is no key");
        assert_eq!(says("F25"), "'F25' is no key");
        assert_eq!(says("F+1"), "'F+1' is no key");
        assert_eq!(says(""), "no key is named");
        assert_eq!(says("S-1"), "shift with '1' depends on the keyboard: write the character that it makes");
    }

    #[test]
    fn only_presses_count() {
        let event = |kind| KeyEvent::new_with_kind(KeyCode::Char('a'), KeyModifiers::NONE, kind);
        assert_eq!(Chord::of(&event(KeyEventKind::Press)), Some(parsed("a")));
        assert_eq!(Chord::of(&event(KeyEventKind::Repeat)), None);
        assert_eq!(Chord::of(&event(KeyEventKind::Release)), None);
        assert_eq!(Chord::of(&KeyEvent::new(KeyCode::CapsLock, KeyModifiers::NONE)), None);
        assert_eq!(Chord::of(&KeyEvent::new(KeyCode::Char('a'), KeyModifiers::SUPER)), None);
    }

    #[test]
    fn terminals_that_tell_it_differently_mean_the_same() {
        let of = |code, modifiers| Chord::of(&KeyEvent::new(code, modifiers)).unwrap().to_string();
        assert_eq!(of(KeyCode::Char('G'), KeyModifiers::SHIFT), "G");
        assert_eq!(of(KeyCode::Char('g'), KeyModifiers::SHIFT), "G");
        assert_eq!(of(KeyCode::Char('G'), KeyModifiers::NONE), "G");
        assert_eq!(of(KeyCode::Char('*'), KeyModifiers::SHIFT), "*");
        assert_eq!(of(KeyCode::BackTab, KeyModifiers::NONE), "S-Tab");
        assert_eq!(of(KeyCode::BackTab, KeyModifiers::SHIFT), "S-Tab");
        assert_eq!(of(KeyCode::Tab, KeyModifiers::SHIFT), "S-Tab");
        assert_eq!(of(KeyCode::Char('D'), KeyModifiers::CONTROL), "Ctrl-d");
    }

    prop_compose! {
        /// Whatever a terminal can send.
        pub(crate) fn any_event()(
            code in prop_oneof![
                any::<char>().prop_map(KeyCode::Char),
                (0_u8..40).prop_map(KeyCode::F),
                prop::sample::select(vec![
                    KeyCode::Enter, KeyCode::Esc, KeyCode::Tab, KeyCode::BackTab, KeyCode::Backspace, KeyCode::Delete,
                    KeyCode::Insert, KeyCode::Home, KeyCode::End, KeyCode::PageUp, KeyCode::PageDown, KeyCode::Up,
                    KeyCode::Down, KeyCode::Left, KeyCode::Right, KeyCode::Null, KeyCode::CapsLock,
                ]),
            ],
            modifiers in (0_u8..64).prop_map(KeyModifiers::from_bits_truncate),
        ) -> KeyEvent {
            KeyEvent::new(code, modifiers)
        }
    }

    proptest! {
        #[test]
        fn every_chord_is_read_as_it_is_written(event in any_event()) {
            if let Some(chord) = Chord::of(&event) {
                prop_assert_eq!(chord.to_string().parse(), Ok(chord));
            }
        }

        #[test]
        fn any_text_is_a_chord_or_says_why(text in ".{0,12}") {
            if let Ok(chord) = text.parse::<Chord>() {
                prop_assert_eq!(chord.to_string().parse(), Ok(chord));
            }
        }
    }
}
