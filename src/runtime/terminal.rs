//! The terminal: the only place that writes to it. Enter, leave, one write a frame.
//!
//! `leave` may be called from anywhere, twice, and in a panic: it never fails and always leaves a usable shell.

use std::cell::RefCell;
use std::io::{self, Write};
use std::rc::Rc;
use std::sync::atomic::{AtomicBool, Ordering};

use crossterm::cursor::{Hide, Show};
use crossterm::event::{DisableBracketedPaste, EnableBracketedPaste};
use crossterm::terminal::{
    BeginSynchronizedUpdate, EndSynchronizedUpdate, EnterAlternateScreen, LeaveAlternateScreen, SetTitle,
    disable_raw_mode, enable_raw_mode,
};
use crossterm::{clipboard::CopyToClipboard, execute, queue};
use ratatui::Terminal;
use ratatui::backend::CrosstermBackend;

use crate::app::App;
use crate::theme::Theme;

/// Whether the terminal is ours now.
static ENTERED: AtomicBool = AtomicBool::new(false);

/// Room that is kept for the next frame.
const FRAME_BYTES: usize = 64 * 1024;
/// More than this is not put on the clipboard: terminals cut or refuse it.
const MOST_COPIED: usize = 70_000;

/// Collects what is drawn, so that a frame leaves in one write. The backend flushes in the middle of a frame, which
/// is nothing here; only [`Screen`] sends.
#[derive(Debug, Clone, Default)]
pub struct Frame(Rc<RefCell<Vec<u8>>>);

impl Write for Frame {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Frame {
    fn len(&self) -> usize {
        self.0.borrow().len()
    }

    /// Whether what came after `from` bytes changes nothing that can be seen.
    fn is_idle_since(&self, from: usize) -> bool {
        is_idle(self.0.borrow().get(from..).unwrap_or_default())
    }

    fn forget(&self) {
        self.0.borrow_mut().clear();
    }

    fn send(&self) -> io::Result<()> {
        let mut bytes = self.0.borrow_mut();
        let mut out = io::stdout().lock();
        let sent = out.write_all(&bytes).and_then(|()| out.flush());
        bytes.clear();
        bytes.shrink_to(FRAME_BYTES);
        sent
    }
}

/// The screen while it is ours.
#[derive(Debug)]
pub struct Screen {
    terminal: Terminal<CrosstermBackend<Frame>>,
    frame: Frame,
    mouse: bool,
}

impl Screen {
    /// Takes the terminal over.
    ///
    /// # Errors
    /// Where standard output is no terminal or refuses raw mode.
    pub fn enter(mouse: bool) -> io::Result<Self> {
        // NO_COLOR is our own business (see theme/capability): crossterm would turn "no colour" into a reset
        // that wipes bold and reverse.
        crossterm::style::force_color_output(true);
        take_over(mouse)?;
        let frame = Frame::default();
        let terminal = Terminal::new(CrosstermBackend::new(frame.clone()))?;
        let mut screen = Self { terminal, frame, mouse };
        screen.clear()?;
        Ok(screen)
    }

    /// The size in columns and rows.
    ///
    /// # Errors
    /// Where the terminal is gone.
    pub fn size(&self) -> io::Result<(u16, u16)> {
        crossterm::terminal::size()
    }

    /// Draws one frame: the difference to the last one, in one write, synchronised where the terminal can. A
    /// frame that is as the last one writes nothing.
    ///
    /// # Errors
    /// Where the terminal is gone.
    pub fn draw(&mut self, app: &App, theme: &Theme) -> io::Result<()> {
        let before = self.frame.len();
        queue!(self.frame, BeginSynchronizedUpdate)?;
        let opened = self.frame.len();
        self.terminal.draw(|frame| {
            let area = frame.area();
            let cursor = crate::ui::view(app, theme, area, frame.buffer_mut());
            if !theme.is_ascii() {
                crate::ui::links::apply(app, area, frame.buffer_mut());
            }
            if let Some(position) = cursor {
                frame.set_cursor_position(position);
            }
        })?;
        if before == 0 && self.frame.is_idle_since(opened) {
            self.frame.forget();
            return Ok(());
        }
        queue!(self.frame, EndSynchronizedUpdate)?;
        self.frame.send()
    }

    /// Forgets what is on the screen: the next frame draws everything.
    ///
    /// # Errors
    /// Where the terminal is gone.
    pub fn clear(&mut self) -> io::Result<()> {
        // Not `Terminal::clear`: it asks the terminal where its cursor is, waits two seconds for one that does not
        // answer and then fails, and swallows what is typed meanwhile. A resize to the size there is asks nothing.
        let area = self.terminal.size()?.into();
        // Begun here, ended by the next frame: nobody sees the screen empty.
        queue!(self.frame, BeginSynchronizedUpdate)?;
        self.terminal.resize(area)
    }

    /// Puts text on the terminal's clipboard (OSC 52). Whether it arrived is not known.
    ///
    /// # Errors
    /// Where the text is too long or the terminal is gone.
    pub fn copy(&mut self, text: &str) -> io::Result<()> {
        if text.len() > MOST_COPIED {
            return Err(io::Error::other(format!("{} bytes are more than a terminal's clipboard takes", text.len())));
        }
        queue!(self.frame, CopyToClipboard::to_clipboard_from(text))?;
        self.frame.send()
    }

    /// Rings, and tells terminals that show notices (OSC 9). In tmux the bell becomes its flag.
    ///
    /// # Errors
    /// Where the terminal is gone.
    pub fn notice(&mut self, words: &str) -> io::Result<()> {
        let words = crate::domain::harmless::line(words, 120);
        write!(self.frame, "\x07\x1b]9;midwatch: {words}\x1b\\")?;
        self.frame.send()
    }

    /// Gives the terminal away for a while.
    pub fn release(&mut self) {
        leave();
    }

    /// Takes it back.
    ///
    /// # Errors
    /// Where the terminal is gone.
    pub fn take_back(&mut self) -> io::Result<()> {
        take_over(self.mouse)?;
        self.clear()
    }
}

/// Whether these bytes change nothing that can be seen: only cursor visibility and attribute resets.
fn is_idle(bytes: &[u8]) -> bool {
    const SILENT: [&[u8]; 6] = [b"\x1b[?25l", b"\x1b[39m", b"\x1b[49m", b"\x1b[59m", b"\x1b[0m", b"\x1b[m"];
    let mut rest = bytes;
    while let Some(skip) = SILENT.iter().find(|silent| rest.starts_with(silent)) {
        rest = rest.get(skip.len()..).unwrap_or_default();
    }
    rest.is_empty()
}

impl Drop for Screen {
    fn drop(&mut self) {
        leave();
    }
}

fn take_over(mouse: bool) -> io::Result<()> {
    enable_raw_mode()?;
    ENTERED.store(true, Ordering::SeqCst);
    let mut out = io::stdout();
    execute!(out, EnterAlternateScreen, EnableBracketedPaste, Hide, SetTitle("midwatch"))?;
    if mouse {
        // Clicks and the wheel, not every motion: that would be a flood over a slow link.
        out.write_all(b"\x1b[?1000h\x1b[?1006h")?;
        out.flush()?;
    }
    Ok(())
}

/// Gives the terminal back as it was. Best effort; does nothing if it is not ours.
pub fn leave() {
    if !ENTERED.swap(false, Ordering::SeqCst) {
        return;
    }
    let mut out = io::stdout();
    // Each step on its own: a later one must not be skipped because an earlier one failed.
    let _ = out.write_all(b"\x1b[?1006l\x1b[?1000l");
    let _ = execute!(out, EndSynchronizedUpdate);
    let _ = execute!(out, DisableBracketedPaste);
    let _ = execute!(out, LeaveAlternateScreen, Show);
    let _ = disable_raw_mode();
}

/// Puts the terminal back before a panic of the UI task is told. A panic elsewhere (a poller's) leaves the screen
/// alone: it becomes a state of its source.
pub fn restore_on_panic() {
    let ui_thread = std::thread::current().id();
    let tell = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |info| {
        if std::thread::current().id() == ui_thread || !ENTERED.load(Ordering::SeqCst) {
            leave();
            tell(info);
        } else {
            tracing::error!(panic = %info, "a background task panicked");
        }
    }));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_resets_and_a_hidden_cursor_are_idle() {
        assert!(is_idle(b"\x1b[?25l\x1b[39m\x1b[49m\x1b[59m\x1b[0m"));
        assert!(is_idle(b""));
        assert!(!is_idle(b"\x1b[?25l\x1b[1;1Hx"));
        assert!(!is_idle(b"\x1b[?25h"));
    }
}
