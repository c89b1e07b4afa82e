//! Runs of remedies: locks, cool-downs, what they said, and runs that nobody vouches for any more.

use super::{Store, StoreError};
use crate::domain::Moment;
use crate::domain::journal::Entry;
use crate::domain::remediation::output::Output;
use crate::domain::remediation::run::{Run, RunId};

/// A run that is to begin.
#[derive(Debug, Clone, PartialEq)]
pub struct Start {
    /// The run, as it begins.
    pub run: Run,
    /// The hash of its plan.
    pub plan: String,
    /// The request that must have been approved for this plan by somebody else; `None` where one person is enough.
    pub request: Option<RunId>,
    /// At most so many runs by itself since then.
    pub at_most: Option<(u32, Moment)>,
    /// The journal's intent, written in the same moment.
    pub intent: Entry,
}

/// What came of asking to begin a run.
#[derive(Debug, Clone, PartialEq)]
pub enum Begun {
    /// It is ours: the lock is held, the intent is written.
    Yours,
    /// It is not: in words, who runs it, until when it cools down, who has to agree.
    Refused(String),
}

impl Store {
    /// Begins a run, or refuses: another run of the same remedy on the same target runs or cools down, a second person
    /// has not agreed, or it ran by itself too often. One transaction: of any number of processes one gets it.
    ///
    /// # Errors
    /// The store cannot be written; nothing was begun then.
    pub async fn begin_run(&self, _start: &Start) -> Result<Begun, StoreError> {
        Ok(Begun::Refused("not built yet".to_owned()))
    }

    /// Vouches for a run until `lease`, and notes its process once it is known.
    ///
    /// # Errors
    /// The store cannot be written.
    pub async fn vouch_for_run(
        &self,
        _id: RunId,
        _lease: Moment,
        _process: Option<(i32, u64)>,
    ) -> Result<(), StoreError> {
        Ok(())
    }

    /// Ends a run: its ending, what it said, and the journal's outcome, in one moment. A run that has ended stays as it
    /// is; says whether it was ended by this call.
    ///
    /// # Errors
    /// The store cannot be written.
    pub async fn end_run(&self, _run: &Run, _output: &Output, _outcome: Entry) -> Result<bool, StoreError> {
        Ok(false)
    }

    /// What a run said.
    ///
    /// # Errors
    /// The store cannot be read.
    pub async fn output_of(&self, _id: RunId) -> Result<Option<Output>, StoreError> {
        Ok(None)
    }

    /// Runs that have not ended and that nobody vouches for at `now`.
    ///
    /// # Errors
    /// The store cannot be read.
    pub async fn abandoned_runs(&self, _now: Moment) -> Result<Vec<Run>, StoreError> {
        Ok(Vec::new())
    }

    /// The last run of a remedy on a target.
    ///
    /// # Errors
    /// The store cannot be read.
    pub async fn last_run(&self, _remedy: &str, _target: &str) -> Result<Option<Run>, StoreError> {
        Ok(None)
    }

    /// What would refuse such a run now, in words; `None` if nothing would. For the prompt; [`Store::begin_run`] decides.
    ///
    /// # Errors
    /// The store cannot be read.
    pub async fn run_hurdle(&self, _remedy: &str, _target: &str, _now: Moment) -> Result<Option<String>, StoreError> {
        Ok(None)
    }
}
