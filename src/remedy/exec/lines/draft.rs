//! One line while it is said: its text and its paint, rewritten by a carriage return, cut where it is too long.

use crate::domain::remediation::output::Paint;

/// The most characters of a line.
pub(super) const MOST: usize = 4_000;

/// A line that is not finished.
#[derive(Default)]
pub(super) struct Draft {
    /// What it says; control characters (tabs among them) still in it, escape sequences not.
    pub(super) text: String,
    /// From which byte of the text on which paint holds; before the first, none.
    pub(super) paints: Vec<(usize, Paint)>,
    /// When its first character came, in milliseconds.
    pub(super) since: Option<u64>,
    count: usize,
    /// A carriage return came: the next character begins anew.
    returned: bool,
    /// It was longer than what is kept.
    pub(super) cut: bool,
}

impl Draft {
    /// Adds a character.
    pub(super) fn push(&mut self, at_ms: u64, character: char, paint: Paint) {
        if self.returned {
            self.clear();
        }
        self.since.get_or_insert(at_ms);
        if self.count == MOST {
            self.cut = true;
            return;
        }
        if self.paint() != paint {
            self.paints.push((self.text.len(), paint));
        }
        self.text.push(character);
        self.count += 1;
    }

    fn paint(&self) -> Paint {
        self.paints.last().map(|(_, paint)| *paint).unwrap_or_default()
    }

    /// Back to its beginning: what follows is written over it.
    pub(super) fn go_back(&mut self) {
        self.returned = true;
    }

    /// Erases it, if the cursor stands at its beginning or all of it is meant.
    pub(super) fn erase(&mut self, how: u8) {
        if self.returned || how == 2 {
            self.clear();
        }
    }

    /// Forgets it.
    pub(super) fn clear(&mut self) {
        self.text.clear();
        self.paints.clear();
        self.since = None;
        self.count = 0;
        self.returned = false;
        self.cut = false;
    }

    /// Whether everything up to the next line break or carriage return is past the bound.
    pub(super) fn is_full(&self) -> bool {
        self.cut && !self.returned
    }
}
