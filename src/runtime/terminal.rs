//! The terminal: the only place that writes to it. Enter, leave, one write a frame.
//!
//! Nothing here waits for a terminal that does not read: what did not fit is sent on later, and until then nothing
//! else is drawn. `leave` may be called from anywhere, twice, and in a panic: it never fails and never hangs.

mod canvas;
mod family;
mod held;
mod outlet;
mod panics;

use std::io::{self, Write};
use std::sync::Arc;

use crossterm::clipboard::CopyToClipboard;
use crossterm::queue;
use crossterm::terminal::{disable_raw_mode, enable_raw_mode};
use ratatui::Terminal;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use self::canvas::{Canvas, Frame};
use self::outlet::Outlet;
use crate::app::App;
use crate::theme::Theme;

pub use self::family::Family;
pub use self::held::leave;
pub use self::panics::restore_on_panic;

/// What draws the app: where the cursor stands, if it is seen.
pub type View = fn(&App, &Theme, Rect, &mut Buffer) -> Option<Position>;

/// Room that is kept for the next frame.
const FRAME_BYTES: usize = 64 * 1024;
/// More than this is not put on the clipboard: terminals cut or refuse it.
const MOST_COPIED: usize = 70_000;
/// A terminal that does not know its size, such as a serial line, has this one.
const USUAL: (u16, u16) = (80, 24);

const BEGIN_SYNCHRONISED: &[u8] = b"\x1b[?2026h";
const END_SYNCHRONISED: &[u8] = b"\x1b[?2026l";

/// The screen while it is ours.
#[derive(Debug)]
pub struct Screen {
    terminal: Terminal<Canvas>,
    frame: Frame,
    /// How many bytes are to be sent, and how many of them the terminal took.
    due: usize,
    sent: usize,
    outlet: Arc<Outlet>,
    family: Family,
    mouse: bool,
    /// The newest notice that found the terminal busy.
    owed: Option<String>,
    /// Whether what is on the screen is not known any more.
    is_stale: bool,
}

impl Screen {
    /// Takes the terminal over.
    ///
    /// # Errors
    /// Where standard output is no terminal or refuses raw mode.
    pub fn enter(family: Family, mouse: bool) -> io::Result<Self> {
        // NO_COLOR is our own business (see theme/capability): crossterm would turn "no colour" into a reset
        // that wipes bold and reverse.
        crossterm::style::force_color_output(true);
        let outlet = Arc::new(Outlet::open()?);
        let frame = Frame::default();
        let terminal = Terminal::new(Canvas::new(frame.clone(), family))?;
        panics::tell_at_the_end(true);
        let mut screen = Self { terminal, frame, due: 0, sent: 0, outlet, family, mouse, owed: None, is_stale: false };
        screen.take_back()?;
        Ok(screen)
    }

    /// The size in columns and rows.
    ///
    /// # Errors
    /// Where the terminal is gone.
    pub fn size(&self) -> io::Result<(u16, u16)> {
        size()
    }

    /// How many bytes of what was drawn the terminal has not yet taken.
    #[must_use]
    pub fn unsent(&self) -> usize {
        self.due.saturating_sub(self.sent)
    }

    fn is_busy(&self) -> bool {
        self.unsent() > 0
    }

    /// Draws one frame: the difference to the last one, in one write, synchronised where the terminal can. A
    /// frame that is as the last one writes nothing. Returns whether it was drawn: a terminal that is busy gets no
    /// other frame, and the next one says all.
    ///
    /// # Errors
    /// Where the terminal is gone.
    pub fn draw(&mut self, view: View, app: &App, theme: &Theme) -> io::Result<bool> {
        if self.push()? {
            return Ok(false);
        }
        if std::mem::take(&mut self.is_stale) {
            self.clear()?;
        }
        self.render(view, app, theme)?;
        self.send()?;
        Ok(true)
    }

    fn render(&mut self, view: View, app: &App, theme: &Theme) -> io::Result<()> {
        let before = self.frame.len();
        if self.family.synchronises() {
            self.frame.write_all(BEGIN_SYNCHRONISED)?;
        }
        let opened = self.frame.len();
        let links = self.family.takes_commands() && !theme.is_ascii();
        self.terminal.draw(|frame| {
            let area = frame.area();
            let cursor = view(app, theme, area, frame.buffer_mut());
            if links {
                crate::ui::links::apply(app, area, frame.buffer_mut());
            }
            if let Some(position) = cursor {
                frame.set_cursor_position(position);
            }
        })?;
        if before == 0 && self.frame.since(opened, is_idle) {
            self.frame.forget_first(usize::MAX, FRAME_BYTES);
        } else if self.family.synchronises() {
            self.frame.write_all(END_SYNCHRONISED)?;
        }
        Ok(())
    }

    fn send(&mut self) -> io::Result<()> {
        self.due = self.frame.len();
        self.push().map(drop)
    }

    /// Sends what fits of what is to be sent. Returns whether something is left.
    ///
    /// # Errors
    /// Where the terminal is gone.
    pub fn push(&mut self) -> io::Result<bool> {
        if !self.is_busy() {
            return Ok(false);
        }
        let outlet = Arc::clone(&self.outlet);
        let unsent = self.unsent();
        let took = self.frame.since(self.sent, |bytes| outlet.push(bytes.get(..unsent).unwrap_or(bytes)))?;
        self.sent += took;
        held::is_cut_off(self.is_busy());
        if self.is_busy() {
            return Ok(true);
        }
        self.frame.forget_first(self.due, FRAME_BYTES);
        (self.due, self.sent) = (0, 0);
        match self.owed.take() {
            Some(words) => self.notice(&words).map(|()| self.is_busy()),
            None => Ok(false),
        }
    }

    /// Forgets what is on the screen: the next frame draws everything. A terminal that was another size for a moment
    /// may have lost some of it.
    pub fn forget(&mut self) {
        self.is_stale = true;
    }

    /// # Errors
    /// Where the terminal is gone.
    fn clear(&mut self) -> io::Result<()> {
        // Not `Terminal::clear`: it asks the terminal where its cursor is, waits two seconds for one that does not
        // answer and then fails, and swallows what is typed meanwhile. A resize to the size there is asks nothing.
        let area = self.terminal.size()?.into();
        // Begun here, ended by the next frame: nobody sees the screen empty.
        if self.family.synchronises() {
            self.frame.write_all(BEGIN_SYNCHRONISED)?;
        }
        self.terminal.resize(area)
    }

    /// Puts text on the terminal's clipboard (OSC 52). Whether it arrived is not known.
    ///
    /// # Errors
    /// Where the text is too long, the terminal has no clipboard, does not read, or is gone.
    pub fn copy(&mut self, text: &str) -> io::Result<()> {
        if text.len() > MOST_COPIED {
            return Err(io::Error::other(format!("{} bytes are more than a terminal's clipboard takes", text.len())));
        }
        if !self.family.takes_commands() {
            return Err(io::Error::other("by its TERM this terminal has no clipboard for programs"));
        }
        if self.push()? {
            return Err(io::Error::other("the terminal has not yet taken what was drawn; try again"));
        }
        queue!(self.frame, CopyToClipboard::to_clipboard_from(text))?;
        self.send()
    }

    /// Rings, and tells terminals that show notices (OSC 9). In tmux the bell becomes its flag. A terminal that is
    /// busy hears the newest as soon as it reads.
    ///
    /// # Errors
    /// Where the terminal is gone.
    pub fn notice(&mut self, words: &str) -> io::Result<()> {
        if self.is_busy() {
            self.owed = Some(words.to_owned());
            return Ok(());
        }
        self.frame.write_all(b"\x07")?;
        if self.family.takes_commands() {
            let words = crate::domain::harmless::line(words, 120);
            write!(self.frame, "\x1b]9;midwatch: {words}\x1b\\")?;
        }
        self.send()
    }

    /// Gives the terminal away for a while. What it did not take is dropped: all is drawn again after.
    pub fn release(&mut self) {
        self.drop_frame();
        leave();
    }

    /// Takes it back, whatever somebody else did to its modes, and draws everything anew.
    ///
    /// # Errors
    /// Where the terminal is gone.
    pub fn take_back(&mut self) -> io::Result<()> {
        // crossterm remembers that it is raw, and would leave it as it is.
        let _ = disable_raw_mode();
        enable_raw_mode()?;
        held::hold(Arc::clone(&self.outlet), self.family.off(self.mouse));
        let cut_off = self.is_busy();
        self.drop_frame();
        if cut_off {
            self.frame.write_all(held::END_OF_ANY.as_bytes())?;
        }
        self.frame.write_all(self.family.on(self.mouse).as_bytes())?;
        self.clear()
    }

    fn drop_frame(&mut self) {
        self.frame.forget_first(usize::MAX, FRAME_BYTES);
        (self.due, self.sent) = (0, 0);
    }
}

/// The descriptor to ask whether the terminal is there: the standard output, which is one wherever there is a screen.
pub(super) fn standard() -> io::Stdout {
    io::stdout()
}

/// The terminal's size in columns and rows; the usual one where it does not know.
///
/// # Errors
/// Where the terminal is gone.
pub fn size() -> io::Result<(u16, u16)> {
    crossterm::terminal::size().map(|(columns, rows)| known(columns, rows))
}

/// A size that the terminal told, as it is drawn.
pub(super) fn known(columns: u16, rows: u16) -> (u16, u16) {
    if columns == 0 || rows == 0 { USUAL } else { (columns, rows) }
}

/// Whether these bytes change nothing that can be seen: only cursor visibility and attribute resets.
fn is_idle(bytes: &[u8]) -> bool {
    const SILENT: [&[u8]; 5] = [b"\x1b[?25l", b"\x1b[39m", b"\x1b[49m", b"\x1b[0m", b"\x1b[m"];
    let mut rest = bytes;
    while let Some(skip) = SILENT.iter().find(|silent| rest.starts_with(silent)) {
        rest = rest.get(skip.len()..).unwrap_or_default();
    }
    rest.is_empty()
}

impl Drop for Screen {
    fn drop(&mut self) {
        leave();
        panics::tell_at_the_end(false);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_resets_and_a_hidden_cursor_are_idle() {
        assert!(is_idle(b"\x1b[?25l\x1b[39m\x1b[49m\x1b[0m"));
        assert!(is_idle(b""));
        assert!(!is_idle(b"\x1b[?25l\x1b[1;1Hx"));
        assert!(!is_idle(b"\x1b[?25h"));
    }

    #[test]
    fn a_size_that_is_not_known_is_the_usual_one() {
        assert_eq!([known(0, 0), known(0, 24), known(80, 0)], [USUAL; 3]);
        assert_eq!(known(1, 1), (1, 1));
    }
}
