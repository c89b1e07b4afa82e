//! What each kind of server means by its answers, as pure functions.
//!
//! Sources: GitHub REST "Create a workflow dispatch event" (with `return_run_details`, since February 2026) and "Get a
//! workflow run"; Jenkins' remote access API; Rundeck API 14 and later ("Running a Job", "Execution Info"); AWX API v2
//! (`job_templates/N/launch/`, `jobs/N/`).

use serde_json::Value;

use crate::domain::harmless;
use crate::domain::remediation::kind::{Body, Dialect, Poll};
use crate::domain::remediation::plan::HttpCall;
use crate::domain::remediation::template::{Piece, Template};

/// Where the end is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Follow {
    /// The address.
    pub url: String,
    /// What it is at, in words.
    pub state: String,
}

/// What an answer means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Next {
    /// It goes on.
    Again(Follow),
    /// It did what it should.
    Ok(String),
    /// It did not.
    Failed(String),
    /// Nobody can tell.
    Lost(String),
}

/// The headers of a call, those of its dialect included.
#[must_use]
pub fn headers(call: &HttpCall) -> Vec<(String, String)> {
    let own: &[(&str, &str)] = match call.dialect {
        Dialect::Github => &[("Accept", "application/vnd.github+json"), ("X-GitHub-Api-Version", "2022-11-28")],
        Dialect::Rundeck | Dialect::Awx => &[("Accept", "application/json")],
        Dialect::Jenkins | Dialect::Webhook => &[],
    };
    let given = |name: &str| call.headers.iter().any(|(known, _)| known.eq_ignore_ascii_case(name));
    let own = own.iter().filter(|(name, _)| !given(name)).map(|(name, value)| ((*name).into(), (*value).into()));
    call.headers.iter().cloned().chain(own).collect()
}

/// The body of a call. GitHub is asked to tell which run it began.
#[must_use]
pub fn body(call: &HttpCall) -> Option<Body> {
    let mut body = call.body.clone()?;
    if let (Dialect::Github, Body::Object(fields)) = (call.dialect, &mut body)
        && !fields.iter().any(|(name, _)| name == "return_run_details")
    {
        fields.push(("return_run_details".to_owned(), Body::Plain("true".to_owned())));
    }
    Some(body)
}

/// The text of a template whose placeholders are filled.
#[must_use]
pub fn plain(text: &Template) -> String {
    let piece = |piece: &Piece| match piece {
        Piece::Text(text) => text.to_string(),
        Piece::Param(name) => format!("{{{name}}}"),
    };
    text.pieces().iter().map(piece).collect()
}

/// What must be told about an answer that was taken.
#[must_use]
pub fn notes(dialect: Dialect, body: &[u8]) -> Vec<String> {
    let read: Value = serde_json::from_slice(body).unwrap_or_default();
    match (dialect, read.get("ignored_fields").and_then(Value::as_object)) {
        (Dialect::Awx, Some(ignored)) if !ignored.is_empty() => {
            let names: Vec<&str> = ignored.keys().map(String::as_str).collect();
            vec![format!("AWX ignored {}: the template does not ask for it at launch", names.join(", "))]
        }
        _ => Vec::new(),
    }
}

/// What the answer to the request itself means.
#[must_use]
pub fn begin(call: &HttpCall, body: &[u8], location: Option<&str>) -> Next {
    let read: Value = serde_json::from_slice(body).unwrap_or_default();
    let text = |pointer: &str| read.pointer(pointer).and_then(Value::as_str).map(str::to_owned);
    let again = |url: Option<String>, missing: &str| match url {
        Some(url) => Next::Again(Follow { url, state: "taken".to_owned() }),
        None => Next::Lost(missing.to_owned()),
    };
    if let Some(poll) = &call.poll {
        let url = poll.url.as_ref().map(plain).or_else(|| location.map(str::to_owned));
        return again(url, "it was taken, but the answer has no Location to follow");
    }
    match call.dialect {
        Dialect::Webhook => Next::Ok("taken; a webhook tells no more".to_owned()),
        Dialect::Github => again(
            text("/run_url").or_else(|| text("/url")),
            "GitHub took it but did not tell which run it began; look at the repository's Actions",
        ),
        Dialect::Jenkins => {
            let item = location.map(|item| format!("{}/api/json", item.trim_end_matches('/')));
            again(item, "Jenkins took it but did not tell its place in the queue")
        }
        Dialect::Rundeck => again(text("/href"), "Rundeck took it but did not tell its execution"),
        Dialect::Awx => {
            let job = read.get("job").and_then(Value::as_u64);
            let url = job.and_then(|job| awx_job(&call.url, job));
            again(url, "AWX took it but did not tell its job")
        }
    }
}

/// The address of a job, from the address that launched it.
fn awx_job(launch: &str, job: u64) -> Option<String> {
    let (base, _) = launch.split_once("/job_templates/").or_else(|| launch.split_once("/workflow_job_templates/"))?;
    Some(format!("{base}/jobs/{job}/"))
}

/// What the answer to the question for the end means.
///
/// # Errors
/// In words, where it cannot be read.
pub fn next(call: &HttpCall, follow: &Follow, body: &[u8]) -> Result<Next, String> {
    let read: Value =
        serde_json::from_slice(body).map_err(|error| format!("the answer is no JSON that can be read: {error}"))?;
    let again = |state: String| Next::Again(Follow { url: follow.url.clone(), state });
    if let Some(poll) = &call.poll {
        let found = read.pointer(&poll.pointer).ok_or_else(|| format!("the answer holds no {}", poll.pointer))?;
        return Ok(told(&word(found), poll, again));
    }
    match call.dialect {
        Dialect::Webhook => Ok(Next::Ok("taken".to_owned())),
        Dialect::Github => Ok(github(&read, again)),
        Dialect::Jenkins => Ok(jenkins(&read, again)),
        Dialect::Rundeck => Ok(by_status(&read, &["succeeded"], RUNDECK_FAILED, again)),
        Dialect::Awx => Ok(by_status(&read, &["successful"], AWX_FAILED, again)),
    }
}

const RUNDECK_FAILED: &[&str] = &["failed", "aborted", "timedout", "failed-with-retry", "retried"];
const AWX_FAILED: &[&str] = &["failed", "error", "canceled", "cancelled"];

fn word(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), |text| harmless::line(text, 200).into_owned())
}

fn told(state: &str, poll: &Poll, again: impl Fn(String) -> Next) -> Next {
    if poll.done.iter().any(|known| known == state) {
        Next::Ok(state.to_owned())
    } else if poll.failed.iter().any(|known| known == state) {
        Next::Failed(state.to_owned())
    } else {
        again(state.to_owned())
    }
}

fn by_status(read: &Value, done: &[&str], failed: &[&str], again: impl Fn(String) -> Next) -> Next {
    let state = read.get("status").map(word).unwrap_or_default();
    let lower = state.to_lowercase();
    if done.contains(&lower.as_str()) {
        Next::Ok(state)
    } else if failed.contains(&lower.as_str()) {
        Next::Failed(state)
    } else {
        again(state)
    }
}

/// `status` is queued, `in_progress` … completed; then `conclusion` tells.
fn github(read: &Value, again: impl Fn(String) -> Next) -> Next {
    let field = |name: &str| read.get(name).filter(|value| !value.is_null()).map(word).unwrap_or_default();
    match (field("status").as_str(), field("conclusion").as_str()) {
        ("completed", "success") => Next::Ok("success".to_owned()),
        ("completed", "") => Next::Lost("completed, but GitHub does not say how".to_owned()),
        ("completed", other) => Next::Failed(other.to_owned()),
        (state, _) => again(state.to_owned()),
    }
}

/// First an item of the queue, then a build.
fn jenkins(read: &Value, again: impl Fn(String) -> Next) -> Next {
    if read.get("cancelled").and_then(Value::as_bool) == Some(true) {
        return Next::Failed("it was cancelled in the queue".to_owned());
    }
    if let Some(url) = read.pointer("/executable/url").and_then(Value::as_str) {
        let url = format!("{}/api/json", url.trim_end_matches('/'));
        return Next::Again(Follow { url, state: "it left the queue".to_owned() });
    }
    match (read.get("building").and_then(Value::as_bool), read.get("result").and_then(Value::as_str)) {
        (Some(true), _) => again("building".to_owned()),
        (Some(false), Some("SUCCESS")) => Next::Ok("SUCCESS".to_owned()),
        (Some(false), Some(other)) => Next::Failed(harmless::line(other, 200).into_owned()),
        _ => {
            let why = read.get("why").and_then(Value::as_str).unwrap_or("in the queue");
            again(harmless::line(why, 200).into_owned())
        }
    }
}

/// The words of a refusal: GitHub's and Rundeck's `message`, AWX' `detail` or the fields it misses.
pub fn explain(body: &str) -> Option<String> {
    let read: Value = serde_json::from_str(body).ok()?;
    let plain = ["message", "detail", "error"].iter().find_map(|name| read.get(name)?.as_str().map(str::to_owned));
    plain.or_else(|| {
        let fields = read.as_object()?;
        let (name, value) = fields.iter().next()?;
        Some(format!("{name}: {value}"))
    })
}
