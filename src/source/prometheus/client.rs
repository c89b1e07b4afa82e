//! How a Prometheus is asked: queries as forms in a POST, with GET for proxies that allow no POST; and
//! whether an error is the query's own or the source's.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use serde::Deserialize;

use super::wire::Envelope;
use crate::source::http::{Http, Reply};
use crate::source::{ErrorKind, SourceError, json};

/// API v1 of one source.
#[derive(Debug)]
pub(super) struct Client {
    http: Http,
    get_only: AtomicBool,
}

/// Why a query brought no result.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Failure {
    /// The server answered: this query cannot be. Others may.
    Query(String),
    /// The source cannot be asked.
    Source(SourceError),
}

/// A successful answer as text, to be read by [`Answer::read`].
#[derive(Debug)]
pub(super) struct Answer {
    text: String,
    address: String,
}

/// What a successful answer says beside the data.
pub(super) type Notes = Vec<String>;

impl Client {
    pub fn new(http: Http) -> Self {
        Self { http, get_only: AtomicBool::new(false) }
    }

    pub fn notes(&self) -> Vec<String> {
        self.http.notes()
    }

    /// What to say where several answers did not all come in time.
    pub fn late(&self, within: Duration) -> SourceError {
        self.http.late(within)
    }

    /// A query at the server's now.
    pub async fn instant(&self, query: &str) -> Result<Answer, Failure> {
        self.query("/api/v1/query", &[("query", query)]).await
    }

    /// A query over a span; times in Unix seconds, the step in seconds.
    pub async fn range(&self, query: &str, start: i64, end: i64, step: i64) -> Result<Answer, Failure> {
        let [start, end, step] = [start, end, step].map(|seconds| seconds.to_string());
        let form = [("query", query), ("start", &start), ("end", &end), ("step", &step)];
        self.query("/api/v1/query_range", &form).await
    }

    /// All alerts that are pending or fire.
    pub async fn alerts(&self) -> Result<Answer, Failure> {
        answer(self.http.get("/api/v1/alerts", &[]).await?)
    }

    /// All alerting rules, without their alerts where the server can leave them out.
    pub async fn rules(&self) -> Result<Answer, Failure> {
        answer(self.http.get("/api/v1/rules", &[("type", "alert"), ("exclude_alerts", "true")]).await?)
    }

    async fn query(&self, path: &str, form: &[(&str, &str)]) -> Result<Answer, Failure> {
        if !self.get_only.load(Ordering::Relaxed) {
            let reply = self.http.post_form(path, form).await?;
            if !matches!(reply.status, 403 | 405) {
                return answer(reply);
            }
        }
        let reply = self.http.get(path, form).await?;
        if reply.is_success() {
            self.get_only.store(true, Ordering::Relaxed);
        }
        answer(reply)
    }
}

impl Answer {
    /// The answer as it came.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Reads the data.
    pub fn read<'a, T: Deserialize<'a>>(&'a self) -> Result<(T, Notes), Failure> {
        let envelope: Envelope<'a> = json::decode(&self.text, &self.address)?;
        if &*envelope.status != "success" {
            // An error with the status of a success: some proxies and stand-ins do that.
            let words = explain(&self.text).unwrap_or_else(|| "an error without words".to_owned());
            return Err(Failure::Source(SourceError::new(ErrorKind::Refused, format!("{}: {words}", self.address))));
        }
        let data = envelope.data.map_or("null", |data| data.get());
        let data = json::decode(data, &self.address)?;
        let mut notes: Notes = envelope.warnings.unwrap_or_default();
        notes.extend(envelope.infos.unwrap_or_default());
        if envelope.is_partial == Some(true) {
            notes.push("the answer is partial".to_owned());
        }
        Ok((data, notes))
    }
}

/// 400 and 422 with an error of the API are the query's fault, as is a query that takes too long; anything
/// else is the source's.
fn answer(reply: Reply) -> Result<Answer, Failure> {
    let text = reply.text();
    if matches!(reply.status, 400 | 422 | 503)
        && let Ok(Envelope { error: Some(error), error_type: Some(kind), .. }) = serde_json::from_str(&text)
        && (reply.status != 503 || &*kind == "timeout")
    {
        return Err(Failure::Query(format!("{}: {}", &*kind, &*error)));
    }
    let address = reply.address().to_owned();
    let bytes = reply.success(explain)?;
    let text = String::from_utf8(bytes).unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned());
    Ok(Answer { text, address })
}

/// The words in an error's body.
fn explain(text: &str) -> Option<String> {
    let envelope: Envelope<'_> = serde_json::from_str(text).ok()?;
    let error = envelope.error?;
    Some(match envelope.error_type {
        Some(kind) => format!("{}: {}", &*kind, &*error),
        None => error.0.into_owned(),
    })
}

impl From<SourceError> for Failure {
    fn from(error: SourceError) -> Self {
        Self::Source(error)
    }
}

#[cfg(any(test, fuzzing))]
impl Answer {
    /// The answer with this text.
    pub(super) fn of(text: &str) -> Self {
        Self { text: text.to_owned(), address: "fuzz".to_owned() }
    }
}

/// Reads the words of an error.
#[cfg(any(test, fuzzing))]
pub(super) fn explained(text: &str) {
    let _ = explain(text);
}
