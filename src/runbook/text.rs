//! The text of a runbook: from a file, from an address with a kept answer, or from the shipped library.

use std::path::Path;

use crate::domain::Moment;
use crate::domain::runbook::Found;

/// A text, and how old it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    /// What it says.
    pub text: String,
    /// When the file was written or the address fetched.
    pub dated: Option<Moment>,
    /// Whether it is a kept answer, because the address does not answer now; in words, why.
    pub kept: Option<String>,
}

/// Reads the text. Answers of addresses are kept below `cache`; `afresh` asks again even if one is kept.
///
/// # Errors
/// In words, what could not be read and what to do.
pub async fn read(_found: &Found, _cache: &Path, _now: Moment, _afresh: bool) -> Result<Text, String> {
    Err("not built yet".to_owned())
}
