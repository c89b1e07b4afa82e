//! Every key of the configuration file and of a checklist's, once: what it takes, what it defaults to, what it is for.
//!
//! What lives here: the table, and what is made from it: the list of known keys, the JSON Schema, the sample
//! file and the README's table. What must not: reading the file ([`super::file`]).

use std::collections::HashMap;
use std::sync::LazyLock;

pub mod json;
pub mod keys;
pub mod lists;
pub mod markdown;
pub mod sample;
pub mod shape;

pub use keys::all;
pub use lists::LISTS;
pub use shape::Shape;

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
pub const SECTIONS: [Section; 39] = [
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
    section("runbook_root", "[[runbook_root]]", "A checkout that stands for addresses of runbooks"),
    section("checklist", "[[checklist]]", "A shipped checklist or one of yours, adjusted"),
    section(
        "remedy",
        "[[remedy]]",
        "A scripted remediation: exactly one of command, script, ssh, http, systemd, kubectl, ansible",
    ),
    section("remedy.params", "[remedy.params.NAME]", "A typed parameter; {NAME} stands for its value"),
    section("remedy.script", "[remedy.script]", "A script file; it finds every parameter as MIDWATCH_PARAM_NAME"),
    section("remedy.ssh", "[remedy.ssh]", "A program on another machine, by OpenSSH"),
    section(
        "remedy.http",
        "[remedy.http]",
        "A request; placeholders may stand in the path, behind '?', in headers and in the body",
    ),
    section("remedy.http.poll", "[remedy.http.poll]", "How a request is followed to its end"),
    section("remedy.systemd", "[remedy.systemd]", "A systemd unit: one of start, stop, restart, reload"),
    section("remedy.kubectl", "[remedy.kubectl]", "A recipe of kubectl: one of rollout_restart, rollout_undo, scale"),
    section("remedy.ansible", "[remedy.ansible]", "A playbook of Ansible; its dry run is --check --diff"),
    section("remedy.require.command", "{ command } in require", "A precondition: a command that must end with 0"),
    section("remedy.require.signal", "{ signal, is } in require", "A precondition: a signal that must be as said"),
    section("remedy.exits", "[remedy.exits]", "What an exit code means, by its number; a text alone is a failure"),
    section("remedy.auto", "[remedy.auto]", "Self-healing: when it runs by itself"),
];

/// The keys of a section of which exactly one is given.
const ALTERNATIVES: [(&str, &[&str]); 3] = [
    ("remedy", &["command", "script", "ssh", "http", "systemd", "kubectl", "ansible"]),
    ("remedy.systemd", &["start", "stop", "restart", "reload"]),
    ("remedy.kubectl", &["rollout_restart", "rollout_undo", "scale"]),
];

/// The keys of a section of which exactly one is given; none if there is no such rule.
pub(super) fn alternatives(section: &str) -> &'static [&'static str] {
    ALTERNATIVES.iter().find(|(name, _)| *name == section).map_or(&[], |(_, keys)| keys)
}

const fn section(name: &'static str, header: &'static str, doc: &'static str) -> Section {
    Section { name, header, doc }
}

/// The keys of one section.
pub fn of(section: &str) -> impl Iterator<Item = &'static Key> {
    /// By section: each table of each file asks.
    static OF: LazyLock<HashMap<&'static str, Vec<&'static Key>>> = LazyLock::new(|| {
        let mut of: HashMap<_, Vec<_>> = HashMap::new();
        all().chain(keys::lists()).for_each(|key| of.entry(key.section).or_default().push(key));
        of
    });
    OF.get(section).into_iter().flatten().copied()
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
    if lists::is_list(sections) {
        return lists::elsewhere(sections, name);
    }
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

/// An example of a key that has to be given, for the message that it is missing: of the section at this path, else
/// of one that ends with the same name, else of any.
pub(super) fn example(path: &str, name: &str) -> Option<&'static str> {
    let parts: Vec<&str> = path.split('.').map(|part| part.split('[').next().unwrap_or_default()).collect();
    let (whole, table) = (parts.join("."), parts.last().copied().unwrap_or_default());
    let candidates =
        || all().chain(keys::lists()).filter(|key| key.name == name && key.required && !key.example.is_empty());
    candidates()
        .find(|key| key.section == whole)
        .or_else(|| candidates().find(|key| key.section.rsplit('.').next() == Some(table)))
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
        let sections = || SECTIONS.iter().chain(&LISTS);
        for key in all().chain(keys::lists()) {
            assert!(sections().any(|section| section.name == key.section), "{key:?}");
            assert!(seen.insert((key.section, key.name)), "{key:?} twice");
            assert!(!key.doc.is_empty() && !key.doc.ends_with('.'), "{key:?}");
            assert!(!key.required || key.default.is_empty(), "{key:?}");
        }
        for section in sections() {
            assert!(of(section.name).next().is_some(), "{section:?} has no keys");
        }
    }

    #[test]
    fn alternatives_are_keys_of_their_section() {
        for (section, keys) in ALTERNATIVES {
            for name in keys {
                assert!(of(section).any(|key| key.name == *name && !key.required), "{section} {name}");
            }
        }
    }

    #[test]
    fn a_key_of_another_kind_is_known() {
        assert_eq!(elsewhere(&["source", "host"], "watchdog"), Some("sources of kind alertmanager"));
        assert_eq!(elsewhere(&["source", "host"], "theme"), Some("the top of the file, before the first [table]"));
        assert_eq!(elsewhere(&["source", "host"], "evry"), None);
        assert_eq!(elsewhere(&[""], "every"), None);
        let top = "the top of the file, before the first [[section]] or [[item]]";
        assert_eq!(elsewhere(&["list.item"], "schedule"), Some(top));
        assert_eq!(elsewhere(&["list"], "probe"), Some("[[section.item]] or [[item]]"));
        assert_eq!(elsewhere(&["list.probe.http"], "days"), Some("a probe with certificate"));
        assert_eq!(elsewhere(&["list.probe.http"], "theme"), None);
    }
}
