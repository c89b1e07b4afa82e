//! The fields that a filter knows, and what may stand behind them.

use crate::domain::{Level, Severity};

/// What a field's values are, and so which operators make sense.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// `yes` or `no`.
    Flag,
    /// How long ago.
    Age,
    /// Where it stands: one of [`STATES`].
    State,
    /// One of the four severities.
    Severity,
    /// How serious a log line is.
    Level,
    /// Text; compared as numbers by `<` and `>`. Every label.
    Text,
}

/// Every field that is not a label. Those with `@` are facts that midwatch knows beside the labels.
pub(super) const FIELDS: [(&str, Kind); 15] = [
    ("@acked", Kind::Flag),
    ("@age", Kind::Age),
    ("@by", Kind::Text),
    ("@inhibited", Kind::Flag),
    ("@silenced", Kind::Flag),
    ("@snoozed", Kind::Flag),
    ("@source", Kind::Text),
    ("@stale", Kind::Flag),
    ("@state", Kind::State),
    ("kind", Kind::Text),
    ("level", Kind::Level),
    ("origin", Kind::Text),
    ("service", Kind::Text),
    ("severity", Kind::Severity),
    ("title", Kind::Text),
];

/// The states of incidents, then those of mutes.
pub(super) const STATES: [&str; 7] = ["open", "acked", "mitigated", "resolved", "active", "pending", "ended"];

/// The words for a log line's level, as people write them.
pub(super) const LEVELS: [(&str, Level); 10] = [
    ("trace", Level::Trace),
    ("debug", Level::Debug),
    ("info", Level::Info),
    ("notice", Level::Info),
    ("warn", Level::Warn),
    ("warning", Level::Warn),
    ("error", Level::Error),
    ("err", Level::Error),
    ("fatal", Level::Fatal),
    ("critical", Level::Fatal),
];

/// The kind of a field; `None` for an `@` name that does not exist. Any other name is a label's.
pub(super) fn kind(name: &str) -> Option<Kind> {
    let known = FIELDS.iter().find(|(field, _)| *field == name).map(|(_, kind)| *kind);
    known.or_else(|| (!name.starts_with('@')).then_some(Kind::Text))
}

/// The values that a field of this kind can have, as far as they can be listed.
pub(super) fn values(kind: Kind) -> Vec<&'static str> {
    match kind {
        Kind::Flag => vec!["no", "yes"],
        Kind::State => STATES.to_vec(),
        Kind::Severity => Severity::ALL.map(Severity::word).to_vec(),
        Kind::Level => LEVELS.iter().map(|(word, _)| *word).collect(),
        Kind::Age | Kind::Text => Vec::new(),
    }
}

/// The nearest of `names`, if any is near enough to have been meant.
pub(super) fn nearest<'a>(word: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word = word.to_lowercase();
    let bare = |name: &str| name.trim_start_matches('@').to_owned();
    names
        .into_iter()
        .map(|name| (strsim::jaro_winkler(&bare(&word), &bare(name)), name))
        .filter(|(likeness, _)| *likeness > 0.8)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, name)| name)
}
