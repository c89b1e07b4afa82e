//! Reads secrets from where they are kept: an environment variable, a file, or a program that prints one.
//!
//! What lives here: [`Secrets`], which remembers what it read for a short time, so that one poll with many
//! requests asks once and a rotated secret is taken up without a restart. What must not: anything that
//! shows a secret; an error names the place, never what was found there.

mod command;

#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::path::Path;
use std::time::Duration;

use secrecy::{ExposeSecret as _, SecretString};
use tokio::io::AsyncReadExt as _;
use tokio::sync::Mutex;
use tokio::time::Instant;

use super::options::SecretRef;
use super::{ErrorKind, SourceError};
use crate::domain::remediation::Hidden;

/// How long a secret is remembered.
const REMEMBERED: Duration = Duration::from_secs(30);

/// The most bytes a secret may have.
const LONGEST: u64 = 64 * 1024;

/// Secrets of one source.
#[derive(Debug, Default)]
pub struct Secrets {
    known: Mutex<HashMap<SecretRef, (Instant, SecretString)>>,
}

/// A secret, and whether it was read just now or some seconds ago.
#[derive(Debug, Clone)]
pub struct Found {
    /// The secret.
    pub secret: SecretString,
    /// Whether it was read for this call.
    pub fresh: bool,
}

impl Secrets {
    /// The secret that `place` refers to. Several callers at once cause one reading.
    ///
    /// # Errors
    /// Of kind `Unauthorized`, where it cannot be read, with the place and what to do.
    pub async fn get(&self, place: &SecretRef) -> Result<Found, SourceError> {
        let mut known = self.known.lock().await;
        if let Some((read, secret)) = known.get(place)
            && read.elapsed() < REMEMBERED
        {
            return Ok(Found { secret: secret.clone(), fresh: false });
        }
        let secret = read(place).await?;
        known.insert(place.clone(), (Instant::now(), secret.clone()));
        Ok(Found { secret, fresh: true })
    }

    /// Forgets everything, so that the next call reads again: the source refused what it was shown.
    pub async fn forget(&self) {
        self.known.lock().await.clear();
    }
}

/// Reads a secret now.
///
/// # Errors
/// See [`Secrets::get`].
pub async fn read(place: &SecretRef) -> Result<SecretString, SourceError> {
    match place {
        SecretRef::Env(name) => std::env::var(name).map_err(|_| {
            unreadable(format!("the environment variable {name} is not set, or is no text"))
                .advise(format!("export {name} before midwatch starts, or keep the secret in a file or a command"))
        }),
        SecretRef::File(path) => from_file(path).await,
        SecretRef::Command(argv) => command::output(argv, LONGEST).await.and_then(text),
    }
    .map(|text| SecretString::from(without_line_break(text)))
}

/// Reads a secret now, for a process that is told it.
///
/// # Errors
/// See [`Secrets::get`].
pub async fn hidden(place: &SecretRef) -> Result<Hidden, SourceError> {
    read(place).await.map(|secret| Hidden::new(secret.expose_secret()))
}

async fn from_file(path: &Path) -> Result<String, SourceError> {
    let wrong = |error: std::io::Error| {
        unreadable(format!("cannot read the secret in {}: {error}", path.display()))
            .advise("check the path and who may read it")
    };
    let file = tokio::fs::File::open(path).await.map_err(wrong)?;
    let mut bytes = Vec::new();
    file.take(LONGEST + 1).read_to_end(&mut bytes).await.map_err(wrong)?;
    if bytes.len() as u64 > LONGEST {
        return Err(unreadable(format!("{} is over 64 KiB and no secret", path.display())));
    }
    text(bytes)
}

fn text(bytes: Vec<u8>) -> Result<String, SourceError> {
    String::from_utf8(bytes).map_err(|_| unreadable("a secret that was read is no UTF-8 text"))
}

/// Cuts one line break at the end, as editors and programs leave it.
fn without_line_break(mut text: String) -> String {
    if text.ends_with('\n') {
        text.pop();
        if text.ends_with('\r') {
            text.pop();
        }
    }
    text
}

fn unreadable(what: impl AsRef<str>) -> SourceError {
    SourceError::new(ErrorKind::Unauthorized, what)
}
