//! One act: the intent is written, the deeds are done in order, the outcome is written.

mod windows;

use std::time::Duration;

use chrono::TimeDelta;

use super::super::guarded::guarded;
use super::Hands;
use crate::app::act::{Act, Deed, Did};
use crate::board::LocalAck;
use crate::domain::journal::{Entry, Outcome};
use crate::domain::mute::NewSilence;
use crate::domain::{MuteId, SourceName, matcher};
use crate::source::ErrorKind;
use crate::store::{Claim, Store};

/// How long one deed may take, its source's own deadline aside.
const DEADLINE: Duration = Duration::from_secs(20);
/// How long nobody else may ack the same: until everybody has seen the ack.
const CLAIM: TimeDelta = TimeDelta::seconds(30);

/// Why a deed was not done, and whether it may have been done all the same.
struct Undone {
    words: String,
    maybe: bool,
}

impl From<String> for Undone {
    fn from(words: String) -> Self {
        Self { words, maybe: false }
    }
}

/// Does it; returns what took effect, and why it ended early.
pub(super) async fn carry_out(hands: &Hands, act: Act) -> (Vec<Did>, Option<String>) {
    let Some(store) = hands.store.get() else {
        return (Vec::new(), Some("the store cannot be written, and what is not recorded is not done".to_owned()));
    };
    let under_way = match begin(hands, store, &act).await {
        Ok(under_way) => under_way,
        Err(words) => return (Vec::new(), Some(words)),
    };
    let (mut did, mut failure) = (Vec::new(), None);
    for (begun, deed) in (1..).zip(act.deeds) {
        let doing = guarded("it was not ended", Box::pin(noted(hands, store, &deed, (under_way, begun))));
        let done = tokio::time::timeout(deadline(&deed), doing).await.unwrap_or_else(|_| Ok(Err(late())));
        match done.unwrap_or_else(|words| Err(Undone { words, maybe: true })) {
            Ok(id) => did.push(Did { deed, id }),
            Err(undone) => {
                failure = Some(undone);
                break;
            }
        }
    }
    let outcome = match &failure {
        None => Outcome::Done,
        Some(Undone { words, maybe: true }) => Outcome::Unknown(words.clone()),
        Some(Undone { words, .. }) => Outcome::Failed(words.clone()),
    };
    let mut failure = failure.map(|undone| {
        let doubt = if undone.maybe { " (whether it took effect is not known; look at Mutes)" } else { "" };
        format!("{}{doubt}", undone.words)
    });
    if let Err(error) = store.end_act(under_way, Entry { at: hands.clock.now(), outcome, ..act.entry }).await {
        failure = Some(format!("its outcome could not be written to the journal: {error}"));
    }
    (did, failure)
}

/// Notes that it begins, so that whoever comes after a crash can find out what came of it. A comment is its own row.
async fn begin(hands: &Hands, store: &Store, act: &Act) -> Result<Option<i64>, String> {
    let refused = |error: String| format!("the journal cannot be written, so nothing was done: {error}");
    if act.deeds.iter().all(|deed| *deed == Deed::Comment) {
        return Ok(None);
    }
    let felt_by_others = act.deeds.iter().any(Deed::leaves_the_machine);
    let deeds = serde_json::to_value(&act.deeds).map_err(|error| refused(error.to_string()))?;
    let begun = store.begin_act(&act.entry, felt_by_others, &hands.holder, &deeds).await;
    begun.map(Some).map_err(|error| refused(error.to_string()))
}

/// Does one deed. That it is about to be sent is noted first.
async fn noted(
    hands: &Hands,
    store: &Store,
    deed: &Deed,
    (act, begun): (Option<i64>, usize),
) -> Result<Option<MuteId>, Undone> {
    if let (Some(act), true) = (act, deed.leaves_the_machine()) {
        store.begin_deed(act, begun, hands.clock.now()).await.map_err(|error| error.to_string())?;
    }
    one(hands, store, deed).await
}

/// How long a deed may take: one that asks several sources has its deadline for each, making and taking back.
fn deadline(deed: &Deed) -> Duration {
    let silences = match deed {
        Deed::OpenWindow { silences, .. } => silences.len(),
        Deed::EndWindow(window) => window.silences.len(),
        _ => 0,
    };
    DEADLINE * u32::try_from(2 * silences + 1).unwrap_or(1)
}

fn late() -> Undone {
    Undone { words: format!("no answer within {} s", DEADLINE.as_secs()), maybe: true }
}

async fn one(hands: &Hands, store: &Store, deed: &Deed) -> Result<Option<MuteId>, Undone> {
    let text = |error: crate::store::StoreError| Undone::from(error.to_string());
    match deed {
        Deed::CreateSilence { source, silence, ack } => {
            create(hands, store, source, silence, ack.as_ref()).await.map(Some)
        }
        Deed::ExpireSilence { source, id } => {
            let muting = hands.mutings.get(source).ok_or_else(|| format!("{source} cannot be muted"))?;
            muting.expire(id.clone()).await.map_err(|error| told(&error))?;
            store.drop_ack(id).await.map_err(text)?;
            Ok(None)
        }
        Deed::KeepAck(ack) => {
            store.put_ack(ack).await.map_err(text)?;
            Ok(Some(ack.id.clone()))
        }
        Deed::DropAck(id) => store.drop_ack(id).await.map(|_| None).map_err(text),
        Deed::Snooze(snoozed) => store.snooze(snoozed).await.map(|()| None).map_err(text),
        Deed::Unsnooze { incident, operator } => store.unsnooze(*incident, operator).await.map(|_| None).map_err(text),
        Deed::Mitigate { incident, mitigated } => {
            store.mitigate(*incident, *mitigated).await.map(|_| None).map_err(text)
        }
        Deed::Tick(tick) => store.tick(tick).await.map(|()| None).map_err(text),
        Deed::Untick(tick) => store.untick(tick).await.map(|_| None).map_err(text),
        Deed::NoteWrong(note) => store.note_wrong_step(note).await.map(|()| None).map_err(text),
        Deed::Approve(request) => {
            let approved = store.approve(*request, &hands.operator, hands.clock.now()).await.map_err(text)?;
            approved.map(|_| None).map_err(Undone::from)
        }
        Deed::CloseRequest(request) => store.close_request(*request).await.map(|_| None).map_err(text),
        Deed::OpenWindow { window, silences } => windows::open(hands, store, window, silences).await.map(|()| None),
        Deed::EndWindow(window) => windows::end(hands, store, window).await.map(|()| None),
        // The journal's row is the comment.
        Deed::Comment => Ok(None),
    }
}

async fn create(
    hands: &Hands,
    store: &Store,
    source: &SourceName,
    silence: &NewSilence,
    ack: Option<&LocalAck>,
) -> Result<MuteId, Undone> {
    let muting = hands.mutings.get(source).ok_or_else(|| format!("{source} cannot be muted"))?;
    let key = matcher::text(&silence.matchers);
    let now = hands.clock.now();
    if let Some(ack) = ack {
        let claim = store.claim_ack(ack.incident, Some(source), &key, &hands.holder, now, now + CLAIM).await;
        match claim.map_err(|error| error.to_string())? {
            Claim::Yours => {}
            Claim::Taken { by, .. } => return Err(format!("{by} is acking it right now").into()),
        }
    }
    match muting.create(silence.clone()).await {
        Ok(id) => {
            if let Some(ack) = ack {
                let kept = LocalAck { id: id.clone(), source: Some(source.clone()), ..ack.clone() };
                let kept = store.put_ack(&kept).await;
                kept.map_err(|error| {
                    format!("the ack is at {source} but could not be kept, so it is not renewed: {error}")
                })?;
            }
            Ok(id)
        }
        Err(error) => {
            if let Some(ack) = ack
                && let Err(error) = store.release_claim(ack.incident, Some(source), &key, &hands.holder).await
            {
                tracing::warn!(%error, "a claim lapses by itself");
            }
            Err(told(&error))
        }
    }
}

/// A source's failure in words; where the answer was lost, whether it took effect is not known.
fn told(error: &crate::source::SourceError) -> Undone {
    Undone { words: error.to_string(), maybe: error.kind == ErrorKind::Uncertain }
}
