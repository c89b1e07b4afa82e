//! Silences of an Alertmanager: made, read, extended, ended. What could be felt by everybody and cannot be
//! meant is refused before anything is sent.

use std::sync::Arc;

use chrono::SecondsFormat;
use futures_util::FutureExt as _;
use futures_util::future::BoxFuture;

use super::client::{Body, Client};
use super::{map, wire};
use crate::domain::{Moment, Mute, MuteId, SourceName, harmless};
use crate::source::{ErrorKind, Muting, NewSilence, SourceError, json};

/// The way to mute at one Alertmanager.
#[derive(Debug)]
pub(super) struct Silences {
    pub client: Arc<Client>,
    pub source: SourceName,
    pub prefix: String,
}

impl Muting for Silences {
    fn create(&self, silence: NewSilence) -> BoxFuture<'_, Result<MuteId, SourceError>> {
        async move {
            check(&silence)?;
            let matchers: Vec<_> = silence.matchers.iter().map(map::to_wire).collect();
            self.post(&wire::Post {
                id: None,
                matchers: &matchers,
                starts_at: &written(silence.starts),
                ends_at: &written(silence.ends),
                created_by: &silence.by,
                comment: &silence.comment,
                annotations: None,
            })
            .await
        }
        .boxed()
    }

    fn find(&self, silence: NewSilence) -> BoxFuture<'_, Result<Option<Mute>, SourceError>> {
        async move {
            let Body { text, address } = self.client.silences().await?;
            let all: Vec<wire::Silence<'_>> = json::decode(&text, &address)?;
            let mut wanted: Vec<_> = silence.matchers.iter().map(map::to_wire).collect();
            wanted.sort_by(by_name);
            // The server never lets one begin before it was asked to; its end may have been moved since.
            let begins = silence.starts.timestamp_millis();
            let may_be = |found: &wire::Silence<'_>| {
                let mut matchers = found.matchers.clone();
                matchers.sort_by(by_name);
                *found.created_by == *silence.by
                    && *found.comment == *silence.comment
                    && matchers == wanted
                    && millis(&found.starts_at).is_some_and(|starts| starts >= begins)
            };
            let ends = Some(silence.ends.timestamp_millis());
            let best = all.iter().filter(|found| may_be(found)).max_by_key(|found| {
                (millis(&found.ends_at) == ends, &*found.status.state != "expired", millis(&found.ends_at))
            });
            best.map(|found| map::mute(found, &address, &self.source, &self.prefix)).transpose()
        }
        .boxed()
    }

    fn read(&self, id: MuteId) -> BoxFuture<'_, Result<Option<Mute>, SourceError>> {
        async move {
            let Some(Body { text, address }) = self.client.silence(&id.0).await? else { return Ok(None) };
            let silence: wire::Silence<'_> = json::decode(&text, &address)?;
            map::mute(&silence, &address, &self.source, &self.prefix).map(Some)
        }
        .boxed()
    }

    fn extend(&self, id: MuteId, ends: Moment) -> BoxFuture<'_, Result<MuteId, SourceError>> {
        async move {
            let gone = |why: &str| {
                SourceError::new(ErrorKind::NotFound, format!("silence {id} {why}")).advise("make a new one instead")
            };
            let body = self.client.silence(&id.0).await?.ok_or_else(|| gone("is not known to the source"))?;
            let now: wire::Silence<'_> = json::decode(&body.text, &body.address)?;
            if &*now.status.state == "expired" {
                return Err(gone("has ended"));
            }
            if chrono::DateTime::parse_from_rfc3339(&now.starts_at).is_ok_and(|starts| starts.to_utc() >= ends) {
                return Err(refused("the new end is not after the begin"));
            }
            // Same id, same matchers and the begin as it was, to the letter: only so does the server change
            // it in place.
            self.post(&wire::Post {
                id: Some(&now.id),
                matchers: &now.matchers,
                starts_at: &now.starts_at,
                ends_at: &written(ends),
                created_by: &now.created_by,
                comment: &now.comment,
                annotations: now.annotations,
            })
            .await
        }
        .boxed()
    }

    fn expire(&self, id: MuteId) -> BoxFuture<'_, Result<(), SourceError>> {
        async move { self.client.delete(&id.0).await }.boxed()
    }
}

impl Silences {
    async fn post(&self, silence: &wire::Post<'_>) -> Result<MuteId, SourceError> {
        let sent = serde_json::to_vec(silence)
            .map_err(|error| SourceError::new(ErrorKind::Internal, format!("a silence cannot be written: {error}")))?;
        let Body { text, address } = self.client.post(&sent).await?;
        let posted: wire::Posted<'_> = json::decode(&text, &address).map_err(|error| {
            SourceError::new(ErrorKind::Uncertain, format!("not known whether it took effect: {}", error.what))
                .advise("look at the source before trying again")
        })?;
        Ok(MuteId::new(&harmless::line(&posted.silence_id, 128)))
    }
}

/// Refuses what would hide everything, nothing, or without a reason.
fn check(silence: &NewSilence) -> Result<(), SourceError> {
    let problem = if silence.matchers.is_empty() {
        "a silence without matchers would hide everything"
    } else if silence.matchers.iter().all(|matcher| matcher.holds("")) {
        "every matcher is satisfied by a missing label, so the silence would hide nearly everything"
    } else if silence.ends <= silence.starts {
        "the end is not after the begin"
    } else if silence.by.trim().is_empty() {
        "a silence needs somebody who made it"
    } else if silence.comment.trim().is_empty() {
        "a silence needs a reason"
    } else {
        return Ok(());
    };
    Err(refused(problem))
}

fn refused(what: &str) -> SourceError {
    SourceError::new(ErrorKind::Refused, what)
}

fn by_name(one: &wire::Matcher, other: &wire::Matcher) -> std::cmp::Ordering {
    (&one.name, &one.value).cmp(&(&other.name, &other.value))
}

fn millis(text: &str) -> Option<i64> {
    chrono::DateTime::parse_from_rfc3339(text).ok().map(|moment| moment.timestamp_millis())
}

fn written(moment: Moment) -> String {
    moment.to_rfc3339_opts(SecondsFormat::Millis, true)
}
