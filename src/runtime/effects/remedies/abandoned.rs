//! Runs whose midwatch ended in mid-run: nobody knows what came of them. That is written, and said; they are never
//! run again by themselves.

use std::sync::Arc;
use std::time::Duration;

use chrono::TimeDelta;
use tokio::sync::{Notify, mpsc};

use super::super::Hands;
use crate::app::Msg;
use crate::app::toast::Tone;
use crate::domain::Moment;
use crate::domain::journal::{Entry, Outcome};
use crate::domain::remediation::Run;
use crate::domain::remediation::output::Output;
use crate::domain::remediation::run::Ending;
use crate::remedy::exec;
use crate::runtime::guarded::guarded;
use crate::runtime::holder;
use crate::store::StoreError;

/// How often they are looked for.
const EVERY: Duration = Duration::from_secs(30);
/// How long nobody must have vouched for a run of another host: only there is it known what became of its process.
const ELSEWHERE: TimeDelta = TimeDelta::minutes(2);

impl Hands {
    /// Looks for abandoned runs, at once and again and again, until nobody listens.
    pub async fn look_after_runs(self, told: mpsc::Sender<Msg>, nudge: Arc<Notify>) {
        loop {
            for words in self.settle_abandoned().await {
                nudge.notify_one();
                if told.send(Msg::Say { tone: Tone::Failed, words }).await.is_err() {
                    return;
                }
            }
            tokio::select! {
                () = told.closed() => return,
                () = tokio::time::sleep(EVERY) => {}
            }
        }
    }

    /// Ends the runs whose midwatch has ended, or that nobody vouches for any more; what is to be said of each.
    pub async fn settle_abandoned(&self) -> Vec<String> {
        let settled = guarded("runs that were left alone", self.settle()).await;
        match settled.and_then(|settled| settled.map_err(|error| error.to_string())) {
            Ok(said) => said,
            Err(error) => {
                tracing::warn!(%error, "abandoned runs could not be looked for");
                Vec::new()
            }
        }
    }

    async fn settle(&self) -> Result<Vec<String>, StoreError> {
        let Some(store) = self.store.get() else { return Ok(Vec::new()) };
        let now = self.clock.now();
        let mut said = Vec::new();
        for mut run in store.open_runs().await? {
            // After a sleep of this machine our own lease may be over before we can renew it.
            let ours = self.remedies.running.holds(run.id);
            if ours || !is_over(&run, &self.operator.host, now, holder::has_ended) {
                continue;
            }
            let why = words(&run, &self.operator.host, exec::is_alive);
            let ending = Ending::Unknown(why.clone());
            run.ended = Some(now);
            run.ending = Some(ending);
            let entry = Entry {
                at: now,
                operator: self.operator.clone(),
                action: "remedy.run".to_owned(),
                target: run.incident.map_or_else(|| run.remedy.to_string(), |incident| incident.to_string()),
                detail: format!("{} on {} · {}", run.remedy, run.target, run.command),
                outcome: Outcome::Unknown(why.clone()),
            };
            if store.end_run(&run, &Output::default(), entry).await? {
                said.push(format!("{} on {}: outcome unknown: {why}", run.remedy, run.target));
            }
        }
        Ok(said)
    }
}

/// Whether a run may be called over from this host: its midwatch has ended, or nobody vouches for it any more.
fn is_over(run: &Run, host: &str, now: Moment, has_ended: impl Fn(&str) -> bool) -> bool {
    let here = run.operator.host == host;
    if here { run.lease < now || has_ended(&run.holder) } else { run.lease + ELSEWHERE < now }
}

fn words(run: &Run, host: &str, is_alive: impl Fn((i32, u64)) -> bool) -> String {
    let ended = format!("midwatch ({}) ended while it ran", run.holder);
    match run.process {
        None => format!("{ended}, and it is not known whether its process began"),
        Some((leader, _)) if run.operator.host != host => {
            format!("{ended}; look on {} whether its process group {leader} still runs", run.operator.host)
        }
        Some(process) => {
            let still = if is_alive(process) { "still runs" } else { "has ended" };
            format!("{ended}; its process group {} {still}", process.0)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::runtime::effects::remedies::tests::run;

    #[test]
    fn what_became_of_the_process_is_said_as_far_as_it_is_known() {
        let now = Moment::UNIX_EPOCH + TimeDelta::hours(1);
        let mut run = run(now - TimeDelta::minutes(1));
        run.lease = now - TimeDelta::seconds(1);
        assert!(is_over(&run, "bastion", now, |_| false));
        assert!(!is_over(&run, "elsewhere", now, |_| true), "its midwatch may be slow");
        assert!(is_over(&run, "elsewhere", now + TimeDelta::minutes(3), |_| false));
        run.lease = now + TimeDelta::seconds(20);
        assert!(!is_over(&run, "bastion", now, |_| false), "somebody vouches for it");
        assert!(is_over(&run, "bastion", now, |holder| holder == "ana@bastion (4711)"), "who vouched has ended");
        assert!(words(&run, "bastion", |_| true).contains("not known whether its process began"));
        run.process = Some((4711, 99));
        assert!(words(&run, "bastion", |process| process == (4711, 99)).ends_with("its process group 4711 still runs"));
        assert!(words(&run, "bastion", |_| false).ends_with("its process group 4711 has ended"));
        assert!(words(&run, "other", |_| true).contains("look on bastion"));
    }
}
