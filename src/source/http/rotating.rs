//! The client of a source, made anew when the files of its certificates are: a rotated certificate needs no restart.
//!
//! What must not live here: what is in the files and what a client is made of; that is `client`'s.

use std::path::PathBuf;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::SystemTime;

use super::client::{self, Built, Patience};
use crate::domain::SourceName;
use crate::source::SourceError;
use crate::source::options::HttpOptions;

/// What tells a file from the one that was there before: when it was written, its length and its number.
type Stamp = Option<(SystemTime, u64, u64)>;

/// A client that follows its files.
pub(super) struct Rotating {
    source: SourceName,
    options: HttpOptions,
    patience: Patience,
    files: Vec<PathBuf>,
    current: RwLock<Arc<Current>>,
}

/// The addresses of the options may hold secrets.
impl std::fmt::Debug for Rotating {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Rotating").field("source", &self.source).field("files", &self.files).finish_non_exhaustive()
    }
}

#[derive(Debug)]
struct Current {
    built: Built,
    /// The files as they were looked at last.
    stamps: Vec<Stamp>,
    /// Why the files as they are now cannot be used; the client is made of those before.
    unusable: Option<String>,
}

impl Rotating {
    /// Makes the first client.
    pub fn new(source: &SourceName, options: &HttpOptions, patience: Patience) -> Result<Self, SourceError> {
        let tls = &options.tls;
        let files: Vec<PathBuf> = [&tls.ca, &tls.cert, &tls.key].into_iter().flatten().cloned().collect();
        let stamps = files.iter().map(stamp).collect();
        let built = client::build(source, options, patience)?;
        let current = RwLock::new(Arc::new(Current { built, stamps, unusable: None }));
        Ok(Self { source: source.clone(), options: options.clone(), patience, files, current })
    }

    /// The client for a request that is about to be made. Only looks at the files' dates unless they changed.
    pub async fn client(&self) -> reqwest::Client {
        let before = self.current();
        if self.files.is_empty() {
            return before.built.client.clone();
        }
        let (files, source) = (self.files.clone(), self.source.clone());
        let (options, patience, known) = (self.options.clone(), self.patience, before.stamps.clone());
        let looked = tokio::task::spawn_blocking(move || {
            let stamps: Vec<Stamp> = files.iter().map(stamp).collect();
            (stamps != known).then(|| (client::build(&source, &options, patience), stamps))
        });
        // What cannot be looked at is used as it is.
        let Ok(Some((made, stamps))) = looked.await else { return before.built.client.clone() };
        let next = match made {
            Ok(built) => {
                tracing::info!(source = %self.source, "the files of tls changed: a new client is used");
                Current { built, stamps, unusable: None }
            }
            Err(error) => Current { built: before.built.clone(), stamps, unusable: Some(error.to_string()) },
        };
        let client = next.built.client.clone();
        *self.current.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(next);
        client
    }

    /// Whether this machine has no store of authorities.
    pub fn no_store(&self) -> bool {
        self.current().built.no_store
    }

    /// Why the files as they are now cannot be used.
    pub fn unusable(&self) -> Option<String> {
        self.current().unusable.clone()
    }

    fn current(&self) -> Arc<Current> {
        Arc::clone(&self.current.read().unwrap_or_else(PoisonError::into_inner))
    }
}

fn stamp(path: &PathBuf) -> Stamp {
    use std::os::unix::fs::MetadataExt as _;
    let found = std::fs::metadata(path).ok()?;
    Some((found.modified().ok()?, found.len(), found.ino()))
}
