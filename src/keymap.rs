//! What keys mean: from chords through the stack of contexts to actions.
//!
//! What lives here: reading keymap files (the shipped ones in `keymaps/`, the operator's over them), the rules
//! of what may be bound, the [`Resolver`] that turns chords into actions or text, and the help that is made
//! from the live map. What must not: what an action does, anything that draws, reading a terminal or a file.

pub mod chord;
mod edit;
pub mod help;
mod layer;
mod load;
mod merge;
pub mod resolver;
mod rules;
pub mod sequence;
pub mod shipped;
pub mod trie;

use std::collections::BTreeMap;

use crate::app::{Action, Context};
pub use chord::Chord;
pub use load::{load, of_files};
pub use resolver::{Resolved, Resolver};
pub use sequence::Sequence;
use trie::{Found, Trie};

/// What is wrong with a keymap. It never stops midwatch.
pub type KeymapProblem = crate::rows::Problem;

/// One binding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Binding {
    /// Where it is bound.
    pub context: Context,
    /// The keys.
    pub keys: Sequence,
    /// What they do.
    pub action: Action,
    /// What they do, in the words of the keymap; `None` for the action's own.
    pub desc: Option<String>,
    /// The layer it comes from; later ones are higher.
    rank: usize,
}

/// The keys that are really bound.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Keymap {
    name: String,
    bindings: Vec<Binding>,
    tries: BTreeMap<Context, Trie>,
}

impl Keymap {
    fn new(name: &str, bindings: Vec<Binding>) -> Self {
        let mut tries: BTreeMap<Context, Trie> = BTreeMap::new();
        for binding in &bindings {
            tries.entry(binding.context).or_default().insert(&binding.keys, binding.action);
        }
        Self { name: name.to_owned(), bindings, tries }
    }

    /// The name of the shipped keymap it stands on.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// All bindings, context by context.
    #[must_use]
    pub fn bindings(&self) -> &[Binding] {
        &self.bindings
    }

    /// What chords mean in one context.
    #[must_use]
    pub fn find(&self, context: Context, chords: &[Chord]) -> Option<Found> {
        self.tries.get(&context)?.find(chords)
    }

    /// What can follow chords in one context.
    pub fn following(&self, context: Context, chords: &[Chord]) -> impl Iterator<Item = (Chord, Option<Action>)> {
        self.tries.get(&context).into_iter().flat_map(move |trie| trie.following(chords))
    }
}

#[cfg(test)]
mod tests;
