//! The words of choices, for whoever reads a checklist and for the schema.

use crate::domain::checklist::Mode;
use crate::domain::checklist::item::NoteRule;
use crate::domain::{Level, Severity};

/// How a list is gone through.
pub(in crate::config) const MODES: [(&str, Mode); 2] = [("do-verify", Mode::DoVerify), ("read-do", Mode::ReadDo)];

/// How bad it is that a turn was missed.
pub(in crate::config) const REMIND: [(&str, Option<Severity>); 4] =
    [("off", None), ("low", Some(Severity::Low)), ("medium", Some(Severity::Medium)), ("high", Some(Severity::High))];

/// The least level of log lines.
pub(in crate::config) const LEVELS: [(&str, Level); 6] = [
    ("trace", Level::Trace),
    ("debug", Level::Debug),
    ("info", Level::Info),
    ("warn", Level::Warn),
    ("error", Level::Error),
    ("fatal", Level::Fatal),
];

/// When a note must be written.
pub(in crate::config) const NOTES: [(&str, NoteRule); 2] =
    [("on failure", NoteRule::OnFailure), ("always", NoteRule::Always)];
