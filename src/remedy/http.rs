//! Requests on an operator's behalf: sent once, and followed to their end.
//!
//! What lives here: the loop over an answer and what is asked after it, within a deadline. What must not: what each
//! kind of server means by its answers ([`dialect`]), reqwest.

pub mod dialect;
#[cfg(test)]
mod tests;

use std::time::{Duration, Instant};

use tokio::sync::{mpsc, watch};

use self::dialect::{Follow, Next};
use super::exec::Heard;
use crate::domain::SourceName;
use crate::domain::remediation::kind::{Body, Dialect};
use crate::domain::remediation::output::{Output, OutputLine};
use crate::domain::remediation::plan::HttpCall;
use crate::source::http::Http;
use crate::source::http::exact::{Exact, Exactly};
use crate::source::options::HttpOptions;
use crate::source::{ErrorKind, SourceError};

/// How a request ended, as far as it was followed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum End {
    /// It did what it should; in words.
    Ok(String),
    /// It was refused, or failed there; in words.
    Failed(String),
    /// It may have been taken, and nobody knows how it ended; in words.
    Unknown(String),
}

/// A request that has ended, or that nobody follows any more.
#[derive(Debug, Clone, PartialEq)]
pub struct Followed {
    /// How.
    pub end: End,
    /// How long it took.
    pub took: Duration,
    /// What was told on the way.
    pub output: Output,
}

/// How long one request may take, within the deadline of all.
const PATIENCE: Duration = Duration::from_secs(15);
/// How often the end is asked for, where the remedy does not say.
const EVERY: Duration = Duration::from_secs(2);
/// The most bytes of an answer.
const LARGEST: usize = 1 << 20;
/// How often in a row the question for the end may fail.
const FAILURES: u32 = 5;

/// Sends a request and follows it to its end, at most for `timeout`. It is sent once and never again. Stopping it stops
/// only the following: what was taken goes on there, and that is said.
pub async fn follow(
    call: &HttpCall,
    access: &HttpOptions,
    timeout: Duration,
    heard: mpsc::Sender<Heard>,
    mut cancel: watch::Receiver<bool>,
) -> Followed {
    let every = call.poll.as_ref().and_then(|poll| poll.every.to_std().ok()).unwrap_or(EVERY);
    let mut teller = Teller { began: Instant::now(), output: Output::default(), heard };
    let end = {
        let mut sent = false;
        let work = begin(call, access, every, &mut teller, &mut sent);
        let ended = tokio::select! {
            ended = tokio::time::timeout(timeout, work) => ended.ok(),
            _ = cancel.wait_for(|stop| *stop) => Some(End::Unknown("nobody follows it any more".to_owned())),
        };
        let late = || End::Unknown(format!("it had not ended after {} s", timeout.as_secs()));
        match ended.unwrap_or_else(late) {
            End::Unknown(words) if sent => End::Unknown(format!("{words}; it was taken and may go on there")),
            other => other,
        }
    };
    Followed { end, took: teller.began.elapsed(), output: teller.output }
}

async fn begin(call: &HttpCall, access: &HttpOptions, every: Duration, teller: &mut Teller, sent: &mut bool) -> End {
    let json = match body(call) {
        Ok(json) => json,
        Err(words) => return End::Failed(words),
    };
    let http = match Http::new(&SourceName::new("remedy"), access, PATIENCE) {
        Ok(http) => http.with_largest(LARGEST),
        Err(error) => return End::Failed(error.to_string()),
    };
    let exact = Exact { method: &call.method, url: &call.url, headers: &dialect::headers(call), json: json.as_deref() };
    let answer = match http.exact(exact).await {
        Ok(answer) => answer,
        Err(error) if error.kind == ErrorKind::Uncertain => return End::Unknown(error.to_string()),
        Err(error) => return End::Failed(error.to_string()),
    };
    teller.tell(&format!("{} answered {}", answer.reply.address(), answer.reply.status));
    if !is_taken(call, answer.reply.status) {
        return End::Failed(refusal(&answer).to_string());
    }
    *sent = true;
    for note in dialect::notes(call.dialect, &answer.reply.body) {
        teller.tell(&note);
    }
    match dialect::begin(call, &answer.reply.body, answer.location.as_deref()) {
        Next::Ok(words) => End::Ok(words),
        Next::Failed(words) => End::Failed(words),
        Next::Lost(words) => End::Unknown(words),
        Next::Again(follow) => to_the_end(call, &http, follow, every, teller).await,
    }
}

async fn to_the_end(call: &HttpCall, http: &Http, mut follow: Follow, every: Duration, teller: &mut Teller) -> End {
    let mut failures = 0;
    let mut said = String::new();
    let headers = dialect::headers(call);
    loop {
        tokio::time::sleep(every).await;
        let asked = http.exact(Exact { method: "GET", url: &follow.url, headers: &headers, json: None }).await;
        let next = match asked {
            Ok(answer) if answer.reply.is_success() => dialect::next(call, &follow, &answer.reply.body),
            Ok(answer) => Err(refusal(&answer).to_string()),
            Err(error) => Err(error.to_string()),
        };
        match next {
            Ok(Next::Again(next)) => {
                failures = 0;
                if next.state != said {
                    teller.tell(&next.state);
                    said.clone_from(&next.state);
                }
                follow = next;
            }
            Ok(Next::Ok(words)) => return End::Ok(words),
            Ok(Next::Failed(words)) => return End::Failed(words),
            Ok(Next::Lost(words)) => return End::Unknown(words),
            Err(words) => {
                failures += 1;
                teller.tell(&words);
                if failures >= FAILURES {
                    return End::Unknown(format!("its end could not be asked for: {words}"));
                }
            }
        }
    }
}

fn is_taken(call: &HttpCall, status: u16) -> bool {
    // Jenkins leads to the item that is queued already with a 303.
    let queued = call.dialect == Dialect::Jenkins && status == 303;
    if call.expect.is_empty() { (200..300).contains(&status) || queued } else { call.expect.contains(&status) }
}

fn refusal(answer: &Exactly) -> SourceError {
    answer.reply.failure(dialect::explain)
}

fn body(call: &HttpCall) -> Result<Option<Vec<u8>>, String> {
    let Some(body) = dialect::body(call) else { return Ok(None) };
    serde_json::to_vec(&value(&body)?).map(Some).map_err(|error| format!("the body cannot be written: {error}"))
}

/// The body as JSON; texts stay texts whatever they hold.
fn value(body: &Body) -> Result<serde_json::Value, String> {
    Ok(match body {
        Body::Text(text) => dialect::plain(text).into(),
        Body::Plain(word) => serde_json::from_str(word).map_err(|error| format!("'{word}' is no JSON: {error}"))?,
        Body::List(all) => all.iter().map(value).collect::<Result<Vec<_>, _>>()?.into(),
        Body::Object(all) => {
            let pairs = all.iter().map(|(name, body)| Ok((name.clone(), value(body)?)));
            serde_json::Value::Object(pairs.collect::<Result<_, String>>()?)
        }
    })
}

/// Tells what happens on the way, and keeps it.
struct Teller {
    began: Instant,
    output: Output,
    heard: mpsc::Sender<Heard>,
}

impl Teller {
    fn tell(&mut self, words: &str) {
        let at = u64::try_from(self.began.elapsed().as_millis()).unwrap_or(u64::MAX);
        let line = OutputLine::note(at, &crate::domain::harmless::line(words, 400));
        self.output.take(0, 0, [line.clone()]);
        // Whoever listens too slowly reads it in what is kept.
        let _ = self.heard.try_send(Heard::Said { back: 0, lines: vec![line], left_out: 0 });
    }
}

/// Reads an answer as every dialect would.
#[cfg(any(test, fuzzing))]
pub(crate) fn taken_apart(body: &[u8]) {
    use Dialect::{Awx, Github, Jenkins, Rundeck, Webhook};
    let _ = dialect::explain(&String::from_utf8_lossy(body));
    for dialect in [Awx, Github, Jenkins, Rundeck, Webhook] {
        let call = HttpCall {
            dialect,
            method: "POST".to_owned(),
            url: "https://awx/api/v2/job_templates/7/launch/".to_owned(),
            headers: Vec::new(),
            body: None,
            expect: Vec::new(),
            poll: None,
        };
        let _ = (dialect::notes(dialect, body), dialect::begin(&call, body, Some("https://x/queue/1/")));
        let _ = dialect::next(&call, &Follow { url: call.url.clone(), state: "taken".to_owned() }, body);
    }
}
