//! What was mended in the simulated production: a remedy that ran, and what follows from it in the story.
//!
//! What lives here: which cases were mended when, and how far a service has recovered since. What must not: how a
//! remedy is run; midwatch does that, and it leaves a file or asks the [`ops`](super::ops) site, as in real life.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use super::rules::{RULES, Rule};
use super::story::Story;

/// How long after it was mended an alert still fires: rules look back over a while.
const LAG: f64 = 8.0;
/// How long a service takes to recover.
const RECOVERY: f64 = 25.0;
/// How often the folder is looked into.
const EVERY: Duration = Duration::from_millis(300);

/// What was mended, by rule and instance, and at which second of the story. Cheap to clone; clones share it.
#[derive(Debug, Clone, Default)]
pub struct Mends {
    at: Arc<Mutex<BTreeMap<(&'static str, &'static str), f64>>>,
}

impl PartialEq for Mends {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.at, &other.at) || *self.all() == *other.all()
    }
}

impl Mends {
    fn all(&self) -> std::sync::MutexGuard<'_, BTreeMap<(&'static str, &'static str), f64>> {
        self.at.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Mends a rule's cases, one instance's or all, at a second of the story. What is mended stays so.
    pub fn mend(&self, rule: &str, instance: Option<&str>, second: f64) {
        for (rule, labels) in RULES.iter().filter(|known| known.name == rule).flat_map(cases) {
            if instance.is_none_or(|wanted| wanted == labels) {
                self.all().entry((rule, labels)).or_insert(second);
            }
        }
    }

    /// When a case ends because it was mended.
    #[must_use]
    pub fn ends(&self, rule: &'static str, instance: &'static str) -> Option<f64> {
        self.all().get(&(rule, instance)).map(|second| second + LAG)
    }

    /// How far a service has recovered at a second of the story: 0 not at all, 1 wholly.
    #[must_use]
    pub fn recovery(&self, service: &str, second: f64) -> f64 {
        let all = self.all();
        if all.is_empty() {
            return 0.0;
        }
        let mut share = (0.0, 0.0);
        for (rule, instance) in RULES.iter().filter(|rule| rule.service == service).flat_map(cases) {
            let since = all.get(&(rule, instance)).map_or(0.0, |mended| (second - mended) / RECOVERY);
            share = (share.0 + since.clamp(0.0, 1.0), share.1 + 1.0);
        }
        if share.1 > 0.0 { share.0 / share.1 } else { 0.0 }
    }
}

/// The instance that a case is about; empty for none.
pub(super) fn instance_of(labels: &'static [(&'static str, &'static str)]) -> &'static str {
    labels.iter().find(|(name, _)| *name == "instance").map_or("", |(_, value)| value)
}

/// The cases of the outage: older troubles do not weigh on how a service recovers.
fn cases(rule: &'static Rule) -> impl Iterator<Item = (&'static str, &'static str)> {
    rule.cases.iter().map(move |case| (rule.name, instance_of(case.labels)))
}

/// Looks into a folder, until the task is aborted: a file `RULE.INSTANCE` there mends that case.
pub async fn watch(folder: std::path::PathBuf, story: Arc<Story>) {
    let mut ticks = tokio::time::interval(EVERY);
    ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        ticks.tick().await;
        look(&folder, &story).await;
    }
}

async fn look(folder: &Path, story: &Story) {
    let Ok(mut found) = tokio::fs::read_dir(folder).await else { return };
    while let Ok(Some(file)) = found.next_entry().await {
        let name = file.file_name();
        if let Some((rule, instance)) = name.to_str().and_then(|name| name.split_once('.')) {
            story.mends.mend(rule, Some(instance), story.clock.second(story.clock.now()));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_mended_recovers_and_what_is_not_stays() {
        let mends = Mends::default();
        mends.mend("CheckoutErrorsHigh", Some("checkout-7"), 100.0);
        mends.mend("CheckoutErrorsHigh", Some("nobody"), 100.0);
        assert_eq!(mends.ends("CheckoutErrorsHigh", "checkout-7"), Some(108.0));
        assert_eq!(mends.ends("CheckoutErrorsHigh", "checkout-2"), None);
        let third = mends.recovery("checkout", 500.0);
        assert!((third - 1.0 / 3.0).abs() < 1e-9, "{third}");
        mends.mend("CheckoutErrorsHigh", None, 200.0);
        assert!((mends.recovery("checkout", 500.0) - 1.0).abs() < 1e-9);
        assert_eq!(mends.ends("CheckoutErrorsHigh", "checkout-7"), Some(108.0), "once is enough");
        assert!(mends.recovery("search", 500.0).abs() < 1e-9);
    }
}
