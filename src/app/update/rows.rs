//! The rows of the lists beside the incidents, as the screen shows them, and their cursors.

use crate::app::App;
use crate::app::model::MuteKey;
use crate::domain::journal::Row;
use crate::domain::signal::SignalKey;
use crate::domain::{Mute, SourceName};

impl App {
    /// The mutes that have not run out and pass the filter, oldest first.
    #[must_use]
    pub fn mute_rows(&self) -> Vec<&Mute> {
        let now = self.shown_now();
        let shown = |mute: &&Mute| mute.ends > now && self.mutes.filter.matches(mute, now);
        let mut rows: Vec<&Mute> = self.shown().mutes().filter(shown).collect();
        rows.sort_by(|one, other| (one.starts, &one.source, &one.id).cmp(&(other.starts, &other.source, &other.id)));
        rows
    }

    /// The mute under the cursor of the Mutes view.
    #[must_use]
    pub fn selected_mute(&self) -> Option<&Mute> {
        let key = self.mutes.cursor.key()?;
        self.shown().mutes().find(|mute| mute_key(mute) == *key)
    }

    /// The journal's rows, newest first.
    pub fn journal_rows(&self) -> impl Iterator<Item = &Row> {
        self.shown().journal().iter().rev()
    }

    /// The signals in the order they are shown.
    #[must_use]
    pub fn signal_rows(&self) -> Vec<&SignalKey> {
        self.shown().signals().iter().map(|track| &track.signal.key).collect()
    }

    pub(super) fn settle_mutes(&mut self) {
        let keys: Vec<MuteKey> = self.mute_rows().into_iter().map(mute_key).collect();
        self.mutes.cursor.settle(&keys);
    }

    pub(super) fn settle_journal(&mut self) {
        let ids: Vec<i64> = self.journal_rows().map(|row| row.id).collect();
        self.journal.settle(&ids);
    }

    pub(super) fn settle_signals(&mut self) {
        let keys: Vec<SignalKey> = self.signal_rows().into_iter().cloned().collect();
        self.signals.settle(&keys);
    }

    pub(super) fn settle_sources(&mut self) {
        let names: Vec<SourceName> = self.shown().sources().map(|status| status.name.clone()).collect();
        self.sources.settle(&names);
    }

    /// After what is shown changed as a whole.
    pub(super) fn settle_all(&mut self) {
        let now = self.shown_now();
        let board = self.paused.as_ref().map_or(&self.board, |paused| &paused.1);
        self.incidents.rebuild(board, now);
        self.settle_mutes();
        self.settle_journal();
        self.settle_signals();
        self.settle_sources();
    }
}

/// What identifies a row of the Mutes view.
#[must_use]
pub fn mute_key(mute: &Mute) -> MuteKey {
    (mute.source.clone(), mute.id.clone())
}
