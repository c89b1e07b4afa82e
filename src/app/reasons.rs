//! Why an action does nothing here and now: what the help, the footer and the palette show, and `update` means.

mod lists;
mod walks;

use super::action::Reach;
use super::desk::Heard;
use super::{Action, App, Overlay, Place, View};
use crate::domain::remediation::wish::What;

impl App {
    /// Why an action does nothing here and now, in words; `None` if it does something.
    #[must_use]
    pub fn why_not(&self, action: Action) -> Option<String> {
        if let Some(words) = action.comes_later() {
            return Some(words.to_owned());
        }
        let spec = action.spec();
        let acts =
            spec.group == "incidents" && spec.reach != Reach::Look && !matches!(action, Action::Mark | Action::MarkAll);
        let acts = acts || matches!(action, Action::RunApprove | Action::RunRefuse);
        if acts && self.guard.allows(self.now).is_err() {
            return Some("read-only".to_owned());
        }
        let says = |holds: bool, words: &str| holds.then(|| words.to_owned());
        if spec.group == "runbooks" {
            return self.why_not_in_runbook(action);
        }
        if self.is_about_lists(action) {
            return self.why_not_in_lists(action);
        }
        if spec.group == "walks" {
            return self.why_not_in_walk(action);
        }
        match action {
            Action::Yes | Action::No => says(matches!(self.overlay, Some(Overlay::Menu(_))), "this is no question"),
            Action::Remedy
            | Action::RemedyDryRun
            | Action::RemedyParams
            | Action::RunCancel
            | Action::RunApprove
            | Action::RunRefuse => self.why_no_remedy(action).map(str::to_owned),
            Action::AckMarked => says(self.incidents.marks.is_empty(), "nothing is marked"),
            Action::Undo if self.place() == Place::Runbook => says(self.undo.is_empty(), "nothing to undo"),
            Action::Undo => says(
                self.undo.is_empty()
                    && self.subject().is_none_or(|incident| incident.owner.is_none())
                    && (self.place() != Place::View(View::Mutes) || self.selected_mute().is_none()),
                "nothing to undo",
            ),
            Action::Mark | Action::MarkAll => {
                says(!lists_incidents(self.place()) || self.incidents.is_empty(), "no incident is listed")
            }
            Action::Ack | Action::Silence => {
                says(self.subject().is_none_or(|incident| !incident.is_open()), "no incident that fires is highlighted")
            }
            // On its page it is read again.
            Action::Runbook if self.place() == Place::Runbook => None,
            // There the runbook has links of its own, whether it is an incident's or not.
            Action::Link if self.is_in_runbook() => None,
            Action::Mitigated
            | Action::Runbook
            | Action::Snooze
            | Action::Comment
            | Action::CommentEditor
            | Action::Link
            | Action::Logs
            | Action::Signals
            | Action::Timeline => says(self.subject_id().is_none(), "no incident is highlighted"),
            Action::FindNext | Action::FindPrevious if self.is_in_runbook() => {
                says(!self.is_filtered(), "nothing is searched for")
            }
            Action::FindNext | Action::FindPrevious => says(!self.is_filtered(), "nothing is filtered here"),
            Action::Filter => says(self.filter_target().is_none(), "there is nothing to filter here"),
            Action::OnlyCritical => says(!lists_incidents(self.place()), "no incidents are listed here"),
            Action::PaneNext | Action::PanePrevious | Action::Up | Action::Down if self.has_one_line() => {
                Some("there is one line".to_owned())
            }
            Action::PaneNext | Action::PanePrevious if matches!(self.overlay, Some(Overlay::Remedy(_))) => {
                Some("there is one line".to_owned())
            }
            Action::PaneNext | Action::PanePrevious => says(self.place().panes().len() < 2, "there is one pane here"),
            Action::Back => {
                says(self.places.len() < 2 && !self.full && self.overlay.is_none(), "this is the first place")
            }
            Action::Write => says(
                !self.guard.read_only || self.guard.lifted(self.now).is_some() || !self.guard.may_write,
                "writing is allowed, or may not be",
            ),
            Action::ReadOnly => says(self.guard.lifted(self.now).is_none(), "read-only is not lifted"),
            Action::Open if lists_incidents(self.place()) => {
                says(self.subject_id().is_none(), "nothing is highlighted")
            }
            Action::Open if self.is_in_runbook() => {
                let links = self.desk.page.as_ref().is_some_and(|page| !page.links().is_empty());
                says(!links, "no link stands in the highlighted line")
            }
            Action::Open => says(matches!(self.place(), Place::Incident(_) | Place::Run(_)), "this is the page"),
            _ => None,
        }
    }

    /// The same of the keys of a runbook's page.
    fn why_not_in_runbook(&self, action: Action) -> Option<String> {
        // The Remedies view lists runbooks, and edits the one that is highlighted.
        if action == Action::RunbookEdit && self.place() == Place::View(View::Remedies) {
            return self.guard.allows(self.now).is_err().then(|| "read-only".to_owned());
        }
        let Some(page) = self.desk.page.as_ref().filter(|_| self.place() == Place::Runbook) else {
            return Some("no runbook is open here".to_owned());
        };
        let writes = matches!(action, Action::RunbookTick | Action::RunbookWrong | Action::RunbookEdit);
        if writes && self.guard.allows(self.now).is_err() {
            return Some("read-only".to_owned());
        }
        let (holds, words) = match action {
            Action::RunbookTick => (self.box_under_cursor().is_none(), "no box is highlighted"),
            Action::RunbookOutline => (page.laid.headings.is_empty(), "it has no headings"),
            Action::RunbookNextStep | Action::RunbookPreviousStep => (page.laid.steps.is_empty(), "it has no steps"),
            Action::RunbookWrong => (page.runbook().is_none(), "nothing was read"),
            Action::RunbookEdit => return self.why_not_edit(),
            _ => (false, ""),
        };
        holds.then(|| words.to_owned())
    }

    /// The same for what remedies, runs and requests are asked for with.
    fn why_no_remedy(&self, action: Action) -> Option<&'static str> {
        let says = |holds: bool, words| holds.then_some(words);
        let prompt = match &self.overlay {
            Some(Overlay::Remedy(prompt)) => Some(prompt).filter(|prompt| prompt.approves.is_none()),
            _ => None,
        };
        match action {
            Action::Remedy => match self.place() {
                Place::Runbook => says(self.step_under_cursor().is_none(), "no step is under the cursor"),
                Place::View(View::Remedies) => says(self.desk_row().is_none(), "nothing is highlighted"),
                _ if self.profile.remedies.is_empty() => Some("no remedy is declared"),
                _ => says(
                    self.subject().is_none_or(|incident| !incident.is_open()),
                    "no incident that fires is highlighted",
                ),
            },
            Action::RemedyDryRun => {
                let plan = prompt.and_then(|prompt| prompt.prepared.as_ref()?.plan.as_ref().ok());
                says(plan.is_none_or(|plan| plan.dry_run.is_none()), "there is no dry run here")
            }
            Action::RemedyParams => {
                let id = prompt.and_then(|prompt| match &prompt.wish.what {
                    What::Remedy(id) => Some(id),
                    What::Step(..) => None,
                });
                let remedy = id.and_then(|id| self.profile.remedy(id));
                says(remedy.is_none_or(|remedy| remedy.params.is_empty()), "there are no parameters here")
            }
            Action::RunCancel => {
                let live = self.run_at_hand().and_then(|id| self.desk.runs.get(&id)).is_some_and(Heard::is_live);
                says(!live, "nothing of this watch runs here")
            }
            Action::RunApprove => {
                let waits = self.open_requests().any(|request| self.waits_for_me(request));
                says(!waits, "no request waits for you")
            }
            _ => says(self.open_requests().next().is_none(), "there is no request"),
        }
    }

    /// Whether a single line of text is being entered.
    fn has_one_line(&self) -> bool {
        matches!(self.overlay, Some(Overlay::Filter { .. } | Overlay::Prompt(_)))
    }
}

fn lists_incidents(place: Place) -> bool {
    matches!(place, Place::View(View::Watch | View::Incidents))
}
