//! What the operator types, behind a trait: the terminal's event stream, or a test's list.
//!
//! The stream owns a reader thread that steals keys as long as it lives, so it is dropped before the terminal is
//! given to another program and made anew after.

use std::io;

use crossterm::event::{Event, EventStream, KeyCode, KeyEvent, KeyModifiers};
use futures_util::StreamExt as _;
use futures_util::future::BoxFuture;

/// One thing that came from the terminal.
#[derive(Debug, Clone, PartialEq)]
pub enum Typed {
    /// A key went down.
    Key(KeyEvent),
    /// Text was pasted.
    Paste(String),
    /// The wheel turned: so many rows down, or up if negative.
    Wheel(i8),
    /// The terminal has another size.
    Resize(u16, u16),
}

impl Typed {
    /// Whether the operator wants the shell back for a while: in raw mode Ctrl-z is a key, and no keymap may bind it.
    #[must_use]
    pub fn is_suspend(&self) -> bool {
        let Self::Key(key) = self else { return false };
        key.code == KeyCode::Char('z') && key.modifiers == KeyModifiers::CONTROL
    }
}

/// Where keys come from.
pub trait InputSource: Send {
    /// The next thing; `None` when there will be no more: the terminal is gone.
    fn next(&mut self) -> BoxFuture<'_, Option<Typed>>;

    /// Stops reading, so that another program can.
    fn pause(&mut self);

    /// Reads again.
    fn resume(&mut self);
}

/// The terminal's event stream.
#[derive(Debug, Default)]
pub struct TerminalInput {
    stream: Option<EventStream>,
}

impl TerminalInput {
    /// Begins to read.
    #[must_use]
    pub fn new() -> Self {
        Self { stream: Some(EventStream::new()) }
    }
}

impl InputSource for TerminalInput {
    fn next(&mut self) -> BoxFuture<'_, Option<Typed>> {
        Box::pin(async move {
            loop {
                let Some(stream) = &mut self.stream else { return std::future::pending().await };
                match stream.next().await {
                    Some(Ok(event)) => {
                        if let Some(typed) = read(event) {
                            return Some(typed);
                        }
                    }
                    Some(Err(error)) if error.kind() == io::ErrorKind::Interrupted => {}
                    Some(Err(_)) | None => return None,
                }
            }
        })
    }

    fn pause(&mut self) {
        self.stream = None;
    }

    fn resume(&mut self) {
        self.stream = Some(EventStream::new());
    }
}

fn read(event: Event) -> Option<Typed> {
    use crossterm::event::{KeyEventKind, MouseEventKind};
    match event {
        Event::Key(key) if key.kind != KeyEventKind::Release => Some(Typed::Key(key)),
        Event::Paste(text) => Some(Typed::Paste(text)),
        Event::Resize(columns, rows) => {
            let (columns, rows) = super::terminal::known(columns, rows);
            Some(Typed::Resize(columns, rows))
        }
        Event::Mouse(mouse) => match mouse.kind {
            MouseEventKind::ScrollDown => Some(Typed::Wheel(3)),
            MouseEventKind::ScrollUp => Some(Typed::Wheel(-3)),
            _ => None,
        },
        _ => None,
    }
}
