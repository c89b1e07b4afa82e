//! The history of a list: earlier walks, one of them whole, two of them compared.

use crate::app::cursor::{Cursor, Step};
use crate::app::toast::Tone;
use crate::app::walks::{History, Shows};
use crate::app::{App, Changed, Effect, Place};
use crate::domain::checklist::{ChecklistId, Walk, WalkId};

/// How many walks are compared.
const COMPARED: usize = 2;

impl App {
    /// Opens the history of the list at hand.
    pub(super) fn look_back(&mut self, effects: &mut Vec<Effect>) {
        if self.place() == Place::History {
            return;
        }
        let Some(checklist) = self.list_at_hand() else {
            return self.say(Tone::Hint, "highlight a checklist first; '5' lists them");
        };
        effects.push(Effect::LoadWalks(checklist.clone()));
        self.walks.history =
            Some(History { checklist, cursor: Cursor::default(), marked: Vec::new(), shows: Shows::default() });
        self.settle_history();
        self.enter(Place::History);
    }

    /// Earlier walks were read.
    pub(in crate::app::update) fn take_past_walks(
        &mut self,
        list: ChecklistId,
        read: Result<Vec<Walk>, String>,
    ) -> Changed {
        // One that is under way is no earlier one.
        let ended = |walks: Vec<Walk>| walks.into_iter().filter(|walk| !walk.is_open()).collect();
        self.walks.past.insert(list, read.map(ended));
        self.settle_history();
        Changed::Data
    }

    /// Earlier walks that are shown are read again when there is one more, or when they could not be read before.
    pub(super) fn read_past_again(&self, effects: &mut Vec<Effect>) {
        for (list, read) in &self.walks.past {
            let newest = self.board.memory().walked.iter().find(|walked| walked.checklist == *list);
            let there = |id: WalkId| read.as_ref().is_ok_and(|walks| walks.iter().any(|walk| walk.id == id));
            if read.is_err() || newest.is_some_and(|walked| !there(walked.id)) {
                effects.push(Effect::LoadWalks(list.clone()));
            }
        }
    }

    /// The earlier walks of the history that is open, newest first; none while they are not read.
    #[must_use]
    pub fn past_walks(&self) -> &[Walk] {
        let history = self.walks.history.as_ref();
        let read = history.and_then(|history| self.walks.past.get(&history.checklist));
        read.and_then(|read| read.as_deref().ok()).unwrap_or_default()
    }

    /// The walk under the cursor of a history.
    #[must_use]
    pub fn past_walk(&self) -> Option<&Walk> {
        let id = self.walks.history.as_ref()?.cursor.key()?;
        self.past_walks().iter().find(|walk| walk.id == *id)
    }

    fn past_ids(&self) -> Vec<WalkId> {
        self.past_walks().iter().map(|walk| walk.id).collect()
    }

    /// The cursor and the marks hold on to walks that are still there.
    fn settle_history(&mut self) {
        let ids = self.past_ids();
        let Some(history) = &mut self.walks.history else { return };
        history.cursor.settle(&ids);
        history.marked.retain(|id| ids.contains(id));
        if history.shows == Shows::Comparison && history.marked.len() < COMPARED {
            history.shows = Shows::Trend;
        }
    }

    pub(in crate::app::update) fn step_history(&mut self, step: Step) {
        let ids = self.past_ids();
        if let Some(history) = &mut self.walks.history {
            history.cursor.step(&ids, step);
        }
    }

    /// Space: marks the walk under the cursor for a comparison, or takes the mark back.
    pub(super) fn mark_walk(&mut self) {
        let Some(id) = self.past_walk().map(|walk| walk.id) else {
            return self.say(Tone::Hint, "no earlier walk is highlighted");
        };
        let Some(history) = &mut self.walks.history else { return };
        if let Some(at) = history.marked.iter().position(|marked| *marked == id) {
            history.marked.remove(at);
        } else if history.marked.len() < COMPARED {
            history.marked.push(id);
        } else {
            return self.say(Tone::Hint, "two walks are marked; Space on one of them takes its mark back");
        }
        self.settle_history();
        self.step_history(Step::By(1));
    }

    /// `=`: what differs between the two that are marked; or between the one that is and the one under the cursor.
    pub(super) fn compare_marked(&mut self) {
        let here = self.past_walk().map(|walk| walk.id);
        let Some(history) = self.walks.history.as_mut() else { return };
        if history.shows == Shows::Comparison {
            history.shows = Shows::Trend;
            return;
        }
        if let ([one], Some(here)) = (history.marked.as_slice(), here)
            && *one != here
        {
            history.marked.push(here);
        }
        if history.marked.len() < COMPARED {
            return self.say(Tone::Hint, "mark two walks with Space first");
        }
        history.shows = Shows::Comparison;
    }

    /// The two walks that are compared, the older first.
    #[must_use]
    pub fn compared(&self) -> Option<(&Walk, &Walk)> {
        let history = self.walks.history.as_ref()?;
        let mut marked = self.past_walks().iter().filter(|walk| history.marked.contains(&walk.id));
        let (newer, older) = (marked.next()?, marked.next()?);
        Some((older, newer))
    }

    /// Enter: everything of the walk under the cursor, or the last values again.
    pub(in crate::app::update) fn open_past(&mut self) {
        if self.past_walk().is_none() {
            return self.say(Tone::Hint, "no earlier walk is highlighted");
        }
        if let Some(history) = &mut self.walks.history {
            history.shows = if history.shows == Shows::Walk { Shows::Trend } else { Shows::Walk };
        }
    }
}
