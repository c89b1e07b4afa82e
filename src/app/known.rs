//! What midwatch itself knows, as evidence for an item of a checklist: asked of nobody.
//!
//! A count with a source missing is what is known, not what there is: it may be bad, and is never good.

mod desk;
mod incidents;
mod mutes;
mod signals;

use crate::app::App;
use crate::domain::checklist::expect::{Comparison, Expect};
use crate::domain::checklist::probe::{Evidence, Held, Known, LINES, WIDE};
use crate::domain::{Health, harmless};

/// What was counted.
pub(super) struct Counted {
    /// What each is: one line.
    lines: Vec<String>,
    /// What they are, for one and for several.
    words: [&'static str; 2],
    /// What could not be looked at, in words; empty for nothing.
    missing: String,
}

impl App {
    /// What midwatch itself knows, as evidence.
    #[must_use]
    pub fn known(&self, what: Known, expect: Expect) -> Evidence {
        let counted = match what {
            Known::Open => self.known_open(),
            Known::Unacked => self.known_unacked(),
            Known::Critical => self.known_critical(),
            Known::AckedLong => self.known_acked_long(),
            Known::Mutes => self.known_mutes(),
            Known::MutesForgotten => self.known_mutes_forgotten(),
            Known::Noisy => self.known_noisy(),
            Known::SourcesMissing => self.known_sources_missing(),
            Known::SignalsOver => self.known_signals_over(),
            Known::RunbookGaps => self.known_runbook_gaps(),
            Known::WrongSteps => self.known_wrong_steps(),
            Known::RunsFailed => self.known_runs_failed(),
        };
        self.evidence_of(counted, expect)
    }

    fn evidence_of(&self, counted: Counted, expect: Expect) -> Evidence {
        let Counted { lines, words: [one, several], missing } = counted;
        let count = u32::try_from(lines.len()).unwrap_or(u32::MAX);
        let held = held(f64::from(count), expect, missing.is_empty());
        let words = if missing.is_empty() {
            format!("{count} {}, expected {expect}", if count == 1 { one } else { several })
        } else {
            format!("{count} {} known · {missing}, expected {expect}", if count == 1 { one } else { several })
        };
        let bounded = lines.into_iter().take(LINES).map(|line| harmless::line(&line, WIDE).into_owned());
        Evidence {
            at: self.now,
            took_ms: 0,
            from: "midwatch".to_owned(),
            held,
            // What is not known is no number, least of all 0.
            value: (held != Held::Unknown).then(|| f64::from(count)),
            unit: String::new(),
            words: harmless::line(&words, WIDE).into_owned(),
            lines: bounded.collect(),
        }
    }

    /// The sources whose word is missing; in words, empty for none.
    fn sources_away(&self) -> String {
        let watched = || self.board.sources().filter(|status| !status.off);
        let away: Vec<_> = watched().filter(|status| status.health(self.now) != Health::Live).collect();
        match away.as_slice() {
            [] if watched().next().is_none() => "no source is configured".to_owned(),
            [] => String::new(),
            [one] => format!("1 source {} ({})", one.health(self.now).words(), one.name),
            several => format!("{} sources not live", several.len()),
        }
    }

    /// Whether the store was read; in words, empty if it was.
    fn store_away(&self) -> String {
        if self.walks.own.heard { String::new() } else { "the store was not read".to_owned() }
    }
}

/// How a count stands. One that may be more than is known is never good, and bad only if more would be, too.
fn held(count: f64, expect: Expect, whole: bool) -> Held {
    let more_is_worse = match expect.comparison {
        Comparison::Less | Comparison::AtMost => true,
        Comparison::Equal => count > expect.bound,
        Comparison::More | Comparison::AtLeast | Comparison::NotEqual => false,
    };
    match (expect.holds(count), whole) {
        (true, true) => Held::Good,
        (false, true) => Held::Bad,
        (false, false) if more_is_worse => Held::Bad,
        (_, false) => Held::Unknown,
    }
}
