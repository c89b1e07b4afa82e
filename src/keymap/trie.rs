//! The sequences of one context, chord by chord.

use std::collections::BTreeMap;

use super::chord::Chord;
use super::sequence::Sequence;
use crate::app::Action;

/// What chords mean so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Found {
    /// They are bound.
    Action(Action),
    /// A longer sequence begins with them.
    Prefix,
}

/// The sequences of one context. No sequence is the beginning of another: what a key means never depends on
/// how long one waits.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Trie {
    action: Option<Action>,
    next: BTreeMap<Chord, Trie>,
}

impl Trie {
    /// Binds a sequence.
    pub fn insert(&mut self, keys: &Sequence, action: Action) {
        let mut node = self;
        for chord in keys.chords() {
            node = node.next.entry(*chord).or_default();
        }
        node.action = Some(action);
    }

    /// What these chords mean; `None` if nothing begins with them.
    #[must_use]
    pub fn find(&self, chords: &[Chord]) -> Option<Found> {
        let node = self.node(chords)?;
        node.action.map(Found::Action).or((!node.next.is_empty()).then_some(Found::Prefix))
    }

    /// What can follow these chords: the next chord, and the action if it is the last.
    pub fn following(&self, chords: &[Chord]) -> impl Iterator<Item = (Chord, Option<Action>)> {
        self.node(chords).into_iter().flat_map(|node| node.next.iter().map(|(chord, next)| (*chord, next.action)))
    }

    fn node(&self, chords: &[Chord]) -> Option<&Self> {
        chords.iter().try_fold(self, |node, chord| node.next.get(chord))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn found_chord_by_chord() {
        let mut trie = Trie::default();
        trie.insert(&"g g".parse().unwrap(), Action::Top);
        trie.insert(&"g e".parse().unwrap(), Action::Bottom);
        trie.insert(&"q".parse().unwrap(), Action::Back);
        let chords = |text: &str| text.parse::<Sequence>().unwrap().chords().to_vec();
        assert_eq!(trie.find(&chords("g")), Some(Found::Prefix));
        assert_eq!(trie.find(&chords("g g")), Some(Found::Action(Action::Top)));
        assert_eq!(trie.find(&chords("q")), Some(Found::Action(Action::Back)));
        assert_eq!(trie.find(&chords("g x")), None);
        assert_eq!(trie.find(&chords("g g g")), None);
        assert_eq!(trie.following(&chords("g")).count(), 2);
    }
}
