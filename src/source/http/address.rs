//! A base address: what is asked, and what of it may be shown.

use reqwest::Url;

use crate::source::{ErrorKind, SourceError};

/// A base address with a harmless form that holds neither user, password nor query.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Address {
    url: Url,
    shown: String,
}

impl Address {
    /// Reads an address as it is configured.
    ///
    /// # Errors
    /// Where it is no `http` or `https` address. The text does not repeat it: it may hold a secret.
    pub fn parse(text: &str) -> Result<Self, SourceError> {
        let wrong = |why: String| {
            SourceError::new(ErrorKind::NotFound, format!("the url is no address: {why}"))
                .advise("write it as http://host:port or https://host:port/prefix")
        };
        let url = Url::parse(text).map_err(|error| wrong(error.to_string()))?;
        if !matches!(url.scheme(), "http" | "https") {
            return Err(wrong(format!("'{}' is neither http nor https", url.scheme())));
        }
        let shown = shown(&url);
        Ok(Self { url, shown })
    }

    /// The address of a path below this one, with further query parameters.
    pub fn join(&self, path: &str, query: &[(&str, &str)]) -> Url {
        let mut url = self.url.clone();
        url.set_path(&format!("{}{path}", self.url.path().trim_end_matches('/')));
        url.set_fragment(None);
        if !query.is_empty() {
            url.query_pairs_mut().extend_pairs(query);
        }
        url
    }

    /// What may be shown.
    pub fn shown(&self) -> &str {
        &self.shown
    }

    /// Whether another address is of the same scheme, host and port.
    pub fn has_origin_of(&self, other: &Url) -> bool {
        self.url.origin() == other.origin()
    }

    /// Whether it asks for TLS.
    pub fn is_https(&self) -> bool {
        self.url.scheme() == "https"
    }
}

impl std::fmt::Debug for Address {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.shown)
    }
}

/// An address without user, password, query and fragment.
pub(super) fn shown(url: &Url) -> String {
    let mut url = url.clone();
    // These fail only where an address cannot have them, and then it has none.
    let _ = url.set_username("");
    let _ = url.set_password(None);
    url.set_query(None);
    url.set_fragment(None);
    url.as_str().trim_end_matches('/').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn joins_below_a_prefix_and_keeps_the_query() {
        let base = Address::parse("http://h:1/am/?tenant=a").unwrap();
        let url = base.join("/api/v2/alerts", &[("q", "a b&c")]);
        assert_eq!(url.as_str(), "http://h:1/am/api/v2/alerts?tenant=a&q=a+b%26c");
    }

    #[test]
    fn secrets_are_never_shown() {
        let base = Address::parse("https://ana:hunter2@h/p?token=hunter2#hunter2").unwrap();
        assert_eq!(base.shown(), "https://h/p");
        assert!(!format!("{base:?}").contains("hunter2"));
    }

    #[test]
    fn what_is_no_address_is_told_without_repeating_it() {
        for wrong in ["hunter2", "ftp://hunter2@h", "http://", "unix:/hunter2", "http://h:99999/hunter2"] {
            let error = Address::parse(wrong).unwrap_err().to_string();
            assert!(error.contains("is no address") && !error.contains("hunter2"), "{error}");
        }
    }
}
