//! The shipped checklists, embedded.

use std::path::Path;
use std::sync::{LazyLock, OnceLock};

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

/// Each of them, once somebody read it.
static READ: [OnceLock<Option<Checklist>>; SHIPPED.len()] = [const { OnceLock::new() }; SHIPPED.len()];

fn read(at: usize) -> Option<&'static Checklist> {
    let (_, text) = SHIPPED.get(at)?;
    READ.get(at)?.get_or_init(|| reading(None, text, Path::new("/")).list).as_ref()
}

/// Begins to read them beside whatever else is done at a start, the last one first: whoever then needs all of them
/// begins at the other end.
pub fn read_ahead() {
    // Where there is no thread for it, they are read when they are needed.
    let _ = std::thread::Builder::new().name("checklists".to_owned()).spawn(|| {
        for at in (0..SHIPPED.len()).rev() {
            read(at);
        }
    });
}

/// The shipped checklists, in the order in which they are offered; read once.
pub(in crate::config) fn offered() -> &'static [Checklist] {
    static OFFERED: LazyLock<Vec<Checklist>> = LazyLock::new(|| {
        let mut lists: Vec<Checklist> = (0..SHIPPED.len()).filter_map(read).cloned().collect();
        lists.sort_by_cached_key(super::offered::place);
        lists
    });
    &OFFERED
}
