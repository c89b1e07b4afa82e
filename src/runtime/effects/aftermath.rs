//! Acts whose midwatch ended in their midst: what came of them is asked at the source and in the store, written, and
//! said. What cannot be known yet is said to be uncertain and asked again. Nothing is ever done anew by itself.

mod came;
#[cfg(test)]
mod tests;

use std::sync::Arc;
use std::time::Duration;

use chrono::TimeDelta;
use tokio::sync::{Notify, mpsc};

use self::came::{Came, Finder};
use super::Hands;
use crate::app::Msg;
use crate::app::act::Deed;
use crate::app::toast::Tone;
use crate::domain::Moment;
use crate::domain::journal::{Entry, Outcome};
use crate::runtime::guarded::guarded;
use crate::runtime::holder;
use crate::store::{OpenAct, Store, StoreError};

/// How often they are looked for, and how often where one is uncertain.
const EVERY: Duration = Duration::from_secs(30);
const UNCERTAIN_EVERY: Duration = Duration::from_secs(5);
/// No act takes so long: whatever the number of its process belongs to now, it carries nothing out any more.
const LONGEST: TimeDelta = TimeDelta::hours(1);
/// After this, what cannot be found out is written as not known.
const GIVEN_UP: TimeDelta = TimeDelta::days(1);

/// What was found out about acts that were left open.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Aftermath {
    /// What came of each that is settled now, and how that is meant.
    pub settled: Vec<(Tone, String)>,
    /// Of what nobody knows yet what came of it, and why.
    pub uncertain: Vec<String>,
}

impl Aftermath {
    /// Everything that is to be said.
    pub fn words(self) -> impl Iterator<Item = String> {
        self.settled.into_iter().map(|(_, words)| words).chain(self.uncertain)
    }
}

impl Hands {
    /// Looks for acts that were left open, at once and again and again, until nobody listens.
    pub async fn look_after_acts(self, told: mpsc::Sender<Msg>, nudge: Arc<Notify>) {
        let mut said = None;
        loop {
            let mut found = Aftermath::default();
            // What was uncertain still is where it could not be looked.
            let could_look = self.settle_acts(&mut found).await;
            let Aftermath { settled, uncertain } = found;
            if !settled.is_empty() {
                nudge.notify_one();
            }
            let mut news: Vec<Msg> = settled.into_iter().map(|(tone, words)| Msg::Say { tone, words }).collect();
            let words = (!uncertain.is_empty()).then(|| uncertain.join("; "));
            let every = if words.is_some() || !could_look && said.is_some() { UNCERTAIN_EVERY } else { EVERY };
            if could_look && words != said {
                said.clone_from(&words);
                news.push(Msg::Trouble { key: "acts", words });
            }
            for msg in news {
                if told.send(msg).await.is_err() {
                    return;
                }
            }
            tokio::select! {
                () = told.closed() => return,
                () = tokio::time::sleep(every) => {}
            }
        }
    }

    /// Finds out what came of acts whose midwatch has ended, as far as that can be known now; `found` is told of each at
    /// once, so that it holds what was settled before whoever waits gave up. Whether they could be looked for.
    pub async fn settle_acts(&self, found: &mut Aftermath) -> bool {
        let Some(store) = self.store.get() else { return true };
        let open = guarded("acts that were left open", store.open_acts()).await;
        let acts = match open.and_then(|acts| acts.map_err(|error| error.to_string())) {
            Ok(acts) => acts,
            Err(error) => {
                tracing::warn!(%error, "acts that were left open could not be looked for");
                return false;
            }
        };
        for act in acts {
            let now = self.clock.now();
            if !is_over(&act, (&self.holder, self.since), now, holder::has_ended) {
                continue;
            }
            // What was found out about others is said all the same.
            let settling = guarded("keeping what came of it", self.settle_act(store, &act, now, found)).await;
            if let Err(why) = settling.and_then(|settled| settled.map_err(|error| error.to_string())) {
                found.uncertain.push(format!("{}: what came of it cannot be kept now: {why}", named(&act)));
            }
        }
        true
    }

    async fn settle_act(
        &self,
        store: &Store,
        act: &OpenAct,
        now: Moment,
        found: &mut Aftermath,
    ) -> Result<(), StoreError> {
        let verdict = guarded("looking at it", Box::pin(verdict(self, store, act, now))).await;
        let verdict = verdict.and_then(|verdict| verdict.map_err(|error| error.to_string()));
        let (outcome, words) =
            match verdict.unwrap_or_else(|why| Verdict::Open(format!("it cannot be looked at: {why}"))) {
                Verdict::Known(outcome, words) => (outcome, words),
                Verdict::Open(why) if now - act.touched > GIVEN_UP => {
                    (Outcome::Unknown(format!("{ENDED}: {why}")), format!("what came of it was not found out: {why}"))
                }
                Verdict::Open(why) => {
                    found.uncertain.push(format!("{}: whether it took effect is not known yet: {why}", named(act)));
                    return Ok(());
                }
            };
        let words = format!("{}: {words}", named(act));
        let tone = if outcome == Outcome::Done { Tone::Done } else { Tone::Failed };
        // What was found out stands in the row; an outcome that is done has no other place for it.
        let detail = match &outcome {
            Outcome::Done => format!("{} · found out after {ENDED}", act.entry.detail),
            _ => act.entry.detail.clone(),
        };
        if store.settle_act(act, Entry { at: now, detail, outcome, ..act.entry.clone() }).await? {
            found.settled.push((tone, words));
        }
        Ok(())
    }
}

const ENDED: &str = "midwatch ended in its midst";

/// `ack CheckoutDown by ana at 03:12 UTC, when midwatch ended in its midst`.
fn named(act: &OpenAct) -> String {
    let title = act.entry.detail.split(" · ").next().unwrap_or_default();
    let (by, at) = (&act.entry.operator.name, act.entry.at.format("%H:%M UTC"));
    format!("{} {title} by {by} at {at}, when midwatch ended in its midst", act.entry.action)
}

/// Whether nobody carries an act out any more: its process has ended, or it would have long been done. Ours, of which the
/// name and the begin are told, carries out what it has begun itself, also where a machine slept in its midst; before
/// that its name may have been another's: a container that begins again counts its processes from the start.
fn is_over(act: &OpenAct, own: (&str, Moment), now: Moment, has_ended: impl Fn(&str) -> bool) -> bool {
    let (name, since) = own;
    let long_done = now - act.touched > LONGEST;
    if act.holder == name { long_done && act.touched < since } else { long_done || has_ended(&act.holder) }
}

/// What is to be made of an act.
enum Verdict {
    /// How it went, and what to say.
    Known(Outcome, String),
    /// It cannot be known yet, and why.
    Open(String),
}

async fn verdict(hands: &Hands, store: &Store, act: &OpenAct, now: Moment) -> Result<Verdict, StoreError> {
    let Ok(deeds) = serde_json::from_value::<Vec<Deed>>(act.deeds.clone()) else {
        let why = format!("{ENDED}, and what it was to do cannot be read");
        return Ok(Verdict::Known(Outcome::Unknown(why.clone()), why));
    };
    // As it was then: what has run out since was kept all the same.
    let finder = Finder { hands, store, memory: store.memory(act.entry.at).await?, touched: act.touched, now };
    let mut came = Vec::with_capacity(deeds.len());
    for (at, deed) in deeds.iter().enumerate() {
        if deed.leaves_the_machine() && at >= act.begun {
            came.push(Came::Not("it was not sent".to_owned()));
        } else {
            came.push(finder.find(deed).await?);
        }
    }
    Ok(weigh(&came))
}

/// One uncertain deed makes an act uncertain; else it took effect, or did not, or did in part.
fn weigh(came: &[Came]) -> Verdict {
    if let Some(why) = came.iter().find_map(|came| if let Came::Unknown(why) = came { Some(why) } else { None }) {
        return Verdict::Open(why.clone());
    }
    let whys: Vec<&str> = came
        .iter()
        .filter_map(|came| if let Came::Not(why) | Came::Part(why) = came { Some(&**why) } else { None })
        .collect();
    if whys.is_empty() {
        let words = came.iter().find_map(|came| if let Came::Took(words) = came { Some(words.clone()) } else { None });
        return Verdict::Known(Outcome::Done, words.unwrap_or_else(|| "it was done".to_owned()));
    }
    let why = whys.join("; ");
    if came.iter().all(|came| matches!(came, Came::Not(_))) {
        return Verdict::Known(Outcome::Failed(format!("{ENDED}: {why}")), format!("nothing was done: {why}"));
    }
    Verdict::Known(
        Outcome::Unknown(format!("{ENDED}; it was done in part: {why}")),
        format!("it was done in part: {why}"),
    )
}
