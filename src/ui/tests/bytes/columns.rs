//! Signs of other scripts in every table and pane: on a terminal that counts for itself, each stands in the column it
//! was drawn in, and edges stay where they are.

use chrono::TimeDelta;
use ratatui::buffer::{Buffer, CellWidth};

use super::{Drawn, SIZES, TEXTS, places, told};
use crate::app::toast::Toasts;
use crate::app::{App, Place, View};
use crate::theme::Theme;
use crate::ui::tests::drawn::frame;

/// Texts that a terminal draws. The emulator here leaves out U+FFFD, which no other does.
fn scripts() -> impl Iterator<Item = &'static str> {
    TEXTS.into_iter().filter(|words| !words.contains(|c: char| c.is_control() || c == '\u{fffd}'))
}

/// Every cell of a frame stands in its own column on a terminal that counts for itself.
pub(super) fn same_on_a_terminal(buffer: &Buffer, parser: &vt100::Parser) {
    for y in 0..buffer.area.height {
        let mut x = 0;
        while x < buffer.area.width {
            let cell = &buffer[(x, y)];
            let symbol = cell.symbol();
            let shown = parser.screen().cell(y, x).map(|cell| cell.contents().to_owned()).unwrap_or_default();
            let shown = if shown.is_empty() { " " } else { &shown };
            assert!(symbol.starts_with(shown), "column {x} of row {y}: {shown:?} instead of {symbol:?}");
            x += cell.cell_width().max(1);
        }
    }
}

pub(super) fn terminal(width: u16, height: u16) -> vt100::Parser {
    let cells = |count| std::num::NonZeroU16::new(count).unwrap();
    vt100::Parser::new(cells(height), cells(width), 0)
}

#[test]
fn wide_signs_keep_every_column_from_frame_to_frame() {
    for (width, height) in [(120, 36), (40, 10)] {
        let (mut drawn, mut parser) = (Drawn::new(width, height), terminal(width, height));
        // Each frame is drawn over the last one, as the difference to it: what lost its column would stay.
        for words in scripts() {
            let mut app = told(words);
            for place in places(&app).into_iter().step_by(3) {
                app.places.push(place);
                app.focus = place.panes()[0];
                app.now += TimeDelta::milliseconds(1);
                parser.process(&drawn.app(&app));
                same_on_a_terminal(&frame(&app, &Theme::plain(), width, height).0, &parser);
            }
        }
    }
}

/// The columns of upright edges in each row.
fn edges(buffer: &Buffer) -> Vec<Vec<u16>> {
    let is_edge = |x: &u16, y: u16| matches!(buffer[(*x, y)].symbol(), "│" | "╭" | "╮" | "╰" | "╯");
    (0..buffer.area.height).map(|y| (0..buffer.area.width).filter(|x| is_edge(x, y)).collect()).collect()
}

#[test]
fn every_pane_has_its_edges_in_the_same_columns_whatever_stands_in_it() {
    let plain = told("nothing but words of ASCII");
    for words in scripts() {
        let foreign = told(words);
        for (width, height) in SIZES {
            for view in [View::Watch, View::Mutes, View::Logs, View::Journal, View::Sources] {
                let drawn = |mut app: App| {
                    app.toasts = Toasts::default();
                    app.places.push(Place::View(view));
                    app.focus = Place::View(view).panes()[0];
                    edges(&frame(&app, &Theme::plain(), width, height).0)
                };
                assert_eq!(drawn(foreign.clone()), drawn(plain.clone()), "{words} on {view:?} at {width}x{height}");
            }
        }
    }
}
