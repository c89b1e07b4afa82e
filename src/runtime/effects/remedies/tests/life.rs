//! What happens between the begin of a run and its outcome.

use std::collections::HashMap;
use std::sync::Mutex;
use std::time::Duration;

use chrono::TimeDelta;
use tokio::sync::{mpsc, watch};

use super::{call, plan, process, run};
use crate::app::Msg;
use crate::clock::Clock;
use crate::domain::journal::{Entry, Outcome};
use crate::domain::remediation::output::{Output, OutputLine};
use crate::domain::remediation::plan::{Call, Check};
use crate::domain::remediation::run::{Ending, Phase, RunNews};
use crate::domain::remediation::{Exit, Plan, Run, RunId};
use crate::domain::{Moment, Operator};
use crate::remedy::exec::{Ended, Finished, Heard, Limits};
use crate::runtime::effects::remedies::ground::Ground;
use crate::runtime::effects::remedies::life::{Life, live};
use crate::runtime::effects::remedies::registry::Registry;
use crate::runtime::effects::remedies::teller::Teller;

/// What a program of the test does.
#[derive(Clone)]
enum Does {
    /// Says lines and ends.
    Ends(Ended, &'static [&'static str]),
    /// Goes on until it is told to end.
    UntilTold,
    /// Goes on whatever it is told.
    ForEver,
}

/// A ground without a store and without processes: programs by their names.
#[derive(Default)]
struct Made {
    programs: HashMap<&'static str, Does>,
    /// How often the outcome cannot be written.
    refuses: Mutex<usize>,
    vouched: Mutex<Vec<Option<(i32, u64)>>>,
    called: Mutex<Vec<(String, Limits)>>,
    ended: Mutex<Vec<(Run, Output, Entry)>>,
}

impl Made {
    fn new<const N: usize>(programs: [(&'static str, Does); N]) -> Self {
        Self { programs: programs.into(), ..Self::default() }
    }

    fn called(&self) -> Vec<String> {
        self.called.lock().unwrap().iter().map(|(name, _)| name.clone()).collect()
    }
}

impl Ground for Made {
    async fn vouch(&self, _: RunId, _: Moment, process: Option<(i32, u64)>) -> Result<(), String> {
        self.vouched.lock().unwrap().push(process);
        Ok(())
    }

    async fn end(&self, run: &Run, output: &Output, outcome: Entry) -> Result<(), String> {
        let mut refuses = self.refuses.lock().unwrap();
        if *refuses > 0 {
            *refuses -= 1;
            return Err("the disk is full".to_owned());
        }
        self.ended.lock().unwrap().push((run.clone(), output.clone(), outcome));
        Ok(())
    }

    async fn carry(
        &self,
        call: &Call,
        limits: Limits,
        heard: mpsc::Sender<Heard>,
        mut cancel: watch::Receiver<bool>,
    ) -> Result<Finished, Ending> {
        let name = call.words();
        self.called.lock().unwrap().push((name.clone(), limits));
        heard.send(Heard::Began(4711, 99)).await.unwrap();
        let mut output = Output::default();
        let ended = match &self.programs[name.as_str()] {
            Does::Ends(ended, lines) => {
                // It takes its time, so that what waits beside it has its turn.
                tokio::time::sleep(Duration::from_secs(1)).await;
                let lines: Vec<OutputLine> = lines.iter().map(|line| OutputLine::note(1, line)).collect();
                output.take(0, 0, lines.clone());
                heard.send(Heard::Said { back: 0, lines, left_out: 0 }).await.unwrap();
                ended.clone()
            }
            Does::UntilTold => {
                cancel.wait_for(|cancelled| *cancelled).await.unwrap();
                heard.send(Heard::Stopping).await.unwrap();
                Ended::Cancelled
            }
            Does::ForEver => {
                let lines = vec![OutputLine::note(1, "still here")];
                heard.send(Heard::Said { back: 0, lines, left_out: 0 }).await.unwrap();
                std::future::pending().await
            }
        };
        Ok(Finished { ended, took: Duration::from_millis(40), output, notes: Vec::new() })
    }
}

const OK: Does = Does::Ends(Ended::Exit(0), &["done"]);

/// What came of a run, and what it told on the way.
struct Came {
    run: Run,
    news: Vec<RunNews>,
}

impl Came {
    fn ending(&self) -> &Ending {
        self.run.ending.as_ref().unwrap()
    }

    fn phases(&self) -> Vec<Phase> {
        let phase = |news: &RunNews| if let RunNews::Phase(_, phase) = news { Some(*phase) } else { None };
        self.news.iter().filter_map(phase).collect()
    }
}

async fn lived(ground: &Made, plan: &Plan, registry: &Registry) -> Came {
    let began = Moment::UNIX_EPOCH + TimeDelta::days(20_000);
    let (told, mut heard) = mpsc::channel(1_000);
    let (teller, handing) = Teller::start(told);
    let slot = registry.enter(RunId(7), plan.grace.to_std().unwrap()).unwrap();
    let entry = Entry {
        at: began,
        operator: Operator::new("ana", "bastion"),
        action: "remedy.run".to_owned(),
        target: "restart-checkout".to_owned(),
        detail: "restart-checkout on checkout-7 · restart".to_owned(),
        outcome: Outcome::Intent,
    };
    let clock = Clock::Fixed(began);
    let life = Life { ground, teller: &teller, slot: &slot, plan, clock, entry };
    let run = live(life, run(began)).await;
    drop(teller);
    handing.await.unwrap();
    let mut news = Vec::new();
    while let Some(Msg::Run(one)) = heard.recv().await {
        news.push(*one);
    }
    Came { run, news }
}

fn verified() -> Plan {
    Plan { checks: vec![Check::Process(process(&["ready"]))], verify: Some(call(&["verify"])), ..plan() }
}

#[tokio::test(start_paused = true)]
async fn a_run_is_checked_run_verified_and_written_with_everything_it_said() {
    let ground = Made::new([("ready", OK), ("restart", OK), ("verify", Does::Ends(Ended::Exit(0), &["active"]))]);
    let came = lived(&ground, &verified(), &Registry::default()).await;
    assert_eq!(came.ending(), &Ending::Ok);
    assert_eq!(ground.called(), ["ready", "restart", "verify"]);
    assert_eq!(came.phases(), [Phase::Checking, Phase::Running, Phase::Verifying]);
    assert!(matches!(came.news.first(), Some(RunNews::Began(_))), "{:?}", came.news);
    assert!(matches!(came.news.last(), Some(RunNews::Ended(run)) if run.ending == Some(Ending::Ok)));
    let ended = ground.ended.lock().unwrap();
    let [(kept, output, outcome)] = ended.as_slice() else { panic!("one outcome") };
    assert_eq!((kept.process, kept.ended.is_some()), (Some((4711, 99)), true));
    let said: Vec<String> = output.first().iter().map(OutputLine::text).collect();
    assert_eq!(said, ["must hold before: ready", "done", "done", "verify: verify", "active"]);
    assert_eq!(outcome.outcome, Outcome::Done);
    assert!(outcome.detail.starts_with("restart-checkout on checkout-7 · restart · ok, "), "{}", outcome.detail);
    let limits = ground.called.lock().unwrap()[0].1;
    assert_eq!(limits.timeout, Duration::from_secs(10), "a precondition has a short deadline");
    assert_eq!(ground.vouched.lock().unwrap().first(), Some(&Some((4711, 99))), "its process is noted at once");
}

#[tokio::test(start_paused = true)]
async fn a_precondition_that_does_not_hold_keeps_it_from_running() {
    let not_ready = Does::Ends(Ended::Exit(2), &["no response"]);
    let ground = Made::new([("ready", not_ready), ("restart", OK), ("verify", OK)]);
    let came = lived(&ground, &verified(), &Registry::default()).await;
    let words = "a precondition does not hold, nothing was done: ready: exit 2, no response";
    assert_eq!(came.ending(), &Ending::Failed(words.to_owned()));
    assert_eq!(ground.called(), ["ready"]);
}

#[tokio::test(start_paused = true)]
async fn what_failed_is_not_verified_and_what_cannot_be_verified_is_not_known_to_be_done() {
    let ground = Made::new([("ready", OK), ("restart", Does::Ends(Ended::Exit(3), &[])), ("verify", OK)]);
    let exits = [(3, Exit { ok: false, words: "the unit does not exist".to_owned() })].into();
    let came = lived(&ground, &Plan { exits, ..verified() }, &Registry::default()).await;
    assert_eq!(came.ending(), &Ending::Failed("exit 3, the unit does not exist".to_owned()));
    assert_eq!(ground.called(), ["ready", "restart"]);

    let inactive = Does::Ends(Ended::Exit(3), &["activating", "inactive"]);
    let ground = Made::new([("ready", OK), ("restart", OK), ("verify", inactive)]);
    let came = lived(&ground, &verified(), &Registry::default()).await;
    assert_eq!(came.ending(), &Ending::Unverified("verify: exit 3, inactive".to_owned()));
    assert_eq!(ground.ended.lock().unwrap()[0].2.outcome.word(), "unknown");
}

#[tokio::test(start_paused = true)]
async fn it_is_vouched_for_as_long_as_it_lives_and_stops_when_it_is_told() {
    let ground = Made::new([("restart", Does::UntilTold)]);
    let (registry, plan) = (Registry::default(), plan());
    let told = async {
        tokio::time::sleep(Duration::from_secs(35)).await;
        assert!(registry.stop(RunId(7), "ana stopped it"));
        assert!(!registry.stop(RunId(8), "ana stopped it"), "there is no such run");
    };
    let (came, ()) = tokio::join!(lived(&ground, &plan, &registry), told);
    assert_eq!(came.ending(), &Ending::Cancelled("ana stopped it".to_owned()));
    assert_eq!(came.phases(), [Phase::Running, Phase::Stopping]);
    assert!(ground.vouched.lock().unwrap().len() >= 4, "every ten seconds: {:?}", ground.vouched);
    assert!(registry.is_empty());
}

#[tokio::test(start_paused = true)]
async fn what_does_not_stop_is_dropped_when_there_is_no_time_and_its_words_are_kept() {
    let ground = Made::new([("restart", Does::ForEver)]);
    let (registry, plan) = (Registry::default(), plan());
    let gone = async {
        tokio::time::sleep(Duration::from_secs(1)).await;
        registry.stop_at_once("the terminal is gone");
        registry.idle().await;
    };
    let (came, ()) = tokio::join!(lived(&ground, &plan, &registry), gone);
    assert_eq!(came.ending(), &Ending::Cancelled("the terminal is gone".to_owned()));
    let ended = ground.ended.lock().unwrap();
    let said: Vec<String> = ended[0].1.first().iter().map(OutputLine::text).collect();
    assert_eq!(said, ["still here", "killed at once"]);
}

#[tokio::test(start_paused = true)]
async fn a_call_that_never_comes_back_is_an_outcome_that_nobody_knows() {
    let ground = Made::new([("restart", Does::ForEver)]);
    let came = lived(&ground, &plan(), &Registry::default()).await;
    assert_eq!(came.ending().word(), "unknown");
    assert_eq!(ground.ended.lock().unwrap()[0].2.outcome.word(), "unknown");
}

#[tokio::test(start_paused = true)]
async fn an_outcome_that_cannot_be_written_is_tried_again_and_then_told() {
    let ground = Made::new([("restart", OK)]);
    *ground.refuses.lock().unwrap() = 2;
    lived(&ground, &plan(), &Registry::default()).await;
    assert_eq!(ground.ended.lock().unwrap().len(), 1);
    *ground.refuses.lock().unwrap() = 9;
    let came = lived(&ground, &plan(), &Registry::default()).await;
    let said = format!("{:?}", came.news);
    assert!(said.contains("its outcome (ok) could not be written: the disk is full"), "{said}");
}
