//! A watch at 200×50 as the event loop has it: keys in, bytes out, nothing that waits.

use std::cell::Cell;
use std::io::{self, Write};
use std::rc::Rc;
use std::time::Duration;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use midwatch::board::Answer;
use midwatch::clock::Clock;
use midwatch::runtime::core::Core;
use midwatch::runtime::input::Typed;
use midwatch::theme::{Capability, Theme};
use ratatui::backend::CrosstermBackend;
use ratatui::layout::Rect;
use ratatui::{Terminal, TerminalOptions, Viewport};

use super::{Spread, answered, empty, lines, now, telling};
use midwatch::app::Msg;

/// What a board holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Board {
    /// Ten alerts and ten lines: what fits on a screen.
    Empty,
    /// Ten thousand alerts, each its own incident, and a hundred thousand lines.
    Full,
    /// The same, all alerts one incident.
    OneIncident,
}

/// Counts what would reach the terminal.
#[derive(Debug, Clone, Default)]
struct Count(Rc<Cell<usize>>);

impl Write for Count {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.set(self.0.get() + bytes.len());
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A watch and its screen.
pub struct Desk {
    /// The watch.
    pub core: Core,
    theme: Theme,
    terminal: Terminal<CrosstermBackend<Count>>,
    drawn: Count,
}

impl Desk {
    /// A watch on such a board, drawn once.
    pub fn open(board: Board) -> Self {
        let (count, log, spread) = match board {
            Board::Empty => (10, 10, Spread::Each),
            Board::Full => (10_000, 100_000, Spread::Each),
            Board::OneIncident => (10_000, 100_000, Spread::One),
        };
        let mut app = empty();
        app.update(now(), telling((0..count).map(|number| super::alert(number, spread, 0))));
        app.update(now(), answered(Answer { logs: lines(log), ..Answer::default() }));
        let (keymap, _) = midwatch::keymap::load("default", None);
        let (theme, _) = Theme::load("midnight", None, Capability::TrueColor, false);
        let drawn = Count::default();
        let options = TerminalOptions { viewport: Viewport::Fixed(Rect::new(0, 0, 200, 50)) };
        let Ok(terminal) = Terminal::with_options(CrosstermBackend::new(drawn.clone()), options) else {
            unreachable!("a screen of a fixed size asks no terminal")
        };
        let mut desk = Self { core: Core::new(app, keymap, Clock::Fixed(now())), theme, terminal, drawn };
        desk.core.tell(Msg::Resize { columns: 200, rows: 50 });
        desk.draw();
        desk
    }

    /// One key, and the frame that follows it: how many bytes it was.
    pub fn press(&mut self, key: KeyEvent) -> (usize, Option<Duration>) {
        self.core.take(Typed::Key(key));
        self.draw()
    }

    /// Several keys.
    pub fn press_all(&mut self, keys: &str) {
        for key in chords(keys) {
            self.press(key);
        }
    }

    /// The frame, and when the next is due: what the loop does after every message.
    pub fn draw(&mut self) -> (usize, Option<Duration>) {
        let before = self.drawn.0.get();
        let (app, theme) = (&self.core.app, &self.theme);
        let drawn = self.terminal.draw(|frame| {
            let area = frame.area();
            let cursor = midwatch::ui::view(app, theme, area, frame.buffer_mut());
            midwatch::ui::links::apply(app, area, frame.buffer_mut());
            if let Some(position) = cursor {
                frame.set_cursor_position(position);
            }
        });
        assert!(drawn.is_ok(), "counting never fails");
        let waits = [app.time_to_change(now()), midwatch::ui::next_frame(app)];
        (self.drawn.0.get() - before, waits.into_iter().flatten().min())
    }
}

/// Keys as written: `^d` is Ctrl-d, and control characters are their keys.
pub fn chords(keys: &str) -> Vec<KeyEvent> {
    let mut chords = Vec::new();
    let mut rest = keys.chars();
    while let Some(letter) = rest.next() {
        let plain = |code| KeyEvent::new(code, KeyModifiers::NONE);
        chords.push(match letter {
            '\r' => plain(KeyCode::Enter),
            '\x1b' => plain(KeyCode::Esc),
            '\x08' => plain(KeyCode::Backspace),
            '^' => KeyEvent::new(KeyCode::Char(rest.next().unwrap_or('d')), KeyModifiers::CONTROL),
            other if other.is_uppercase() => KeyEvent::new(KeyCode::Char(other), KeyModifiers::SHIFT),
            other => plain(KeyCode::Char(other)),
        });
    }
    chords
}
