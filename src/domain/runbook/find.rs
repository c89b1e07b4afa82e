//! Which runbook an alert has.

use std::path::{Component, Path, PathBuf};

use serde::Serialize;

use crate::domain::{Alert, Labels, Matcher, matcher};

/// What can be found.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Catalogue {
    /// `[[runbook]]`, in the order of the file: matchers and the file.
    pub matched: Vec<(Vec<Matcher>, PathBuf)>,
    /// `[[runbook_root]]`, in the order of the file: what an address begins with, and the folder it stands for.
    pub roots: Vec<(String, PathBuf)>,
    /// Files of the operator's own folder `runbooks/`, by their names without `.md`.
    pub own: Vec<(String, PathBuf)>,
    /// Shipped runbooks: name, and the alert names they are for.
    pub shipped: Vec<(String, Vec<String>)>,
}

/// Where a runbook is.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(tag = "kind", content = "at", rename_all = "lowercase")]
pub enum Found {
    /// A file.
    File(PathBuf),
    /// A file that stands for an address.
    Mapped(PathBuf, String),
    /// An address that must be fetched.
    Web(String),
    /// A shipped one, by name.
    Shipped(String),
}

impl Found {
    /// What identifies it: ticks and notes belong to it.
    #[must_use]
    pub fn key(&self) -> String {
        match self {
            Self::File(path) | Self::Mapped(path, _) => path.display().to_string(),
            Self::Web(url) => url.clone(),
            Self::Shipped(name) => format!("shipped:{name}"),
        }
    }
}

/// The annotations that may hold a runbook's address.
const ANNOTATIONS: [&str; 3] = ["runbook_url", "runbook", "playbook"];

impl Catalogue {
    /// The runbook of an alert: what a `[[runbook]]` says, else its `runbook_url`, else one of its name. `None` is
    /// a gap. What stands in the annotation and is no address may be a runbook's name.
    #[must_use]
    pub fn of_alert(&self, alert: &Alert) -> Option<Found> {
        let told = || ANNOTATIONS.iter().filter_map(|name| alert.annotations.get(name));
        self.matching(&alert.labels)
            .or_else(|| told().find_map(|address| self.at(address)))
            .or_else(|| told().find_map(|name| self.named(name)))
            .or_else(|| self.named(alert.name()))
    }

    /// The runbook of what is known by its labels alone: by match, else by name.
    #[must_use]
    pub fn of_labels(&self, labels: &Labels) -> Option<Found> {
        self.matching(labels).or_else(|| self.named(labels.get("alertname")?))
    }

    fn matching(&self, labels: &Labels) -> Option<Found> {
        let found = self.matched.iter().find(|(matchers, _)| matcher::all_match(matchers, labels));
        found.map(|(_, path)| Found::File(path.clone()))
    }

    /// The runbook at an address: the longest root that it begins with, else the web. What is no web address and
    /// lies under no root is nothing.
    #[must_use]
    pub fn at(&self, url: &str) -> Option<Found> {
        let url = url.trim();
        let roots = self.roots.iter().filter_map(|(prefix, folder)| Some((prefix.len(), folder, rest(url, prefix)?)));
        if let Some((_, folder, rest)) = roots.max_by_key(|(length, ..)| *length)
            && let Some(path) = below(folder, rest)
        {
            return Some(Found::Mapped(path, url.to_owned()));
        }
        let is_web = url.starts_with("https://") || url.starts_with("http://");
        is_web.then(|| Found::Web(url.to_owned()))
    }

    /// A runbook by name: one's own before a shipped one.
    #[must_use]
    pub fn named(&self, name: &str) -> Option<Found> {
        let wanted = slug(name);
        if wanted.is_empty() {
            return None;
        }
        let own = self.own.iter().find(|(known, _)| slug(known) == wanted);
        own.map(|(_, path)| Found::File(path.clone())).or_else(|| {
            let fits = |(known, alerts): &&(String, Vec<String>)| {
                slug(known) == wanted || alerts.iter().any(|alert| slug(alert) == wanted)
            };
            self.shipped.iter().find(fits).map(|(known, _)| Found::Shipped(known.clone()))
        })
    }
}

/// What an address says behind a prefix. `https://wiki/ops` is the beginning of `https://wiki/ops/disk`, not of
/// `https://wiki/ops-old/disk`.
fn rest<'a>(url: &'a str, prefix: &str) -> Option<&'a str> {
    let rest = url.strip_prefix(prefix)?;
    let whole = prefix.ends_with('/') || rest.is_empty() || rest.starts_with(['/', '?', '#']);
    whole.then_some(rest)
}

/// The file that the rest of an address names below a folder: never one outside of it.
fn below(folder: &Path, rest: &str) -> Option<PathBuf> {
    let rest = rest.split(['?', '#']).next().unwrap_or_default().trim_matches('/');
    let mut path = folder.to_owned();
    for part in rest.split('/') {
        path.push(name(part)?);
    }
    if path.extension().is_none_or(|extension| !extension.eq_ignore_ascii_case("md")) {
        path.as_mut_os_string().push(".md");
    }
    Some(path)
}

/// The name that one part of an address stands for, `%20` and its like decoded: a plain one, or none.
fn name(part: &str) -> Option<String> {
    let name = decoded(part)?;
    let is_odd = name.contains(['/', '\\', '%']) || name.chars().any(char::is_control);
    let mut parts = Path::new(&name).components();
    let is_one = matches!(parts.next(), Some(Component::Normal(only)) if only == name.as_str());
    (is_one && parts.next().is_none() && !is_odd).then_some(name)
}

/// Percent-decoding; `None` for what is broken or no UTF-8.
fn decoded(part: &str) -> Option<String> {
    let mut pieces = part.split('%');
    let mut bytes = pieces.next().unwrap_or_default().as_bytes().to_vec();
    for piece in pieces {
        let digits = piece.get(..2).filter(|digits| digits.bytes().all(|digit| digit.is_ascii_hexdigit()))?;
        bytes.push(u8::from_str_radix(digits, 16).ok()?);
        bytes.extend_from_slice(piece.get(2..).unwrap_or_default().as_bytes());
    }
    String::from_utf8(bytes).ok()
}

/// `CheckoutErrorsHigh`, `checkout_errors_high` and `checkout-errors-high` are one name.
fn slug(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests;
