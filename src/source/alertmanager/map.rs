//! From what an Alertmanager sends to our words. Pure.

use super::wire;
use crate::domain::mute::Cover;
use crate::domain::severity::SeverityTable;
use crate::domain::{
    Alert, AlertState, Fingerprint, Matcher, Moment, Mute, MuteId, MuteKind, Operation, SourceName, discreet, harmless,
};
use crate::source::json::{self, Text};
use crate::source::{ErrorKind, SourceError};

/// The most characters of an id, a name, a comment and a link.
const ID: usize = 128;
const NAME: usize = 200;
const COMMENT: usize = 2000;
const LINK: usize = 4096;

/// All alerts of an answer.
///
/// # Errors
/// Where the text is no such answer; it says what it is and where it ends to be one.
pub fn alerts(text: &str, from: &str, severity: &SeverityTable) -> Result<Vec<Alert>, SourceError> {
    json::decode_each(text, from, |wire: wire::Alert<'_>| alert(&wire, from, severity))
}

fn alert(wire: &wire::Alert<'_>, from: &str, severity: &SeverityTable) -> Result<Alert, SourceError> {
    let labels = wire.labels.labels();
    let (state, inhibited_by) = state(&wire.status);
    Ok(Alert {
        fingerprint: Fingerprint::of(&labels),
        rated: severity.rate(&labels),
        labels,
        annotations: wire.annotations.annotations(),
        since: moment(&wire.starts_at, from)?,
        state,
        silenced_by: sorted(wire.status.silenced_by.as_deref().unwrap_or_default()),
        inhibited_by,
        value: None,
        link: wire.generator_url.as_deref().and_then(link),
    })
}

/// The state, and by what it is inhibited.
///
/// A silence is somebody's decision and wins. Everything else that suppresses is a rule of the server: other
/// alerts, or a time interval of its routes (`mutedBy`, since 0.28), which is told among the inhibitors by
/// its name. Suppressed without a reason (a server that does not tell intervals) counts as such a rule too,
/// because no silence can be shown or lifted for it.
fn state(status: &wire::Status<'_>) -> (AlertState, Vec<String>) {
    let some = |list: &Option<Vec<Text<'_>>>| list.as_ref().is_some_and(|list| !list.is_empty());
    let mut by = sorted(status.inhibited_by.as_deref().unwrap_or_default());
    let intervals = sorted(status.muted_by.as_deref().unwrap_or_default());
    by.extend(intervals.into_iter().map(|name| format!("time interval {name}")));
    let state = if some(&status.silenced_by) {
        AlertState::Silenced
    } else if !by.is_empty() || &*status.state == "suppressed" {
        AlertState::Inhibited
    } else {
        AlertState::Firing
    };
    (state, by)
}

/// Ids in one order: the server's may change from answer to answer.
fn sorted(ids: &[Text<'_>]) -> Vec<String> {
    let mut ids: Vec<String> = ids.iter().map(|id| harmless::line(id, ID).into_owned()).collect();
    ids.sort_unstable();
    ids
}

/// A link that may be opened: only http and https.
fn link(url: &str) -> Option<Box<str>> {
    let scheme_is = |scheme: &str| url.get(..scheme.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(scheme));
    let plain = url.len() <= LINK && url.chars().all(|character| character.is_ascii_graphic() || !character.is_ascii());
    let safe = (scheme_is("http://") || scheme_is("https://")) && plain && harmless::line(url, LINK) == url;
    safe.then(|| Box::from(&*discreet::text(url)))
}

fn moment(text: &str, from: &str) -> Result<Moment, SourceError> {
    chrono::DateTime::parse_from_rfc3339(text)
        .map(|moment| moment.to_utc())
        .map_err(|_| SourceError::new(ErrorKind::Malformed, format!("{from}: '{text}' is no moment in time")))
}

/// The silences of an answer that are in force or to come, and what could not be read.
pub(super) fn mutes(
    text: &str,
    from: &str,
    source: &SourceName,
    prefix: &str,
) -> Result<(Vec<Mute>, Vec<String>), SourceError> {
    let wire: Vec<wire::Silence<'_>> = json::decode(text, from)?;
    let (mut mutes, mut notes) = (Vec::new(), Vec::new());
    for silence in wire.iter().filter(|silence| &*silence.status.state != "expired") {
        match mute(silence, from, source, prefix) {
            Ok(mute) => mutes.push(mute),
            Err(error) => notes.push(error.what),
        }
    }
    Ok((mutes, notes))
}

/// One silence in our words.
pub(super) fn mute(
    wire: &wire::Silence<'_>,
    from: &str,
    source: &SourceName,
    prefix: &str,
) -> Result<Mute, SourceError> {
    let comment = harmless::line(&wire.comment, COMMENT);
    // A prefix of nothing would make an ack of every silence.
    let acked = comment.strip_prefix(prefix).filter(|_| !prefix.is_empty());
    Ok(Mute {
        id: MuteId::new(&harmless::line(&wire.id, ID)),
        kind: if acked.is_some() { MuteKind::Ack } else { MuteKind::Silence },
        source: Some(source.clone()),
        cover: Cover::Matchers(matchers(wire)?),
        by: harmless::line(&wire.created_by, NAME).into_owned(),
        comment: acked.unwrap_or(&comment).trim().to_owned(),
        starts: moment(&wire.starts_at, from)?,
        ends: moment(&wire.ends_at, from)?,
        pending: &*wire.status.state == "pending",
    })
}

fn matchers(silence: &wire::Silence<'_>) -> Result<Vec<Matcher>, SourceError> {
    let unread =
        |why: &str| SourceError::new(ErrorKind::Malformed, format!("silence {} is not shown: {why}", &*silence.id));
    if silence.matchers.is_empty() {
        return Err(unread("it has no matchers"));
    }
    silence
        .matchers
        .iter()
        .map(|wire| {
            let (name, value) = (harmless::line(&wire.name, NAME), harmless::line(&wire.value, LINK));
            Matcher::new(name, operation(wire), value)
                .map_err(|_| unread(&format!("the expression of {}=~\"{}\" cannot be read", wire.name, wire.value)))
        })
        .collect()
}

fn operation(wire: &wire::Matcher) -> Operation {
    match (wire.is_regex, wire.is_equal) {
        (false, true) => Operation::Equal,
        (false, false) => Operation::NotEqual,
        (true, true) => Operation::Regex,
        (true, false) => Operation::NotRegex,
    }
}

/// A matcher as it is sent.
pub(super) fn to_wire(matcher: &Matcher) -> wire::Matcher {
    wire::Matcher {
        name: matcher.name.clone(),
        value: matcher.value.clone(),
        is_regex: matches!(matcher.operation, Operation::Regex | Operation::NotRegex),
        is_equal: matches!(matcher.operation, Operation::Equal | Operation::Regex),
    }
}
