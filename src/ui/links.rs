//! Addresses on the screen as links that a terminal can open (OSC 8).
//!
//! A pass over a finished frame: what is seen of an address may be cut, so the whole comes from the model. Each cell
//! carries its own opening and closing with a shared id: the difference between two frames may repaint any part.

use std::num::NonZeroU16;

use ratatui::buffer::{Buffer, CellDiffOption};
use ratatui::layout::Rect;

use super::scene::Scene;
use super::{Layout, screen};
use crate::app::{App, Overlay, Place};
use crate::domain::runbook::Found;
use crate::domain::runbook::laid::pieces;
use crate::theme::Theme;

/// The longest address that becomes a link, in bytes. Longer ones are not opened by terminals.
const LONGEST: usize = 2_000;
/// What is seen of an address must be at least this long to tell it from others.
const SEEN: usize = 12;

/// Turns the addresses in a frame into links. Only http and https, only printable ASCII: nothing from outside can
/// end the sequence or begin another.
pub fn apply(app: &App, area: Rect, frame: &mut Buffer) {
    if app.overlay.is_none() {
        of_runbook(app, area, frame);
    }
    let known = addresses(app);
    if known.is_empty() {
        return;
    }
    for y in area.top()..area.bottom() {
        for (from, to, address) in in_row(frame, area, y, &known) {
            for x in from..to {
                link(frame, x, y, address, NonZeroU16::MIN);
            }
        }
    }
}

/// Makes one cell a part of a link.
fn link(frame: &mut Buffer, x: u16, y: u16, address: &str, wide: NonZeroU16) {
    if let Some(cell) = frame.cell_mut((x, y)) {
        let linked = format!("\u{1b}]8;id={:x};{address}\u{1b}\\{}\u{1b}]8;;\u{1b}\\", id(address), cell.symbol());
        cell.set_symbol(&linked).set_diff_option(CellDiffOption::ForcedWidth(wide));
    }
}

/// The links of the runbook that is open. What is seen of them are words: where these stand is known from the lines.
fn of_runbook(app: &App, area: Rect, frame: &mut Buffer) {
    let (Place::Runbook, Some(page)) = (app.place(), &app.desk.page) else { return };
    let theme = Theme::plain();
    let mut scene = Scene::new(app, &theme);
    let layout = Layout::of(&scene, area.width, area.height);
    scene.small = layout.is_small();
    let Some((x, y, width, height)) = screen::runbook::text_place(&scene, area.width, layout.body) else { return };
    let (left, top) = (area.x + x, area.y + layout.top() + y);
    let first = screen::runbook::first_line(page, height);
    for (row, line) in (0..height).zip(page.laid.lines.iter().skip(first)) {
        let mut column = 0_u16;
        for span in &line.spans {
            let address = span.link.and_then(|at| page.laid.links.get(at)).filter(|text| may_be_opened(text));
            for (piece, cells) in pieces(&span.text) {
                let wide = u16::try_from(cells).unwrap_or(u16::MAX);
                let (x, y) = (left + column, top + row);
                // What lies over the text now, or was spelled otherwise, is no link.
                let is_seen = frame.cell((x, y)).is_some_and(|cell| cell.symbol() == piece);
                if let (Some(address), Some(wide), true) = (address, NonZeroU16::new(wide), is_seen && column < width) {
                    link(frame, x, y, address, wide);
                }
                column = column.saturating_add(wide);
            }
        }
    }
}

/// The addresses in one row: first column, the column behind the last, and the whole address.
fn in_row<'a>(frame: &Buffer, area: Rect, y: u16, known: &[&'a str]) -> Vec<(u16, u16, &'a str)> {
    // One byte a column: whatever is no single ASCII character ends an address.
    let byte = |x| {
        frame.cell((x, y)).map_or(b' ', |cell| match cell.symbol().as_bytes() {
            [byte] => *byte,
            _ => b' ',
        })
    };
    let row: Vec<u8> = (area.left()..area.right()).map(byte).collect();
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(rest) = row.get(at..).filter(|rest| !rest.is_empty()) {
        let seen = rest.iter().take_while(|byte| byte.is_ascii_graphic()).count();
        let text = rest.get(..seen).and_then(|seen| std::str::from_utf8(seen).ok()).unwrap_or_default();
        if text.len() >= SEEN
            && let Some(address) = known.iter().find(|address| address.starts_with(text))
        {
            let column = |at: usize| area.left().saturating_add(u16::try_from(at).unwrap_or(u16::MAX));
            found.push((column(at), column(at + seen), *address));
        }
        at += seen + 1;
    }
    found
}

/// Every address that may be on the screen.
fn addresses(app: &App) -> Vec<&str> {
    let mut all: Vec<&str> = Vec::new();
    if let Some(incident) = app.subject() {
        for alert in app.shown().alerts_of(incident).take(20) {
            all.extend(alert.annotations.iter().map(|(_, value)| value));
            all.extend(alert.link.as_deref());
        }
    }
    if let Place::Walk(id) = app.place() {
        let items = app.walk(id).into_iter().flat_map(|walk| walk.list.items());
        all.extend(items.filter_map(|item| item.link.as_deref()));
    }
    let page = app.desk.page.as_ref().filter(|page| app.place() == Place::Runbook && page.runbook().is_none());
    all.extend(page.and_then(|page| match &page.found {
        Found::Web(url) | Found::Mapped(_, url) => Some(url.as_str()),
        _ => None,
    }));
    if let Some(Overlay::Card { lines, .. }) = &app.overlay {
        all.extend(lines.iter().flat_map(|line| line.split_whitespace()));
    }
    all.retain(|text| may_be_opened(text));
    all
}

fn may_be_opened(text: &str) -> bool {
    let scheme = text.starts_with("https://") || text.starts_with("http://");
    scheme && text.len() <= LONGEST && text.bytes().all(|byte| byte.is_ascii_graphic())
}

/// The same for all cells of a link, so that a terminal highlights them together.
fn id(address: &str) -> u64 {
    crate::domain::alert::hash_fields(std::iter::once(address)) & 0xffff_ffff
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_web_addresses_without_anything_that_acts() {
        assert!(may_be_opened("https://runbooks.example/a?b=c;d"));
        for wrong in
            ["file:///etc/passwd", "javascript:alert(1)", "https://x/\u{1b}]8;;", "https://x/a b", "https://x/é"]
        {
            assert!(!may_be_opened(wrong), "{wrong}");
        }
    }

    #[test]
    fn what_is_seen_of_an_address_is_found_cut_or_whole() {
        let area = Rect::new(0, 0, 60, 1);
        let mut frame = Buffer::empty(area);
        let known = ["https://runbooks.example/checkout/errors"];
        frame.set_string(0, 0, "│ runbook https://runbooks.example/chec… │", ratatui::style::Style::new());
        assert_eq!(in_row(&frame, area, 0, &known), [(10, 39, known[0])]);
        let other = ["https://elsewhere.example/"];
        assert_eq!(in_row(&frame, area, 0, &other), []);
    }
}
