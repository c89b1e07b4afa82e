//! From chords to what they mean here: a pure state machine over the chords that wait for more.

use super::chord::{Chord, Key};
use super::sequence::written;
use super::trie::Found;
use super::{Keymap, edit};
use crate::app::entry::Edit;
use crate::app::{Action, Context};

/// What a chord came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Resolved {
    /// Something is asked for.
    Action(Action),
    /// It may become a longer sequence.
    Pending,
    /// A sequence that had begun was given up with Esc. Nothing is asked for.
    GivenUp,
    /// A character of a text that is being entered.
    Text(char),
    /// A step of editing that text.
    Edit(Edit),
    /// These keys mean nothing here.
    Unbound(String),
}

/// The chords that wait for more, and where they were pressed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Resolver {
    pending: Vec<Chord>,
    contexts: Vec<Context>,
}

impl Resolver {
    /// What a chord means in these contexts, innermost first: the innermost that knows the keys, or longer ones
    /// that begin with them, decides. Where text is entered, a character is text. Chords that wait for more are
    /// forgotten when the contexts change under them.
    pub fn press(&mut self, keymap: &Keymap, contexts: &[Context], chord: Chord) -> Resolved {
        if self.contexts != contexts {
            self.pending.clear();
            contexts.clone_into(&mut self.contexts);
        }
        let takes_text = contexts.first().is_some_and(|context| context.takes_text());
        let first = self.pending.is_empty();
        if let Some(character) = chord.text().filter(|_| first && takes_text) {
            return Resolved::Text(character);
        }
        self.pending.push(chord);
        let found = contexts.iter().find_map(|context| keymap.find(*context, &self.pending));
        if found == Some(Found::Prefix) {
            return Resolved::Pending;
        }
        let pressed = std::mem::take(&mut self.pending);
        match found {
            Some(Found::Action(action)) => Resolved::Action(action),
            _ if !first && chord == Chord::plain(Key::Esc) => Resolved::GivenUp,
            _ => match edit::of(chord).filter(|_| first && takes_text) {
                Some(edit) => Resolved::Edit(edit),
                None => Resolved::Unbound(written(&pressed)),
            },
        }
    }

    /// The chords that wait for more, as people write them; empty when none do.
    #[must_use]
    pub fn pending(&self) -> String {
        written(&self.pending)
    }

    /// What can follow: the next chord, and the action if it is the last, innermost context first.
    #[must_use]
    pub fn following(&self, keymap: &Keymap) -> Vec<(Chord, Option<Action>)> {
        let mut made: Vec<(Chord, Option<Action>)> = Vec::new();
        if self.pending.is_empty() {
            return made;
        }
        for context in &self.contexts {
            for (chord, action) in keymap.following(*context, &self.pending) {
                if !made.iter().any(|(known, _)| *known == chord) {
                    made.push((chord, action));
                }
            }
        }
        made
    }

    /// Forgets the chords that wait for more.
    pub fn reset(&mut self) {
        self.pending.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::super::chord::tests::any_event;
    use super::super::load::load;
    use super::*;
    use proptest::prelude::*;
    use std::path::Path;

    const LIST: &[Context] = &[Context::Incidents, Context::List, Context::Global];
    const PROMPT: &[Context] = &[Context::Prompt];

    fn press(resolver: &mut Resolver, keymap: &Keymap, contexts: &[Context], chord: &str) -> Resolved {
        resolver.press(keymap, contexts, chord.parse().unwrap())
    }

    #[test]
    fn sequences_wait_go_on_and_are_given_up() {
        let (vim, _) = load("vim", None);
        let mut resolver = Resolver::default();
        assert_eq!(press(&mut resolver, &vim, LIST, "g"), Resolved::Pending);
        assert_eq!(resolver.pending(), "g");
        assert!(resolver.following(&vim).contains(&("g".parse().unwrap(), Some(Action::Top))));
        assert_eq!(press(&mut resolver, &vim, LIST, "g"), Resolved::Action(Action::Top));
        assert_eq!(resolver.pending(), "");
        assert_eq!(press(&mut resolver, &vim, LIST, "g"), Resolved::Pending);
        // The chord that ends a sequence nobody knows is not taken for one of its own.
        assert_eq!(press(&mut resolver, &vim, LIST, "a"), Resolved::Unbound("g a".to_owned()));
        assert_eq!(press(&mut resolver, &vim, LIST, "g"), Resolved::Pending);
        assert_eq!(press(&mut resolver, &vim, LIST, "Esc"), Resolved::GivenUp);
        assert_eq!(press(&mut resolver, &vim, LIST, "g"), Resolved::Pending);
        assert_eq!(press(&mut resolver, &vim, PROMPT, "g"), Resolved::Text('g'));
    }

    #[test]
    fn innermost_first() {
        let user = "[incidents]\nj = \"copy\"\n\"Tab x\" = \"open\"\n";
        let (keymap, problems) = load("default", Some((Path::new("k"), user)));
        assert_eq!(problems, []);
        let mut resolver = Resolver::default();
        assert_eq!(press(&mut resolver, &keymap, LIST, "j"), Resolved::Action(Action::Copy));
        assert_eq!(press(&mut resolver, &keymap, &LIST[1..], "j"), Resolved::Action(Action::Down));
        assert_eq!(press(&mut resolver, &keymap, LIST, "Tab"), Resolved::Pending);
        assert_eq!(press(&mut resolver, &keymap, LIST, "x"), Resolved::Action(Action::Open));
        assert_eq!(press(&mut resolver, &keymap, &LIST[1..], "Tab"), Resolved::Action(Action::PaneNext));
    }

    #[test]
    fn text_is_entered_and_edited() {
        let (keymap, _) = load("default", None);
        let mut resolver = Resolver::default();
        let mut is = |chord: &str, wanted: Resolved| {
            assert_eq!(press(&mut resolver, &keymap, PROMPT, chord), wanted, "{chord}");
        };
        for text in ["q", "G", "?", ":", "Space", "a", "é", "-"] {
            let character = text.parse::<Chord>().unwrap().text().unwrap();
            is(text, Resolved::Text(character));
        }
        is("Left", Resolved::Edit(Edit::Left));
        is("Ctrl-Right", Resolved::Edit(Edit::WordRight));
        is("Home", Resolved::Edit(Edit::Start));
        is("End", Resolved::Edit(Edit::End));
        is("Backspace", Resolved::Edit(Edit::Backspace));
        is("Ctrl-h", Resolved::Edit(Edit::Backspace));
        is("Delete", Resolved::Edit(Edit::Delete));
        is("Ctrl-w", Resolved::Edit(Edit::DeleteWord));
        is("Ctrl-u", Resolved::Edit(Edit::DeleteToStart));
        is("Ctrl-k", Resolved::Edit(Edit::DeleteToEnd));
        is("Enter", Resolved::Action(Action::Accept));
        is("Esc", Resolved::Action(Action::Cancel));
        is("Tab", Resolved::Action(Action::PaneNext));
        is("S-Tab", Resolved::Action(Action::PanePrevious));
        is("Up", Resolved::Action(Action::Up));
        is("Down", Resolved::Action(Action::Down));
        is("Ctrl-c", Resolved::Action(Action::Leave));
        is("Ctrl-a", Resolved::Unbound("Ctrl-a".to_owned()));
        is("F5", Resolved::Unbound("F5".to_owned()));
        is("Alt-b", Resolved::Unbound("Alt-b".to_owned()));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(100))]

        #[test]
        fn no_key_outside_a_prompt_is_text_and_nothing_waits_for_ever(
            events in prop::collection::vec(any_event(), 1..12),
            map in prop::sample::select(vec!["default", "vim", "k9s"]),
        ) {
            let (keymap, _) = load(map, None);
            let mut resolver = Resolver::default();
            let mut waiting = 0;
            for chord in events.iter().filter_map(Chord::of) {
                match resolver.press(&keymap, LIST, chord) {
                    Resolved::Text(_) | Resolved::Edit(_) => prop_assert!(false, "{} was text", chord),
                    Resolved::Pending => waiting += 1,
                    _ => waiting = 0,
                }
                prop_assert!(waiting < 4);
                prop_assert_eq!(resolver.pending().is_empty(), waiting == 0);
            }
        }
    }
}
