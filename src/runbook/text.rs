//! The text of a runbook: from a file, from an address with a kept answer, or from the shipped library.
//!
//! What lives here: where a text comes from, and what is told where it does not come. What must not: what it says.

mod address;
mod file;
mod kept;
#[cfg(test)]
mod tests;
mod web;

use std::path::Path;
use std::time::Duration;

use super::shipped;
use crate::domain::Moment;
use crate::domain::runbook::Found;

/// The most bytes of a runbook.
const LARGEST: usize = 1 << 20;
/// How long a file or an address may take.
const PATIENCE: Duration = Duration::from_secs(5);

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
pub async fn read(found: &Found, cache: &Path, now: Moment, afresh: bool) -> Result<Text, String> {
    match found {
        Found::File(path) => file::read(path).await.map_err(|unread| unread.to_string()),
        Found::Mapped(path, url) => match file::read(path).await {
            Ok(text) => Ok(text),
            // A checkout that lacks it may be old; the address may know more.
            Err(missing @ file::Unread::Missing(_)) => {
                web::read(url, cache, now, afresh).await.map_err(|error| format!("{missing}; {error}"))
            }
            Err(other) => Err(other.to_string()),
        },
        Found::Web(url) => web::read(url, cache, now, afresh).await,
        Found::Shipped(name) => match shipped::text(name) {
            Some(text) => Ok(Text { text: text.to_owned(), dated: None, kept: None }),
            None => Err(format!("there is no shipped runbook '{name}'; check its name")),
        },
    }
}
