//! Keys as a person types them: `ja`, `:snooze 2h<Enter>`, `<Ctrl-d>`, `<Space>`.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

/// The events that a terminal would send for this text.
pub fn typed(text: &str) -> Vec<KeyEvent> {
    let mut events = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let is_name = |name: &str| name.len() > 1 && name.chars().all(|c| c.is_alphanumeric() || c == '-');
        let named = rest.strip_prefix('<').and_then(|inner| inner.split_once('>')).filter(|(name, _)| is_name(name));
        let event = if let Some((name, after)) = named {
            rest = after;
            named_key(name)
        } else {
            rest = &rest[first.len_utf8()..];
            character(first)
        };
        events.push(event);
    }
    events
}

/// A character as a terminal tells it: with shift where the letter is large.
fn character(character: char) -> KeyEvent {
    let shift = if character.is_uppercase() { KeyModifiers::SHIFT } else { KeyModifiers::NONE };
    KeyEvent::new(KeyCode::Char(character), shift)
}

fn named_key(name: &str) -> KeyEvent {
    if let Some(letter) = name.strip_prefix("Ctrl-").and_then(|letter| letter.chars().next()) {
        return KeyEvent::new(KeyCode::Char(letter), KeyModifiers::CONTROL);
    }
    let code = match name {
        "Enter" => KeyCode::Enter,
        "Esc" => KeyCode::Esc,
        "Tab" => KeyCode::Tab,
        "S-Tab" => KeyCode::BackTab,
        "Space" => KeyCode::Char(' '),
        "Backspace" => KeyCode::Backspace,
        "Up" => KeyCode::Up,
        "Down" => KeyCode::Down,
        "Left" => KeyCode::Left,
        "Right" => KeyCode::Right,
        "F5" => KeyCode::F(5),
        other => panic!("'{other}' is no key that a test types"),
    };
    let shift = if code == KeyCode::BackTab { KeyModifiers::SHIFT } else { KeyModifiers::NONE };
    KeyEvent::new(code, shift)
}

#[test]
fn text_becomes_what_a_terminal_sends() {
    let codes: Vec<KeyCode> = typed("a<Enter>A< <Ctrl-d>").into_iter().map(|key| key.code).collect();
    let wanted = [
        KeyCode::Char('a'),
        KeyCode::Enter,
        KeyCode::Char('A'),
        KeyCode::Char('<'),
        KeyCode::Char(' '),
        KeyCode::Char('d'),
    ];
    assert_eq!(codes, wanted);
    assert_eq!(typed("<Ctrl-d>")[0].modifiers, KeyModifiers::CONTROL);
}
