//! Tables: columns that shrink and wrap; where they would break words, one line for each cell.

use super::flow::Flow;
use super::press::Press;
use super::{Ink, Look, Span, width};
use crate::domain::runbook::Inline;
use crate::domain::runbook::document::Align;

/// What stands between two columns.
const EDGE: &str = " │ ";
/// Up to this room a table stands as lines of `head: value`, unless it fits as it is.
const NARROW: usize = 40;

impl Press<'_> {
    pub(super) fn table(&mut self, align: &[Align], head: &[Vec<Inline>], rows: &[Vec<Vec<Inline>>]) {
        let bold = Look::default().bold();
        let head: Vec<Flow> = head.iter().map(|cell| self.inlines(cell, bold)).collect();
        // A row without a cell says nothing, at any width.
        let rows = rows.iter().filter(|row| !row.is_empty());
        let rows: Vec<Vec<Flow>> =
            rows.map(|row| row.iter().map(|cell| self.inlines(cell, Look::default())).collect()).collect();
        let columns = rows.iter().map(Vec::len).chain([head.len()]).max().unwrap_or(0);
        let measured: Vec<(usize, usize)> = (0..columns)
            .map(|at| {
                let cells = rows.iter().chain([&head]).filter_map(|row| row.get(at)).map(Flow::widths);
                cells.fold((1, 1), |(whole, word), (w, l)| (whole.max(w), word.max(l)))
            })
            .collect();
        match shared(&measured, self.room()) {
            Some(wide) => self.columns(align, &wide, head, rows),
            None => self.pairs(&head, rows),
        }
    }

    fn columns(&mut self, align: &[Align], wide: &[usize], head: Vec<Flow>, rows: Vec<Vec<Flow>>) {
        self.row(align, wide, head);
        let rule: Vec<String> = wide.iter().map(|wide| "─".repeat(*wide)).collect();
        self.line(vec![Span::new(rule.join("─┼─"), Look::of(Ink::Frame))]);
        for row in rows {
            self.next_block();
            self.row(align, wide, row);
        }
    }

    fn row(&mut self, align: &[Align], wide: &[usize], cells: Vec<Flow>) {
        let mut cells: Vec<Vec<Vec<Span>>> =
            cells.into_iter().zip(wide).map(|(cell, wide)| cell.wrapped(*wide)).collect();
        let height = cells.iter().map(Vec::len).max().unwrap_or(0).max(1);
        let columns = wide.len();
        for at in 0..height {
            let mut line = Vec::new();
            for (column, wide) in wide.iter().enumerate() {
                if column > 0 {
                    line.push(Span::new(EDGE, Look::of(Ink::Frame)));
                }
                let words = cells.get_mut(column).and_then(|cell| cell.get_mut(at)).map(std::mem::take);
                let words = words.unwrap_or_default();
                let left = wide.saturating_sub(words.iter().map(|span| width(&span.text)).sum());
                let before = match align.get(column) {
                    Some(Align::Right) => left,
                    Some(Align::Centre) => left / 2,
                    _ => 0,
                };
                let spaces = |count: usize| Span::new(" ".repeat(count), Look::of(Ink::Frame));
                line.extend(Some(spaces(before)).filter(|_| before > 0));
                line.extend(words);
                let behind = left - before;
                line.extend(Some(spaces(behind)).filter(|_| behind > 0 && column + 1 < columns));
            }
            self.line(line);
        }
    }

    /// `head: value`, a line for each cell.
    fn pairs(&mut self, head: &[Flow], rows: Vec<Vec<Flow>>) {
        if rows.is_empty() {
            for cell in head {
                self.flow(cell.clone());
            }
        }
        for (at, row) in rows.into_iter().enumerate() {
            if at > 0 {
                self.blank();
            }
            self.next_block();
            let mut cells = row.into_iter();
            for column in 0..head.len().max(cells.len()) {
                let mut pair = head.get(column).cloned().unwrap_or_default();
                pair.append(Flow::line(Ink::Dim, ": "));
                pair.append(cells.next().unwrap_or_default());
                self.flow(pair);
            }
        }
    }
}

/// How wide each column is; `None` where words would be broken. Given are how wide each would be in one line, and its
/// longest word.
fn shared(measured: &[(usize, usize)], room: usize) -> Option<Vec<usize>> {
    let edges = width(EDGE) * measured.len().saturating_sub(1);
    let whole: usize = measured.iter().map(|(whole, _)| whole).sum();
    if whole + edges <= room {
        return Some(measured.iter().map(|(whole, _)| *whole).collect());
    }
    let words: usize = measured.iter().map(|(_, word)| word).sum();
    let mut left = room.checked_sub(words + edges).filter(|_| room > NARROW)?;
    let mut wide: Vec<usize> = measured.iter().map(|(_, word)| *word).collect();
    // Columns that lack little get all of it; those that lack much share what is left.
    let mut lacking: Vec<(usize, &mut usize)> =
        measured.iter().zip(&mut wide).map(|((whole, word), wide)| (whole - word, wide)).collect();
    lacking.sort_by_key(|(lack, _)| *lack);
    let mut waiting = lacking.len();
    for (lack, wide) in lacking {
        let more = lack.min(left / waiting.max(1));
        *wide += more;
        left -= more;
        waiting -= 1;
    }
    Some(wide)
}
