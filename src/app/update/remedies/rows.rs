//! The rows of the Remedies view: requests, runs and remedies; runbooks and gaps.

use std::collections::BTreeMap;

use chrono::TimeDelta;
use serde::Serialize;

use crate::app::App;
use crate::app::desk::DeskRow;
use crate::app::page::name_of;
use crate::domain::remediation::RemedyId;
use crate::domain::remediation::run::{Request, Run};
use crate::domain::runbook::{Found, WrongStep};
use crate::domain::{Incident, IncidentId};

/// What stands together in the list of remedies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Section {
    /// Requests that wait for a second person, or wait to be run.
    Waiting,
    /// Runs that go on.
    Running,
    /// Remedies that fit the highlighted incident.
    Fits(IncidentId),
    /// All other remedies.
    Others,
    /// The last runs.
    Ended,
}

/// How many runs that ended are listed.
const ENDED: usize = 20;
/// How many incidents are looked at for their runbooks; the most urgent come first.
const LOOKED_AT: usize = 1_000;
/// How long a note about a step stays in the weekly list.
const WEEK: TimeDelta = TimeDelta::days(7);

/// A runbook in the list of all.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RunbookRow {
    /// Where it is.
    pub found: Found,
    /// What it is called.
    pub name: String,
    /// For how many incidents that fire it is.
    pub open: usize,
    /// The most urgent of them.
    pub incident: Option<IncidentId>,
}

/// The runbooks, and what has none.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Shelf {
    /// Those that are needed now first, then all others.
    pub rows: Vec<RunbookRow>,
    /// The incidents that fire and have none.
    pub gaps: Vec<IncidentId>,
    /// How many incidents were not looked at, because there are so many.
    pub unseen: usize,
}

impl App {
    /// The rows of the left pane, in their order, each with its section.
    #[must_use]
    pub fn desk_rows(&self) -> Vec<(Section, DeskRow)> {
        let fits: Vec<_> =
            self.incidents.selected().map(|id| (id, self.remedies_for(id).collect::<Vec<_>>())).into_iter().collect();
        let mut rows: Vec<(Section, DeskRow)> = Vec::new();
        rows.extend(self.open_requests().map(|request| (Section::Waiting, DeskRow::Request(request.id))));
        let (running, ended): (Vec<&Run>, Vec<&Run>) =
            self.all_runs().into_iter().partition(|run| self.is_under_way(run));
        rows.extend(running.into_iter().map(|run| (Section::Running, DeskRow::Run(run.id))));
        for (id, remedies) in &fits {
            rows.extend(remedies.iter().map(|remedy| (Section::Fits(*id), DeskRow::Remedy(remedy.id.clone()))));
        }
        let listed = |id: &RemedyId| fits.iter().flat_map(|(_, remedies)| remedies).any(|remedy| remedy.id == *id);
        let others = self.profile.remedies.iter().filter(|remedy| !listed(&remedy.id));
        rows.extend(others.map(|remedy| (Section::Others, DeskRow::Remedy(remedy.id.clone()))));
        rows.extend(ended.into_iter().take(ENDED).map(|run| (Section::Ended, DeskRow::Run(run.id))));
        rows
    }

    /// Every run that is known, the newest first.
    fn all_runs(&self) -> Vec<&Run> {
        let kept = self.shown().memory().runs.iter();
        let mut runs: BTreeMap<_, &Run> = kept.map(|run| (run.id, run)).collect();
        runs.extend(self.desk.runs.values().map(|heard| (heard.run.id, &heard.run)));
        let mut runs: Vec<&Run> = runs.into_values().collect();
        runs.sort_by_key(|run| (std::cmp::Reverse(run.started), run.id));
        runs
    }

    /// The runs that go on, of everybody, the newest first.
    #[must_use]
    pub fn runs_under_way(&self) -> Vec<&Run> {
        self.all_runs().into_iter().filter(|run| self.is_under_way(run)).collect()
    }

    /// The requests that are neither closed nor over: those of others that wait come first.
    pub fn open_requests(&self) -> impl Iterator<Item = &Request> {
        let now = self.shown_now();
        let open = move |request: &&Request| !request.closed && request.expires > now;
        let requests = || self.shown().memory().requests.iter().filter(open);
        let first = requests().filter(|request| self.waits_for_me(request));
        first.chain(requests().filter(|request| !self.waits_for_me(request)))
    }

    /// Whether a request waits for somebody who is not the one who asked: for this operator.
    #[must_use]
    pub fn waits_for_me(&self, request: &Request) -> bool {
        request.approved_by.is_none() && request.asked_by.name != self.profile.operator.name
    }

    /// The row under the cursor of the left pane.
    #[must_use]
    pub fn desk_row(&self) -> Option<DeskRow> {
        self.desk.remedies.key().cloned()
    }

    /// The runbooks, and the incidents that have none.
    #[must_use]
    pub fn shelf(&self) -> Shelf {
        let (board, catalogue) = (self.shown(), &self.profile.catalogue);
        let open: Vec<&Incident> = board.incidents().filter(|incident| incident.is_open()).collect();
        let mut made = Shelf { unseen: open.len().saturating_sub(LOOKED_AT), ..Shelf::default() };
        let mut needed: Vec<RunbookRow> = Vec::new();
        for incident in open.into_iter().take(LOOKED_AT) {
            let found = board.alerts_of(incident).find_map(|alert| catalogue.of_alert(alert));
            let Some(found) = found else {
                // What midwatch itself tells has its checklist, or is in an operator's words.
                if !board.is_own(incident) {
                    made.gaps.push(incident.id);
                }
                continue;
            };
            match needed.iter_mut().find(|row| row.found.key() == found.key()) {
                Some(row) => row.open += 1,
                None => needed.push(RunbookRow { incident: Some(incident.id), open: 1, ..row_of(found) }),
            }
        }
        let matched = catalogue.matched.iter().map(|(_, path)| Found::File(path.clone()));
        let own = catalogue.own.iter().map(|(_, path)| Found::File(path.clone()));
        let shipped = catalogue.shipped.iter().map(|(name, _)| Found::Shipped(name.clone()));
        for found in matched.chain(own).chain(shipped) {
            // A file is one runbook, whichever way it was found.
            if !needed.iter().any(|row| row.found.key() == found.key()) {
                needed.push(row_of(found));
            }
        }
        needed.sort_by_key(|row| std::cmp::Reverse(row.open));
        made.rows = needed;
        made
    }

    /// The steps that somebody found wrong within the last week, newest first.
    pub fn wrong_steps(&self) -> impl Iterator<Item = &WrongStep> {
        let since = self.shown_now() - WEEK;
        self.shown().memory().wrong_steps.iter().filter(move |note| note.at > since)
    }

    /// The cursors of the Remedies view stay on what they point at.
    pub(in crate::app::update) fn settle_desk(&mut self) {
        let rows: Vec<DeskRow> = self.desk_rows().into_iter().map(|(_, row)| row).collect();
        self.desk.remedies.settle(&rows);
        let keys = self.runbook_keys();
        self.desk.runbooks.settle(&keys);
    }

    /// What identifies the rows of the right pane.
    pub(in crate::app::update) fn runbook_keys(&self) -> Vec<String> {
        self.shelf().rows.iter().map(|row| row.found.key()).collect()
    }
}

fn row_of(found: Found) -> RunbookRow {
    RunbookRow { name: name_of(&found), found, open: 0, incident: None }
}
