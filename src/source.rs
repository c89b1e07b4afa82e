//! The back ends that are polled or streamed, behind one contract.
//!
//! What lives here: the [`Source`] trait and its mute capability, one folder for each vendor with the same
//! four files (`wire` what it sends, `client` how it is asked, `map` wire to domain as a pure function,
//! `tests`), the one poller that drives them all, and the only user of reqwest ([`http`]). What must not:
//! deduplication, grouping or anything else that looks at two sources (that is the board's), and the
//! configuration file (adapters take plain [`options`]).

pub mod alertmanager;
#[cfg(test)]
mod contract;
pub mod error;
pub mod file;
pub mod host;
pub mod http;
pub mod journald;
pub mod json;
pub mod logline;
pub mod observation;
pub mod options;
pub mod past;
pub mod poller;
pub mod prometheus;
pub mod registry;
pub mod secret;

use std::sync::Arc;

use futures_util::future::BoxFuture;

pub use error::{ErrorKind, SourceError};
pub use observation::{Observation, Part};

pub use crate::domain::mute::NewSilence;
use crate::domain::{Moment, Mute, MuteId};

/// A back end that can be asked again and again. One poller task owns it.
pub trait Source: Send {
    /// The kind, as in the configuration.
    fn kind(&self) -> &'static str;

    /// Asks once. The answer is complete: what is not in it is not there. A partial answer says so in its
    /// notes. The poller bounds the time; an adapter bounds the size.
    ///
    /// # Errors
    /// Where it failed, what failed and what to do. A failure never means "nothing fires".
    fn poll(&mut self) -> BoxFuture<'_, Result<Observation, SourceError>>;

    /// The way to mute at this source, if it has one.
    fn muting(&self) -> Option<Arc<dyn Muting>> {
        None
    }

    /// What this source can tell. `midwatch check` and the contract suite ask.
    fn tells(&self) -> Capabilities;
}

/// What a source can tell and do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[expect(clippy::struct_excessive_bools, reason = "four independent capabilities, each a plain yes or no")]
pub struct Capabilities {
    /// It tells alerts.
    pub alerts: bool,
    /// It tells signals.
    pub signals: bool,
    /// It tells log lines.
    pub logs: bool,
    /// It can mute.
    pub mutes: bool,
}

/// A source that can be told to be quiet. Shared between the tasks that act.
pub trait Muting: Send + Sync {
    /// Makes a silence and returns its id. Never tried twice by itself.
    fn create(&self, silence: NewSilence) -> BoxFuture<'_, Result<MuteId, SourceError>>;

    /// Looks for a silence that was asked for while nobody heard the answer: the same maker, words and matchers, not
    /// begun before it was asked for. Also one that has ended since; `None` if the source has none.
    fn find(&self, silence: NewSilence) -> BoxFuture<'_, Result<Option<Mute>, SourceError>>;

    /// Reads one silence as it is now; `None` if the source does not know it.
    fn read(&self, id: MuteId) -> BoxFuture<'_, Result<Option<Mute>, SourceError>>;

    /// Moves the end of a silence that is in force and returns the id it has now, which may be a new one.
    fn extend(&self, id: MuteId, ends: Moment) -> BoxFuture<'_, Result<MuteId, SourceError>>;

    /// Ends a silence now. One that has ended already is no error.
    fn expire(&self, id: MuteId) -> BoxFuture<'_, Result<(), SourceError>>;
}
