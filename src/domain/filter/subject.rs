//! What a filter can be asked about, and what each answers.

use std::collections::BTreeSet;

use chrono::TimeDelta;

use crate::domain::incident::Quiet;
use crate::domain::mute::{Cover, MuteKind};
use crate::domain::{Alert, Incident, Level, Matcher, Moment, Mute, Severity, SourceName, ToldLine};

/// One value of a field.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Value<'a> {
    /// A label's or a name's.
    Text(&'a str),
    /// Whether something is so.
    Flag(bool),
    /// How long ago.
    Age(TimeDelta),
    /// How bad.
    Severity(Severity),
    /// How serious a line.
    Level(Level),
}

impl<'a> Value<'a> {
    /// The value as text, for `=~` and for comparing with text. An age has none.
    pub(super) fn text(&self) -> &'a str {
        match self {
            Self::Text(text) => text,
            Self::Flag(true) => "yes",
            Self::Flag(false) => "no",
            Self::Age(_) => "",
            Self::Severity(severity) => severity.word(),
            Self::Level(level) => {
                super::field::LEVELS.iter().find(|(_, known)| known == level).map_or("unknown", |(word, _)| word)
            }
        }
    }
}

/// Something that a filter can be asked about.
pub trait Subject {
    /// All values of a field at `now`; none if it has no such field.
    fn values(&self, field: &str, now: Moment) -> Vec<Value<'_>>;

    /// What bare words are looked for in.
    fn texts(&self) -> Vec<&str>;
}

/// An incident as a filter sees it: with its alerts, and the sources that tell of them.
#[derive(Debug, Clone, Copy)]
pub struct IncidentSubject<'a> {
    /// The incident.
    pub incident: &'a Incident,
    /// Its alerts.
    pub alerts: &'a [&'a Alert],
    /// The sources that tell of them.
    pub sources: &'a BTreeSet<&'a SourceName>,
}

impl Subject for IncidentSubject<'_> {
    fn values(&self, field: &str, now: Moment) -> Vec<Value<'_>> {
        let incident = self.incident;
        // A resolved incident has no alerts any more, but its group's labels still stand.
        let group = incident.group.0.get(field);
        let labels = || self.alerts.iter().filter_map(|alert| alert.labels.get(field)).chain(group).map(Value::Text);
        match field {
            "@acked" => vec![Value::Flag(incident.owner.is_some())],
            "@age" => vec![Value::Age(now - incident.since)],
            "@by" => incident.owner.iter().map(|owner| Value::Text(&owner.by)).collect(),
            "@inhibited" => vec![Value::Flag(incident.quiet == Some(Quiet::Inhibited))],
            "@silenced" => vec![Value::Flag(matches!(incident.quiet, Some(Quiet::Silenced { .. })))],
            "@snoozed" => vec![Value::Flag(incident.snoozed_until.is_some())],
            "@source" => self.sources.iter().map(|source| Value::Text(source.as_str())).collect(),
            "@stale" => vec![Value::Flag(incident.stale)],
            "@state" => vec![Value::Text(incident.state().word())],
            "severity" => [Value::Severity(incident.rated.severity)].into_iter().chain(labels()).collect(),
            "service" => incident.service.as_deref().map(Value::Text).into_iter().chain(labels()).collect(),
            "title" => [Value::Text(&incident.title)].into_iter().chain(labels()).collect(),
            _ => labels().collect(),
        }
    }

    fn texts(&self) -> Vec<&str> {
        let incident = self.incident;
        let named = [Some(incident.title.as_str()), incident.service.as_deref()].into_iter().flatten();
        let owner = incident.owner.iter().map(|owner| owner.by.as_str());
        let told = self.alerts.iter().flat_map(|alert| {
            let labels = alert.labels.iter().flat_map(|(name, value)| [name, value]);
            labels.chain(alert.annotations.iter().map(|(_, value)| value))
        });
        let group = incident.group.0.iter().map(|(_, value)| value);
        named.chain(owner).chain(told).chain(group).collect()
    }
}

impl Subject for Mute {
    fn values(&self, field: &str, now: Moment) -> Vec<Value<'_>> {
        match field {
            "@acked" => vec![Value::Flag(self.kind == MuteKind::Ack)],
            "@age" => vec![Value::Age(now - self.starts)],
            "@by" => vec![Value::Text(&self.by)],
            "@silenced" => vec![Value::Flag(self.kind == MuteKind::Silence)],
            "@snoozed" => vec![Value::Flag(self.kind == MuteKind::Snooze)],
            "@source" => vec![Value::Text(self.source.as_ref().map_or("store", SourceName::as_str))],
            "@state" => vec![Value::Text(stands(self, now))],
            "kind" => vec![Value::Text(self.kind.word())],
            label => matchers(self)
                .iter()
                .filter(|matcher| matcher.name == label)
                .map(|matcher| Value::Text(&matcher.value))
                .collect(),
        }
    }

    fn texts(&self) -> Vec<&str> {
        let mine = [self.by.as_str(), &self.comment, &self.id.0, self.kind.word()];
        let covered = matchers(self).iter().flat_map(|matcher| [matcher.name.as_str(), &matcher.value]);
        mine.into_iter().chain(self.source.as_ref().map(SourceName::as_str)).chain(covered).collect()
    }
}

fn stands(mute: &Mute, now: Moment) -> &'static str {
    if now >= mute.ends {
        "ended"
    } else if mute.pending || now < mute.starts {
        "pending"
    } else {
        "active"
    }
}

fn matchers(mute: &Mute) -> &[Matcher] {
    match &mute.cover {
        Cover::Matchers(matchers) => matchers,
        Cover::Incident(_) => &[],
    }
}

impl Subject for &Mute {
    fn values(&self, field: &str, now: Moment) -> Vec<Value<'_>> {
        (**self).values(field, now)
    }

    fn texts(&self) -> Vec<&str> {
        (**self).texts()
    }
}

impl Subject for ToldLine<'_> {
    fn values(&self, field: &str, now: Moment) -> Vec<Value<'_>> {
        match field {
            "@age" => vec![Value::Age(now - self.at)],
            "@source" => vec![Value::Text(self.source.as_str())],
            "level" => vec![Value::Level(self.level)],
            // Who wrote a line is its unit, its file or its service, whatever the source calls it.
            "origin" | "service" => vec![Value::Text(self.origin)],
            "text" => vec![Value::Text(self.text)],
            _ => Vec::new(),
        }
    }

    fn texts(&self) -> Vec<&str> {
        vec![self.text, self.origin]
    }
}
