//! What is known of mutes: those in force, and those that were forgotten.

use chrono::TimeDelta;

use super::Counted;
use crate::app::App;
use crate::domain::mute::{Cover, MuteKind};
use crate::domain::{AlertState, Mute, age, matcher};

/// A mute that is older was made and forgotten.
const LONG: TimeDelta = TimeDelta::days(1);

impl App {
    /// Silences and snoozes; an ack hides nothing.
    pub(super) fn known_mutes(&self) -> Counted {
        let lines = self.in_force().filter(|mute| mute.kind != MuteKind::Ack).map(|mute| self.mute_line(mute));
        Counted { lines: lines.collect(), words: ["mute in force", "mutes in force"], missing: self.mutes_away() }
    }

    pub(super) fn known_mutes_forgotten(&self) -> Counted {
        let forgotten = self.in_force().filter_map(|mute| {
            let why = if self.now - mute.starts > LONG {
                format!("{} old", age::coarse(self.now - mute.starts))
            } else if self.covers_nothing(mute) {
                "covers nothing that fires".to_owned()
            } else {
                return None;
            };
            Some(format!("{} · {why}", self.mute_line(mute)))
        });
        let words = ["mute old or for nothing", "mutes old or for nothing"];
        Counted { lines: forgotten.collect(), words, missing: self.mutes_away() }
    }

    fn in_force(&self) -> impl Iterator<Item = &Mute> {
        self.board.mutes().filter(|mute| mute.in_force(self.now))
    }

    /// Whether nothing that fires is covered. While a source is away that is not known.
    fn covers_nothing(&self, mute: &Mute) -> bool {
        let fires = match &mute.cover {
            Cover::Incident(id) => self.board.incident(*id).is_some_and(crate::domain::Incident::is_open),
            Cover::Matchers(matchers) => {
                let mut matched = self.board.matched(mute.source.as_ref(), matchers);
                matched.any(|alert| alert.state != AlertState::Pending)
            }
        };
        !fires && self.mutes_away().is_empty()
    }

    fn mute_line(&self, mute: &Mute) -> String {
        let cover = match &mute.cover {
            Cover::Matchers(matchers) => matcher::text(matchers),
            Cover::Incident(id) => {
                self.board.incident(*id).map_or_else(|| id.to_string(), |incident| incident.title.clone())
            }
        };
        let ends = age::coarse(mute.ends - self.now);
        format!("{} {cover} · by {} · {ends} left", mute.kind.word(), mute.by)
    }

    /// Sources have mutes, and so has the store.
    fn mutes_away(&self) -> String {
        let store = self.store_away();
        if store.is_empty() { self.sources_away() } else { store }
    }
}
