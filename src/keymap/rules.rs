//! What may be bound where, and what must be.

use super::chord::{Chord, Key};
use super::sequence::Sequence;
use crate::app::action::Reach;
use crate::app::{Action, Context};

/// Ctrl with these letters never reaches midwatch everywhere, or means another key.
const FORBIDDEN: &[(char, &str)] = &[
    ('a', "it is the prefix key of screen"),
    ('b', "it is the prefix key of tmux"),
    ('s', "many terminals stop their output on it"),
    ('q', "many terminals take it to go on with their output"),
    ('z', "shells suspend a program on it"),
    ('h', "terminals send it for Backspace"),
    ('i', "terminals send it for Tab"),
    ('j', "terminals send it for Enter"),
    ('m', "terminals send it for Enter"),
    ('[', "terminals send it for Esc"),
];

/// What must stay reachable: in this context one of these actions, so that nobody is locked in.
pub const ESSENTIAL: &[(Context, &[Action])] = &[
    (Context::Global, &[Action::Quit, Action::Leave]),
    (Context::Global, &[Action::Help]),
    (Context::Prompt, &[Action::Accept]),
    (Context::Prompt, &[Action::Cancel]),
    (Context::Prompt, &[Action::Quit, Action::Leave]),
    (Context::Confirm, &[Action::Yes, Action::Accept]),
    (Context::Confirm, &[Action::Cancel, Action::No]),
    (Context::Confirm, &[Action::Quit, Action::Leave]),
    (Context::Help, &[Action::Back]),
    (Context::Help, &[Action::Quit, Action::Leave]),
];

/// Whether nothing of the screen below is reached while this context has the keys.
#[must_use]
pub fn is_modal(context: Context) -> bool {
    matches!(context, Context::Prompt | Context::Confirm | Context::Help)
}

/// Why these keys cannot be bound at all.
#[must_use]
pub fn forbidden(keys: &Sequence) -> Option<String> {
    keys.chords().iter().find_map(|chord| forbidden_chord(*chord))
}

fn forbidden_chord(chord: Chord) -> Option<String> {
    if chord.has_alt() {
        return Some(format!("'{chord}' is never bound: through ssh, Alt and a key arrive as Esc and that key"));
    }
    let Key::Char(letter) = chord.key() else { return None };
    let (_, why) = FORBIDDEN.iter().find(|(forbidden, _)| chord.has_ctrl() && *forbidden == letter)?;
    Some(format!("'{chord}' is never bound: {why}"))
}

/// Why these keys cannot do this here.
#[must_use]
pub fn refused(context: Context, keys: &Sequence, action: Action) -> Option<String> {
    let name = action.spec().name;
    if context.takes_text() && keys.chords().first().is_some_and(|first| first.text().is_some()) {
        return Some(format!("'{keys}' is text in [{}]; bind a key that is none", context.name()));
    }
    if is_answer(action) && !matches!(context, Context::Prompt | Context::Confirm) {
        return Some(format!("'{name}' means something in [prompt] and [confirm] alone"));
    }
    let careless = |chord: &Chord| chord.has_ctrl() || matches!(chord.key(), Key::Enter | Key::Esc);
    if reaches_others(action) && keys.chords().iter().any(careless) {
        return Some(format!("'{name}' reaches others and is never bound on Ctrl, Enter or Esc"));
    }
    None
}

fn is_answer(action: Action) -> bool {
    matches!(action, Action::Accept | Action::Cancel | Action::Yes | Action::No)
}

/// Whether others feel it. A yes stands for what was asked, and only what others feel is asked.
fn reaches_others(action: Action) -> bool {
    action == Action::Yes || matches!(action.spec().reach, Reach::Others | Reach::Production)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_that_never_arrive() {
        for keys in [
            "Ctrl-a", "Ctrl-B", "Ctrl-s", "Ctrl-q", "Ctrl-z", "Ctrl-h", "Ctrl-i", "Ctrl-j", "Ctrl-m", "Alt-x",
            "g Ctrl-a",
        ] {
            assert!(forbidden(&keys.parse().unwrap()).is_some(), "{keys}");
        }
        for keys in ["Ctrl-d", "Ctrl-c", "a", "b", "g g", "Ctrl-Space", "S-Tab"] {
            assert_eq!(forbidden(&keys.parse().unwrap()), None, "{keys}");
        }
    }

    #[test]
    fn what_reaches_others_takes_a_deliberate_key() {
        let refused = |keys: &str, action| refused(Context::Incidents, &keys.parse().unwrap(), action).is_some();
        for action in Action::all() {
            let others = matches!(action.spec().reach, Reach::Others | Reach::Production);
            for keys in ["Ctrl-x", "Enter", "Esc", "g Enter"] {
                assert_eq!(refused(keys, action), others || is_answer(action), "{keys} {action}");
            }
            assert_eq!(refused("X", action), is_answer(action), "{action}");
        }
        assert!(super::refused(Context::Confirm, &"Enter".parse().unwrap(), Action::Yes).is_some());
    }
}
