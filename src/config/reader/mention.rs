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
    /// What only its owner may read, or nothing: that it is missing is told by whoever reads it.
    Private,
}

/// A path that is named, and what to say if it is not as it must be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// The path, absolute.
    pub path: PathBuf,
    /// What must lie there.
    pub sort: Sort,
    /// The warning if it does not.
    pub missing: Diagnostic,
}
