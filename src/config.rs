//! The configuration: from a file and the command line to [`Settings`], with every problem told at once.
//!
//! What lives here: where the file is ([`paths`]), reading it key by key ([`reader`], [`mod@file`]), what is
//! wrong in it ([`diagnostic`]), what it comes to together with defaults and the command line ([`layers`]),
//! the files that it names and those beside it (`beside`: presets and checklists are read, the others looked for), checklists as they are written ([`checklist`]), the
//! table of all keys ([`schema`]) and the settings written out again ([`show`]). What must not: resolving
//! secrets, asking sources, anything that waits.

mod beside;
pub mod checklist;
pub mod diagnostic;
pub mod file;
mod inline;
pub mod kinds;
pub mod layers;
pub mod load;
pub mod machine;
pub mod nearest;
pub mod paths;
pub mod reader;
pub mod schema;
pub mod settings;
pub mod show;

pub use diagnostic::{Diagnostic, Gravity, Position, Problems};
pub use layers::{CommandLine, Decided, OwnChecklists, decide};
pub use machine::{LocalLog, Machine};
pub use settings::{Colours, LogLevel, LogLink, Look, Runbook, ServiceSettings, Settings};
