//! What midwatch runs with: plain values, all of them decided.
//!
//! Secrets are named, never held, so that `Debug` may print everything here.

use std::collections::BTreeMap;
use std::path::PathBuf;

use chrono::TimeDelta;
use chrono_tz::Tz;

use super::checklist::{Adjusted, shipped};
use super::machine::{LocalLog, Machine};
use crate::domain::checklist::Checklist;
use crate::domain::remediation::{Remedy, RemedyId};
use crate::domain::service::Service;
use crate::domain::severity::SeverityTable;
use crate::domain::{Matcher, Severity, SourceName};
use crate::source::options::{
    FileOptions, HostOptions, HostRules, HttpOptions, JournaldOptions, KindOptions, SecretRef, SourceOptions,
};

/// Everything that can be set, decided.
#[derive(Debug, Clone, PartialEq)]
pub struct Settings {
    /// The name in the header and in every prompt.
    pub environment: Option<String>,
    /// The operator's time zone, beside UTC.
    pub timezone: Tz,
    /// Whether nothing may be changed anywhere.
    pub read_only: bool,
    /// Whether `:write` may lift that for a time.
    pub allow_write: bool,
    /// The labels that alerts of one incident share.
    pub group_by: Vec<String>,
    /// Who acks, comments and runs.
    pub operator: String,
    /// The file of the store.
    pub store: PathBuf,
    /// The sources in the order of the file, those that are off too.
    pub sources: Vec<SourceOptions>,
    /// The services in the order of the file.
    pub services: Vec<ServiceSettings>,
    /// Which runbook belongs to which alerts, in the order of the file; the first that matches counts.
    pub runbooks: Vec<Runbook>,
    /// What an address of a runbook begins with, and the folder that stands for it, in the order of the file.
    pub runbook_roots: Vec<(String, PathBuf)>,
    /// The Markdown files of the folder `runbooks/` beside the configuration, by their names without `.md`.
    pub own_runbooks: Vec<(String, PathBuf)>,
    /// The files of others that are read too, absolute, in the order of the file.
    pub presets: Vec<PathBuf>,
    /// The remedies, those of presets after the others.
    pub remedies: Vec<Remedy>,
    /// The checklists that are offered: the shipped ones and the operator's own, as the configuration adjusts them.
    pub checklists: Vec<Checklist>,
    /// What the configuration adjusts of them, in the order of the file.
    pub adjusted: Vec<Adjusted>,
    /// How the remedies that are requests are reached.
    pub remedy_access: BTreeMap<RemedyId, HttpOptions>,
    /// Where the secrets of remedies' environments are kept, by remedy and variable.
    pub remedy_secrets: BTreeMap<(RemedyId, String), SecretRef>,
    /// The file that was read, whose owner and mode decide whether its commands may run; `None` without one.
    pub file: Option<PathBuf>,
    /// How alerts are rated, where a source has no table of its own.
    pub severity: SeverityTable,
    /// The screen.
    pub look: Look,
    /// How long a resolved incident is kept in sight.
    pub keep_resolved: TimeDelta,
    /// The most log lines kept, of all sources.
    pub log_lines: usize,
    /// How much midwatch's own log says.
    pub log_level: LogLevel,
}

/// A service, and where its logs are.
#[derive(Debug, Clone, PartialEq)]
pub struct ServiceSettings {
    /// The service.
    pub service: Service,
    /// Where its logs are, if that is not told by its labels.
    pub logs: Option<LogLink>,
}

/// Which log lines belong to a service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogLink {
    /// The source that tells them.
    pub source: SourceName,
    /// The query in the language of the source; for a journal or files, text or a unit that lines carry.
    pub query: Option<String>,
}

/// A runbook and the alerts it is for.
#[derive(Debug, Clone, PartialEq)]
pub struct Runbook {
    /// The labels; never empty.
    pub matchers: Vec<Matcher>,
    /// The Markdown file.
    pub path: PathBuf,
}

/// The screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Look {
    /// The name of the theme.
    pub theme: String,
    /// The name of the keymap; `keymap.toml` beside the configuration adds to it.
    pub keymap: String,
    /// How many colours are used.
    pub colours: Colours,
    /// Whether only ASCII is drawn; `None` decides by the terminal.
    pub ascii: Option<bool>,
    /// Whether the mouse is taken.
    pub mouse: bool,
    /// Whether a notice rings the bell.
    pub bell: bool,
    /// The least severity of a new incident that is a notice; `None` for none at all.
    pub notify: Option<Severity>,
}

impl Default for Look {
    fn default() -> Self {
        Self {
            theme: "midnight".to_owned(),
            keymap: "default".to_owned(),
            colours: Colours::Auto,
            ascii: None,
            mouse: false,
            bell: true,
            notify: Some(Severity::High),
        }
    }
}

/// How many colours are used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Colours {
    /// As many as the terminal says it has.
    #[default]
    Auto,
    /// 24 bits.
    True,
    /// The 256 of xterm.
    Indexed,
    /// The 16 that every terminal lets its owner choose.
    Sixteen,
    /// None.
    None,
}

impl Colours {
    /// Each with its word in the configuration.
    pub const WORDS: [(&'static str, Self); 5] = [
        ("auto", Self::Auto),
        ("truecolor", Self::True),
        ("256", Self::Indexed),
        ("16", Self::Sixteen),
        ("none", Self::None),
    ];
}

/// How much midwatch's own log says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub enum LogLevel {
    /// Nothing.
    Off,
    /// What failed.
    Error,
    /// And what is odd.
    Warn,
    /// And what was done.
    #[default]
    Info,
    /// And how.
    Debug,
    /// And everything else.
    Trace,
}

impl LogLevel {
    /// Each with its word in the configuration and on the command line.
    pub const WORDS: [(&'static str, Self); 6] = [
        ("off", Self::Off),
        ("error", Self::Error),
        ("warn", Self::Warn),
        ("info", Self::Info),
        ("debug", Self::Debug),
        ("trace", Self::Trace),
    ];

    /// The word for it.
    #[must_use]
    pub fn word(self) -> &'static str {
        word_of(&Self::WORDS, self)
    }

    /// Reads the word.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::WORDS.iter().find(|(word, _)| *word == text).map(|(_, level)| *level)
    }
}

/// The word for a meaning in a table of words.
pub(super) fn word_of<T: PartialEq + Copy>(words: &[(&'static str, T)], meaning: T) -> &'static str {
    words.iter().find(|(_, known)| *known == meaning).map_or("", |(word, _)| word)
}

/// The words for the least severity of a notice.
pub(super) const NOTIFY: [(&str, Option<Severity>); 5] = [
    ("critical", Some(Severity::Critical)),
    ("high", Some(Severity::High)),
    ("medium", Some(Severity::Medium)),
    ("low", Some(Severity::Low)),
    ("off", None),
];

/// Lines of the systemd journal to begin with.
pub(super) const JOURNAL_BACKLOG: usize = 500;
/// Bytes of each file to begin with.
pub(super) const FILE_BACKLOG: u64 = 64 * 1024;

impl Settings {
    /// What midwatch does without a configuration: it watches this machine, whose name is `host`.
    #[must_use]
    pub fn default_for_this_machine(host: &str) -> Self {
        Self::default_for(&Machine { host: host.to_owned(), ..Machine::here() })
    }

    /// The same for a machine that is known already.
    #[must_use]
    pub fn default_for(machine: &Machine) -> Self {
        let severity = SeverityTable::default();
        Self {
            environment: None,
            timezone: machine.zone,
            read_only: false,
            allow_write: true,
            group_by: vec!["service".to_owned(), "alertname".to_owned()],
            operator: machine.user.clone(),
            store: machine.folders.store_file(None),
            sources: local_sources(machine, &severity),
            services: Vec::new(),
            runbooks: Vec::new(),
            runbook_roots: Vec::new(),
            own_runbooks: Vec::new(),
            presets: Vec::new(),
            remedies: Vec::new(),
            checklists: shipped::offered().to_vec(),
            adjusted: Vec::new(),
            remedy_access: BTreeMap::new(),
            remedy_secrets: BTreeMap::new(),
            file: None,
            severity,
            look: Look::default(),
            keep_resolved: TimeDelta::minutes(20),
            log_lines: 20_000,
            log_level: LogLevel::default(),
        }
    }
}

/// The sources that tell about a machine itself.
pub(super) fn local_sources(machine: &Machine, severity: &SeverityTable) -> Vec<SourceOptions> {
    let host = HostOptions { host: machine.host.clone(), rules: HostRules::default(), ignore_mounts: Vec::new() };
    let log = match &machine.log {
        LocalLog::Journald => {
            Some(("journal", KindOptions::Journald(JournaldOptions { units: Vec::new(), backlog: JOURNAL_BACKLOG })))
        }
        LocalLog::Files(files) if files.is_empty() => None,
        LocalLog::Files(files) => {
            let paths = files.iter().map(|path| path.to_string_lossy().into_owned()).collect();
            Some(("syslog", KindOptions::File(FileOptions { paths, backlog: FILE_BACKLOG, ..FileOptions::default() })))
        }
    };
    std::iter::once(("host", KindOptions::Host(host)))
        .chain(log)
        .map(|(name, kind)| SourceOptions {
            name: SourceName::new(name),
            every: super::kinds::every(kind.word()),
            timeout: super::kinds::timeout(kind.word()),
            off: false,
            severity: severity.clone(),
            kind,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::machine::tests::bastion;
    use super::*;

    fn kinds(settings: &Settings) -> Vec<&'static str> {
        settings.sources.iter().map(|source| source.kind.word()).collect()
    }

    #[test]
    fn without_a_configuration_the_machine_itself_is_watched() {
        let mut machine = bastion();
        let settings = Settings::default_for(&machine);
        assert_eq!(kinds(&settings), ["host", "journald"]);
        assert_eq!(settings.store, PathBuf::from("/home/ana/.local/state/midwatch/midwatch.db"));
        machine.log = LocalLog::Files(vec!["/var/log/syslog".into()]);
        assert_eq!(kinds(&Settings::default_for(&machine)), ["host", "file"]);
        machine.log = LocalLog::Files(Vec::new());
        assert_eq!(kinds(&Settings::default_for(&machine)), ["host"]);
    }

    #[test]
    fn this_machine_too() {
        let settings = Settings::default_for_this_machine("db-2");
        assert!(matches!(&settings.sources[0].kind, KindOptions::Host(host) if host.host == "db-2"));
    }

    #[test]
    fn words_read_back() {
        for (word, level) in LogLevel::WORDS {
            assert_eq!((LogLevel::parse(word), level.word()), (Some(level), word));
        }
    }
}
