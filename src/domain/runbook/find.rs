//! Which runbook an alert has.

use std::path::PathBuf;

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
    /// a gap.
    #[must_use]
    pub fn of_alert(&self, alert: &Alert) -> Option<Found> {
        self.matching(&alert.labels)
            .or_else(|| ANNOTATIONS.iter().find_map(|name| alert.annotations.get(name)).and_then(|url| self.at(url)))
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
        let roots = self.roots.iter().filter(|(prefix, _)| url.starts_with(prefix.as_str()));
        if let Some((prefix, folder)) = roots.max_by_key(|(prefix, _)| prefix.len())
            && let Some(path) = below(folder, url.get(prefix.len()..).unwrap_or_default())
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
        let own = self.own.iter().find(|(known, _)| slug(known) == wanted);
        own.map(|(_, path)| Found::File(path.clone())).or_else(|| {
            let fits = |(known, alerts): &&(String, Vec<String>)| {
                slug(known) == wanted || alerts.iter().any(|alert| alert == name)
            };
            self.shipped.iter().find(fits).map(|(known, _)| Found::Shipped(known.clone()))
        })
    }
}

/// The file that the rest of an address names below a folder: never one outside of it.
fn below(folder: &std::path::Path, rest: &str) -> Option<PathBuf> {
    let rest = rest.split(['?', '#']).next().unwrap_or_default().trim_matches('/');
    let mut path = folder.to_owned();
    for part in rest.split('/') {
        let plain = !part.is_empty() && part != "." && part != ".." && !part.contains(['\\', '\0', '%']);
        if !plain {
            return None;
        }
        path.push(part);
    }
    if path.extension().is_none_or(|extension| !extension.eq_ignore_ascii_case("md")) {
        path.as_mut_os_string().push(".md");
    }
    Some(path)
}

/// `CheckoutErrorsHigh`, `checkout_errors_high` and `checkout-errors-high` are one name.
fn slug(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
