//! Maintenance windows: their silences at every source, then the window in the store.
use super::{DEADLINE, Hands, Undone, late, told};
use crate::domain::maintenance::Window;
use crate::domain::mute::NewSilence;
use crate::domain::{MuteId, SourceName};
use crate::source::ErrorKind;
use crate::store::Store;

/// Makes the silences and keeps the window. Silences that were made are ended again if one cannot be made.
pub(super) async fn open(
    hands: &Hands,
    store: &Store,
    window: &Window,
    silences: &[(SourceName, NewSilence)],
) -> Result<(), Undone> {
    let mut made = Vec::with_capacity(silences.len());
    for (source, silence) in silences {
        match create(hands, source, silence).await {
            Ok(id) => made.push((source.clone(), id)),
            Err(undone) => return Err(taken_back(hands, &made, undone).await),
        }
    }
    let kept = Window { silences: made.clone(), ..window.clone() };
    match store.put_window(&kept).await {
        Ok(()) => Ok(()),
        Err(error) => Err(taken_back(hands, &made, error.to_string().into()).await),
    }
}

/// Ends the silences and the window. One that has ended already is well; where one cannot be ended the window stays,
/// so that it can be ended again.
pub(super) async fn end(hands: &Hands, store: &Store, window: &Window) -> Result<(), Undone> {
    for (source, id) in &window.silences {
        expire(hands, source, id).await?;
    }
    // Somebody else may have ended it in between: then it is as it should be.
    store.end_window(window.id, hands.clock.now()).await.map(drop).map_err(|error| error.to_string().into())
}

async fn create(hands: &Hands, source: &SourceName, silence: &NewSilence) -> Result<MuteId, Undone> {
    let muting = hands.mutings.get(source).ok_or_else(|| format!("{source} cannot be muted"))?;
    match tokio::time::timeout(DEADLINE, muting.create(silence.clone())).await {
        Ok(made) => made.map_err(|error| told(&error)),
        Err(_) => Err(late()),
    }
}

async fn expire(hands: &Hands, source: &SourceName, id: &MuteId) -> Result<(), Undone> {
    let muting = hands.mutings.get(source).ok_or_else(|| format!("{source} cannot be muted"))?;
    match tokio::time::timeout(DEADLINE, muting.expire(id.clone())).await {
        Ok(Err(error)) if error.kind == ErrorKind::NotFound => Ok(()),
        Ok(done) => done.map_err(|error| told(&error)),
        Err(_) => Err(late()),
    }
}

/// Ends what was made of a window that cannot be made whole. What cannot be ended either is told by its id.
async fn taken_back(hands: &Hands, made: &[(SourceName, MuteId)], mut undone: Undone) -> Undone {
    let mut left = Vec::new();
    for (source, id) in made {
        if expire(hands, source, id).await.is_err() {
            left.push(format!("{id} at {source}"));
        }
    }
    if !left.is_empty() {
        undone.words =
            format!("{}; these silences were made and could not be ended: {}", undone.words, left.join(", "));
        undone.maybe = true;
    }
    undone
}

#[cfg(test)]
mod tests;
