//! Log files as a source.
//!
//! What lives here: finding files ([`globs`]), following them through rotation and truncation ([`client`]),
//! and their lines as log lines ([`map`], by [`logline`](super::logline)). What must not: counting or
//! filtering lines.

pub mod client;
pub mod globs;
pub mod map;
pub mod past;
pub mod wire;

#[cfg(test)]
mod tests;

use std::sync::Arc;
use std::time::{Duration, Instant};

use chrono::Utc;
use futures_util::future::BoxFuture;
use tokio::task::{JoinHandle, spawn_blocking};

use super::logline::{Clock, Reader};
use super::options::{FileOptions, SourceOptions};
use super::{Capabilities, ErrorKind, Observation, Source, SourceError};
use crate::domain::harmless;
use client::Tail;
use wire::Batch;

/// How often files are looked at unless configured.
pub const EVERY: Duration = Duration::from_millis(500);

/// Log files.
pub struct FileTail {
    options: FileOptions,
    service: Option<Arc<str>>,
    reader: Reader,
    tail: Option<Tail>,
    /// A round that is under way. It outlives a poll that is given up, so no line is lost and no second
    /// thread waits for the same dead disk.
    round: Option<JoinHandle<(Tail, Batch)>>,
}

impl FileTail {
    /// Nothing is opened before the first poll.
    #[must_use]
    pub fn new(options: &FileOptions, _source: &SourceOptions) -> Self {
        let here = nix::unistd::gethostname().ok().and_then(|name| name.into_string().ok());
        Self {
            options: options.clone(),
            service: options.service.as_deref().map(|name| harmless::line(name, 100).into()),
            reader: Reader::new(here),
            tail: None,
            round: None,
        }
    }

    async fn look(&mut self) -> Result<Observation, SourceError> {
        let round = self.round.get_or_insert_with(|| {
            let fresh = || Tail::new(&self.options.paths, self.options.backlog);
            let mut tail = self.tail.take().unwrap_or_else(fresh);
            spawn_blocking(move || {
                let batch = tail.round(Instant::now());
                (tail, batch)
            })
        });
        let ended = round.await;
        self.round = None;
        let (tail, batch) = ended.map_err(|error| {
            let what = format!("following log files broke off: {error}");
            SourceError::new(ErrorKind::Internal, what).advise("it begins anew; please report this")
        })?;
        self.tail = Some(tail);
        if batch.unread >= batch.files && batch.lines.is_empty() {
            let why = batch.notes.first().map_or("no path is configured", String::as_str);
            let error = SourceError::new(ErrorKind::Missing, format!("no log file can be read: {why}"));
            return Err(error.advise("check `paths`, and that this user may read them"));
        }
        let clock = Clock::of_this_machine(Utc::now());
        let logs = map::lines(batch.lines, self.options.format, self.service.as_ref(), &mut self.reader, clock);
        Ok(Observation { logs, notes: batch.notes, more: batch.more, ..Observation::default() })
    }
}

impl Source for FileTail {
    fn kind(&self) -> &'static str {
        "file"
    }

    fn poll(&mut self) -> BoxFuture<'_, Result<Observation, SourceError>> {
        Box::pin(self.look())
    }

    fn tells(&self) -> Capabilities {
        Capabilities { logs: true, ..Capabilities::default() }
    }
}
