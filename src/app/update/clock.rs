//! The clock of this machine is set back: what was reckoned with it moves along, so that nothing waits for hours.
//!
//! A step forward looks the same as a sleep of the machine, and is taken as one: time that passed.

use chrono::TimeDelta;

use crate::app::App;
use crate::domain::Moment;

/// Messages may be handed in a little out of order, and clocks are slewed; more than this is a step.
const STEP: TimeDelta = TimeDelta::seconds(5);

impl App {
    /// Takes the moment of a message. A small step back is none: time stands still until it is caught up with.
    pub(super) fn take_time(&mut self, at: Moment) {
        let back = self.now - at;
        if back <= STEP {
            self.now = at.max(self.now);
            return;
        }
        self.now = at;
        self.board.step_back(back, at);
        self.toasts.step_back(back);
        self.bell.step_back(back);
        let sent = self.walks.sent.iter_mut().filter_map(|sent| sent.again.as_mut());
        sent.for_each(|again| *again -= back);
        if let Some((_, until)) = &mut self.walks.hand.wanted {
            *until -= back;
        }
        // How lists stand is asked anew.
        self.walks.rows_change = Some(at);
        let moved = self.renewing.values_mut().chain(self.desk.waits.values_mut()).chain(&mut self.guard.write_until);
        moved.for_each(|until| *until -= back);
        if let Some(countdown) = &mut self.desk.countdown {
            countdown.at -= back;
        }
        if let Some((paused, _)) = self.paused.as_deref_mut() {
            *paused -= back;
        }
    }
}
