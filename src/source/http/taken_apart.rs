//! What servers say outside of their bodies, for the table of parsers: headers, addresses, certificates.

use super::address::Address;
use super::{certificate as seen, reply};
use crate::domain::{Moment, harmless};

/// Reads a `Retry-After`.
pub(crate) fn retry_after(text: &str) {
    let wait = reply::retry_after(text, Moment::default());
    assert!(wait.is_none_or(|wait| wait <= std::time::Duration::from_hours(24)));
}

/// Reads an address; what is shown of it holds no secret.
pub(crate) fn address(text: &str) {
    if let Ok(address) = Address::parse(text) {
        assert!(harmless::is_harmless(address.shown()), "{address:?}");
        let shown = Address::parse(address.shown()).map(|again| again.shown().to_owned());
        assert!(shown.is_ok_and(|shown| shown == address.shown()), "{address:?}");
        let joined = address.join("/api/v2/alerts", &[("a", "b c")]);
        assert!(address.has_origin_of(&joined) && joined.path().ends_with("/api/v2/alerts"), "{joined}");
    }
}

/// Reads a certificate that was never signed by anybody.
pub(crate) fn certificate(der: &[u8]) {
    if let Ok(read) = seen::taken_apart(der) {
        for text in read.names.iter().chain([&read.subject, &read.issuer]) {
            assert!(harmless::is_harmless(text), "{text:?}");
        }
    }
}
