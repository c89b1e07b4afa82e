//! Why a key of a walk does nothing here and now.

use crate::app::walks::Stop;
use crate::app::{Action, App, Place};
use crate::domain::checklist::{ItemKind, Outcome};

impl App {
    /// Why an action of a walk does nothing, in words; `None` if it does something.
    pub(super) fn why_not_in_walk(&self, action: Action) -> Option<String> {
        let says = |holds: bool, words: &str| holds.then(|| words.to_owned());
        if action == Action::WalkGiveUp && self.guard.allows(self.now).is_err() {
            return says(true, "read-only");
        }
        let Place::Walk(id) = self.place() else {
            let gives_up = action == Action::WalkGiveUp && self.walk_of_row().is_some();
            return says(!gives_up, "no walk is open here");
        };
        let Some(walk) = self.walks.open.get(&id) else { return says(true, "this walk has ended") };
        let item = match self.stop_of(id) {
            Stop::Item(item) => walk.list.item(&item).map(|item| (item, walk.entry(&item.id))),
            Stop::Completion => None,
        };
        match (action, item) {
            (Action::WalkNext | Action::WalkComplete | Action::WalkGiveUp, _) => None,
            (Action::WalkUndo, _) => says(self.last_of_mine(walk).is_none(), "you said nothing that could be undone"),
            (_, None) => says(true, "this is the completion"),
            (Action::WalkValue, Some((item, _))) => {
                says(matches!(item.kind, ItemKind::Tick | ItemKind::Probe), "nothing is entered here")
            }
            (Action::WalkProbe, Some((item, _))) => says(item.probe.is_none(), "this item has no probe"),
            (Action::WalkOpen, Some((item, _))) => {
                says(item.open.is_none() && item.link.is_none(), "no view and no link belongs to this item")
            }
            (Action::WalkRemedy, Some((item, _))) => says(item.remedy.is_none(), "no remedy belongs to this item"),
            (Action::WalkConcern, _) if !walk.list.assessment => says(true, "this is no assessment"),
            (Action::WalkConcern, Some((_, entry))) => {
                let failed = entry.is_some_and(|entry| entry.outcome == Some(Outcome::Failed));
                says(!failed, "a concern is what a failure means")
            }
            _ => None,
        }
    }
}
