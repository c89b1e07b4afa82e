//! Every key of the configuration file, once: what it takes, what it defaults to, what it is for.
//!
//! What lives here: the table, and what is made from it: the list of known keys, the JSON Schema, the sample
//! file and the README's table. What must not: reading the file ([`super::file`]).

pub mod json;
pub mod keys;
pub mod markdown;
pub mod sample;

pub use keys::KEYS;

/// What a key takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// Text, on one line.
    Text,
    /// true or false.
    Flag,
    /// A number.
    Number,
    /// A whole number from 0.
    Count,
    /// A duration such as `15s`.
    Duration,
    /// A path.
    Path,
    /// An address.
    Url,
    /// An address or a list of them.
    Urls,
    /// A list of texts.
    Texts,
    /// One of these words.
    Choice(&'static [&'static str]),
    /// Labels, each with a text or `{ re = "…" }`.
    Match,
    /// Names, each with a text or a secret.
    Headers,
    /// Names, each with a severity.
    Severities,
    /// A threshold, or false.
    Threshold,
    /// A duration, or false.
    DurationOrOff,
    /// A whole number, or false.
    CountOrOff,
    /// A table with the keys of this section.
    Table(&'static str),
    /// A list of tables with the keys of this section.
    Tables(&'static str),
    /// Names of the operator's choice, each with a table with the keys of this section.
    Named(&'static str),
    /// `[[source]]`: tables whose keys depend on their kind.
    Sources,
    /// A table that another room reads.
    Elsewhere,
}

impl Shape {
    /// What it takes, in words.
    #[must_use]
    pub fn words(self) -> String {
        match self {
            Self::Text => "text".to_owned(),
            Self::Flag => "true or false".to_owned(),
            Self::Number => "number".to_owned(),
            Self::Count => "whole number".to_owned(),
            Self::Duration => "duration".to_owned(),
            Self::Path => "path".to_owned(),
            Self::Url => "address".to_owned(),
            Self::Urls => "address or list of them".to_owned(),
            Self::Texts => "list of texts".to_owned(),
            Self::Choice(words) => words.join(", "),
            Self::Match => "labels".to_owned(),
            Self::Headers => "text or secret for each name".to_owned(),
            Self::Severities => "severity for each word".to_owned(),
            Self::Threshold => "{ over, for } or false".to_owned(),
            Self::DurationOrOff => "duration or false".to_owned(),
            Self::CountOrOff => "whole number or false".to_owned(),
            Self::Table("secret") => "secret".to_owned(),
            Self::Table(_) => "table".to_owned(),
            Self::Tables(_) | Self::Sources | Self::Elsewhere => "tables".to_owned(),
            Self::Named(_) => "table for each name".to_owned(),
        }
    }
}

/// One key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Key {
    /// The section it belongs to; empty for the root.
    pub section: &'static str,
    /// Its name.
    pub name: &'static str,
    /// What it takes.
    pub shape: Shape,
    /// What it is if it is not given, in words; empty if it is then simply not there.
    pub default: &'static str,
    /// Whether it has to be given.
    pub required: bool,
    /// A value for the sample file, as TOML. Empty for what the sample shows as a table of its own.
    pub example: &'static str,
    /// What it is for, in one line.
    pub doc: &'static str,
}

/// A group of keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Section {
    /// Its name, as keys refer to it.
    pub name: &'static str,
    /// Where it stands in the file, as its header is written.
    pub header: &'static str,
    /// What it is for, in one line.
    pub doc: &'static str,
}

/// All sections, in the order in which people read them.
pub const SECTIONS: [Section; 24] = [
    section("", "", "Before the first table"),
    section("operator", "[operator]", "Who you are"),
    section("store", "[store]", "Where midwatch keeps what must outlive it"),
    section("severity", "[severity]", "How labels map to critical, high, medium and low, beside the shipped table"),
    section("source", "[[source]]", "A back end that is polled or streamed"),
    section("http", "[[source]] of kind prometheus or alertmanager", "How it is reached"),
    section("auth", "[source.auth]", "How midwatch says who it is: one of these"),
    section("auth.basic", "[source.auth.basic]", "HTTP basic authentication"),
    section("auth.header", "[source.auth.header]", "A header of another name"),
    section("secret", "a secret", "Where a secret is kept: one of these"),
    section("tls", "[source.tls]", "Whom to trust and what to show"),
    section(
        "prometheus",
        "[[source]] of kind prometheus",
        "Prometheus and what speaks its API: Thanos, Mimir, VictoriaMetrics",
    ),
    section("alertmanager", "[[source]] of kind alertmanager", "Alertmanager"),
    section("ack", "[source.ack]", "How acks are made"),
    section("host", "[[source]] of kind host", "This machine"),
    section("rules", "[source.rules]", "The built-in rules of this machine; false switches one off"),
    section("threshold", "a threshold", "A bound and how long it must be crossed"),
    section("journald", "[[source]] of kind journald", "The systemd journal"),
    section("file", "[[source]] of kind file", "Log files"),
    section("service", "[[service]]", "What the team runs"),
    section("signal", "[service.signals.NAME]", "One signal: latency, traffic, errors, saturation or a name of yours"),
    section("slo", "[service.slo]", "What is promised to users"),
    section("logs", "[service.logs]", "Where its logs are"),
    section("runbook", "[[runbook]]", "What to follow for which alerts"),
];

const fn section(name: &'static str, header: &'static str, doc: &'static str) -> Section {
    Section { name, header, doc }
}

/// The keys of one section.
pub fn of(section: &str) -> impl Iterator<Item = &'static Key> {
    KEYS.iter().filter(move |key| key.section == section)
}

/// The names that a section knows.
pub(super) fn names(section: &str) -> impl Iterator<Item = &'static str> {
    // Keys of a `match` value are no section of their own.
    let expression = (section == "expression").then_some("re");
    of(section).map(|key| key.name).chain(expression)
}

/// Where a key belongs that a source of one kind does not know, but another does; or that stands among a
/// table's keys where it belongs before the first table.
pub(super) fn elsewhere(sections: &[&str], name: &str) -> Option<&'static str> {
    let is_source = sections.contains(&"source");
    let kinds = SECTIONS.iter().filter(|section| is_source && section.header.starts_with("[[source]] of"));
    let root = SECTIONS.iter().filter(|section| section.name.is_empty() && !sections.contains(&""));
    let found = kinds.chain(root).find(|section| of(section.name).any(|key| key.name == name))?;
    Some(match found.name {
        "" => "the top of the file, before the first [table]",
        "prometheus" => "sources of kind prometheus",
        "alertmanager" => "sources of kind alertmanager",
        "host" => "sources of kind host",
        "journald" => "sources of kind journald",
        "file" => "sources of kind file",
        _ => "sources of kind prometheus or alertmanager",
    })
}

/// An example of a key that has to be given, for the message that it is missing.
pub(super) fn example(path: &str, name: &str) -> Option<&'static str> {
    let table = path.rsplit('.').find(|part| !part.is_empty()).unwrap_or_default();
    let table = table.split('[').next().unwrap_or_default();
    let candidates = || KEYS.iter().filter(|key| key.name == name && key.required && !key.example.is_empty());
    candidates()
        .find(|key| key.section.rsplit('.').next() == Some(table))
        .or_else(|| candidates().next())
        .map(|key| key.example)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_key_stands_once_in_a_section_that_exists() {
        let mut seen = BTreeSet::new();
        for key in &KEYS {
            assert!(SECTIONS.iter().any(|section| section.name == key.section), "{key:?}");
            assert!(seen.insert((key.section, key.name)), "{key:?} twice");
            assert!(!key.doc.is_empty() && !key.doc.ends_with('.'), "{key:?}");
            assert!(!key.required || key.default.is_empty(), "{key:?}");
        }
        for section in SECTIONS {
            assert!(of(section.name).next().is_some(), "{section:?} has no keys");
        }
    }

    #[test]
    fn a_key_of_another_kind_is_known() {
        assert_eq!(elsewhere(&["source", "host"], "watchdog"), Some("sources of kind alertmanager"));
        assert_eq!(elsewhere(&["source", "host"], "theme"), Some("the top of the file, before the first [table]"));
        assert_eq!(elsewhere(&["source", "host"], "evry"), None);
        assert_eq!(elsewhere(&[""], "every"), None);
    }
}
