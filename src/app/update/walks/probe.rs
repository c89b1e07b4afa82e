//! Probes: asked as the operator arrives at an item, and for the next one; two at a time.

use chrono::TimeDelta;

use super::AtHand;
use crate::app::toast::Tone;
use crate::app::walks::{ProbeWish, Probed, Stop};
use crate::app::{App, Changed, Effect};
use crate::domain::Moment;
use crate::domain::checklist::probe::{LINES, Probe};
use crate::domain::checklist::{Change, Evidence, ItemId, WalkId};

/// Evidence that is not older is not asked for again.
const FRESH: TimeDelta = TimeDelta::seconds(60);
/// How many are asked at a time without being told to.
const AT_ONCE: usize = 2;
/// How much longer than its own time an answer is waited for; then it is given up.
const PATIENCE: TimeDelta = TimeDelta::minutes(2);

impl App {
    /// The probes of the item at hand and of the next one, where nobody knows yet what they would say.
    pub(super) fn ask_probes(&mut self, effects: &mut Vec<Effect>) {
        let Some((id, Stop::Item(here))) = self.stands_at() else { return };
        let Some(walk) = self.walks.open.get(&id) else { return };
        let next = self.next_item(walk, &here).map(|item| item.id.clone());
        for item in std::iter::once(here).chain(next) {
            let Some(at) = self.item_of(id, &item) else { continue };
            if self.is_due(&at) {
                self.ask_probe(&at, effects);
            }
        }
    }

    /// Whether an item's probe is asked without being told to. What an answer was given on is left as it was.
    fn is_due(&self, at: &AtHand) -> bool {
        let fresh = at.entry.evidence.as_ref().is_some_and(|evidence| self.now - evidence.at < FRESH + took(evidence));
        let live = self.walks.asked.iter().filter(|((walk, item), (since, _))| self.is_awaited(*walk, item, *since));
        let known = matches!(at.item.probe, Some(Probe::Known { .. }));
        !fresh && at.entry.outcome.is_none() && !self.is_asked(at) && (known || live.count() < AT_ONCE)
    }

    /// Whether an answer is awaited.
    pub(super) fn is_asked(&self, at: &AtHand) -> bool {
        let asked = self.walks.asked.get(&(at.walk.id, at.item.id.clone()));
        asked.is_some_and(|(since, _)| self.is_awaited(at.walk.id, &at.item.id, *since))
    }

    fn is_awaited(&self, walk: WalkId, item: &ItemId, since: Moment) -> bool {
        let probe = self.walk(walk).and_then(|walk| walk.list.item(item)).and_then(|item| item.probe.as_ref());
        let own = match probe {
            Some(Probe::Command { timeout, .. }) => *timeout,
            _ => TimeDelta::zero(),
        };
        since
            .checked_add_signed(own)
            .and_then(|at| at.checked_add_signed(PATIENCE))
            .is_none_or(|until| self.now < until)
    }

    /// `x`: again, whatever is known.
    pub(super) fn probe_again(&mut self, at: &AtHand, effects: &mut Vec<Effect>) {
        if at.item.probe.is_none() {
            self.say(Tone::Hint, "this item has no probe: look for yourself");
        } else if self.is_asked(at) {
            self.say(Tone::Hint, "it is being asked already");
        } else {
            self.ask_probe(at, effects);
        }
    }

    fn ask_probe(&mut self, at: &AtHand, effects: &mut Vec<Effect>) {
        let (walk, item) = (at.walk.id, at.item.id.clone());
        match at.item.probe.clone() {
            Some(Probe::Known { what, expect }) => {
                let evidence = self.known(what, expect);
                self.take_evidence(walk, &item, evidence, effects);
            }
            Some(probe) => {
                self.token += 1;
                let token = self.token;
                self.walks.asked.insert((walk, item.clone()), (self.now, token));
                effects.push(Effect::Probe(Box::new(ProbeWish { walk, item, probe, token })));
            }
            None => {}
        }
    }

    /// What a probe found. An answer to an earlier question is none.
    pub(in crate::app::update) fn take_probed(&mut self, probed: Probed, effects: &mut Vec<Effect>) -> Changed {
        let key = (probed.walk, probed.item);
        if self.walks.asked.get(&key).is_none_or(|(_, token)| *token != probed.token) {
            return Changed::No;
        }
        self.walks.asked.remove(&key);
        if probed.evidence.at == Moment::UNIX_EPOCH {
            // Nobody was asked: that is no evidence, and asking again at once would be answered the same.
            self.say(Tone::Hint, format!("the probe was not asked: {}", probed.evidence.words));
            return Changed::Data;
        }
        let (walk, item) = key;
        if self.item_of(walk, &item).is_some() {
            self.take_evidence(walk, &item, probed.evidence, effects);
        }
        self.ask_probes(effects);
        Changed::Data
    }

    fn take_evidence(&mut self, walk: WalkId, item: &ItemId, mut evidence: Evidence, effects: &mut Vec<Effect>) {
        evidence.lines.truncate(LINES);
        let evidence = Box::new(evidence);
        self.say_in_walk(walk, Some(item), Change::Evidence { evidence }, effects);
    }
}

/// How long the answer took: what took long is not old when it comes.
fn took(evidence: &Evidence) -> TimeDelta {
    TimeDelta::milliseconds(i64::try_from(evidence.took_ms).unwrap_or(i64::MAX).min(600_000))
}
