//! What the loop hands on: questions of runbooks, remedies and probes, and what is said in walks.

use std::sync::Arc;

use tokio::time::Instant;

use super::super::effects::remedies::asked;
use super::super::effects::walks;
use super::super::input::InputSource;
use super::{Loop, Running};
use crate::app::Effect;
use crate::app::walks::WalkOrder;

/// How much may be asked for before the background is there.
pub(super) const EARLY: usize = 16;

impl<I: InputSource> Loop<'_, I> {
    /// Asks for it once the background is there; it comes back where that is not to be waited for.
    pub(super) fn ask_early(&mut self, effect: Effect) -> Result<(), Effect> {
        if self.ends.ready.is_terminated() || self.early.len() >= EARLY {
            return Err(effect);
        }
        if !matches!(effect, Effect::Refresh(_)) || !self.early.contains(&effect) {
            self.early.push(effect);
        }
        Ok(())
    }

    /// The background is there, or never will be: what was asked for early is asked now.
    pub(super) fn go_on_with(&mut self, running: Option<Running>) {
        self.running = running;
        if let Some(running) = &self.running {
            self.ends.hangups.take_care_of(&running.hands.remedies.running);
        }
        for effect in std::mem::take(&mut self.early) {
            match effect {
                Effect::Walk(order) => self.walk(*order),
                Effect::Refresh(source) => self.refresh(source.as_ref()),
                other => self.on_hands(other),
            }
        }
    }

    /// What runbooks and remedies ask for, each in a task of its own.
    pub(super) fn on_hands(&mut self, effect: Effect) {
        let Some(running) = &self.running else {
            let only_looks =
                matches!(effect, Effect::LoadRunbook(_) | Effect::Prepare(_) | Effect::Probe(_) | Effect::LoadWalks(_));
            let refused = if only_looks { self.ask_early(effect).err() } else { Some(effect) };
            if let Some(answer) = refused.and_then(asked::not_yet) {
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
        let mut orders = vec![order];
        if self.running.is_none() {
            let early = orders.pop().map(|order| self.ask_early(Effect::Walk(Box::new(order))));
            let Some(Err(Effect::Walk(order))) = early else { return };
            orders.push(*order);
        }
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
