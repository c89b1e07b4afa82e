//! What is known of sources and signals: what is missing, and what is over its thresholds.

use super::Counted;
use crate::app::App;
use crate::board::signals::Track;
use crate::domain::{Health, SignalLevel, age};

impl App {
    pub(super) fn known_sources_missing(&self) -> Counted {
        let missing = self.board.sources().filter(|status| status.health(self.now).is_missing());
        let lines = missing.map(|status| {
            let cause = status
                .failure
                .as_ref()
                .map(|failure| format!(" for {}: {}", age::coarse(self.now - failure.since), failure.cause));
            format!("{} {}{}", status.name, status.health(self.now).words(), cause.unwrap_or_default())
        });
        let none = if self.board.sources().all(|status| status.off) { "no source is configured" } else { "" };
        Counted { lines: lines.collect(), words: ["source not live", "sources not live"], missing: none.to_owned() }
    }

    /// Signals over a threshold, or without a value: what a source that is away told last says nothing about now.
    pub(super) fn known_signals_over(&self) -> Counted {
        let lines: Vec<String> = self.board.signals().iter().filter_map(|track| self.over(track)).collect();
        let nothing = self.board.signals().iter().len() == 0;
        let missing = if nothing { "no signal is watched".to_owned() } else { self.sources_away() };
        Counted { lines, words: ["signal over or unknown", "signals over or unknown"], missing }
    }

    fn over(&self, track: &Track) -> Option<String> {
        let signal = &track.signal;
        let health = self.board.source(&signal.source).map(|status| status.health(self.now));
        let level = if health == Some(Health::Live) { track.level() } else { SignalLevel::Unknown };
        let value = track.latest().and_then(|reading| reading.value);
        let value = value.map_or_else(|| "no value".to_owned(), |value| format!("{value} {}", signal.unit));
        let how = match level {
            SignalLevel::Ok => return None,
            SignalLevel::Warn => format!("{value}, over its first threshold"),
            SignalLevel::Critical => format!("{value}, over its second threshold"),
            SignalLevel::Unknown => match &track.problem {
                Some(problem) => format!("not known: {problem}"),
                None => format!("not known: {} says nothing now", signal.source),
            },
        };
        Some(format!("{} {} {}: {how}", signal.key.service, signal.key.kind, signal.name()))
    }
}
