//! What was read from files, as plain bytes.

use std::sync::Arc;

use crate::domain::Moment;

/// One line of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RawLine {
    /// Which file: the same number for the same file, whatever its name is now.
    pub file: u64,
    /// The file's name without its folder, harmless.
    pub name: Arc<str>,
    /// The line without its line break.
    pub bytes: Vec<u8>,
    /// Whether it was longer than the bound.
    pub cut: bool,
    /// For a line that was there before midwatch came: when the file was last written to.
    pub before: Option<Moment>,
}

/// What one round over all files read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Batch {
    /// Lines, those of one file in its order.
    pub lines: Vec<RawLine>,
    /// How many files are followed.
    pub files: usize,
    /// How many of them could not be read.
    pub unread: usize,
    /// What could not be read, in words.
    pub notes: Vec<String>,
    /// Whether a bound ended it, and there is more to be read at once.
    pub more: bool,
}
