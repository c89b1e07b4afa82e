//! Boxes that are ticked for an incident. A tick is kept with the incident, in the store, for everybody.

use crate::app::act::Deed;
use crate::app::desk::Page;
use crate::app::toast::Tone;
use crate::app::{Act, App, Effect};
use crate::domain::harmless;
use crate::domain::runbook::Tick;
use crate::domain::runbook::laid::Task;

/// How much of what a box says is told.
const TOLD: usize = 80;

impl App {
    /// The box of the line under the cursor.
    pub(in crate::app) fn box_under_cursor(&self) -> Option<&Task> {
        let page = self.desk.page.as_ref()?;
        page.laid.tasks.get(page.line()?.of.task?)
    }

    pub(super) fn tick_box(&mut self, effects: &mut Vec<Effect>) {
        if let Err(words) = self.guard.allows(self.now) {
            return self.say(Tone::Failed, words);
        }
        let (Some(page), Some(task)) = (&self.desk.page, self.box_under_cursor().cloned()) else {
            return self.say(Tone::Hint, "no box is highlighted");
        };
        let Some(incident) = page.incident else {
            return self.say(Tone::Hint, "ticks are kept with an incident: open the runbook from one, with 'r'");
        };
        let runbook = page.found.key();
        let kept = self.tick_of(page, &task.key).cloned();
        let is_ticked = page.ticked.get(&task.key).copied().unwrap_or(kept.is_some());
        if task.by_file && !is_ticked {
            return self.say(Tone::Hint, "the file itself has it ticked: 'e' edits it");
        }
        if self.pending.iter().flat_map(|act| &act.deeds).any(|deed| ticks(deed) == Some(&*task.key)) {
            return self.say(Tone::Hint, "its last tick is still being written");
        }
        let by = self.profile.operator.name.clone();
        let tick = kept.unwrap_or(Tick { incident, runbook, task: task.key.clone(), by, at: self.now });
        let (action, deed) =
            if is_ticked { ("runbook.untick", Deed::Untick(tick)) } else { ("runbook.tick", Deed::Tick(tick)) };
        let detail = format!("{} · {}", harmless::line(&task.text, TOLD), page.title());
        let act = self.act(action, Some(incident), incident.to_string(), detail, vec![deed]);
        if let Some(page) = &mut self.desk.page {
            page.ticked.insert(task.key, !is_ticked);
        }
        self.begin_beside(act, effects);
    }

    /// `u` in a runbook: the last tick, which waits for nothing, or whatever else was done last.
    pub(in crate::app::update) fn undo_in_runbook(&mut self, effects: &mut Vec<Effect>) {
        let is_tick = self.undo.back().is_some_and(|undo| undo.deeds.iter().all(|deed| ticks(deed).is_some()));
        let Some(undo) = self.undo.pop_back_if(|_| is_tick) else { return self.undo_last(effects) };
        if let Some(page) = &mut self.desk.page {
            let now =
                undo.deeds.iter().filter_map(|deed| Some((ticks(deed)?.to_owned(), matches!(deed, Deed::Tick(_)))));
            page.ticked.extend(now);
        }
        let target = undo.incident.map(|id| id.to_string()).unwrap_or_default();
        let mut act = self.act("undo", undo.incident, target, undo.words, undo.deeds);
        act.undoes = true;
        self.begin_beside(act, effects);
    }

    /// Ticks are made one after the other, faster than the store answers: none waits for another.
    fn begin_beside(&mut self, act: Act, effects: &mut Vec<Effect>) {
        self.pending.push(act.clone());
        effects.push(Effect::Act(Box::new(act)));
    }

    /// The tick that the store has of a box.
    pub(super) fn tick_of<'a>(&'a self, page: &Page, task: &str) -> Option<&'a Tick> {
        let runbook = page.found.key();
        let of = |tick: &&Tick| Some(tick.incident) == page.incident && tick.runbook == runbook && tick.task == task;
        self.board.memory().ticks.iter().find(of)
    }

    /// What was ticked here is forgotten once the store told what is so, and nothing about it is under way; and at
    /// once where it failed.
    pub(super) fn forget_ticks(&mut self) {
        let Some(page) = &self.desk.page else { return };
        let under_way =
            |task: &str| self.pending.iter().flat_map(|act| &act.deeds).any(|deed| ticks(deed) == Some(task));
        let settled = |task: &str, ticked: bool| self.tick_of(page, task).is_some() == ticked;
        let gone: Vec<String> = page
            .ticked
            .iter()
            .filter(|(task, ticked)| !under_way(task) && settled(task, **ticked))
            .map(|(task, _)| task.clone())
            .collect();
        if let Some(page) = &mut self.desk.page {
            page.ticked.retain(|task, _| !gone.contains(task));
        }
    }

    /// An act ended: a tick that was not written is no tick.
    pub(in crate::app::update) fn settle_ticks(&mut self, act: &Act, failed: bool) {
        let Some(page) = self.desk.page.as_mut() else { return };
        for task in act.deeds.iter().filter_map(ticks).filter(|_| failed) {
            page.ticked.remove(task);
        }
    }
}

/// Which box a deed ticks or unticks.
fn ticks(deed: &Deed) -> Option<&str> {
    match deed {
        Deed::Tick(tick) | Deed::Untick(tick) => Some(&tick.task),
        _ => None,
    }
}
