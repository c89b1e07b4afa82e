//! The lines of evidence: a table where they have columns, lines as they are where they have none.

use ratatui::text::{Line, Span};

use crate::domain::checklist::Evidence;
use crate::domain::checklist::probe::LINES;
use crate::theme::Role;
use crate::ui::scene::Scene;
use crate::ui::widget::{flow, text};

/// The widest column but the last.
const WIDEST: usize = 48;

/// What a probe found beyond its one line.
pub(super) fn lines(scene: &Scene<'_>, found: &Evidence, wide: usize) -> Vec<Line<'static>> {
    let rows: Vec<Vec<&str>> = found.lines.iter().take(LINES).map(|line| columns(line)).collect();
    let count = rows.iter().map(Vec::len).max().unwrap_or(0);
    let style = scene.style(Role::Text);
    if count < 2 || rows.iter().any(|row| row.len() < 2) {
        let each = found.lines.iter().take(LINES);
        return each.flat_map(|line| flow::plain(style, line.trim_end(), wide)).collect();
    }
    let widths: Vec<(usize, bool)> = (0..count).map(|at| (widest(&rows, at), at > 0 && counts(&rows, at))).collect();
    let one = |row: &Vec<&str>| {
        let mut line = String::from(" ");
        for (cell, (width, right)) in row.iter().zip(&widths) {
            line.push_str(&if *right { text::pad_left(cell, *width) } else { text::pad(cell, *width) });
            line.push_str("   ");
        }
        let line = Line::from(Span::styled(line.trim_end().to_owned(), style));
        text::fit_line(&line, wide)
    };
    rows.iter().map(one).collect()
}

/// The parts of a line that are two spaces or a tab apart.
fn columns(line: &str) -> Vec<&str> {
    line.split('\t').flat_map(|part| part.split("  ")).map(str::trim).filter(|part| !part.is_empty()).collect()
}

fn widest(rows: &[Vec<&str>], at: usize) -> usize {
    rows.iter().filter_map(|row| row.get(at)).map(|cell| text::width(cell)).max().unwrap_or(0).min(WIDEST)
}

/// Whether a column holds numbers, below a heading or without one.
fn counts(rows: &[Vec<&str>], at: usize) -> bool {
    let mut cells = rows.iter().skip(1).filter_map(|row| row.get(at)).peekable();
    cells.peek().is_some() && cells.all(|cell| is_number(cell))
}

fn is_number(cell: &str) -> bool {
    cell.starts_with(|first: char| first.is_ascii_digit() || matches!(first, '-' | '−' | '+' | '—'))
}
