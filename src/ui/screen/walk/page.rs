//! What is asked of a walk while it is drawn: its items, where the operator stands, how far it is.

use ratatui::text::Line;

use crate::app::walks::{Sent, Stop, WalkOrder};
use crate::domain::age;
use crate::domain::checklist::{Item, Outcome, Walk, WalkId};
use crate::theme::Role;
use crate::ui::pane::schedule;
use crate::ui::scene::Scene;

/// A walk, and where the operator stands in it.
pub(super) struct Page<'a> {
    pub(super) walk: &'a Walk,
    /// Its items, in their order.
    pub(super) items: Vec<&'a Item>,
    /// The place of the item that is looked at; `None` at the completion.
    pub(super) at: Option<usize>,
}

impl<'a> Page<'a> {
    pub(super) fn of(scene: &Scene<'a>, id: WalkId) -> Option<Self> {
        let walk = scene.app.walk(id)?;
        let items: Vec<&Item> = walk.list.items().collect();
        let at = match scene.app.stop_of(id) {
            Stop::Item(id) => items.iter().position(|item| item.id == id),
            Stop::Completion => None,
        };
        Some(Self { walk, items, at })
    }

    /// The item that is looked at, and its place.
    pub(super) fn item(&self) -> Option<(usize, &'a Item)> {
        let at = self.at?;
        self.items.get(at).map(|item| (at, *item))
    }

    /// The nearest item before this one that applies; before the completion the last.
    pub(super) fn before(&self, scene: &Scene<'_>) -> Option<&'a Item> {
        let end = self.at.unwrap_or(self.items.len());
        self.items.iter().take(end).rev().find(|item| scene.app.applies(self.walk, item)).copied()
    }

    /// The nearest item after this one that applies.
    pub(super) fn after(&self, scene: &Scene<'_>) -> Option<&'a Item> {
        let first = self.at.map_or(self.items.len(), |at| at + 1);
        self.items.iter().skip(first).find(|item| scene.app.applies(self.walk, item)).copied()
    }

    /// How an item went.
    pub(super) fn outcome(&self, item: &Item) -> Option<Outcome> {
        self.walk.entry(&item.id).and_then(|entry| entry.outcome)
    }

    /// The items that apply.
    pub(super) fn asked(&self, scene: &Scene<'_>) -> Vec<&'a Item> {
        self.items.iter().filter(|item| scene.app.applies(self.walk, item)).copied().collect()
    }

    /// How many were looked at, of how many.
    pub(super) fn counted(&self, scene: &Scene<'_>) -> (usize, usize) {
        let asked = self.asked(scene);
        (asked.iter().filter(|item| self.outcome(item).is_some()).count(), asked.len())
    }

    /// `3 of 7 · 6 min · ana, bo`, and what is not kept yet.
    pub(super) fn progress(&self, scene: &Scene<'_>) -> Line<'static> {
        let (looked_at, of) = self.counted(scene);
        let until = self.walk.ended.as_ref().map_or(scene.now, |end| end.at);
        let words = format!("{looked_at} of {of} · {} · {}", age::coarse(until - self.walk.begun), self.by());
        let mut line = scene.line(Role::Dim, words);
        let unkept = self.unkept(scene);
        if unkept > 0 {
            line.push_span(scene.strong(Role::Stale, format!(" · {unkept} not kept yet")));
        } else if self.is_on_its_way(scene) {
            line.push_span(scene.span(Role::Dim, " · saving"));
        }
        super::owned(line)
    }

    /// Who began it, then whoever else said something.
    pub(super) fn by(&self) -> String {
        let mut names = vec![self.walk.by.name.as_str()];
        for update in self.walk.updates() {
            if !names.contains(&update.by.name.as_str()) {
                names.push(&update.by.name);
            }
        }
        names.join(", ")
    }

    /// How much of it waits for its turn, or was refused and is handed over again.
    fn unkept(&self, scene: &Scene<'_>) -> usize {
        self.sent(scene).filter(|sent| sent.again.is_some()).count()
    }

    /// Whether some of it was handed over, and the store has not said yet that it is kept.
    fn is_on_its_way(&self, scene: &Scene<'_>) -> bool {
        self.sent(scene).next().is_some()
    }

    fn sent<'s>(&'s self, scene: &Scene<'s>) -> impl Iterator<Item = &'s Sent> {
        let mine = |order: &WalkOrder| match order {
            WalkOrder::Begin(walk) => walk.id == self.walk.id,
            WalkOrder::Update(id, _) | WalkOrder::End(id, _) => *id == self.walk.id,
            _ => false,
        };
        scene.app.walks.sent.iter().filter(move |sent| mine(&sent.order))
    }

    /// When its turn comes.
    pub(super) fn schedule(&self, scene: &Scene<'_>) -> Line<'static> {
        super::owned(scene.line(Role::Dim, schedule::words(scene, self.walk.list.schedule)))
    }
}
