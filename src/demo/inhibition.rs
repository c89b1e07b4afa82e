//! The alerts that the simulated Alertmanager holds at a moment, and which of them others keep quiet.

use crate::domain::{Fingerprint, Moment};

use super::rules::INHIBITIONS;
use super::story::{Occurrence, Story};

/// One alert that Alertmanager holds.
#[derive(Debug, Clone, PartialEq)]
pub struct Held {
    /// The alert.
    pub alert: Occurrence,
    /// The alerts that keep it quiet.
    pub inhibited_by: Vec<Fingerprint>,
}

/// Everything Alertmanager holds at a moment, in the order of the fingerprints.
#[must_use]
pub fn held(story: &Story, at: Moment) -> Vec<Held> {
    let mut firing: Vec<Occurrence> = story.occurrences(at).filter(|alert| alert.firing).collect();
    firing.sort_by_key(|alert| alert.fingerprint);
    let inhibited: Vec<Vec<Fingerprint>> = firing.iter().map(|target| inhibitors(&firing, target)).collect();
    firing.into_iter().zip(inhibited).map(|(alert, inhibited_by)| Held { alert, inhibited_by }).collect()
}

/// A silenced alert inhibits too, as in the real one.
fn inhibitors(firing: &[Occurrence], target: &Occurrence) -> Vec<Fingerprint> {
    let rules = || INHIBITIONS.iter().filter(|(_, kept_quiet)| *kept_quiet == target.rule.name);
    let fits = |other: &&Occurrence| {
        other.rule.service == target.rule.service && rules().any(|(source, _)| *source == other.rule.name)
    };
    firing.iter().filter(fits).map(|other| other.fingerprint).collect()
}
