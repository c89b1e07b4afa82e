//! An answer as it came: status, kind of content, body; and when it counts as a success.

use std::borrow::Cow;
use std::time::Duration;

use crate::domain::{Moment, SourceName};
use crate::source::{ErrorKind, SourceError};

/// An answer of a source, whatever its status.
#[derive(Debug, Clone)]
pub struct Reply {
    /// The status.
    pub status: u16,
    /// Its body: whole for a success, the beginning of it otherwise.
    pub body: Vec<u8>,
    /// How long it asks to be left alone.
    pub retry_after: Option<Duration>,
    /// Whether it says that it is HTML.
    pub(super) html: bool,
    /// Where a redirect leads, without secrets.
    pub(super) location: Option<String>,
    /// The address that was asked, without secrets.
    pub(super) address: String,
    /// The source that was asked.
    pub(super) source: SourceName,
}

impl Reply {
    /// Whether it is a 2xx.
    #[must_use]
    pub fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }

    /// Whether it is a web page, which no source answers with.
    pub(super) fn is_page(&self) -> bool {
        self.html || looks_like_html(&self.body)
    }

    /// Whether the trouble may be this peer's alone, so that another may do better.
    pub(super) fn is_peers_trouble(&self) -> bool {
        self.status == 429 || self.status >= 500
    }

    /// The address that was asked, without secrets.
    #[must_use]
    pub fn address(&self) -> &str {
        &self.address
    }

    /// The body as text; bytes that are no UTF-8 become `U+FFFD`.
    #[must_use]
    pub fn text(&self) -> Cow<'_, str> {
        String::from_utf8_lossy(&self.body)
    }

    /// The body of a success; anything else as an error. `explain` finds the words in an error's body.
    ///
    /// # Errors
    /// A status that is no success, or HTML where data was expected.
    pub fn success(self, explain: impl Fn(&str) -> Option<String>) -> Result<Vec<u8>, SourceError> {
        if !self.is_success() {
            return Err(self.failure(explain));
        }
        if self.is_page() {
            return Err(SourceError::new(
                ErrorKind::Malformed,
                format!("{}: a web page came instead of data; it looks like a login page", self.address),
            )
            .advise(format!("check auth and url of source '{}': a proxy may stand in front of it", self.source)));
        }
        Ok(self.body)
    }

    /// What a status that is no success means.
    #[must_use]
    pub fn failure(&self, explain: impl Fn(&str) -> Option<String>) -> SourceError {
        let (source, status) = (&self.source, self.status);
        let (kind, advice) = match status {
            300..=399 => return self.redirect(),
            401 => (ErrorKind::Unauthorized, format!("check auth of source '{source}'")),
            403 => (ErrorKind::Unauthorized, format!("auth of source '{source}' may not do this")),
            407 => (ErrorKind::Unauthorized, format!("the proxy of source '{source}' asks for a password")),
            404 | 410 => (ErrorKind::NotFound, format!("check the path in url of source '{source}'")),
            429 => (ErrorKind::RateLimited, format!("ask less often: every of source '{source}'")),
            502 | 504 => {
                (ErrorKind::Server, "a proxy answers, and what is behind it does not: does that run?".to_owned())
            }
            503 => (ErrorKind::Server, "is it starting, or overloaded? its own log says".to_owned()),
            500.. => (ErrorKind::Server, "look at its own log".to_owned()),
            _ => (ErrorKind::Refused, format!("is url of source '{source}' the right address for its kind?")),
        };
        let mut what = format!("{}: {status} {}", self.address, words(status));
        if let Some(said) = self.said(explain) {
            what = format!("{}: {said}", what.trim_end());
        }
        let mut error = SourceError::new(kind, what.trim_end()).advise(advice);
        error.retry_after = self.retry_after;
        error
    }

    /// What the body says: by the adapter's protocol, or as plain text. Markup says nothing.
    fn said(&self, explain: impl Fn(&str) -> Option<String>) -> Option<String> {
        let text = self.text();
        let text = text.trim();
        if text.is_empty() || self.is_page() {
            return None;
        }
        explain(text).or_else(|| (!text.starts_with(['{', '['])).then(|| text.to_owned()))
    }

    fn redirect(&self) -> SourceError {
        let target = self.location.as_deref().unwrap_or("nowhere");
        SourceError::new(
            ErrorKind::Refused,
            format!("{}: {} leads to {target}, and redirects are not followed", self.address, self.status),
        )
        .advise(format!("if that is right, put it in url of source '{}'; if it is a login, check auth", self.source))
    }
}

fn looks_like_html(body: &[u8]) -> bool {
    let start = body.trim_ascii_start();
    let begins = |word: &[u8]| start.get(..word.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(word));
    begins(b"<!doctype") || begins(b"<html")
}

/// The words of a status, where they help.
fn words(status: u16) -> &'static str {
    reqwest::StatusCode::from_u16(status).ok().and_then(|status| status.canonical_reason()).unwrap_or("")
}

/// The longest plea that is taken seriously.
const LONGEST_PLEA: Duration = Duration::from_hours(24);

/// Reads `Retry-After`: seconds, or an HTTP date (RFC 9110, 10.2.3).
pub(super) fn retry_after(text: &str, now: Moment) -> Option<Duration> {
    let text = text.trim();
    let wait = match text.parse::<u64>() {
        Ok(seconds) => Duration::from_secs(seconds),
        Err(_) => (chrono::DateTime::parse_from_rfc2822(text).ok()?.to_utc() - now).to_std().unwrap_or_default(),
    };
    Some(wait.min(LONGEST_PLEA))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reply(status: u16, body: &str) -> Reply {
        Reply {
            status,
            body: body.as_bytes().to_vec(),
            retry_after: None,
            html: false,
            location: None,
            address: "http://h/x".to_owned(),
            source: SourceName::new("am-eu"),
        }
    }

    #[test]
    fn every_status_has_its_kind_and_says_what_to_do() {
        let kind = |status| reply(status, "").failure(|_| None).kind;
        for (status, expected) in [
            (401, ErrorKind::Unauthorized),
            (403, ErrorKind::Unauthorized),
            (404, ErrorKind::NotFound),
            (410, ErrorKind::NotFound),
            (400, ErrorKind::Refused),
            (422, ErrorKind::Refused),
            (429, ErrorKind::RateLimited),
            (500, ErrorKind::Server),
            (599, ErrorKind::Server),
        ] {
            assert_eq!(kind(status), expected, "{status}");
        }
        let error = reply(401, "").failure(|_| None).to_string();
        assert_eq!(error, "http://h/x: 401 Unauthorized; check auth of source 'am-eu'");
    }

    #[test]
    fn a_body_speaks_by_protocol_or_as_text_and_markup_is_left_out() {
        let said = |body| reply(503, body).failure(|text| text.strip_prefix("{!").map(str::to_owned)).what;
        assert_eq!(said("{!by protocol"), "http://h/x: 503 Service Unavailable: by protocol");
        assert_eq!(said("not ready\n"), "http://h/x: 503 Service Unavailable: not ready");
        assert_eq!(said(" <HTML><b>x"), "http://h/x: 503 Service Unavailable");
        assert_eq!(said("{\"x\":1}"), "http://h/x: 503 Service Unavailable");
    }

    #[test]
    fn a_page_is_no_data_and_a_redirect_says_where_to() {
        let page = reply(200, "\n<!DOCTYPE html><title>Sign in").success(|_| None).unwrap_err();
        assert_eq!(page.kind, ErrorKind::Malformed);
        assert!(page.what.contains("login page"), "{page}");
        let moved = Reply { location: Some("https://sso/login".to_owned()), ..reply(302, "") };
        let error = moved.success(|_| None).unwrap_err();
        assert!(error.what.contains("302 leads to https://sso/login"), "{error}");
    }

    #[test]
    fn retry_after_is_seconds_or_a_date() {
        let now = "2026-11-21T00:36:00Z".parse().unwrap();
        assert_eq!(retry_after(" 7 ", now), Some(Duration::from_secs(7)));
        assert_eq!(retry_after("Sat, 21 Nov 2026 00:36:15 GMT", now), Some(Duration::from_secs(15)));
        assert_eq!(retry_after("Sat, 21 Nov 2026 00:35:15 GMT", now), Some(Duration::ZERO));
        assert_eq!(retry_after("99999999999", now), Some(LONGEST_PLEA));
        assert_eq!(retry_after("soon", now), None);
    }
}
