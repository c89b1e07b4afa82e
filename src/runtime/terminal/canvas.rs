//! What ratatui draws on: cells become the sequences that the terminal's family knows, and bytes of a frame.

use std::cell::RefCell;
use std::io::{self, Write};
use std::rc::Rc;

use ratatui::backend::{Backend, ClearType, CrosstermBackend, WindowSize};
use ratatui::buffer::Cell;
use ratatui::layout::{Position, Size};
use ratatui::style::Modifier;

use super::family::Family;

/// Collects what is drawn, so that a frame leaves in one write. The backend flushes in the middle of a frame, which
/// is nothing here; only the screen sends.
#[derive(Debug, Clone, Default)]
pub(super) struct Frame(Rc<RefCell<Vec<u8>>>);

impl Frame {
    pub(super) fn len(&self) -> usize {
        self.0.borrow().len()
    }

    /// Looks at what came after `from` bytes.
    pub(super) fn since<T>(&self, from: usize, look: impl FnOnce(&[u8]) -> T) -> T {
        look(self.0.borrow().get(from..).unwrap_or_default())
    }

    /// Ends with `short` where it ended with `long`.
    fn shorten(&self, long: &[u8], short: &[u8]) {
        let mut bytes = self.0.borrow_mut();
        if bytes.ends_with(long) {
            let from = bytes.len() - long.len();
            bytes.truncate(from);
            bytes.extend_from_slice(short);
        }
    }

    /// Forgets its first bytes; room for `keep` bytes stays.
    pub(super) fn forget_first(&self, count: usize, keep: usize) {
        let mut bytes = self.0.borrow_mut();
        let count = count.min(bytes.len());
        bytes.drain(..count);
        bytes.shrink_to(keep);
    }
}

impl Write for Frame {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// How crossterm's backend ends what it draws, and what says the same.
const ALL_ENDED: &[u8] = b"\x1b[39m\x1b[49m\x1b[59m\x1b[0m";
const RESET: &[u8] = b"\x1b[0m";

/// The backend.
#[derive(Debug)]
pub(super) struct Canvas {
    frame: Frame,
    full: CrosstermBackend<Frame>,
    family: Family,
}

impl Canvas {
    pub(super) fn new(frame: Frame, family: Family) -> Self {
        Self { full: CrosstermBackend::new(frame.clone()), frame, family }
    }

    /// Bold, underlined and reversed, each ended by ending all: what every terminal knows that knows any of it.
    fn draw_plainly<'a>(&mut self, cells: impl Iterator<Item = (u16, u16, &'a Cell)>) -> io::Result<()> {
        const KNOWN: [(Modifier, &str); 3] =
            [(Modifier::BOLD, "\x1b[1m"), (Modifier::UNDERLINED, "\x1b[4m"), (Modifier::REVERSED, "\x1b[7m")];
        let (mut next, mut style) = (None, Modifier::empty());
        for (x, y, cell) in cells {
            if next != Some((x, y)) {
                write!(self.frame, "\x1b[{};{}H", y + 1, x + 1)?;
            }
            // A sign that is wider says so by leaving a cell out, and then the cursor is placed.
            next = Some((x + 1, y));
            let wanted = cell.modifier & (Modifier::BOLD | Modifier::UNDERLINED | Modifier::REVERSED);
            if wanted != style {
                self.frame.write_all(b"\x1b[0m")?;
                for (_, sequence) in KNOWN.iter().filter(|(modifier, _)| wanted.contains(*modifier)) {
                    self.frame.write_all(sequence.as_bytes())?;
                }
                style = wanted;
            }
            self.frame.write_all(cell.symbol().as_bytes())?;
        }
        if style.is_empty() { Ok(()) } else { self.frame.write_all(b"\x1b[0m") }
    }
}

impl Backend for Canvas {
    type Error = io::Error;

    fn draw<'a, I>(&mut self, content: I) -> io::Result<()>
    where
        I: Iterator<Item = (u16, u16, &'a Cell)>,
    {
        if !self.family.has_colours() {
            return self.draw_plainly(content);
        }
        self.full.draw(content)?;
        // It ends with the end of every colour one by one, one of which some terminals do not know, and then of all.
        self.frame.shorten(ALL_ENDED, RESET);
        Ok(())
    }

    fn hide_cursor(&mut self) -> io::Result<()> {
        if self.family.hides_the_cursor() { self.full.hide_cursor() } else { Ok(()) }
    }

    fn show_cursor(&mut self) -> io::Result<()> {
        if self.family.hides_the_cursor() { self.full.show_cursor() } else { Ok(()) }
    }

    fn get_cursor_position(&mut self) -> io::Result<Position> {
        // Nobody is asked: a terminal may never answer.
        Ok(Position::ORIGIN)
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> io::Result<()> {
        self.full.set_cursor_position(position)
    }

    fn clear(&mut self) -> io::Result<()> {
        self.full.clear()
    }

    fn clear_region(&mut self, clear_type: ClearType) -> io::Result<()> {
        self.full.clear_region(clear_type)
    }

    fn size(&self) -> io::Result<Size> {
        super::size().map(|(columns, rows)| Size::new(columns, rows))
    }

    fn window_size(&mut self) -> io::Result<WindowSize> {
        Ok(WindowSize { columns_rows: self.size()?, pixels: Size::ZERO })
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use ratatui::style::{Color, Style};

    use super::*;

    #[test]
    fn a_terminal_without_colours_gets_bold_and_reverse_and_their_end() {
        let frame = Frame::default();
        let mut canvas = Canvas::new(frame.clone(), Family::Vt);
        let style = Style::new().fg(Color::Red);
        let mut bold = Cell::new("b");
        bold.set_style(style.bold().reversed());
        let mut plain = Cell::new("p");
        plain.set_style(style.dim());
        let cells = [(3, 0, &bold), (4, 0, &bold), (5, 0, &plain), (0, 1, &bold)];
        canvas.draw(cells.into_iter()).unwrap();
        canvas.hide_cursor().unwrap();
        let drawn = frame.since(0, |bytes| String::from_utf8(bytes.to_vec()).unwrap());
        assert_eq!(drawn, "\x1b[1;4H\x1b[0m\x1b[1m\x1b[7mbb\x1b[0mp\x1b[2;1H\x1b[0m\x1b[1m\x1b[7mb\x1b[0m");
    }

    #[test]
    fn a_coloured_frame_ends_with_one_reset() {
        let frame = Frame::default();
        let mut canvas = Canvas::new(frame.clone(), Family::Linux);
        let mut red = Cell::new("r");
        red.set_style(Style::new().fg(Color::Red));
        canvas.draw([(0, 0, &red)].into_iter()).unwrap();
        let drawn = frame.since(0, |bytes| String::from_utf8(bytes.to_vec()).unwrap());
        assert!(drawn.ends_with("r\x1b[0m") && !drawn.contains("59m"), "{drawn:?}");
    }
}
