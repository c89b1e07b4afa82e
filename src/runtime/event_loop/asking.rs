//! What the loop hands on: questions of runbooks, remedies and probes, and what is said in walks.

use std::sync::Arc;

use tokio::time::Instant;

use super::super::effects::remedies::asked;
use super::super::effects::walks;
use super::super::input::InputSource;
use super::Loop;
use crate::app::Effect;
use crate::app::walks::WalkOrder;

/// How much may be asked for before the background is there.
pub(super) const EARLY: usize = 16;

impl<I: InputSource> Loop<'_, I> {
    /// What runbooks and remedies ask for, each in a task of its own.
    pub(super) fn on_hands(&mut self, effect: Effect) {
        let Some(running) = &self.running else {
            let only_looks =
                matches!(effect, Effect::LoadRunbook(_) | Effect::Prepare(_) | Effect::Probe(_) | Effect::LoadWalks(_));
            if only_looks && self.early.len() < EARLY && !self.ends.ready.is_terminated() {
                self.early.push(effect);
            } else if let Some(answer) = asked::not_yet(effect) {
                // It comes back as a message like any other: what follows from it is followed in its turn.
                if self.ends.sender.try_send(answer).is_err() {
                    self.say("the store is still being opened; try again".to_owned());
                }
            }
            return;
        };
        let allowed = self.core.app.guard.allows(self.core.clock().now());
        let (hands, sender, nudge) = (running.hands.clone(), self.ends.sender.clone(), Arc::clone(&running.nudge));
        tokio::spawn(async move {
            Box::pin(asked::answer(&hands, effect, allowed, &sender)).await;
            nudge.notify_one();
        });
    }

    /// What is said in walks is kept in order; what cannot be is answered, and handed over again later.
    pub(super) fn walk(&mut self, order: WalkOrder) {
        if self.running.is_none() && self.early.len() < EARLY && !self.ends.ready.is_terminated() {
            return self.early.push(Effect::Walk(Box::new(order)));
        }
        let mut orders = vec![order];
        while let Some(order) = orders.pop() {
            let answer = match &self.running {
                Some(running) => running.walks.order(order).err(),
                None => Some(walks::not_yet(order)),
            };
            let Some(answer) = answer else { continue };
            // What was refused waits; nothing follows from it but the turn of another walk.
            let update = self.core.tell(answer);
            self.frames.want(update.changed, Instant::now());
            orders.extend(update.effects.into_iter().filter_map(|effect| match effect {
                Effect::Walk(order) => Some(*order),
                _ => None,
            }));
        }
    }
}
