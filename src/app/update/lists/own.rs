//! What midwatch itself tells the board: incidents that were declared, and checklists that are overdue.

use std::collections::BTreeSet;

use crate::app::walks::ListRow;
use crate::app::{App, Effect};
use crate::board::Episode;
use crate::board::own::is_own;
use crate::domain::checklist::ChecklistId;
use crate::domain::checklist::standing::State;
use crate::domain::declared::DeclaredIncident;
use crate::domain::{
    Alert, AlertState, Fingerprint, Labels, Moment, Rated, Severity, SourceName, SourceStatus, harmless,
};

/// The longest title of an alert, in characters.
pub(super) const LONGEST_TITLE: usize = 120;
/// The longest detail.
const LONGEST_DETAIL: usize = 2_000;
/// What follows a checklist's title in the name of its reminder.
const OVERDUE: &str = " overdue";

impl App {
    /// Tells the board what midwatch itself knows to be wrong. A new reminder waits while something critical is
    /// open; one that was raised before stays.
    pub(in crate::app::update) fn settle_own(&mut self, effects: &mut Vec<Effect>) {
        if !self.walks.own.heard {
            return;
        }
        self.walks.own.held = false;
        let overdue: BTreeSet<ChecklistId> = self.reminding().map(|row| row.list.id.clone()).collect();
        let raised: BTreeSet<ChecklistId> =
            self.reminding().filter(|row| self.was_raised(row)).map(|row| row.list.id.clone()).collect();
        self.tell_own(raised.clone(), effects);
        if raised == overdue {
            return;
        }
        self.walks.own.held = self.may_be_critical();
        if !self.walks.own.held {
            self.tell_own(overdue, effects);
        }
    }

    /// After something changed: what was held back is told as soon as nothing critical is open any more.
    pub(in crate::app::update) fn look_at_held(&mut self, effects: &mut Vec<Effect>) {
        if self.walks.own.held && !self.may_be_critical() {
            self.settle_own(effects);
        }
    }

    /// Whether something critical is open, or may be: the store says so and its source was not heard yet, or a
    /// source was not even asked.
    fn may_be_critical(&self) -> bool {
        let [firing, ..] = self.board.summary(self.now).firing;
        let kept = || self.board.memory().episodes.iter().filter(|episode| episode.resolved.is_none());
        // One whose sources are all gone from the configuration is heard of no more.
        let asked = |name: &SourceName| is_own(name) || self.board.source(name).is_some_and(|source| !source.off);
        let unseen = |episode: &Episode| {
            let heard_of = episode.sources.iter().any(asked);
            episode.severity == Severity::Critical && heard_of && self.board.incident(episode.id).is_none()
        };
        let unasked = |source: &SourceStatus| !source.off && source.answered.is_none() && source.failure.is_none();
        firing > 0 || self.board.sources().any(unasked) || kept().any(unseen)
    }

    fn tell_own(&mut self, raised: BTreeSet<ChecklistId>, effects: &mut Vec<Effect>) {
        let declared = self.board.memory().declared.iter().filter(|declared| declared.over.is_none());
        let reminders = self.reminding().filter(|row| raised.contains(&row.list.id));
        let alerts = declared.map(declared_alert).chain(reminders.filter_map(|row| self.reminder(row))).collect();
        self.walks.own.raised = raised;
        let change = self.board.take_own(alerts, self.now);
        self.take_change(&change, effects);
    }

    /// The lists that remind: overdue, and the operator's own or walked before.
    fn reminding(&self) -> impl Iterator<Item = &ListRow> {
        self.walks.rows.iter().filter(|row| {
            let theirs = row.list.adopted || row.last.is_some();
            row.standing.state == State::Overdue && row.list.remind.is_some() && theirs
        })
    }

    /// Whether this watch raised it, or one before it did and it has not ended since.
    fn was_raised(&self, row: &ListRow) -> bool {
        let kept = || {
            let labels = self.reminder(row)?.labels;
            let group = self.board.rules().grouping.key(&labels);
            let mut open = self.board.memory().episodes.iter().filter(|episode| episode.resolved.is_none());
            open.find(|episode| episode.group == group)
        };
        self.walks.own.raised.contains(&row.list.id) || kept().is_some()
    }

    fn reminder(&self, row: &ListRow) -> Option<Alert> {
        let severity = row.list.remind?;
        let title = harmless::line(&row.list.title, LONGEST_TITLE - OVERDUE.len());
        let name = format!("{title}{OVERDUE}");
        let labels = [("alertname", name.as_str()), ("checklist", row.list.id.as_str()), ("severity", severity.word())];
        let due = row.standing.due.map(|due| due.with_timezone(&self.profile.timezone).format("%a %-d %b %H:%M"));
        let due = due.map_or_else(|| "its turn has come".to_owned(), |due| format!("due {due}"));
        let missed = if row.standing.missed > 0 { format!("; missed {}", row.standing.missed) } else { String::new() };
        let annotations = [("summary", format!("{due}{missed}"))];
        Some(alert(labels.into(), annotations, severity, row.standing.overdue_from.unwrap_or(self.now)))
    }
}

fn declared_alert(declared: &DeclaredIncident) -> Alert {
    let title = harmless::line(&declared.title, LONGEST_TITLE);
    let service = declared.service.as_deref().map(|service| harmless::line(service, LONGEST_TITLE));
    let id = declared.id.to_string();
    let labels = [("alertname", &*title), ("declared", id.as_str()), ("severity", declared.severity.word())];
    let labels: Labels = labels.into_iter().chain(service.as_deref().map(|name| ("service", name))).collect();
    let summary = if declared.detail.is_empty() { &declared.title } else { &declared.detail };
    let by = format!("{} on {}", declared.by.name, declared.by.host);
    let annotations = [("summary", summary.clone()), ("by", by)];
    alert(labels, annotations, declared.severity, declared.at)
}

fn alert<const N: usize>(labels: Labels, annotations: [(&str, String); N], severity: Severity, since: Moment) -> Alert {
    let harmless = annotations.map(|(name, text)| (name, harmless::line(&text, LONGEST_DETAIL).into_owned()));
    Alert {
        fingerprint: Fingerprint::of(&labels),
        labels,
        annotations: harmless.into_iter().collect(),
        since,
        state: AlertState::Firing,
        rated: Rated::known(severity),
        silenced_by: Vec::new(),
        inhibited_by: Vec::new(),
        value: None,
        link: None,
    }
}
