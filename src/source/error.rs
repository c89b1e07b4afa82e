//! Why a source could not be asked, as a kind that decides what happens next and words for people.

use std::fmt;
use std::time::Duration;

use crate::domain::{discreet, harmless};

/// What kind of failure it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The name could not be resolved.
    Dns,
    /// Nobody listens, or the connection broke.
    Connect,
    /// No answer in time.
    Timeout,
    /// The certificate or the handshake.
    Tls,
    /// 401 or 403, or a secret that could not be read.
    Unauthorized,
    /// 404 or 410: another address, path or version.
    NotFound,
    /// 429, or another plea to come back later.
    RateLimited,
    /// 5xx.
    Server,
    /// Another status that is no success, or an error inside a successful answer.
    Refused,
    /// The answer is larger than the bound.
    TooLarge,
    /// The answer is not what the protocol says.
    Malformed,
    /// A program, file or permission is missing on this machine.
    Missing,
    /// A write went out and its answer did not come back: not known whether it took effect. It is never
    /// tried again by itself.
    Uncertain,
    /// A fault of midwatch itself, such as a panic in an adapter.
    Internal,
}

impl ErrorKind {
    /// Whether asking again soon can help. A wrong address or secret is asked for less eagerly.
    #[must_use]
    pub fn is_transient(self) -> bool {
        matches!(self, Self::Dns | Self::Connect | Self::Timeout | Self::RateLimited | Self::Server)
    }
}

/// A failure: what failed, where, and what to do. Its text is harmless and holds no secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceError {
    /// The kind.
    pub kind: ErrorKind,
    /// What failed and where, in one line.
    pub what: String,
    /// What to do about it; empty if nothing useful can be said.
    pub advice: String,
    /// When the source asked to be left alone until.
    pub retry_after: Option<Duration>,
}

/// The longest text of an error, in characters.
const LONGEST: usize = 300;

impl SourceError {
    /// A failure, its text made harmless.
    #[must_use]
    pub fn new(kind: ErrorKind, what: impl AsRef<str>) -> Self {
        Self {
            kind,
            what: harmless::line(&discreet::text(what.as_ref()), LONGEST).into_owned(),
            advice: String::new(),
            retry_after: None,
        }
    }

    /// The same with advice.
    #[must_use]
    pub fn advise(mut self, advice: impl Into<String>) -> Self {
        self.advice = advice.into();
        self
    }
}

impl fmt::Display for SourceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.what)?;
        if !self.advice.is_empty() {
            write!(f, "; {}", self.advice)?;
        }
        Ok(())
    }
}

impl std::error::Error for SourceError {}
