//! Renewing one ack: under a lease, after reading it again, so that two processes never fork it.

use chrono::TimeDelta;

use super::Hands;
use crate::app::effect::Renewal;

/// How long a renewal may take before another process may try.
const LEASE: TimeDelta = TimeDelta::seconds(20);

/// An ack whose end is no further than this from the new one was renewed just now.
const RENEWED: TimeDelta = TimeDelta::seconds(15);

/// Renews it, or says why not. That somebody else renews it right now is no failure.
pub(super) async fn renew(hands: &Hands, renewal: &Renewal) -> Result<(), String> {
    let store = hands.store.get().ok_or("the store cannot be written")?;
    let now = hands.clock.now();
    let text = |error: crate::store::StoreError| error.to_string();
    if !store.lease_ack(&renewal.id, &hands.holder, now, now + LEASE).await.map_err(text)? {
        return Ok(());
    }
    let renewed = extend(hands, renewal).await;
    match &renewed {
        Ok(Some(id)) => {
            let kept = store.extend_ack(&renewal.id, id, renewal.ends).await.map_err(text)?;
            if !kept {
                // Somebody took the ack back while it was renewed: what was just renewed ends too.
                end(hands, renewal, id).await?;
            }
        }
        // It was ended by somebody: it is not made again.
        Ok(None) => {
            store.drop_ack(&renewal.id).await.map_err(text)?;
        }
        Err(_) => store.release_ack(&renewal.id, &hands.holder).await.map_err(text)?,
    }
    renewed.map(drop)
}

/// The id it has now; `None` if it is not in force any more.
async fn extend(hands: &Hands, renewal: &Renewal) -> Result<Option<crate::domain::MuteId>, String> {
    let Some(source) = &renewal.source else { return Ok(Some(renewal.id.clone())) };
    let muting = hands.mutings.get(source).ok_or_else(|| format!("{source} cannot be muted"))?;
    let mute = muting.read(renewal.id.clone()).await.map_err(|error| error.to_string())?;
    let Some(mute) = mute.filter(|mute| mute.in_force(hands.clock.now()) && mute.by == hands.operator.name) else {
        return Ok(None);
    };
    if mute.ends + RENEWED >= renewal.ends {
        // Another process has just done it, and this one did not know yet.
        return Ok(Some(renewal.id.clone()));
    }
    muting.extend(renewal.id.clone(), renewal.ends).await.map(Some).map_err(|error| error.to_string())
}

async fn end(hands: &Hands, renewal: &Renewal, id: &crate::domain::MuteId) -> Result<(), String> {
    match renewal.source.as_ref().and_then(|source| hands.mutings.get(source)) {
        Some(muting) => muting.expire(id.clone()).await.map_err(|error| error.to_string()),
        None => Ok(()),
    }
}
