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
    let count = rows.first().map_or(0, Vec::len);
    let style = scene.style(Role::Text);
    if count < 2 || rows.iter().any(|row| row.len() != count) {
        let each = found.lines.iter().take(LINES);
        return each.flat_map(|line| flow::plain(style, line.trim_end(), wide)).collect();
    }
    let widths: Vec<usize> = (0..count).map(|at| widest(&rows, at)).collect();
    let one = |row: &Vec<&str>| {
        let mut line = String::from(" ");
        for ((at, cell), width) in row.iter().enumerate().zip(&widths) {
            let said = if at > 0 && is_number(cell) { text::pad_left(cell, *width) } else { text::pad(cell, *width) };
            line.push_str(&said);
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

fn is_number(cell: &str) -> bool {
    cell.starts_with(|first: char| first.is_ascii_digit() || matches!(first, '-' | '−' | '+' | '—'))
}
