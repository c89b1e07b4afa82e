//! The live key table as plain rows: what the footer, the help and the palette show.
//!
//! The keymap room makes it from the keys that are really bound; nothing here knows how a key is read.

use serde::Serialize;

use super::{Action, Context};

/// One binding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct KeyRow {
    /// Where it is bound.
    pub context: Context,
    /// The keys as people write them: `g g`, `Ctrl-d`, `Enter`.
    pub keys: String,
    /// What they do.
    pub action: Action,
    /// What they do, in a few words: the keymap's own or the action's.
    pub words: String,
}

/// All bindings, in the order of the keymap.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct KeyTable {
    /// The rows.
    pub rows: Vec<KeyRow>,
}

impl KeyTable {
    /// The first keys that do `action` in one of these contexts, innermost first.
    #[must_use]
    pub fn keys_for(&self, contexts: &[Context], action: Action) -> Option<&str> {
        contexts.iter().find_map(|context| {
            self.rows.iter().find(|row| row.context == *context && row.action == action).map(|row| row.keys.as_str())
        })
    }

    /// All rows of a context.
    pub fn of(&self, context: Context) -> impl Iterator<Item = &KeyRow> {
        self.rows.iter().filter(move |row| row.context == context)
    }
}
