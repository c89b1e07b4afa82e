//! Remedies that run by themselves: announced, counted down, stopped by any key.

use crate::app::{App, Changed, Effect};
use crate::domain::Moment;

impl App {
    /// Any key while a remedy is about to run by itself: it does not.
    pub(super) fn stop_healing(&mut self, _effects: &mut Vec<Effect>) -> Changed {
        Changed::Input
    }

    /// When time alone next changes something about remedies that run by themselves.
    pub(super) fn next_healing(&self) -> Option<Moment> {
        self.desk.countdown.as_ref().map(|countdown| countdown.at)
    }
}
