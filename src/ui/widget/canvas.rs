//! A part of the screen that can be drawn on and nothing beside it.

use ratatui::buffer::{Buffer, CellWidth};
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use ratatui::text::Line;

use super::text;

/// A number of cells; more than any terminal has count as the most. It is half of what fits, so that a margin can be
/// added to it.
#[must_use]
pub fn cells(count: usize) -> u16 {
    u16::try_from(count).unwrap_or(u16::MAX).min(u16::MAX / 2)
}

/// A rectangle of a buffer. Rows and columns are counted from its own corner; what lies outside is not drawn.
#[derive(Debug)]
pub struct Canvas<'b> {
    buffer: &'b mut Buffer,
    area: Rect,
}

impl<'b> Canvas<'b> {
    /// A canvas over the part of `area` that the buffer has.
    pub fn new(buffer: &'b mut Buffer, area: Rect) -> Self {
        let area = area.intersection(buffer.area);
        Self { buffer, area }
    }

    /// Columns.
    #[must_use]
    pub fn width(&self) -> u16 {
        self.area.width
    }

    /// Rows.
    #[must_use]
    pub fn height(&self) -> u16 {
        self.area.height
    }

    /// Columns, for measuring text.
    #[must_use]
    pub fn columns(&self) -> usize {
        usize::from(self.area.width)
    }

    /// Rows, for counting lines.
    #[must_use]
    pub fn rows(&self) -> usize {
        usize::from(self.area.height)
    }

    /// Whether nothing can be drawn.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.area.is_empty()
    }

    /// A part of this canvas, in its own coordinates.
    pub fn part(&mut self, x: u16, y: u16, width: u16, height: u16) -> Canvas<'_> {
        let wanted = Rect::new(self.area.x.saturating_add(x), self.area.y.saturating_add(y), width, height);
        Canvas { area: wanted.intersection(self.area), buffer: self.buffer }
    }

    /// Some rows of this canvas.
    pub fn strip(&mut self, y: u16, height: u16) -> Canvas<'_> {
        self.part(0, y, self.area.width, height)
    }

    /// This canvas less some columns on both sides.
    pub fn inset(&mut self, columns: u16) -> Canvas<'_> {
        self.part(columns, 0, self.area.width.saturating_sub(2 * columns), self.area.height)
    }

    /// The same canvas, borrowed for less long.
    pub fn again(&mut self) -> Canvas<'_> {
        self.strip(0, self.area.height)
    }

    /// Draws a line, cut with `…` where the canvas ends; says how many cells it took.
    pub fn put(&mut self, x: u16, y: u16, line: &Line<'_>) -> u16 {
        let room = self.area.width.saturating_sub(x);
        if y >= self.area.height || room == 0 {
            return 0;
        }
        let line = text::fit_line(line, usize::from(room));
        let (end, _) = self.buffer.set_line(self.area.x + x, self.area.y + y, &line, room);
        end.saturating_sub(self.area.x + x)
    }

    /// Draws a line that ends at the right edge, if it fits whole into the last `room` columns.
    pub fn put_right(&mut self, y: u16, line: &Line<'_>, room: u16) -> bool {
        let wide = cells(text::line_width(line));
        let fits = wide <= room.min(self.area.width) && wide > 0;
        if fits {
            self.put(self.area.width - wide, y, line);
        }
        fits
    }

    /// Draws lines one below the other from a row on; says which row is free next.
    pub fn put_all<'l>(&mut self, x: u16, y: u16, lines: impl IntoIterator<Item = Line<'l>>) -> u16 {
        let mut y = y;
        for line in lines {
            if y >= self.area.height {
                break;
            }
            self.put(x, y, &line);
            y += 1;
        }
        y
    }

    /// Lays a style over a row.
    pub fn tint(&mut self, y: u16, style: Style) {
        let row = self.strip(y, 1).area;
        self.buffer.set_style(row, style);
    }

    /// Lays a style over everything.
    pub fn tint_all(&mut self, style: Style) {
        self.buffer.set_style(self.area, style);
    }

    /// Takes away every style, then lays this one over everything: what stands back behind something else.
    pub fn fade(&mut self, style: Style) {
        for position in self.area.positions() {
            if let Some(cell) = self.buffer.cell_mut(position) {
                cell.set_style(Style::reset()).set_style(style);
            }
        }
    }

    /// Empties everything. A wide character that reaches in from the left goes whole.
    pub fn clear(&mut self) {
        for y in self.area.top()..self.area.bottom() {
            let before = self.area.x.checked_sub(1).map(|x| Position::new(x, y));
            if let Some(cell) = before.and_then(|before| self.buffer.cell_mut(before))
                && cell.symbol().cell_width() > 1
            {
                cell.set_symbol(" ");
            }
        }
        for position in self.area.positions() {
            if let Some(cell) = self.buffer.cell_mut(position) {
                cell.reset();
            }
        }
    }

    /// Puts one sign into one cell, without changing what lies beside it.
    pub fn sign(&mut self, x: u16, y: u16, sign: char, style: Style) {
        if x < self.area.width
            && y < self.area.height
            && let Some(cell) = self.buffer.cell_mut((self.area.x + x, self.area.y + y))
        {
            cell.set_char(sign).set_style(style);
        }
    }

    /// The position of a cell on the screen, if the cell is on this canvas.
    #[must_use]
    pub fn position(&self, x: u16, y: u16) -> Option<Position> {
        (x < self.area.width && y < self.area.height).then(|| Position::new(self.area.x + x, self.area.y + y))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_drawn_outside() {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 6, 3));
        let mut canvas = Canvas::new(&mut buffer, Rect::new(0, 0, 99, 99));
        let mut part = canvas.part(2, 1, 3, 9);
        assert_eq!((part.width(), part.height()), (3, 2));
        part.put(0, 0, &Line::from("abcdef"));
        part.put(0, 7, &Line::from("never"));
        part.sign(9, 9, 'x', Style::new());
        assert_eq!(buffer, Buffer::with_lines(["      ", "  ab… ", "      "]));
    }

    #[test]
    fn a_wide_character_goes_whole() {
        let mut buffer = Buffer::with_lines(["a满b"]);
        Canvas::new(&mut buffer, Rect::new(2, 0, 1, 1)).clear();
        assert_eq!(buffer, Buffer::with_lines(["a  b"]));
    }
}
