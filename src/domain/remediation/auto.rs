//! When a remedy runs by itself.

use chrono::TimeDelta;
use serde::Serialize;

use super::Precondition;
use crate::domain::{Labels, Severity};

/// Self-healing, as declared.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Auto {
    /// How long the alert must have fired.
    pub after: TimeDelta,
    /// How often at most …
    pub max: u32,
    /// … within this span.
    pub within: TimeDelta,
    /// What else must hold.
    pub only_if: Vec<Precondition>,
    /// How long it is announced before.
    pub notice: TimeDelta,
    /// How many failures in a row stop it until somebody ran it by hand.
    pub failures: u32,
}

/// The labels that say what an alert puts at risk.
const RISKS: [&str; 4] = ["impact", "risk", "category", "consequence"];

/// The label that says whether data may be lost, however it is spelled.
const DATA_LOSS: &str = "dataloss";

/// What that label says where no data may be lost. Any other value is believed to say that it may.
const NONE: [&str; 6] = ["", "no", "none", "false", "0", "off"];

/// Whether an alert is one that no remedy may touch by itself: critical, and its labels speak of data loss.
#[must_use]
pub fn is_forbidden(severity: Severity, labels: &Labels) -> bool {
    let says = |(name, value): (&str, &str)| {
        let (name, value) = (bare(name), bare(value));
        name == DATA_LOSS && !NONE.contains(&value.as_str())
            || RISKS.contains(&name.as_str()) && value.contains(DATA_LOSS)
    };
    severity == Severity::Critical && labels.iter().any(says)
}

/// Letters and digits in lower case: `data_loss`, `data-loss` and `Data loss` are the same.
fn bare(text: &str) -> String {
    text.chars().filter(char::is_ascii_alphanumeric).map(|character| character.to_ascii_lowercase()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn forbids(severity: Severity, name: &str, value: &str) -> bool {
        is_forbidden(severity, &[("alertname", "ReplicaLag"), (name, value)].into_iter().collect())
    }

    #[test]
    fn what_is_critical_and_speaks_of_data_loss_is_forbidden_however_it_is_spelled() {
        let told = [
            ("data_loss", "true"),
            ("dataLoss", "probable"),
            ("data-loss", "risk"),
            ("impact", "Data-Loss"),
            ("risk", "data loss possible"),
            ("category", "dataloss"),
        ];
        for (name, value) in told {
            assert!(forbids(Severity::Critical, name, value), "{name}={value}");
            assert!(!forbids(Severity::High, name, value), "{name}={value} is not critical");
        }
    }

    #[test]
    fn where_no_data_is_at_risk_it_may_run() {
        for (name, value) in
            [("data_loss", "false"), ("data_loss", "No"), ("impact", "latency"), ("summary", "data loss")]
        {
            assert!(!forbids(Severity::Critical, name, value), "{name}={value}");
        }
    }
}
