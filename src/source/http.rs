//! The only user of reqwest: asks over HTTP, within bounds of time and size, and says in words what went
//! wrong.
//!
//! What lives here: [`Http`], one for each source, with its access, TLS, proxy and peers. What must not:
//! what an answer means; that is the adapters'. No error of this room holds a secret: addresses are shown
//! without user, password and query, and header values are marked sensitive.

mod access;
mod address;
mod body;
pub mod certificate;
mod client;
mod clocks;
mod echo;
pub mod exact;
mod failure;
pub mod look;
mod peers;
mod reply;
mod rotating;
#[cfg(any(test, fuzzing))]
pub(crate) mod taken_apart;

#[cfg(test)]
mod peer_tests;
#[cfg(test)]
mod proxy_tests;
#[cfg(test)]
pub(crate) mod test_server;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod tls_tests;

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use reqwest::header::{AGE, CONTENT_TYPE, DATE, HeaderMap, LOCATION, RETRY_AFTER};
use reqwest::{Method, Url};

pub use reply::Reply;

use self::access::{Access, Shown};
use self::address::Address;
use self::body::Unread;
use self::client::Patience;
use self::clocks::Clocks;
use self::failure::Context;
use self::peers::Peers;
use self::rotating::Rotating;
use super::options::HttpOptions;
use super::{ErrorKind, SourceError};
use crate::domain::SourceName;

/// The most bytes of an answer, after decompression.
pub const LARGEST_ANSWER: usize = 64 << 20;

/// The most bytes of an error's body that are read.
const LARGEST_ERROR: usize = 16 << 10;

/// How often a read is sent again where kept connections turn out to be closed: there may be several of them.
const AGAIN: usize = 2;

/// One source over HTTP.
#[derive(Debug)]
pub struct Http {
    source: SourceName,
    client: Rotating,
    peers: Peers,
    access: Access,
    /// For a write, and for a read of one peer where there is no other.
    patience: Duration,
    largest: usize,
    clocks: Clocks,
    /// Whether a connection may be kept from an answer before.
    kept: AtomicBool,
    proxied: bool,
    insecure: bool,
}

/// One request, before it has an address.
#[derive(Debug, Clone, Copy)]
struct Ask<'a> {
    method: &'a Method,
    path: &'a str,
    query: &'a [(&'a str, &'a str)],
    payload: Payload<'a>,
    patience: Duration,
    /// Whether asking twice does no harm.
    repeatable: bool,
}

#[derive(Debug, Clone, Copy)]
enum Payload<'a> {
    None,
    Form(&'a [(&'a str, &'a str)]),
    Json(&'a [u8]),
}

/// A request that brought no answer.
#[derive(Debug)]
struct Unanswered {
    error: SourceError,
    /// Whether the source may have seen it.
    sent: bool,
    /// Whether the connection ended before the first byte of an answer.
    dropped: bool,
}

impl Http {
    /// A client for a source. `timeout` is what one poll may take; a single request takes a little less, so
    /// that it can still say what happened.
    ///
    /// # Errors
    /// An address, header, certificate or proxy that cannot be used, with the option that is wrong.
    pub fn new(source: &SourceName, options: &HttpOptions, timeout: Duration) -> Result<Self, SourceError> {
        let all = options.urls.iter().map(|url| Address::parse(url)).collect::<Result<Vec<_>, _>>()?;
        if all.is_empty() {
            return Err(SourceError::new(ErrorKind::NotFound, format!("source '{source}' has no url")));
        }
        let patience = timeout.mul_f64(0.9);
        let share = patience / u32::try_from(all.len()).unwrap_or(u32::MAX);
        let client = Rotating::new(source, options, Patience { connect: client::reach(share), read: patience })?;
        Ok(Self {
            source: source.clone(),
            client,
            access: Access::new(options)?,
            peers: Peers::new(all),
            patience,
            largest: options.largest.unwrap_or(LARGEST_ANSWER),
            clocks: Clocks::default(),
            kept: AtomicBool::new(false),
            proxied: options.proxy.is_some(),
            insecure: options.tls.insecure,
        })
    }

    /// The same with another bound on the size of answers.
    #[must_use]
    pub fn with_largest(mut self, bytes: usize) -> Self {
        self.largest = bytes;
        self
    }

    /// The source this is for.
    #[must_use]
    pub fn source(&self) -> &SourceName {
        &self.source
    }

    /// Whether there is one peer and no other.
    #[must_use]
    pub fn is_alone(&self) -> bool {
        self.peers.all().len() == 1
    }

    /// What an operator should know for as long as it holds.
    #[must_use]
    pub fn notes(&self) -> Vec<String> {
        let mut notes = Vec::new();
        let https = self.peers.all().iter().any(Address::is_https);
        if self.insecure && https {
            notes.push("certificates are not checked (tls.insecure)".to_owned());
        }
        if self.client.no_store() && https && !self.insecure {
            notes.push("this machine has no store of authorities; only tls.ca is trusted".to_owned());
        }
        if let Some(why) = self.client.unusable() {
            notes.push(format!("{why}; the files before are used until then"));
        }
        if let Some((other, first)) = self.peers.failed_over() {
            notes.push(format!("{} does not answer; {} is asked instead", first.shown(), other.shown()));
        }
        notes.extend(self.clocks.note());
        notes
    }

    /// What to say where several answers did not all come within the time of one poll.
    #[must_use]
    pub fn late(&self, within: Duration) -> SourceError {
        let whom = self.peers.in_order().next().map_or("it", |(_, peer)| peer.shown());
        let within = within.as_secs_f64();
        SourceError::new(ErrorKind::Timeout, format!("{whom}: does not answer everything in time (of {within:.1} s)"))
            .advise(format!("is it overloaded? timeout of source '{}' sets how long to wait", self.source))
    }

    /// Reads with GET, from the first peer that answers.
    ///
    /// # Errors
    /// Where no peer answers. An answer of any status is no error here.
    pub async fn get(&self, path: &str, query: &[(&str, &str)]) -> Result<Reply, SourceError> {
        self.read(&Method::GET, path, query, Payload::None).await
    }

    /// Reads with a form in a POST, from the first peer that answers: for questions too long for an address.
    ///
    /// # Errors
    /// See [`Http::get`].
    pub async fn post_form(&self, path: &str, form: &[(&str, &str)]) -> Result<Reply, SourceError> {
        self.read(&Method::POST, path, &[], Payload::Form(form)).await
    }

    /// Writes JSON with POST, to exactly one peer.
    ///
    /// # Errors
    /// Where it was not written; of kind `Uncertain` where that is not known.
    pub async fn write_json(&self, path: &str, json: &[u8]) -> Result<Reply, SourceError> {
        self.write(&Method::POST, path, Payload::Json(json)).await
    }

    /// Writes with DELETE, to exactly one peer.
    ///
    /// # Errors
    /// See [`Http::write_json`].
    pub async fn delete(&self, path: &str) -> Result<Reply, SourceError> {
        self.write(&Method::DELETE, path, Payload::None).await
    }

    async fn read(
        &self,
        method: &Method,
        path: &str,
        query: &[(&str, &str)],
        payload: Payload<'_>,
    ) -> Result<Reply, SourceError> {
        let peers = self.peers.all().len();
        let patience = self.patience / u32::try_from(peers).unwrap_or(u32::MAX);
        let ask = Ask { method, path, query, payload, patience, repeatable: true };
        let (mut silent, mut troubled) = (Vec::new(), None);
        for (at, peer) in self.peers.in_order() {
            match self.attempt(peer, ask).await {
                Ok(reply) if reply.is_peers_trouble() => troubled = troubled.or(Some(reply)),
                Ok(reply) => {
                    self.peers.answered(at);
                    return Ok(reply);
                }
                Err(unanswered) => silent.push(unanswered.error),
            }
        }
        troubled.ok_or_else(|| none_of(silent))
    }

    /// Only a peer that certainly has not seen the write is passed over. After that it is never repeated.
    async fn write(&self, method: &Method, path: &str, payload: Payload<'_>) -> Result<Reply, SourceError> {
        let ask = Ask { method, path, query: &[], payload, patience: self.patience, repeatable: false };
        let mut silent = Vec::new();
        for (at, peer) in self.peers.in_order() {
            match self.attempt(peer, ask).await {
                // A gateway that lost its server does not know either.
                Ok(reply) if matches!(reply.status, 502 | 504) => return Err(uncertain(&reply.failure(|_| None))),
                // A page in front of it says nothing of what is behind.
                Ok(reply) if reply.is_success() && reply.is_page() => return Err(uncertain(&page(reply))),
                Ok(reply) => {
                    self.peers.answered(at);
                    return Ok(reply);
                }
                Err(Unanswered { error, sent: true, .. }) => return Err(uncertain(&error)),
                Err(Unanswered { error, sent: false, .. }) => silent.push(error),
            }
        }
        Err(none_of(silent))
    }

    /// Asks one peer; once more if it refuses a secret that was remembered and may have been rotated.
    async fn attempt(&self, peer: &Address, ask: Ask<'_>) -> Result<Reply, Unanswered> {
        let url = peer.join(ask.path, ask.query);
        let (reply, remembered) = self.send_kept(url.clone(), ask).await?;
        if reply.status != 401 {
            return Ok(reply);
        }
        self.access.forget().await;
        if remembered { self.send(url, ask).await.map(|(reply, _)| reply) } else { Ok(reply) }
    }

    /// Sends; once more where a kept connection turned out to be closed, which happens to every server that keeps
    /// connections about as long as we pause. A write is never repeated.
    async fn send_kept(&self, url: Url, ask: Ask<'_>) -> Result<(Reply, bool), Unanswered> {
        let mut sent = self.send(url.clone(), ask).await;
        let may_be_stale = ask.repeatable && self.kept.load(Ordering::Relaxed);
        for _ in 0..AGAIN {
            if may_be_stale && matches!(sent, Err(Unanswered { dropped: true, .. })) {
                sent = self.send(url.clone(), ask).await;
            }
        }
        self.kept.store(sent.is_ok(), Ordering::Relaxed);
        sent
    }

    async fn send(&self, url: Url, ask: Ask<'_>) -> Result<(Reply, bool), Unanswered> {
        let address = address::shown(&url);
        let base = url.clone();
        let request = self.client.client().await.request(ask.method.clone(), url).timeout(ask.patience);
        let request = match ask.payload {
            Payload::None => request,
            Payload::Form(form) => request.form(form),
            Payload::Json(json) => request.header(CONTENT_TYPE, "application/json").body(json.to_vec()),
        };
        let unsent = |error| Unanswered { error, sent: false, dropped: false };
        let Shown { request, remembered, echo } = self.access.apply(request).await.map_err(unsent)?;
        let context = self.context(&address, ask.patience);
        let response = request.send().await.map_err(|error| Unanswered {
            error: failure::describe(&error, context),
            sent: !failure::before_sending(&error),
            dropped: failure::is_dropped(&error),
        })?;
        let mut reply = self.head(&response, &base, &address);
        reply.location = reply.location.map(|target| echo.out_of_address(target));
        if reply.is_success() {
            let body = body::whole(response, self.largest).await.map_err(|unread| Unanswered {
                error: match unread {
                    Unread::Broke(error) => failure::describe(&error, Context { began: true, ..context }),
                    Unread::TooLarge(most) => body::too_large(&address, most),
                },
                sent: true,
                dropped: false,
            })?;
            reply.body = echo.out_of_data(body);
        } else {
            reply.body = echo.out_of_words(body::beginning(response, LARGEST_ERROR).await);
        }
        Ok((reply, remembered))
    }

    /// What is known of a request of ours, should it fail.
    fn context<'a>(&'a self, address: &'a str, patience: Duration) -> Context<'a> {
        let (proxied, no_store) = (self.proxied, self.client.no_store());
        Context { source: &self.source, address, patience, began: false, proxied, no_store }
    }

    /// Everything of an answer but its body.
    fn head(&self, response: &reqwest::Response, base: &Url, address: &str) -> Reply {
        let text = |name| response.headers().get(name).and_then(|value| value.to_str().ok());
        let location = text(LOCATION).and_then(|target| base.join(target).ok());
        let now = chrono::Utc::now();
        let theirs = text(DATE).and_then(clocks::read);
        // What comes from a cache was dated when it was made.
        if let Some(theirs) = theirs.filter(|_| !response.headers().contains_key(AGE)) {
            self.clocks.compare(theirs, now);
        }
        Reply {
            status: response.status().as_u16(),
            body: Vec::new(),
            retry_after: text(RETRY_AFTER).and_then(|text| reply::retry_after(text, theirs.unwrap_or(now))),
            html: is_html(response.headers()),
            location: location.as_ref().map(address::shown),
            address: address.to_owned(),
            source: self.source.clone(),
        }
    }
}

fn is_html(headers: &HeaderMap) -> bool {
    let kind = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or("");
    kind.trim_start().get(..9).is_some_and(|begin| begin.eq_ignore_ascii_case("text/html"))
}

/// No peer answered.
fn none_of(mut errors: Vec<SourceError>) -> SourceError {
    if errors.len() < 2 {
        return errors
            .pop()
            .unwrap_or_else(|| SourceError::new(ErrorKind::Internal, "a source without peers was asked"));
    }
    let all: Vec<&str> = errors.iter().map(|error| error.what.as_str()).collect();
    let what = format!("none of {} peers answers: {}", all.len(), all.join("; "));
    let kind = errors.first().map_or(ErrorKind::Connect, |error| error.kind);
    let advice = errors.first().map(|error| error.advice.clone()).unwrap_or_default();
    SourceError::new(kind, what).advise(advice)
}

/// A web page in the place of an answer.
fn page(reply: Reply) -> SourceError {
    let address = reply.address.clone();
    let fine = || SourceError::new(ErrorKind::Malformed, format!("{address}: a web page came instead of data"));
    reply.success(|_| None).err().unwrap_or_else(fine)
}

/// A write that may or may not have taken effect.
fn uncertain(cause: &SourceError) -> SourceError {
    SourceError::new(ErrorKind::Uncertain, format!("not known whether it took effect: {}", cause.what))
        .advise("look at the source before trying again")
}
