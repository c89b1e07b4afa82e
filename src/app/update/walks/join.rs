//! A walk that was to begin, and that somebody had begun before: what was said in ours is said in theirs. And walks
//! that somebody else ended.

use crate::app::overlay::{MenuChoice, Then};
use crate::app::toast::Tone;
use crate::app::walks::{Stop, WalkOrder};
use crate::app::{App, Overlay, Pane, Place};
use crate::domain::checklist::{Entry, ItemId, Walk, WalkId};
use crate::domain::{Operator, age};

impl App {
    /// The store answers which walk is open now.
    pub(super) fn take_begun(&mut self, mine: &Walk, theirs: Walk) {
        let (from, to) = (mine.id, theirs.id);
        if from == to {
            return self.remember_kept(WalkOrder::Begin(Box::new(theirs)));
        }
        // Who said something already is not told on the way in, and stays at the item that it was said of; else one
        // goes on where the walk stands, whatever a probe has found meanwhile.
        let said = self.walks.open.get(&from).is_some_and(|walk| self.said_something(walk));
        if said {
            self.tell_shared(&theirs);
        }
        let shared = format!(
            "{}: {} had begun it before; what you said is in it, and it is not ended",
            theirs.list.title, theirs.by.name
        );
        self.remember_kept(WalkOrder::Begin(Box::new(theirs)));
        // Who gives up what they have just begun does not end what others are at.
        let before = self.walks.sent.len();
        self.walks.sent.retain(|sent| !matches!(sent.order, WalkOrder::End(walk, _) if walk == from));
        if self.walks.sent.len() < before {
            self.say(Tone::Failed, shared);
        }
        for sent in &mut self.walks.sent {
            match &mut sent.order {
                WalkOrder::Update(walk, _) => change(walk, from, to),
                WalkOrder::Declare(incident) => {
                    if let Some((walk, _)) = &mut incident.from {
                        change(walk, from, to);
                    }
                }
                _ => {}
            }
        }
        for place in &mut self.places {
            if let Place::Walk(walk) = place {
                change(walk, from, to);
            }
        }
        if let Some(Stop::Item(item)) = self.walks.at.remove(&from)
            && said
        {
            self.walks.at.insert(to, Stop::Item(item));
        }
        if let Some(entered) = self.walks.entered.remove(&from) {
            self.walks.entered.insert(to, entered);
        }
        let asked = std::mem::take(&mut self.walks.asked);
        let renamed = asked.into_iter().filter(|((walk, _), _)| *walk != from);
        self.walks.asked = renamed.collect();
        let hand = &mut self.walks.hand;
        for (walk, _) in [&mut hand.agrees, &mut hand.moves_on].into_iter().flatten() {
            change(walk, from, to);
        }
        if let Some((walk, ..)) = &mut hand.remedy {
            change(walk, from, to);
        }
        for walk in self.overlay.as_mut().map(walks_of).unwrap_or_default() {
            change(walk, from, to);
        }
    }

    /// Walks that are not open any more are not shown any more, and who ended them is said.
    pub(super) fn leave_ended(&mut self) {
        let open = &self.walks.open;
        let shown = |place: &Place| match place {
            Place::Walk(id) if !open.contains_key(id) => Some(*id),
            _ => None,
        };
        let gone: Vec<WalkId> = self.places.iter().filter_map(shown).collect();
        for id in gone {
            let memory = self.board.memory();
            let words = memory.walked.iter().find(|walked| walked.id == id).map_or_else(
                || "the walk is not open any more".to_owned(),
                |walked| {
                    let how = if walked.end.completed { "completed" } else { "gave up" };
                    let ago = age::coarse(self.now - walked.end.at);
                    format!("{} {how} {} {ago} ago", walked.end.by.name, walked.title)
                },
            );
            self.say(Tone::Hint, words);
            self.drop_walk(id);
        }
    }

    /// Goes away from a walk that has ended.
    pub(super) fn drop_walk(&mut self, id: WalkId) {
        let was_there = self.place() == Place::Walk(id);
        self.places.retain(|place| *place != Place::Walk(id));
        if was_there {
            self.full = false;
            self.focus = self.place().panes().first().copied().unwrap_or(Pane::Whole);
        }
        if self.overlay.as_mut().is_some_and(|overlay| walks_of(overlay).into_iter().any(|walk| *walk == id)) {
            self.overlay = None;
        }
        self.walks.at.remove(&id);
        self.walks.entered.remove(&id);
        self.walks.asked.retain(|(walk, _), _| *walk != id);
    }

    /// How the item at hand stands, for telling when somebody else says something about it.
    pub(super) fn said_here(&self) -> Option<(WalkId, ItemId, Entry)> {
        let at = self.item_at_hand()?;
        Some((at.walk.id, at.item.id, at.entry))
    }

    /// Somebody else answered the item at hand: a hint, no more.
    pub(super) fn tell_others(&mut self, seen: Option<&(WalkId, ItemId, Entry)>) {
        let Some((walk, item, before)) = seen else { return };
        let Some(at) = self.item_of(*walk, item) else { return };
        let mine = |by: &Operator| by.name == self.profile.operator.name;
        if let (Some((by, _)), Some(outcome)) = (&at.entry.by, at.entry.outcome)
            && at.entry.by != before.by
            && !mine(by)
        {
            self.say(Tone::Hint, format!("{}: {}", by.name, outcome.word()));
        }
    }
}

fn change(walk: &mut WalkId, from: WalkId, to: WalkId) {
    if *walk == from {
        *walk = to;
    }
}

/// The walks that what lies over the screen is about.
fn walks_of(overlay: &mut Overlay) -> Vec<&mut WalkId> {
    match overlay {
        Overlay::Prompt(prompt) => prompt.item.iter_mut().map(|(walk, _)| walk).collect(),
        Overlay::Concern(form) => vec![&mut form.walk],
        Overlay::Confirm(confirm) => match &mut confirm.then {
            Then::GiveUp(walk) | Then::Complete(walk) => vec![walk],
            _ => Vec::new(),
        },
        Overlay::Menu(menu) => {
            let choices = menu.rows.iter_mut().map(|row| &mut row.choice);
            let walk = |choice| match choice {
                &mut (MenuChoice::Word(ref mut walk, ..)
                | MenuChoice::DeclareFor(ref mut walk, _)
                | MenuChoice::NoteFor(ref mut walk, _)
                | MenuChoice::RemedyFor(ref mut walk, ..)) => Some(walk),
                _ => None,
            };
            choices.filter_map(walk).collect()
        }
        _ => Vec::new(),
    }
}
