//! What comes of a failure: an incident, a note, a remedy; and what can be opened from an item.

use super::AtHand;
use crate::app::overlay::{Menu, MenuChoice, MenuRow, Purpose};
use crate::app::toast::Tone;
use crate::app::{App, Effect, Overlay, Place, View};
use crate::domain::IncidentId;
use crate::domain::checklist::item::{NoteRule, Opens};
use crate::domain::checklist::{Change, ItemId, WalkId};
use crate::domain::remediation::Wish;
use crate::domain::remediation::wish::What;

impl App {
    /// A value or a word that is not good: in an assessment what it means, where a note is wanted why, then what to do.
    pub(super) fn after_failure(&mut self, walk: WalkId, item: &ItemId) {
        self.move_on(walk, item);
        let Some(at) = self.item_of(walk, item) else { return };
        if at.walk.list.assessment {
            self.open_form(&at);
        } else if at.item.note != NoteRule::Optional && at.entry.note.is_empty() {
            self.ask_line(Purpose::Fail, at.id(), at.item.text.clone(), "");
        } else {
            self.offer(walk, item);
        }
    }

    /// What can be done about a failure; nothing, at first.
    pub(super) fn offer(&mut self, walk: WalkId, item: &ItemId) {
        self.move_on(walk, item);
        let Some(at) = self.item_of(walk, item) else { return };
        let row = |words: &str, info: String, choice| MenuRow { words: words.to_owned(), info, choice };
        let mut rows = vec![row("go on", String::new(), MenuChoice::Nothing)];
        if let Some(remedy) = at.item.remedy.clone().filter(|remedy| self.profile.remedy(remedy).is_some()) {
            let words = format!("remedy {remedy}");
            rows.push(row(&words, self.remedy_info(&remedy), MenuChoice::RemedyFor(walk, item.clone(), remedy)));
        }
        rows.push(row("declare an incident", String::new(), MenuChoice::DeclareFor(walk, item.clone())));
        let note = if at.entry.note.is_empty() { "write a note" } else { "write more of a note" };
        rows.push(row(note, String::new(), MenuChoice::NoteFor(walk, item.clone())));
        self.overlay = Some(Overlay::Menu(Menu { title: format!("Failed · {}", at.item.text), rows, at: 0 }));
    }

    /// `o`: the view that belongs to the item, else its link. The walk is gone back to with Esc.
    pub(super) fn open_of_item(&mut self, at: &AtHand) {
        if let Some(opens) = at.item.open {
            return self.enter(Place::View(view_of(opens)));
        }
        let Some(link) = at.item.link.clone() else {
            return self.say(Tone::Hint, "no view and no link belongs to this item");
        };
        let (title, lines) = (format!("Link · {}", at.item.text), vec![link.clone()]);
        self.overlay = Some(Overlay::Card { title, lines, copy: Some(link), top: 0 });
    }

    /// `r`: the remedy of the item, for the incident that was declared for it where there is one.
    pub(super) fn remedy_of_item(&mut self, at: &AtHand, effects: &mut Vec<Effect>) {
        let Some(remedy) = at.item.remedy.clone() else {
            return self.say(Tone::Hint, "no remedy belongs to this item; 7 lists all of them");
        };
        let incident = self.declared_for(at);
        self.walks.hand.remedy = Some((at.walk.id, at.item.id.clone(), remedy.clone()));
        self.wish_remedy(&remedy, incident, Vec::new(), effects);
    }

    /// The open incident that was declared for an item: its alert carries the id of the declaration.
    fn declared_for(&self, at: &AtHand) -> Option<IncidentId> {
        let from = Some((at.walk.id, at.item.id.clone()));
        let mut declared = self.board.memory().declared.iter();
        let id = declared.find(|incident| incident.from == from && incident.over.is_none())?.id.to_string();
        let mut open = self.board.incidents().filter(|incident| incident.is_open());
        let carries = |incident: &&crate::domain::Incident| {
            self.board.alerts_of(incident).any(|alert| alert.labels.iter().any(|(_, value)| *value == *id))
        };
        open.find(carries).map(|incident| incident.id)
    }

    /// A remedy that was asked for from an item and is agreed to belongs to what came of it.
    pub(super) fn follow_remedy(&mut self, effects: &mut Vec<Effect>) {
        let Some((walk, item, remedy)) = &self.walks.hand.remedy else { return };
        let is_it = |wish: &Wish| matches!(&wish.what, What::Remedy(id) if id == remedy);
        let words = effects.iter().find_map(|effect| match effect {
            Effect::Run(go) if is_it(&go.wish) => Some(format!("remedy {remedy} was started")),
            Effect::AskApproval(go) if is_it(&go.wish) => {
                Some(format!("a second person was asked for remedy {remedy}"))
            }
            _ => None,
        });
        let Some(words) = words else { return };
        let (walk, item) = (*walk, item.clone());
        self.walks.hand.remedy = None;
        if self.walks.open.contains_key(&walk) {
            self.say_in_walk(walk, Some(&item), Change::Followed { words }, effects);
        }
    }
}

fn view_of(opens: Opens) -> View {
    match opens {
        Opens::Watch => View::Watch,
        Opens::Incidents => View::Incidents,
        Opens::Signals => View::Signals,
        Opens::Logs => View::Logs,
        Opens::Mutes => View::Mutes,
        Opens::Remedies => View::Remedies,
        Opens::Journal => View::Journal,
        Opens::Sources => View::Sources,
    }
}
