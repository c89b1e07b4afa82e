//! What is known of incidents: open, unowned, forgotten, noisy, without a runbook.

use std::collections::BTreeMap;

use chrono::TimeDelta;

use super::Counted;
use crate::app::App;
use crate::board::own;
use crate::domain::mute::MuteKind;
use crate::domain::mute::{Cover, Mute};
use crate::domain::{Incident, Severity, age};

/// An ack that is older was made and forgotten.
const LONG: TimeDelta = TimeDelta::days(1);
/// How far back incidents are counted.
const WEEK: TimeDelta = TimeDelta::days(7);
/// From how many in that time one is noisy.
const NOISY: usize = 5;

impl App {
    pub(super) fn known_open(&self) -> Counted {
        self.counted(Incident::is_open, ["open incident", "open incidents"])
    }

    pub(super) fn known_unacked(&self) -> Counted {
        let words = ["incident waits for somebody", "incidents wait for somebody"];
        self.counted(Incident::needs_somebody, words)
    }

    pub(super) fn known_critical(&self) -> Counted {
        let critical = |incident: &Incident| incident.is_open() && incident.rated.severity == Severity::Critical;
        self.counted(critical, ["critical incident", "critical incidents"])
    }

    pub(super) fn known_acked_long(&self) -> Counted {
        let long = |incident: &Incident| {
            let acked = self.acks_of(incident).map(|ack| ack.starts).min();
            incident.is_open() && incident.owner.is_some() && acked.is_some_and(|at| self.now - at > LONG)
        };
        self.counted(long, ["incident acked for more than a day", "incidents acked for more than a day"])
    }

    pub(super) fn known_runbook_gaps(&self) -> Counted {
        let looked = self.shelf();
        let gaps = looked.gaps.iter().filter_map(|id| self.board.incident(*id)).filter(|incident| incident.is_open());
        let lines = gaps.map(|incident| self.told(incident)).collect();
        let missing = if looked.unseen > 0 {
            format!("{} incidents were not looked at", looked.unseen)
        } else {
            self.sources_away()
        };
        Counted { lines, words: ["open incident without a runbook", "open incidents without a runbook"], missing }
    }

    /// Titles that began again and again. What midwatch itself tells is no noise of a source.
    pub(super) fn known_noisy(&self) -> Counted {
        let since = self.now - WEEK;
        let episodes = self.board.memory().episodes.iter().filter(|episode| episode.since > since);
        let mut titles: BTreeMap<&str, usize> = BTreeMap::new();
        for episode in episodes.filter(|episode| !episode.sources.iter().any(own::is_own)) {
            *titles.entry(&episode.title).or_default() += 1;
        }
        let mut noisy: Vec<_> = titles.into_iter().filter(|(_, times)| *times >= NOISY).collect();
        noisy.sort_by_key(|(title, times)| (std::cmp::Reverse(*times), *title));
        let lines = noisy.into_iter().map(|(title, times)| format!("{title} began {times} times in 7 days")).collect();
        let words = ["noisy alert in 7 days", "noisy alerts in 7 days"];
        Counted { lines, words, missing: self.store_away() }
    }

    fn counted(&self, is: impl Fn(&Incident) -> bool, words: [&'static str; 2]) -> Counted {
        let lines = self.board.incidents().filter(|incident| is(incident)).map(|incident| self.told(incident));
        Counted { lines: lines.collect(), words, missing: self.sources_away() }
    }

    /// An incident in a line.
    fn told(&self, incident: &Incident) -> String {
        let service = incident.service.as_deref().map(|service| format!(" · {service}")).unwrap_or_default();
        let owner = incident.owner.as_ref().map(|owner| format!(" · {}", owner.by)).unwrap_or_default();
        let stale = if incident.stale { " · its source is away" } else { "" };
        let since = age::coarse(self.now - incident.since);
        format!("{} {}{service} · {since}{owner}{stale}", incident.rated.severity.letter(), incident.title)
    }

    /// The acks in force that cover an incident.
    fn acks_of<'a>(&'a self, incident: &'a Incident) -> impl Iterator<Item = &'a Mute> {
        let kept = self.board.mutes().filter(|mute| mute.cover == Cover::Incident(incident.id));
        let covering = self.board.alerts_of(incident).flat_map(|alert| self.board.covering(alert, self.now));
        covering.chain(kept.filter(|mute| mute.in_force(self.now))).filter(|mute| mute.kind == MuteKind::Ack)
    }
}
