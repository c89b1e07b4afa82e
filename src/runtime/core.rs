//! The app with its keymap and its clock: what turns raw input into messages. No terminal, nothing that waits, so
//! a test drives it as a person would.

#[cfg(test)]
mod tests;

use crossterm::event::KeyEvent;

use super::input::Typed;
use crate::app::entry::Edit;
use crate::app::{Action, App, Msg, Update};
use crate::clock::Clock;
use crate::keymap::{Chord, Keymap, Resolved, Resolver};

/// The app, its keys and its clock.
#[derive(Debug)]
pub struct Core {
    /// The model.
    pub app: App,
    keymap: Keymap,
    resolver: Resolver,
    clock: Clock,
}

impl Core {
    /// Puts them together.
    #[must_use]
    pub fn new(app: App, keymap: Keymap, clock: Clock) -> Self {
        Self { app, keymap, resolver: Resolver::default(), clock }
    }

    /// What time it is.
    #[must_use]
    pub fn clock(&self) -> Clock {
        self.clock
    }

    /// Takes a message.
    pub fn tell(&mut self, msg: Msg) -> Update {
        self.app.update(self.clock.now(), msg)
    }

    /// Takes what came from the terminal.
    pub fn take(&mut self, typed: Typed) -> Update {
        match typed {
            Typed::Key(key) => self.press(key),
            Typed::Paste(_) if self.app.announces().is_some() => {
                self.resolver.reset();
                self.tell(Msg::StopHealing)
            }
            Typed::Paste(text) => {
                // A paste is never the second key of a sequence.
                self.resolver.reset();
                self.tell(Msg::Paste(text))
            }
            Typed::Resize(columns, rows) => self.tell(Msg::Resize { columns, rows }),
            Typed::Wheel(rows) => {
                let step = if rows < 0 { Action::Up } else { Action::Down };
                let mut update = Update::default();
                for _ in 0..rows.unsigned_abs() {
                    let Update { changed, effects } = self.tell(Msg::Action(step));
                    update.changed = update.changed.max(changed);
                    update.effects.extend(effects);
                }
                update
            }
        }
    }

    fn press(&mut self, key: KeyEvent) -> Update {
        let Some(chord) = Chord::of(&key) else { return Update::default() };
        let contexts = self.app.contexts();
        // A remedy is about to run by itself: any key stops it, and means nothing else; leaving leaves all the same.
        if self.app.announces().is_some() {
            self.resolver.reset();
            let leaves = matches!(self.resolver.press(&self.keymap, &contexts, chord), Resolved::Action(Action::Leave));
            self.resolver.reset();
            let mut update = self.tell(Msg::StopHealing);
            if leaves {
                let left = self.tell(Msg::Action(Action::Leave));
                update.changed = update.changed.max(left.changed);
                update.effects.extend(left.effects);
            }
            return update;
        }
        match self.resolver.press(&self.keymap, &contexts, chord) {
            Resolved::Action(action) => self.tell(Msg::Action(action)),
            Resolved::Text(character) => self.tell(Msg::Edit(Edit::Insert(character))),
            Resolved::Edit(edit) => self.tell(Msg::Edit(edit)),
            Resolved::Unbound(keys) => self.tell(Msg::Unbound(keys)),
            Resolved::Pending | Resolved::GivenUp => Update::default(),
        }
    }
}
