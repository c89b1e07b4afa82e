//! What is handed over to the store: one after the other, again and again until it is kept.
//!
//! One at a time is on its way, and of each walk only the first that waits, so that what failed is never overtaken by
//! what was said after it; a walk that cannot be kept holds up no other.

use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash as _, Hasher as _};
use std::sync::Arc;

use crate::app::toast::Tone;
use crate::app::walks::{Sent, WalkOrder};
use crate::app::{App, Effect};
use crate::domain::Moment;
use crate::domain::checklist::{Change, ItemId, Update, UpdateId, WalkId};

/// How much may wait for the store. Nothing more is taken then, and that is said.
const MOST: usize = 1_000;

impl App {
    /// Hands something to the store, again and again until it is kept.
    pub(in crate::app::update) fn send_order(&mut self, order: WalkOrder, effects: &mut Vec<Effect>) {
        self.walks.sent.push(Sent { order, again: Some(self.now), then: None });
        self.hand_over(effects);
    }

    /// The same, and says so once it is kept: what is told as done is done.
    pub(in crate::app::update) fn send_and_say(
        &mut self,
        order: WalkOrder,
        then: (Tone, String),
        effects: &mut Vec<Effect>,
    ) {
        self.walks.sent.push(Sent { order, again: Some(self.now), then: Some(then) });
        self.hand_over(effects);
    }

    /// The first whose turn and time have come, if nothing is on its way.
    pub(super) fn hand_over(&mut self, effects: &mut Vec<Effect>) {
        let now = self.now;
        let Some(at) = self.next_in_line().find(|(_, again)| *again <= now).map(|(at, _)| at) else { return };
        if let Some(sent) = self.walks.sent.get_mut(at) {
            sent.again = None;
            effects.push(Effect::Walk(Box::new(sent.order.clone())));
        }
    }

    /// What may be handed over next: where it stands, and when; nothing while an answer is awaited.
    fn next_in_line(&self) -> impl Iterator<Item = (usize, Moment)> {
        let sent = &self.walks.sent;
        let awaits = sent.iter().any(|sent| sent.again.is_none());
        let free = sent
            .iter()
            .enumerate()
            .filter(move |(at, one)| !sent.iter().take(*at).any(|before| goes_before(&before.order, &one.order)));
        free.filter(move |_| !awaits).filter_map(|(at, one)| Some((at, one.again?)))
    }

    /// Everything that waits, because nothing is handed over later: midwatch is being left.
    pub(in crate::app::update) fn hand_over_all(&mut self, effects: &mut Vec<Effect>) {
        for sent in &mut self.walks.sent {
            if sent.again.take().is_some() {
                effects.push(Effect::Walk(Box::new(sent.order.clone())));
            }
        }
    }

    /// What was entered and is not known to be kept, in order.
    pub fn unkept(&self) -> impl Iterator<Item = &WalkOrder> {
        self.walks.sent.iter().map(|sent| &sent.order).filter(|order| !matches!(order, WalkOrder::Know(_)))
    }

    /// When something is handed over again.
    pub(super) fn next_hand_over(&self) -> Option<Moment> {
        self.next_in_line().map(|(_, again)| again).min()
    }

    /// Says something in a walk.
    pub(in crate::app::update) fn say_in_walk(
        &mut self,
        walk: WalkId,
        item: Option<&ItemId>,
        change: Change,
        effects: &mut Vec<Effect>,
    ) {
        if self.walks.sent.len() >= MOST {
            return self
                .say(Tone::Failed, format!("the store has not kept the last {MOST} entries; nothing was added"));
        }
        let id = UpdateId(self.fresh_id());
        let Some(open) = self.walks.open.get_mut(&walk) else {
            return self.say(Tone::Failed, "the walk has ended meanwhile; nothing was added");
        };
        let update = Update { id, item: item.cloned(), change, by: self.profile.operator.clone(), at: self.now };
        *open = Arc::new((**open).clone().with([update.clone()]));
        // The row of its list shows how far it is.
        self.walks.rows_change = Some(self.now);
        self.send_order(WalkOrder::Update(walk, Box::new(update)), effects);
    }

    /// An id that nobody else gives.
    pub(super) fn fresh_id(&mut self) -> u64 {
        self.token += 1;
        let mut hasher = DefaultHasher::new();
        (self.profile.seed, &self.profile.operator, self.now, self.token).hash(&mut hasher);
        hasher.finish()
    }
}

/// Whether an order that was given before must be kept before: those of one walk are; and nothing begins before what
/// was to end has ended, or the walk that ends would be joined.
fn goes_before(before: &WalkOrder, after: &WalkOrder) -> bool {
    let ends_first = matches!((before, after), (WalkOrder::End(..), WalkOrder::Begin(_)));
    ends_first || walk_of(before).is_some_and(|walk| walk_of(after) == Some(walk))
}

fn walk_of(order: &WalkOrder) -> Option<WalkId> {
    match order {
        WalkOrder::Begin(walk) => Some(walk.id),
        WalkOrder::Update(walk, _) | WalkOrder::End(walk, _) => Some(*walk),
        WalkOrder::Know(_) | WalkOrder::Declare(_) | WalkOrder::Over { .. } => None,
    }
}
