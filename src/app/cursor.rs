//! A cursor that holds on to what it points at, not to a row number.

use serde::Serialize;

/// A cursor over a list whose rows come and go. It remembers the identity of its row, and the place it had,
/// so that it stays near where it was when its row is gone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Cursor<K> {
    key: Option<K>,
    place: usize,
}

impl<K> Default for Cursor<K> {
    fn default() -> Self {
        Self { key: None, place: 0 }
    }
}

/// A way to move.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Step {
    /// So many rows down, or up if negative.
    By(isize),
    /// To the first row.
    First,
    /// To the last row.
    Last,
}

impl<K: PartialEq + Clone> Cursor<K> {
    /// What it points at.
    #[must_use]
    pub fn key(&self) -> Option<&K> {
        self.key.as_ref()
    }

    /// Points at a row.
    pub fn set(&mut self, key: K) {
        self.key = Some(key);
    }

    /// Points at nothing, as at the start.
    pub fn clear(&mut self) {
        *self = Self::default();
    }

    /// Where its row is among `rows`; the first where it points at nothing.
    pub fn index<'a>(&self, rows: impl IntoIterator<Item = &'a K>) -> Option<usize>
    where
        K: 'a,
    {
        let key = self.key.as_ref()?;
        rows.into_iter().position(|row| row == key)
    }

    /// After the rows changed: keeps its row if it is still there, else takes the row that stands where it was.
    pub fn settle(&mut self, rows: &[K]) {
        if let Some(at) = self.index(rows) {
            self.place = at;
        } else {
            self.place = self.place.min(rows.len().saturating_sub(1));
            self.key = rows.get(self.place).cloned();
        }
    }

    /// Moves over `rows`, stopping at the ends.
    pub fn step(&mut self, rows: &[K], step: Step) {
        let last = rows.len().saturating_sub(1);
        let at = self.index(rows).unwrap_or(self.place.min(last));
        self.place = match step {
            Step::By(by) => at.saturating_add_signed(by).min(last),
            Step::First => 0,
            Step::Last => last,
        };
        self.key = rows.get(self.place).cloned();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_holds_on_to_its_row_and_falls_to_the_neighbour() {
        let mut cursor = Cursor::default();
        cursor.settle(&[1, 2, 3]);
        cursor.step(&[1, 2, 3], Step::By(1));
        assert_eq!(cursor.key(), Some(&2));
        cursor.settle(&[9, 8, 1, 2, 3]);
        assert_eq!(cursor.key(), Some(&2));
        cursor.settle(&[9, 8, 1, 3]);
        assert_eq!(cursor.key(), Some(&3));
        cursor.step(&[], Step::Last);
        assert_eq!(cursor.key(), None);
    }
}
