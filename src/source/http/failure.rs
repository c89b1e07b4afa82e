//! What went wrong on the way, in words: from reqwest's error to ours.

use std::error::Error;
use std::io;
use std::time::Duration;

use rustls::{AlertDescription, CertificateError};

use super::client;
use crate::domain::SourceName;
use crate::source::{ErrorKind, SourceError};

/// What is known of the request that failed.
#[derive(Debug, Clone, Copy)]
pub(super) struct Context<'a> {
    pub source: &'a SourceName,
    /// The address, without its secrets.
    pub address: &'a str,
    pub patience: Duration,
    /// Whether its answer has begun.
    pub began: bool,
    /// Whether a proxy stands between.
    pub proxied: bool,
    /// Whether this machine has no store of authorities.
    pub no_store: bool,
}

/// An error and everything that caused it, the errors inside `io::Error` included.
pub(super) fn chain<'a>(error: &'a (dyn Error + 'static)) -> impl Iterator<Item = &'a (dyn Error + 'static)> {
    std::iter::successors(Some(error), |error: &&'a (dyn Error + 'static)| {
        let error: &'a (dyn Error + 'static) = *error;
        // The cause of an `io::Error` that wraps another is that one's cause: the wrapped one itself would
        // be passed over.
        let wrapped = error.downcast_ref::<io::Error>().and_then(io::Error::get_ref);
        wrapped.map(|inner| inner as &(dyn Error + 'static)).or_else(|| error.source())
    })
}

fn find<'a, E: Error + 'static>(error: &'a (dyn Error + 'static)) -> Option<&'a E> {
    chain(error).find_map(|cause| cause.downcast_ref::<E>())
}

/// The text of the innermost cause, which is the one that says something.
pub(super) fn root(error: &(dyn Error + 'static)) -> String {
    chain(error).last().map(ToString::to_string).unwrap_or_default()
}

/// Whether it is certain that the source has not seen the request.
pub(super) fn before_sending(error: &reqwest::Error) -> bool {
    error.is_connect() || error.is_dns() || error.is_builder()
}

/// Whether the connection ended before the first byte of an answer: where it was a kept one, its end and the request
/// may have crossed on the way.
pub(super) fn is_dropped(error: &reqwest::Error) -> bool {
    use io::ErrorKind::{BrokenPipe, ConnectionAborted, ConnectionReset};
    let lost = |cause: &io::Error| matches!(cause.kind(), BrokenPipe | ConnectionAborted | ConnectionReset);
    let ended =
        |cause: &(dyn Error + 'static)| cause.to_string().contains("connection closed before message completed");
    let connected = !error.is_connect() && !error.is_timeout();
    connected && (find::<io::Error>(error).is_some_and(lost) || chain(error).any(ended))
}

/// Our words for a failure before or while an answer came.
pub(super) fn describe(error: &reqwest::Error, context: Context<'_>) -> SourceError {
    let Context { source, address, .. } = context;
    let say = |kind, what: &str| SourceError::new(kind, format!("{address}: {what}"));
    if let Some(tls) = find::<rustls::Error>(error) {
        return describe_tls(tls, context);
    }
    if error.is_timeout() {
        let (what, after) = match () {
            () if error.is_connect() => ("cannot be reached in time", client::reach(context.patience)),
            () if context.began => ("its answer began and did not end in time", context.patience),
            () => ("does not answer in time", context.patience),
        };
        let after = after.as_secs_f64();
        return say(ErrorKind::Timeout, &format!("{what} (of {after:.1} s)")).advise(format!(
            "is it overloaded or behind a firewall? timeout of source '{source}' sets how long to wait"
        ));
    }
    if error.is_dns() {
        return say(ErrorKind::Dns, "the name cannot be resolved")
            .advise(format!("check url of source '{source}' and this machine's DNS"));
    }
    if error.is_connect() && root(error).contains("tls handshake eof") {
        return say(ErrorKind::Tls, "it closed the connection during the TLS handshake")
            .advise(format!("does it speak TLS at this port? check url and tls of source '{source}'"));
    }
    if error.is_connect() {
        let cause = find::<io::Error>(error).map_or_else(|| root(error), ToString::to_string);
        let whom = if context.proxied { " through its proxy" } else { "" };
        let check = if context.proxied { "url and proxy" } else { "url" };
        return say(ErrorKind::Connect, &format!("cannot connect{whom}: {}", in_words(&cause)))
            .advise(format!("is it running? check {check} of source '{source}'"));
    }
    if is_garbled(error) {
        return say(ErrorKind::Malformed, &format!("the compressed answer is broken: {}", root(error)))
            .advise("does something between change its answers?");
    }
    if error.is_builder() {
        return say(ErrorKind::Internal, &format!("the request cannot be made: {}", root(error)))
            .advise(format!("check url and headers of source '{source}'"));
    }
    say(ErrorKind::Connect, &format!("the connection broke off: {}", in_words(&root(error))))
        .advise("is it restarting, or is something between cutting the connection?")
}

/// A body that came but cannot be decompressed.
fn is_garbled(error: &reqwest::Error) -> bool {
    let bad = |cause: &io::Error| matches!(cause.kind(), io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput);
    find::<io::Error>(error).is_some_and(bad) || root(error).contains("after body has been decompressed")
}

/// Drops the number that the system puts behind its words.
fn in_words(cause: &str) -> String {
    cause.split(" (os error").next().unwrap_or(cause).to_lowercase()
}

fn describe_tls(error: &rustls::Error, context: Context<'_>) -> SourceError {
    let Context { source, address, .. } = context;
    let (what, advice) = match error {
        rustls::Error::InvalidCertificate(problem) => certificate_words(problem, context),
        rustls::Error::AlertReceived(AlertDescription::CertificateRequired) => {
            ("it asks for a client certificate".to_owned(), format!("set tls.cert and tls.key of source '{source}'"))
        }
        rustls::Error::AlertReceived(alert) => (
            format!("it refuses the TLS handshake ({alert:?})"),
            format!("check tls.cert and tls.key of source '{source}'"),
        ),
        rustls::Error::InvalidMessage(_) => (
            "it does not speak TLS at this port".to_owned(),
            format!("is url of source '{source}' meant to begin with http://?"),
        ),
        other => (format!("the TLS handshake failed: {other}"), format!("check tls of source '{source}'")),
    };
    SourceError::new(ErrorKind::Tls, format!("{address}: {what}")).advise(advice)
}

fn certificate_words(problem: &CertificateError, context: Context<'_>) -> (String, String) {
    let source = context.source;
    match problem {
        CertificateError::UnknownIssuer if context.no_store => (
            "its certificate cannot be checked: this machine has no store of authorities".to_owned(),
            format!("install ca-certificates, or set tls.ca of source '{source}'"),
        ),
        // A wrong signature is an authority of the same name with another key: made anew, for example.
        CertificateError::UnknownIssuer | CertificateError::BadSignature => (
            "its certificate is signed by an authority that this machine does not trust".to_owned(),
            format!("set tls.ca of source '{source}' to the authority's certificate"),
        ),
        CertificateError::Expired | CertificateError::ExpiredContext { .. } => {
            ("its certificate has expired".to_owned(), "renew it, or check this machine's clock".to_owned())
        }
        CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. } => {
            ("its certificate is not valid yet".to_owned(), "check this machine's clock".to_owned())
        }
        CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => (
            "its certificate is for another name".to_owned(),
            format!("use a name from the certificate in url of source '{source}'"),
        ),
        other => (format!("its certificate is not accepted: {other}"), format!("check tls of source '{source}'")),
    }
}
