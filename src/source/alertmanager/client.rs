//! How an Alertmanager is asked: paths of API v2, and its three ways of saying what is wrong.

use super::wire::Explained;
use crate::source::http::{Http, Reply};
use crate::source::{ErrorKind, SourceError};

/// API v2 of one source.
#[derive(Debug)]
pub(super) struct Client {
    pub http: Http,
}

/// A body as text, and where it came from.
#[derive(Debug)]
pub(super) struct Body {
    pub text: String,
    pub address: String,
}

impl Client {
    /// All alerts, suppressed ones included, which is what no parameters mean.
    pub async fn alerts(&self) -> Result<Body, SourceError> {
        body(self.http.get("/api/v2/alerts", &[]).await?)
    }

    /// All silences. Expired ones come too: only 0.34 can leave them out.
    pub async fn silences(&self) -> Result<Body, SourceError> {
        body(self.http.get("/api/v2/silences", &[]).await?)
    }

    /// Version and state of the cluster.
    pub async fn status(&self) -> Result<Body, SourceError> {
        body(self.http.get("/api/v2/status", &[]).await?)
    }

    /// One silence; `None` if the server does not know it.
    pub async fn silence(&self, id: &str) -> Result<Option<Body>, SourceError> {
        let reply = self.http.get(&silence_path(id)?, &[]).await?;
        if is_unknown(&reply) { Ok(None) } else { body(reply).map(Some) }
    }

    /// Makes or changes a silence.
    pub async fn post(&self, json: &[u8]) -> Result<Body, SourceError> {
        body(self.http.write_json("/api/v2/silences", json).await?)
    }

    /// Ends a silence. One that has ended or is unknown has ended.
    pub async fn delete(&self, id: &str) -> Result<(), SourceError> {
        let reply = self.http.delete(&silence_path(id)?).await?;
        if is_unknown(&reply) || is_expired(&reply) { Ok(()) } else { body(reply).map(|_| ()) }
    }
}

/// The path of a silence. Its id comes from outside and must not reach another path.
fn silence_path(id: &str) -> Result<String, SourceError> {
    if id.is_empty() || !id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-') {
        return Err(SourceError::new(ErrorKind::Refused, format!("'{id}' is no id of a silence")));
    }
    Ok(format!("/api/v2/silence/{id}"))
}

/// 404; up to 0.25, a deletion says it with 500 and words.
fn is_unknown(reply: &Reply) -> bool {
    reply.status == 404 || reply.status == 500 && says(reply, "not found")
}

/// Up to 0.25 the second deletion of a silence is a 500.
fn is_expired(reply: &Reply) -> bool {
    reply.status == 500 && says(reply, "already expired")
}

fn says(reply: &Reply, words: &str) -> bool {
    explain(&reply.text()).is_some_and(|said| said.contains(words))
}

fn body(reply: Reply) -> Result<Body, SourceError> {
    let address = reply.address().to_owned();
    let bytes = reply.success(explain)?;
    // Valid UTF-8, which is the rule, is not copied.
    let text = String::from_utf8(bytes).unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned());
    Ok(Body { text, address })
}

/// The words in an error's body: a JSON string, or an object with `message`.
fn explain(text: &str) -> Option<String> {
    match serde_json::from_str(text).ok()? {
        Explained::Words(words) => Some(words),
        Explained::Coded { message } => Some(message),
    }
}

/// Reads the words of an error.
#[cfg(any(test, fuzzing))]
pub(super) fn explained(text: &str) {
    let _ = explain(text);
}
