//! What a run stands on: the store that keeps it, and what carries its calls out. A trait, so that the life of a run
//! can be tested without either.

use std::collections::BTreeMap;
use std::future::Future;

use tokio::sync::{mpsc, watch};

use crate::domain::Moment;
use crate::domain::discreet;
use crate::domain::journal::Entry;
use crate::domain::remediation::Hidden;
use crate::domain::remediation::output::Output;
use crate::domain::remediation::plan::{Call, HttpCall};
use crate::domain::remediation::run::{Ending, Run, RunId};
use crate::remedy::exec::{self, Ended, Finished, Heard, Limits};
use crate::remedy::http::{self, End};
use crate::source::options::HttpOptions;
use crate::store::Store;

/// The values of hidden variables, by name.
pub(super) type Secrets = BTreeMap<String, Hidden>;

/// What a run stands on.
pub(super) trait Ground: Sync {
    /// Vouches for a run, and notes its process.
    fn vouch(
        &self,
        id: RunId,
        lease: Moment,
        process: Option<(i32, u64)>,
    ) -> impl Future<Output = Result<(), String>> + Send;

    /// Keeps how a run ended.
    fn end(&self, run: &Run, output: &Output, outcome: Entry) -> impl Future<Output = Result<(), String>> + Send;

    /// Does one thing, to its end. Where that cannot be known, how the run has ended then.
    fn carry(
        &self,
        call: &Call,
        limits: Limits,
        heard: mpsc::Sender<Heard>,
        cancel: watch::Receiver<bool>,
    ) -> impl Future<Output = Result<Finished, Ending>> + Send;
}

/// The real one.
#[derive(Debug)]
pub(super) struct Real {
    /// Where runs are kept.
    pub(super) store: Store,
    /// Everything that the calls must not show.
    pub(super) secrets: Secrets,
    /// How a request is sent.
    pub(super) access: Option<HttpOptions>,
}

impl Ground for Real {
    async fn vouch(&self, id: RunId, lease: Moment, process: Option<(i32, u64)>) -> Result<(), String> {
        self.store.vouch_for_run(id, lease, process).await.map_err(|error| error.to_string())
    }

    async fn end(&self, run: &Run, output: &Output, outcome: Entry) -> Result<(), String> {
        let ended = self.store.end_run(run, output, outcome.clone()).await.map_err(|error| error.to_string())?;
        if !ended {
            // Another midwatch had given it up. Its row stays; what really came of it is told beside it.
            self.store.append(outcome).await.map_err(|error| error.to_string())?;
        }
        Ok(())
    }

    async fn carry(
        &self,
        call: &Call,
        limits: Limits,
        heard: mpsc::Sender<Heard>,
        cancel: watch::Receiver<bool>,
    ) -> Result<Finished, Ending> {
        carry(call, &self.secrets, self.access.as_ref(), limits, heard, cancel).await
    }
}

/// Does one thing, to its end.
pub(super) async fn carry(
    call: &Call,
    secrets: &Secrets,
    access: Option<&HttpOptions>,
    limits: Limits,
    heard: mpsc::Sender<Heard>,
    cancel: watch::Receiver<bool>,
) -> Result<Finished, Ending> {
    match call {
        Call::Process(process) => Ok(exec::run(process, secrets, limits, heard, cancel).await),
        Call::Http(http) => follow(http, access, limits, heard, cancel).await,
    }
}

/// Sends a request and follows it to its end.
async fn follow(
    call: &HttpCall,
    access: Option<&HttpOptions>,
    limits: Limits,
    heard: mpsc::Sender<Heard>,
    cancel: watch::Receiver<bool>,
) -> Result<Finished, Ending> {
    let access = access.ok_or_else(|| {
        Ending::Failed(format!("{} was not sent: how to reach it is not known", discreet::text(&call.url)))
    })?;
    let followed = http::follow(call, access, limits.timeout, heard, cancel).await;
    match followed.end {
        End::Ok(_) => {
            Ok(Finished { ended: Ended::Exit(0), took: followed.took, output: followed.output, notes: Vec::new() })
        }
        End::Failed(words) => Err(Ending::Failed(words)),
        End::Unknown(words) => Err(Ending::Unknown(words)),
    }
}
