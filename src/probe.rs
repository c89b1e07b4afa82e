//! Probes of checklists: asked once, within a deadline, answered with evidence.
//!
//! What lives here: one file for each way to ask. What must not: what the answer means for a walk, what midwatch
//! itself knows (`Probe::Known` is the app's), whether a process may be started (the caller's).

use std::path::PathBuf;

use crate::domain::Moment;
use crate::domain::checklist::probe::Held;
use crate::domain::checklist::{Evidence, Probe};
use crate::source::options::SourceOptions;

/// What probes are carried out with. Cheap to make.
#[derive(Debug, Clone)]
pub struct Ground {
    /// The configured sources, those that are off too.
    pub sources: Vec<SourceOptions>,
    /// Where programs are looked for, in order.
    pub path: Vec<PathBuf>,
    /// The environment that processes find, and nothing else.
    pub env: Vec<(String, String)>,
    /// Certificate authorities to trust beside the system's, for certificates that are looked at.
    pub ca: Option<PathBuf>,
}

/// Carries a probe out. It always answers, and says why where nothing was found. `now` is when it is asked; `allowed`
/// says whether a process may be started, in words why not.
pub async fn ask(ground: &Ground, probe: &Probe, now: Moment, allowed: Result<(), String>) -> Evidence {
    let _ = (ground, probe, allowed);
    Evidence {
        at: now,
        took_ms: 0,
        from: String::new(),
        held: Held::Unknown,
        value: None,
        unit: String::new(),
        words: "not asked".to_owned(),
        lines: Vec::new(),
    }
}
