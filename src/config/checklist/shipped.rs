//! The shipped checklists, embedded.

use std::path::Path;
use std::sync::LazyLock;

use super::reading;
use crate::domain::checklist::Checklist;

/// Embeds `checklists/NAME.toml` for each name.
macro_rules! checklists {
    ($($name:literal),* $(,)?) => {
        &[$(($name, include_str!(concat!("../../../checklists/", $name, ".toml")))),*]
    };
}

/// Names and texts, those with a schedule first.
const SHIPPED: &[(&str, &str)] = checklists![
    "daily",
    "weekly",
    "monthly",
    "quarterly",
    "production-readiness",
    "pre-deployment",
    "post-deployment",
    "rollback-drill",
    "load-test",
    "performance",
    "incident-critical",
    "incident-high",
    "incident-medium",
    "incident-low",
    "post-mortem",
    "handover",
    "disaster-recovery-drill",
    "patch-window",
];

/// The names and texts of the shipped checklists: those with a schedule first.
#[must_use]
pub fn shipped() -> &'static [(&'static str, &'static str)] {
    SHIPPED
}

/// The shipped checklists, in the order in which they are offered; read once.
pub(in crate::config) fn offered() -> &'static [Checklist] {
    static OFFERED: LazyLock<Vec<Checklist>> = LazyLock::new(|| {
        let mut lists: Vec<Checklist> =
            SHIPPED.iter().filter_map(|(_, text)| reading(None, text, Path::new("/")).list).collect();
        lists.sort_by_cached_key(super::offered::place);
        lists
    });
    &OFFERED
}
