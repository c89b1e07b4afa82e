//! Remedies that run by themselves: announced, counted down, stopped by any key.

use crate::app::{App, Changed, Effect};

impl App {
    /// Any key while a remedy is about to run by itself: it does not.
    pub(super) fn stop_healing(&mut self, _effects: &mut Vec<Effect>) -> Changed {
        Changed::Input
    }
}
