//! What came of one deed: asked at its source, or looked up in what the store kept.

use std::time::Duration;

use chrono::TimeDelta;

use crate::app::act::Deed;
use crate::board::{LocalAck, Memory, Snoozed};
use crate::domain::maintenance::Window;
use crate::domain::mute::NewSilence;
use crate::domain::runbook::{Tick, WrongStep};
use crate::domain::{Moment, Mute, MuteId, SourceName};
use crate::runtime::effects::Hands;
use crate::source::{Muting, SourceError};
use crate::store::{Store, StoreError};

/// How long one question to a source may take.
const DEADLINE: Duration = Duration::from_secs(5);
/// What was sent this long ago has arrived, if it ever does.
const ARRIVES: TimeDelta = TimeDelta::seconds(30);

/// What came of a deed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Came {
    /// It took effect; how that is known.
    Took(String),
    /// It did not, and how that is known.
    Not(String),
    /// It did in part.
    Part(String),
    /// It cannot be known yet, and why.
    Unknown(String),
}

/// Finds out what came of deeds.
pub(super) struct Finder<'a> {
    pub(super) hands: &'a Hands,
    pub(super) store: &'a Store,
    /// What the store kept.
    pub(super) memory: Memory,
    /// When the last deed was sent.
    pub(super) touched: Moment,
    pub(super) now: Moment,
}

impl Finder<'_> {
    /// Finds out what came of a deed; what took effect at a source is kept in the store.
    pub(super) async fn find(&self, deed: &Deed) -> Result<Came, StoreError> {
        match deed {
            Deed::CreateSilence { source, silence, ack } => self.silence(source, silence, ack.as_ref()).await,
            Deed::ExpireSilence { source, id } => self.ended(source, id).await,
            Deed::OpenWindow { window, silences } => self.window(window, silences).await,
            Deed::EndWindow(window) => self.window_ended(window).await,
            Deed::Approve(id) | Deed::CloseRequest(id) => {
                let request = self.store.request(*id).await?;
                let approves = matches!(deed, Deed::Approve(_));
                Ok(known(request.is_some_and(
                    |request| {
                        if approves { request.approved_by.is_some() } else { request.closed }
                    },
                )))
            }
            _ => Ok(known(self.remembers(deed))),
        }
    }

    /// Whether the store holds what a deed of this machine alone was to keep.
    fn remembers(&self, deed: &Deed) -> bool {
        let memory = &self.memory;
        match deed {
            Deed::KeepAck(ack) => memory.acks.iter().any(|kept| kept.id == ack.id),
            Deed::DropAck(id) => memory.acks.iter().all(|kept| kept.id != *id),
            Deed::Snooze(snoozed) => {
                let same = |kept: &&Snoozed| kept.incident == snoozed.incident && kept.operator == snoozed.operator;
                memory.snoozes.iter().filter(same).any(|kept| is_same(kept.until, snoozed.until))
            }
            Deed::Unsnooze { incident, operator } => {
                memory.snoozes.iter().all(|kept| kept.incident != *incident || kept.operator != *operator)
            }
            Deed::Mitigate { incident, mitigated } => {
                memory.episodes.iter().any(|kept| kept.id == *incident && kept.mitigated == *mitigated)
            }
            Deed::Tick(tick) => memory.ticks.iter().any(|kept| is_box(kept, tick) && is_same(kept.at, tick.at)),
            Deed::Untick(tick) => !memory.ticks.iter().any(|kept| is_box(kept, tick)),
            Deed::NoteWrong(note) => {
                let same = |kept: &&WrongStep| (&kept.runbook, &kept.step) == (&note.runbook, &note.step);
                memory.wrong_steps.iter().filter(same).any(|kept| is_same(kept.at, note.at))
            }
            // A comment beside other deeds is written with their outcome.
            _ => true,
        }
    }

    fn muting(&self, source: &SourceName) -> Result<&dyn Muting, Came> {
        let found = self.hands.mutings.get(source).map(AsRef::as_ref);
        found.ok_or_else(|| Came::Unknown(format!("{source} is not watched here")))
    }

    /// What is not there may still arrive.
    fn absent(&self, words: String) -> Came {
        if self.now - self.touched < ARRIVES {
            Came::Unknown(format!("{words}; it may still arrive"))
        } else {
            Came::Not(words)
        }
    }

    async fn look(&self, source: &SourceName, silence: &NewSilence) -> Result<Option<Mute>, Came> {
        let found = tokio::time::timeout(DEADLINE, self.muting(source)?.find(silence.clone())).await;
        heard(source, found)
    }

    async fn silence(
        &self,
        source: &SourceName,
        silence: &NewSilence,
        ack: Option<&LocalAck>,
    ) -> Result<Came, StoreError> {
        let is_kept = |ack: &LocalAck| {
            let same = |kept: &&LocalAck| {
                kept.source.as_ref() == Some(source) && kept.incident == ack.incident && kept.by == ack.by
            };
            self.memory.acks.iter().filter(same).any(|kept| is_same(kept.starts, ack.starts))
        };
        if ack.is_some_and(is_kept) {
            return Ok(Came::Took(format!("it is in force at {source}")));
        }
        let mute = match self.look(source, silence).await {
            Ok(Some(mute)) => mute,
            Ok(None) => return Ok(self.absent(format!("{source} does not have it"))),
            Err(came) => return Ok(came),
        };
        if mute.ends <= self.now {
            return Ok(Came::Took(format!("it was made at {source}, and has ended since")));
        }
        if let Some(ack) = ack {
            let id = mute.id.clone();
            self.store.put_ack(&LocalAck { id, source: Some(source.clone()), ends: mute.ends, ..ack.clone() }).await?;
        }
        Ok(Came::Took(format!("it was found at {source} and is in force")))
    }

    /// Whether a silence is over; one that the source does not know any more is.
    async fn is_over(&self, source: &SourceName, id: &MuteId) -> Result<bool, Came> {
        let read = tokio::time::timeout(DEADLINE, self.muting(source)?.read(id.clone())).await;
        Ok(heard(source, read)?.is_none_or(|mute| mute.ends <= self.now))
    }

    async fn ended(&self, source: &SourceName, id: &MuteId) -> Result<Came, StoreError> {
        match self.is_over(source, id).await {
            Ok(true) => {
                self.store.drop_ack(id).await?;
                Ok(Came::Took(format!("it has ended at {source}")))
            }
            Ok(false) => Ok(self.absent(format!("it is still in force at {source}"))),
            Err(came) => Ok(came),
        }
    }

    async fn window(&self, window: &Window, silences: &[(SourceName, NewSilence)]) -> Result<Came, StoreError> {
        if self.memory.windows.iter().any(|kept| kept.id == window.id) {
            return Ok(Came::Took("it is planned".to_owned()));
        }
        let mut made = Vec::with_capacity(silences.len());
        for (source, silence) in silences {
            match self.look(source, silence).await {
                Ok(found) => {
                    made.extend(found.filter(|mute| mute.ends > self.now).map(|mute| (source.clone(), mute.id)));
                }
                Err(came) => return Ok(came),
            }
        }
        if made.len() == silences.len() {
            self.store.put_window(&Window { silences: made, ..window.clone() }).await?;
            return Ok(Came::Took("its silences were found, and it is planned".to_owned()));
        }
        let words = format!("{} of its {} silences were made", made.len(), silences.len());
        Ok(match (self.absent(words.clone()), made.as_slice()) {
            (uncertain @ Came::Unknown(_), _) => uncertain,
            (_, []) => Came::Not(words),
            (_, made) => {
                let ids: Vec<String> = made.iter().map(|(source, id)| format!("{id} at {source}")).collect();
                Came::Part(format!("{words}: end {} at Mutes, or plan it again", ids.join(", ")))
            }
        })
    }

    async fn window_ended(&self, window: &Window) -> Result<Came, StoreError> {
        let mut left = 0;
        for (source, id) in &window.silences {
            match self.is_over(source, id).await {
                Ok(over) => left += usize::from(!over),
                Err(came) => return Ok(came),
            }
        }
        if left == 0 {
            self.store.end_window(window.id, self.now).await?;
            return Ok(Came::Took("its silences have ended".to_owned()));
        }
        let words = format!("{left} of its {} silences are still in force: end it again", window.silences.len());
        Ok(match self.absent(words.clone()) {
            Came::Not(_) if left < window.silences.len() => Came::Part(words),
            came => came,
        })
    }
}

/// The store keeps whole milliseconds.
fn is_same(one: Moment, other: Moment) -> bool {
    one.timestamp_millis() == other.timestamp_millis()
}

fn is_box(one: &Tick, other: &Tick) -> bool {
    (one.incident, &one.runbook, &one.task) == (other.incident, &other.runbook, &other.task)
}

fn known(took: bool) -> Came {
    if took { Came::Took("it was kept".to_owned()) } else { Came::Not("it was not kept".to_owned()) }
}

/// What a source answered in time.
fn heard<T>(
    source: &SourceName,
    answer: Result<Result<T, SourceError>, tokio::time::error::Elapsed>,
) -> Result<T, Came> {
    match answer {
        Ok(answer) => answer.map_err(|error| Came::Unknown(error.to_string())),
        Err(_) => Err(Came::Unknown(format!("{source} did not answer within {} s", DEADLINE.as_secs()))),
    }
}
