//! What a file names and what has to be looked for by whoever opens files.

use std::path::PathBuf;

use crate::config::diagnostic::Diagnostic;

/// What must lie at a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    /// A file.
    File,
    /// A folder.
    Folder,
    /// Either.
    Any,
}

/// A path that is named, and what to say if nothing is there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// The path, absolute.
    pub path: PathBuf,
    /// What must lie there.
    pub sort: Sort,
    /// The warning if it does not.
    pub missing: Diagnostic,
}
