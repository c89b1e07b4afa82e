//! What is true in the simulated production at a moment: the table of rules, read at that moment.

use crate::domain::{Fingerprint, Labels, Moment};

use super::clock::StoryClock;
use super::mends::{self, Mends};
use super::rules::{Case, RULES, Rule};

/// The story: everything follows from its clock and its seed.
#[derive(Debug, Clone, PartialEq)]
pub struct Story {
    /// When what happens.
    pub clock: StoryClock,
    /// What the noise is made from.
    pub seed: u64,
    /// What was mended.
    pub mends: Mends,
}

/// One alert at a moment.
#[derive(Debug, Clone, PartialEq)]
pub struct Occurrence {
    /// The rule it comes from.
    pub rule: &'static Rule,
    /// Its labels, name and severity among them.
    pub labels: Labels,
    /// The hash of its labels.
    pub fingerprint: Fingerprint,
    /// Its annotations.
    pub annotations: Labels,
    /// Whether it fires already, or its condition has not held for long enough.
    pub firing: bool,
    /// Since when its condition holds.
    pub active: Moment,
    /// When it fires.
    pub fires: Moment,
    /// The value of the expression.
    pub value: f64,
}

/// Where the runbooks of the simulated team are.
const RUNBOOKS: &str = "https://runbooks.example/eu-1";

impl Story {
    /// Every alert whose condition holds at a moment, in the order of the rules.
    pub fn occurrences(&self, at: Moment) -> impl Iterator<Item = Occurrence> {
        let second = self.clock.second(at);
        let cases = RULES.iter().flat_map(|rule| rule.cases.iter().map(move |case| (rule, case)));
        cases
            .filter(move |(rule, case)| {
                let mended = self.mends.ends(rule.name, mends::instance_of(case.labels));
                let ends = [case.ends, mended].into_iter().flatten().fold(f64::INFINITY, f64::min);
                case.fires - f64::from(rule.hold) <= second && second < ends
            })
            .map(move |(rule, case)| self.occurrence(rule, case, second))
    }

    fn occurrence(&self, rule: &'static Rule, case: &Case, second: f64) -> Occurrence {
        let labels = labels_of(rule, case);
        Occurrence {
            rule,
            fingerprint: Fingerprint::of(&labels),
            annotations: annotations_of(rule, &labels),
            labels,
            firing: case.fires <= second,
            active: self.clock.moment(case.fires - f64::from(rule.hold)),
            fires: self.clock.moment(case.fires),
            value: case.value,
        }
    }
}

fn labels_of(rule: &Rule, case: &Case) -> Labels {
    let own = [("alertname", rule.name), ("service", rule.service), ("severity", rule.severity), ("region", "eu-1")];
    own.into_iter().chain(case.labels.iter().copied()).collect()
}

/// The annotations as the rule is written, placeholders and all.
#[must_use]
pub fn templates_of(rule: &Rule) -> Labels {
    [("summary", rule.summary), ("runbook_url", &format!("{RUNBOOKS}/{}", rule.runbook))].into()
}

fn annotations_of(rule: &Rule, labels: &Labels) -> Labels {
    let fill = |text: &str| {
        labels
            .iter()
            .fold(text.to_owned(), |text, (name, value)| text.replace(&format!("{{{{ $labels.{name} }}}}"), value))
    };
    templates_of(rule).iter().map(|(name, text)| (name, fill(text))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo::clock::DemoClock;
    use chrono::TimeDelta;

    fn at_stage(seconds: i64) -> (Story, Moment) {
        let at = Moment::UNIX_EPOCH + TimeDelta::days(20_000);
        let clock = DemoClock::Fixed { at, stage: TimeDelta::seconds(seconds) };
        (Story { clock: StoryClock::new(clock, at).unwrap(), seed: 1, mends: Mends::default() }, at)
    }

    fn firing(seconds: i64) -> Vec<String> {
        let (story, at) = at_stage(seconds);
        story
            .occurrences(at)
            .filter(|alert| alert.firing)
            .map(|alert| alert.labels.get("alertname").unwrap().to_owned())
            .collect()
    }

    #[test]
    fn the_outage_unfolds_in_two_minutes_and_stays() {
        let old = firing(0);
        assert!(old.contains(&"DiskFillsIn4h".to_owned()) && old.contains(&"CartDown".to_owned()));
        assert!(!old.contains(&"CheckoutErrorsHigh".to_owned()));
        let count = |seconds, name| firing(seconds).iter().filter(|other| *other == name).count();
        assert_eq!([59, 61, 69, 77].map(|at| count(at, "CheckoutErrorsHigh")), [0, 1, 2, 3]);
        assert_eq!([89, 91].map(|at| count(at, "PaymentsDown")), [0, 1]);
        assert_eq!([95, 97, 105].map(|at| count(at, "LatencyP95")), [0, 1, 2]);
        assert_eq!([29, 31].map(|at| count(at, "CartDown")), [1, 0]);
        assert_eq!(firing(120), firing(7200));
    }

    #[test]
    fn a_condition_is_pending_before_it_fires_and_its_words_are_filled_in() {
        let (story, at) = at_stage(50);
        let pending: Vec<_> = story.occurrences(at).filter(|alert| !alert.firing).collect();
        assert_eq!(pending.len(), 1);
        assert_eq!(at - pending[0].active, TimeDelta::seconds(5));
        assert_eq!(
            pending[0].annotations.get("summary"),
            Some("checkout-7 answers more than 1 % of requests with 5xx")
        );
    }

    #[test]
    fn no_two_alerts_are_the_same() {
        let (story, at) = at_stage(20);
        let all: std::collections::BTreeSet<_> = story.occurrences(at).map(|alert| alert.fingerprint).collect();
        assert_eq!(all.len(), story.occurrences(at).count());
        let left = story.occurrences(at).find(|alert| alert.annotations.iter().any(|(_, text)| text.contains("{{")));
        assert_eq!(left, None);
    }
}
