//! Why a key of the Checklists view, of a history, or about a declared incident does nothing here and now.

use crate::app::walks::Shows;
use crate::app::{Action, App, Place, View};

impl App {
    /// Whether an action is one of those here, at this place.
    pub(super) fn is_about_lists(&self, action: Action) -> bool {
        match action {
            Action::Resolve | Action::Declare | Action::WalkHistory | Action::WalkCompare => true,
            Action::Open => matches!(self.place(), Place::View(View::Checklists) | Place::History),
            Action::Mark | Action::Copy => self.place() == Place::History,
            _ => false,
        }
    }

    pub(super) fn why_not_in_lists(&self, action: Action) -> Option<String> {
        let says = |holds: bool, words: &str| holds.then(|| words.to_owned());
        match (action, self.place()) {
            (Action::Resolve, _) => self.why_not_over(),
            (Action::WalkHistory, Place::History) => Some("this is the history".to_owned()),
            (Action::WalkHistory, Place::Walk(_)) => None,
            (Action::WalkHistory, Place::View(View::Checklists)) | (Action::Open, Place::View(_)) => {
                says(self.walks.list.key().is_none(), "no checklist is highlighted")
            }
            (Action::WalkHistory, _) => Some("no checklist is highlighted".to_owned()),
            (Action::WalkCompare, _) => says(!self.can_compare(), "two walks must be marked first"),
            (Action::Mark | Action::Open | Action::Copy, _) => {
                says(self.past_walk().is_none(), "no earlier walk is highlighted")
            }
            _ => None,
        }
    }

    fn can_compare(&self) -> bool {
        let Some(history) = self.walks.history.as_ref().filter(|_| self.place() == Place::History) else {
            return false;
        };
        let other = history.cursor.key().is_some_and(|here| !history.marked.contains(here));
        history.shows == Shows::Comparison
            || history.marked.len() + usize::from(other && !history.marked.is_empty()) > 1
    }

    fn why_not_over(&self) -> Option<String> {
        let Some(id) = self.subject_id() else { return Some("no incident is highlighted".to_owned()) };
        self.over_asked(id).is_err().then(|| "nobody declared this incident".to_owned())
    }
}
