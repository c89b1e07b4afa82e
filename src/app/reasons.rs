//! Why an action does nothing here and now: what the help, the footer and the palette show, and `update` means.

use super::action::Reach;
use super::{Action, App, Overlay, Place, View};

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
        if acts && self.guard.allows(self.now).is_err() {
            return Some("read-only".to_owned());
        }
        let says = |holds: bool, words: &str| holds.then(|| words.to_owned());
        match action {
            Action::AckMarked => says(self.incidents.marks.is_empty(), "nothing is marked"),
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
            Action::Mitigated
            | Action::Snooze
            | Action::Comment
            | Action::CommentEditor
            | Action::Link
            | Action::Logs
            | Action::Signals
            | Action::Timeline => says(self.subject_id().is_none(), "no incident is highlighted"),
            Action::FindNext | Action::FindPrevious => says(!self.is_filtered(), "nothing is filtered here"),
            Action::Filter => says(self.filter_target().is_none(), "there is nothing to filter here"),
            Action::OnlyCritical => says(!lists_incidents(self.place()), "no incidents are listed here"),
            Action::PaneNext | Action::PanePrevious | Action::Up | Action::Down if self.has_one_line() => {
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
            Action::Open => says(matches!(self.place(), Place::Incident(_)), "this is the page"),
            _ => None,
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
