//! A request to one address exactly as it is planned: a remedy's, not a poll's. It is sent once, to one place, and
//! secrets go to the hosts that are configured for them and to no other.

use reqwest::header::{CONTENT_TYPE, HeaderName, HeaderValue, LOCATION};
use reqwest::{Method, Url};

use super::access::Shown;
use super::failure;
use super::{Http, LARGEST_ERROR, Reply, address, body, uncertain};
use crate::source::{ErrorKind, SourceError};

/// What is sent.
#[derive(Debug, Clone, Copy)]
pub struct Exact<'a> {
    /// The method, in capitals.
    pub method: &'a str,
    /// The whole address.
    pub url: &'a str,
    /// Headers beside those for access.
    pub headers: &'a [(String, String)],
    /// The body, as JSON.
    pub json: Option<&'a [u8]>,
}

/// What came back.
#[derive(Debug, Clone)]
pub struct Exactly {
    /// The answer.
    pub reply: Reply,
    /// Where its `Location` leads, whole; it may hold a secret and is never shown.
    pub location: Option<String>,
}

impl Http {
    /// Sends one request. An answer of any status is no error here, but for a gateway that lost its server.
    ///
    /// # Errors
    /// Where it was not sent; of kind `Uncertain` where a request that changes something may have been taken; of kind
    /// `Refused` where the address is of another host than the configured ones.
    pub async fn exact(&self, exact: Exact<'_>) -> Result<Exactly, SourceError> {
        let (url, method) = (self.own(exact.url)?, method(exact.method)?);
        let shown = address::shown(&url);
        let only_reads = method == Method::GET;
        let mut request = self.client.client().await.request(method, url.clone()).timeout(self.patience);
        for (name, value) in exact.headers {
            let (name, value) = header(name, value)?;
            request = request.header(name, value);
        }
        if let Some(json) = exact.json {
            request = request.header(CONTENT_TYPE, "application/json").body(json.to_vec());
        }
        let Shown { request, echo, .. } = self.access.apply(request).await?;
        let context = self.context(&shown, self.patience);
        let response = request.send().await.map_err(|error| {
            let described = failure::describe(&error, context);
            if only_reads || failure::before_sending(&error) { described } else { uncertain(&described) }
        })?;
        let mut reply = self.head(&response, &url, &shown);
        reply.location = reply.location.map(|target| echo.out_of_address(target));
        if !only_reads && matches!(reply.status, 502 | 504) {
            return Err(uncertain(&reply.failure(|_| None)));
        }
        let location = response.headers().get(LOCATION).and_then(|value| value.to_str().ok());
        let location = location.and_then(|target| url.join(target).ok()).map(String::from);
        // What it says is for people and for finding the way to its end; the beginning of it is enough.
        reply.body = if reply.is_success() {
            echo.out_of_data(body::whole(response, self.largest).await.unwrap_or_default())
        } else {
            echo.out_of_words(body::beginning(response, LARGEST_ERROR).await)
        };
        Ok(Exactly { reply, location })
    }

    /// The address, if it is of a configured host: scheme, host and port alike.
    pub(super) fn own(&self, text: &str) -> Result<Url, SourceError> {
        let url = Url::parse(text).map_err(|error| {
            SourceError::new(ErrorKind::NotFound, format!("the address that would be asked is none: {error}"))
        })?;
        if self.peers.all().iter().any(|peer| peer.has_origin_of(&url)) {
            return Ok(url);
        }
        let what = format!("{}: this is another host than the configured one; it is not asked", address::shown(&url));
        Err(SourceError::new(ErrorKind::Refused, what))
    }
}

fn method(text: &str) -> Result<Method, SourceError> {
    Method::from_bytes(text.as_bytes())
        .map_err(|_| SourceError::new(ErrorKind::Refused, format!("'{text}' is no method of HTTP")))
}

fn header(name: &str, value: &str) -> Result<(HeaderName, HeaderValue), SourceError> {
    let made = HeaderName::try_from(name).ok().zip(HeaderValue::try_from(value).ok());
    made.ok_or_else(|| SourceError::new(ErrorKind::Refused, format!("the header {name} holds what no header may hold")))
}
