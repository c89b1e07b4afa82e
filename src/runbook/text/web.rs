//! A runbook behind an address: asked for without any secret, within bounds, its last answer kept.

use std::path::Path;

use chrono::TimeDelta;

use super::kept::{self, Kept};
use super::{LARGEST, PATIENCE, Text, address};
use crate::domain::{Moment, SourceName, harmless};
use crate::source::http::{Http, Reply};
use crate::source::options::HttpOptions;
use crate::source::{ErrorKind, SourceError};

/// For how long a kept answer does without asking.
const FRESH: TimeDelta = TimeDelta::minutes(10);
/// What to do where nothing can be read.
const ADVICE: &str = "a local copy helps: map it with [[runbook_root]]";

/// Reads the text at an address: the kept one while it is fresh, else a new one, else the kept one with the reason.
pub(super) async fn read(url: &str, cache: &Path, now: Moment, afresh: bool) -> Result<Text, String> {
    let address = address::of_text(url);
    let kept = find(cache, &address).await;
    let is_fresh = |kept: &Kept| (TimeDelta::zero()..FRESH).contains(&(now - kept.at));
    if let Some(kept) = kept.as_ref().filter(|kept| !afresh && is_fresh(kept)) {
        return Ok(Text { text: kept.text.clone(), dated: Some(kept.at), kept: None });
    }
    match (ask(&address).await, kept) {
        (Ok(text), _) => {
            keep(cache, &address, &text, now).await;
            Ok(Text { text, dated: Some(now), kept: None })
        }
        (Err(why), Some(Kept { text, at })) => Ok(Text { text, dated: Some(at), kept: Some(why) }),
        (Err(why), None) => Err(format!("{why}; {ADVICE}")),
    }
}

/// Asks an address, or says in words what came instead of a text.
async fn ask(address: &str) -> Result<String, String> {
    // A password in an address of an alert is somebody's secret; and an address can be made to look like another's.
    if authority(address).contains('@') {
        return Err("the address holds a user or a password, and is not asked".to_owned());
    }
    let options = HttpOptions { urls: vec![address.to_owned()], ..HttpOptions::default() };
    let http = Http::new(&SourceName::new("runbook"), &options, PATIENCE).map_err(|error| error.what)?;
    let http = http.with_largest(LARGEST);
    // The client takes away a slash at the end, which is another address.
    let path = if without_query(address).ends_with('/') { "/" } else { "" };
    match tokio::time::timeout(PATIENCE, http.get(path, &[])).await {
        Ok(Ok(reply)) => text_of(reply),
        Ok(Err(error)) => Err(error.what),
        Err(_) => Err(format!("{} does not answer in {} s", shown(address), PATIENCE.as_secs())),
    }
}

/// The text of an answer that is one.
fn text_of(reply: Reply) -> Result<String, String> {
    let address = reply.address().to_owned();
    let body = reply.success(|_| None).map_err(|error: SourceError| match error.kind {
        ErrorKind::Malformed => format!("{address} answers with a web page, not Markdown"),
        _ => error.what,
    })?;
    if body.contains(&0) {
        return Err(format!("{address} answers with something that is no text"));
    }
    Ok(String::from_utf8_lossy(&body).into_owned())
}

/// What stands between `//` and the path.
fn authority(address: &str) -> &str {
    let rest = address.split_once("//").map_or("", |(_, rest)| rest);
    rest.split(['/', '?', '#', '\\']).next().unwrap_or_default()
}

fn without_query(address: &str) -> &str {
    address.split(['?', '#']).next().unwrap_or_default()
}

fn shown(address: &str) -> String {
    harmless::line(without_query(address), 200).into_owned()
}

/// Files are read and written off the task that waits.
async fn find(cache: &Path, address: &str) -> Option<Kept> {
    let (cache, address) = (cache.to_owned(), address.to_owned());
    tokio::task::spawn_blocking(move || kept::find(&cache, &address)).await.ok().flatten()
}

/// What cannot be kept is no failure: the text is there.
async fn keep(cache: &Path, address: &str, text: &str, now: Moment) {
    let (cache, address, text) = (cache.to_owned(), address.to_owned(), text.to_owned());
    let _ = tokio::task::spawn_blocking(move || kept::keep(&cache, &address, &text, now)).await;
}
