//! Frames as text.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::app::App;
use crate::theme::Theme;
use crate::ui::view;

pub(super) fn frame(app: &App, theme: &Theme, width: u16, height: u16) -> (Buffer, Option<Position>) {
    let area = Rect::new(0, 0, width, height);
    let mut buffer = Buffer::empty(area);
    let cursor = view(app, theme, area, &mut buffer);
    (buffer, cursor)
}

/// The rows of a frame; the second cell of a wide character is left out.
pub(super) fn rows(buffer: &Buffer) -> Vec<String> {
    use ratatui::buffer::CellWidth;
    let area = buffer.area;
    let row = |y| {
        let mut text = String::new();
        let mut x = 0;
        while x < area.width {
            let symbol = buffer[(x, y)].symbol();
            text.push_str(symbol);
            x += symbol.cell_width().max(1);
        }
        text
    };
    (0..area.height).map(row).collect()
}

/// The screen as text. Printed, so that a failing test shows it.
pub(super) fn screen(app: &App, width: u16, height: u16) -> String {
    let text = rows(&frame(app, &Theme::plain(), width, height).0).join("\n");
    println!("{width}x{height}\n{text}");
    text
}
