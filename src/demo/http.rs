//! A small HTTP/1.1 server on loopback: it reads a request with bounds and deadlines, hands it to a site as
//! plain values, and writes the answer.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http_body_util::{BodyExt as _, Full, Limited};
use hyper::body::{Body as _, Incoming};
use hyper::header::{ALLOW, CACHE_CONTROL, CONTENT_TYPE, HeaderValue};
use hyper::service::service_fn;
use hyper::{Request, Response, StatusCode};
use hyper_util::rt::{TokioIo, TokioTimer};
use serde::Serialize;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

/// The most bytes of a request's body.
const BODY: usize = 1 << 20;
/// How long a connection may wait for the head of its next request. Longer than clients poll, so that no
/// request meets a connection that is just being closed.
const IDLE: Duration = Duration::from_mins(1);
/// How long a body may take to arrive.
const PATIENCE: Duration = Duration::from_secs(5);
/// How many connections are served at once; more wait.
const CONNECTIONS: usize = 64;

/// A request as plain values.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Asked {
    /// `GET`, `POST` …
    pub method: String,
    /// The path, percent-encoding left in.
    pub path: String,
    /// Parameters of the query string, then of a form.
    pub params: Vec<(String, String)>,
    /// The body.
    pub body: Bytes,
}

impl Asked {
    /// The first parameter of a name.
    #[must_use]
    pub fn param(&self, name: &str) -> Option<&str> {
        self.params.iter().find(|(other, _)| other == name).map(|(_, value)| value.as_str())
    }

    /// All parameters of a name.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.params.iter().filter(move |(other, _)| other == name).map(|(_, value)| value.as_str())
    }
}

/// What a site answers.
#[derive(Debug, Clone, PartialEq)]
pub struct Answered {
    /// The status.
    pub status: StatusCode,
    /// The body's type; `None` for an empty body.
    pub kind: Option<&'static str>,
    /// The body.
    pub body: Bytes,
    /// Whether nobody may keep it.
    pub no_store: bool,
    /// The methods to name in `Allow`, if the asked one is not among them.
    pub allow: Option<&'static str>,
}

impl Answered {
    /// JSON.
    #[must_use]
    pub fn json(status: StatusCode, value: &impl Serialize) -> Self {
        match serde_json::to_vec(value) {
            Ok(body) => Self { kind: Some("application/json"), body: body.into(), ..Self::empty(status) },
            Err(error) => Self::text(StatusCode::INTERNAL_SERVER_ERROR, error.to_string()),
        }
    }

    /// Plain text.
    #[must_use]
    pub fn text(status: StatusCode, body: impl Into<Bytes>) -> Self {
        Self { kind: Some("text/plain; charset=utf-8"), body: body.into(), ..Self::empty(status) }
    }

    /// Nothing but a status.
    #[must_use]
    pub fn empty(status: StatusCode) -> Self {
        Self { status, kind: None, body: Bytes::new(), no_store: false, allow: None }
    }

    fn into_response(self) -> Response<Full<Bytes>> {
        let mut response = Response::new(Full::new(self.body));
        *response.status_mut() = self.status;
        let headers = response.headers_mut();
        if let Some(kind) = self.kind {
            headers.insert(CONTENT_TYPE, HeaderValue::from_static(kind));
        }
        if let Some(methods) = self.allow {
            headers.insert(ALLOW, HeaderValue::from_static(methods));
        }
        if self.no_store {
            headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
        }
        response
    }
}

/// Something that answers requests.
pub trait Site: Send + Sync + 'static {
    /// Answers one request. Never waits.
    fn answer(&self, asked: &Asked) -> Answered;
}

/// Serves a site until the task is aborted; its connections end with it.
pub async fn serve<S: Site>(listener: TcpListener, site: Arc<S>) {
    let room = Arc::new(Semaphore::new(CONNECTIONS));
    let mut connections = JoinSet::new();
    loop {
        while connections.try_join_next().is_some() {}
        let Ok(permit) = Arc::clone(&room).acquire_owned().await else { return };
        match listener.accept().await {
            Ok((stream, _)) => {
                let site = Arc::clone(&site);
                connections.spawn(async move {
                    serve_one(stream, site).await;
                    drop(permit);
                });
            }
            Err(error) => {
                tracing::warn!(%error, "the demo's server could not accept a connection");
                // Out of file descriptors, most likely: trying again at once would only spin.
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
        }
    }
}

async fn serve_one<S: Site>(stream: TcpStream, site: Arc<S>) {
    let service = service_fn(move |request| {
        let site = Arc::clone(&site);
        async move { Ok::<_, Infallible>(respond(&*site, request).await.into_response()) }
    });
    let served = hyper::server::conn::http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(IDLE)
        .serve_connection(TokioIo::new(stream), service)
        .await;
    if let Err(error) = served {
        tracing::debug!(%error, "a connection to the demo ended early");
    }
}

async fn respond(site: &impl Site, request: Request<Incoming>) -> Answered {
    let (head, body) = request.into_parts();
    let too_large = || Answered::text(StatusCode::PAYLOAD_TOO_LARGE, "the body is broken or over 1 MiB\n");
    if body.size_hint().lower() > BODY as u64 {
        return too_large();
    }
    let body = match tokio::time::timeout(PATIENCE, Limited::new(body, BODY).collect()).await {
        Ok(Ok(body)) => body.to_bytes(),
        Ok(Err(_)) => return too_large(),
        Err(_) => return Answered::text(StatusCode::REQUEST_TIMEOUT, "the body did not arrive within 5 s\n"),
    };
    let mut params: Vec<(String, String)> = pairs(head.uri.query().unwrap_or("").as_bytes());
    let kind = head.headers.get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or("");
    if kind.starts_with("application/x-www-form-urlencoded") {
        params.extend(pairs(&body));
    }
    site.answer(&Asked { method: head.method.to_string(), path: head.uri.path().to_owned(), params, body })
}

fn pairs(encoded: &[u8]) -> Vec<(String, String)> {
    form_urlencoded::parse(encoded).into_owned().collect()
}
