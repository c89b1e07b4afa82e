//! What time alone changes, pausing, and the terminal's size.

use std::time::Duration;

use crate::app::model::Size;
use crate::app::toast::Tone;
use crate::app::{App, Changed, Effect};
use crate::domain::Moment;

impl App {
    pub(super) fn tick(&mut self, effects: &mut Vec<Effect>) -> Changed {
        let now = self.now;
        let change = self.board.tick(now);
        let mut changed = self.take_change(&change, effects);
        self.renew_acks(effects);
        self.heal(effects);
        self.look_at_requests(effects);
        self.tick_walks(effects);
        changed = changed.max(self.tick_lists(effects));
        let facts = self.end_watches();
        if !facts.is_empty() {
            effects.push(Effect::Note(facts));
        }
        self.ring_if_due(effects);
        if self.toasts.tick(now) {
            changed = Changed::Data;
        }
        if self.guard.write_until.is_some_and(|until| until <= now) {
            self.guard.write_until = None;
            self.say(Tone::Hint, "read-only again");
        }
        if self.incidents.depends_on_time() && self.paused.is_none() {
            self.incidents.rebuild(&self.board, now);
        }
        // A tick comes because something on the screen grows older; the difference to the last frame is small.
        changed.max(Changed::Data)
    }

    /// When time alone will next change something that is not an age on the screen.
    #[must_use]
    pub fn next_change(&self) -> Option<Moment> {
        let changes = [
            self.board.next_change(self.now),
            self.toasts.next_change(),
            self.bell.next_change(),
            self.guard.write_until,
            self.next_renewal(),
            self.next_window_change(),
            self.desk.heal_at,
            self.next_request(),
            self.next_watch(),
            self.next_walk_change(),
            self.next_list_change(),
            // The rest of the lines is looked through in the next turns.
            self.logs.rows.is_looking().then_some(self.now),
        ];
        changes.into_iter().flatten().min()
    }

    /// How long from now until [`next_change`](Self::next_change), at least a moment.
    #[must_use]
    pub fn time_to_change(&self, now: Moment) -> Option<Duration> {
        let span = self.next_change()? - now;
        Some(span.to_std().unwrap_or_default().max(Duration::from_millis(20)))
    }

    pub(super) fn resize(&mut self, columns: u16, rows: u16) -> Changed {
        self.size = Size { columns, rows };
        Changed::Input
    }

    pub(super) fn toggle_pause(&mut self) {
        if self.paused.take().is_some() {
            self.say(Tone::Hint, "updates go on");
        } else {
            self.paused = Some(Box::new((self.now, self.board.clone())));
        }
        self.settle_all();
    }

    pub(super) fn refresh(&mut self, effects: &mut Vec<Effect>) {
        effects.push(Effect::Refresh(None));
        self.say(Tone::Hint, "asking every source now");
    }

    pub(super) fn read_only_again(&mut self) {
        if self.guard.write_until.take().is_some() {
            self.say(Tone::Done, "read-only again");
        } else if !self.guard.read_only {
            (self.guard.read_only, self.guard.may_write) = (true, true);
            self.say(Tone::Done, "read-only now; ':write 15m' lifts it for a time");
        }
    }
}
