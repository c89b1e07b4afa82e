//! Runs of remedies: locks, cool-downs, endings, and runs that nobody vouches for any more.

use sqlx::Connection as _;

use super::columns::millis;
use super::{Store, StoreError, journal, outputs, refusals, relax, requests, revise, run_rows};
use crate::domain::Moment;
use crate::domain::journal::Entry;
use crate::domain::remediation::output::Output;
use crate::domain::remediation::run::{Ending, Run, RunId};

/// A run that is to begin.
#[derive(Debug, Clone, PartialEq)]
pub struct Start {
    /// The run, as it begins.
    pub run: Run,
    /// The hash of its plan.
    pub plan: String,
    /// The request that must have been approved for this plan by somebody else; `None` where one person is enough.
    pub request: Option<RunId>,
    /// At most so many runs of this remedy by itself since then, whatever their targets.
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
    /// has not agreed, or it ran by itself too often. One transaction: of any number of processes one gets it. What was
    /// agreed to is used up by it, and the run notes who agreed.
    ///
    /// # Errors
    /// The store cannot be written; nothing may be run then.
    pub async fn begin_run(&self, start: &Start) -> Result<Begun, StoreError> {
        let write = async {
            let mut writer = self.lasting().await?;
            let mut tx = writer.begin_with("BEGIN IMMEDIATE").await?;
            let approved_by = match refusals::look(&mut tx, start).await? {
                Ok(approved_by) => approved_by,
                Err(words) => {
                    tx.rollback().await?;
                    return Ok(Begun::Refused(words));
                }
            };
            run_rows::insert(&mut tx, start, approved_by.as_deref()).await?;
            if let Some(request) = start.request {
                requests::close(&mut tx, request).await?;
            }
            journal::record(&mut tx, start.intent.clone()).await?;
            revise(&mut tx).await?;
            tx.commit().await?;
            relax(&mut writer).await?;
            Ok(Begun::Yours)
        };
        self.within("begin a run", write).await
    }

    /// Vouches for a run until `lease`, and notes its process once it is known. A lease is never shortened, and a run
    /// that has ended stays as it is.
    ///
    /// # Errors
    /// The store cannot be written.
    pub async fn vouch_for_run(&self, id: RunId, lease: Moment, process: Option<(i32, u64)>) -> Result<(), StoreError> {
        let (leader, began) = run_rows::process_columns(process);
        let write = async {
            let mut tx = self.begin().await?;
            let found = sqlx::query(
                "UPDATE runs SET lease = CASE WHEN lease < $2 THEN $2 ELSE lease END,
                     process = coalesce($3, process), process_began = coalesce($4, process_began)
                 WHERE id = $1 AND ended IS NULL",
            )
            .bind(id.to_string())
            .bind(millis(lease))
            .bind(leader)
            .bind(began)
            .execute(&mut *tx)
            .await?
            .rows_affected();
            // A lease alone is news too: whoever looks must not take a run for one that nobody vouches for.
            if found > 0 {
                revise(&mut tx).await?;
            }
            tx.commit().await
        };
        self.within("vouch for a run", write).await
    }

    /// Ends a run: its ending, what it said, and the journal's outcome, in one moment. A run that has ended stays as it
    /// is; says whether it was ended by this call. If not, nothing was written, the outcome neither.
    ///
    /// # Errors
    /// The store cannot be written.
    pub async fn end_run(&self, run: &Run, output: &Output, outcome: Entry) -> Result<bool, StoreError> {
        let ended = millis(run.ended.unwrap_or(outcome.at));
        let nothing_said = || Ending::Unknown("its midwatch did not say how it ended".to_owned());
        let ending = run.ending.clone().unwrap_or_else(nothing_said);
        let said = outputs::text_of(output);
        let write = async {
            let mut tx = self.begin().await?;
            let found =
                sqlx::query("UPDATE runs SET ended = $2, ending = $3, why = $4 WHERE id = $1 AND ended IS NULL")
                    .bind(run.id.to_string())
                    .bind(ended)
                    .bind(ending.word())
                    .bind(ending.why())
                    .execute(&mut *tx)
                    .await?
                    .rows_affected();
            if found == 0 {
                tx.rollback().await?;
                return Ok(false);
            }
            outputs::put(&mut tx, run.id, ended, &said?).await?;
            journal::record(&mut tx, outcome).await?;
            revise(&mut tx).await?;
            tx.commit().await?;
            Ok(true)
        };
        self.within("end a run", write).await
    }

    /// Runs that have not ended and that nobody vouches for at `now`, oldest first.
    ///
    /// # Errors
    /// The store cannot be read.
    pub async fn abandoned_runs(&self, now: Moment) -> Result<Vec<Run>, StoreError> {
        let read = async { run_rows::abandoned(&mut *self.inner.readers.acquire().await?, now).await };
        self.within("read runs", read).await
    }

    /// Runs that have not ended, whoever vouches for them, oldest first.
    ///
    /// # Errors
    /// The store cannot be read.
    pub async fn open_runs(&self) -> Result<Vec<Run>, StoreError> {
        let read = async { run_rows::abandoned(&mut *self.inner.readers.acquire().await?, Moment::MAX_UTC).await };
        self.within("read runs", read).await
    }

    /// The last run of a remedy on a target.
    ///
    /// # Errors
    /// The store cannot be read.
    pub async fn last_run(&self, remedy: &str, target: &str) -> Result<Option<Run>, StoreError> {
        let read = async { run_rows::last(&mut *self.inner.readers.acquire().await?, remedy, target).await };
        self.within("read the last run", read).await
    }

    /// What would refuse such a run now, in words; `None` if nothing would. For the prompt; [`Store::begin_run`] decides.
    /// Who must agree, and how often it may run by itself, is not looked at.
    ///
    /// # Errors
    /// The store cannot be read.
    pub async fn run_hurdle(&self, remedy: &str, target: &str, now: Moment) -> Result<Option<String>, StoreError> {
        let read = async {
            let mut tx = self.inner.readers.begin().await?;
            let words = refusals::in_the_way(&mut tx, remedy, target, now).await?;
            tx.rollback().await?;
            Ok(words)
        };
        self.within("look for other runs", read).await
    }
}
