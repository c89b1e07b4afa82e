//! The life of one run that has begun: its preconditions once more, what it does, the verification, its outcome.
//! Whatever happens, it ends with an outcome that is written.

use std::convert::Infallible;
use std::time::Duration;

use chrono::TimeDelta;
use tokio::sync::{mpsc, watch};
use tokio::time::Instant;

use super::ending;
use super::ground::Ground;
use super::registry::Slot;
use super::teller::Teller;
use crate::clock::Clock;
use crate::domain::journal::Entry;
use crate::domain::remediation::Plan;
use crate::domain::remediation::output::{Output, OutputLine};
use crate::domain::remediation::plan::{Call, Check};
use crate::domain::remediation::run::{Ending, Phase, Run, RunId, RunNews};
use crate::remedy::exec::{Ended, Finished, Heard, Limits};

/// How long this midwatch vouches for a run at a time.
pub(super) const LEASE: TimeDelta = TimeDelta::seconds(30);
/// How often it does so again.
const VOUCH: Duration = Duration::from_secs(10);
/// The longest that a precondition may take.
const CHECK: Duration = Duration::from_secs(10);
/// How long after its last deadline a process that does not come back is given up.
const LOST: Duration = Duration::from_secs(10);
/// What is heard of a process and not taken yet.
const HEARD: usize = 64;
/// How often an outcome is tried to be written.
const TRIES: usize = 3;

/// One run that has begun.
pub(super) struct Life<'a, G> {
    /// What it stands on.
    pub(super) ground: &'a G,
    /// Hears what it tells.
    pub(super) teller: &'a Teller,
    /// Tells it to stop.
    pub(super) slot: &'a Slot,
    /// What it does.
    pub(super) plan: &'a Plan,
    /// What time it is.
    pub(super) clock: Clock,
    /// The journal's row; its outcome is set at the end.
    pub(super) entry: Entry,
}

/// Lives it to its end.
pub(super) async fn live<G: Ground>(life: Life<'_, G>, mut run: Run) -> Run {
    let began = Instant::now();
    life.teller.tell(RunNews::Began(run.clone()));
    let (process, noted) = watch::channel(None);
    let mut work = Work { life: &life, id: run.id, began, kept: Output::default(), process, remark: String::new() };
    let ending = tokio::select! {
        ending = work.phases() => ending,
        never = vouch(life.ground, run.id, life.clock, noted) => match never {},
    };
    let Work { kept, process, remark, .. } = work;
    run.process = *process.borrow();
    run.ended = Some(life.clock.now());
    run.ending = Some(ending.clone());
    let words = if remark.is_empty() { ending.words() } else { format!("{}, {remark}", ending.words()) };
    let detail = format!("{} · {words}, {}", life.entry.detail, ending::took(began.elapsed()));
    let outcome = Entry { at: life.clock.now(), detail, outcome: ending::outcome(&ending), ..life.entry };
    if let Err(error) = write(life.ground, &run, &kept, outcome).await {
        tracing::error!(run = %run.id, %error, "the outcome of a run could not be written");
        let words = format!("its outcome ({words}) could not be written: {error}");
        let note = vec![OutputLine::note(0, &words)];
        life.teller.tell(RunNews::Output { run: run.id, back: 0, lines: note, left_out: 0 });
    }
    life.teller.tell(RunNews::Ended(run.clone()));
    run
}

async fn write<G: Ground>(ground: &G, run: &Run, output: &Output, outcome: Entry) -> Result<(), String> {
    let mut tried = Ok(());
    for after in 0..TRIES {
        if after > 0 {
            tokio::time::sleep(Duration::from_millis(300)).await;
        }
        tried = ground.end(run, output, outcome.clone()).await;
        if tried.is_ok() {
            break;
        }
    }
    tried
}

/// Vouches for a run for as long as it lives, and at once when its process is known.
async fn vouch<G: Ground>(
    ground: &G,
    id: RunId,
    clock: Clock,
    mut noted: watch::Receiver<Option<(i32, u64)>>,
) -> Infallible {
    loop {
        let gone = tokio::select! {
            changed = noted.changed() => changed.is_err(),
            () = tokio::time::sleep(VOUCH) => false,
        };
        if gone {
            // The run has ended, and this ends with it.
            return std::future::pending().await;
        }
        let process = *noted.borrow_and_update();
        if let Err(error) = ground.vouch(id, clock.now() + LEASE, process).await {
            tracing::warn!(run = %id, %error, "a run could not be vouched for");
        }
    }
}

/// What a life works with.
struct Work<'a, G> {
    life: &'a Life<'a, G>,
    id: RunId,
    began: Instant,
    kept: Output,
    process: watch::Sender<Option<(i32, u64)>>,
    remark: String,
}

impl<G: Ground> Work<'_, G> {
    async fn phases(&mut self) -> Ending {
        let plan = self.life.plan;
        if let Err(ending) = self.check().await {
            return ending;
        }
        if let Some(why) = self.life.slot.why() {
            return Ending::Cancelled(format!("{why}, before it did anything"));
        }
        self.phase(Phase::Running);
        let limits = Limits { timeout: std(plan.timeout), grace: std(plan.grace) };
        let finished = match self.carry(&plan.run, limits).await {
            Ok(finished) => finished,
            Err(ending) => return ending,
        };
        let ending = ending::of(&finished.ended, &plan.exits, self.life.slot.why());
        match &plan.verify {
            Some(verify) if ending.is_ok() => self.verify(verify, limits).await,
            _ => {
                let remark = ending::remark(&finished.ended, &plan.exits);
                if ending.is_ok() && !remark.is_empty() {
                    remark.clone_into(&mut self.remark);
                    self.note(remark);
                }
                ending
            }
        }
    }

    /// Asks the preconditions that are processes once more; those that are signals were asked when it was planned.
    async fn check(&mut self) -> Result<(), Ending> {
        let plan = self.life.plan;
        let mut said = false;
        for check in &plan.checks {
            let Check::Process(process) = check else { continue };
            if !std::mem::replace(&mut said, true) {
                self.phase(Phase::Checking);
            }
            let words = process.words();
            self.note(&format!("must hold before: {words}"));
            let limits = Limits { timeout: std(plan.timeout).min(CHECK), grace: std(plan.grace).min(CHECK) };
            let finished = self.carry(&Call::Process(process.clone()), limits).await?;
            if finished.ended == Ended::Cancelled {
                let why = self.life.slot.why().unwrap_or_default();
                return Err(Ending::Cancelled(format!("{why}, before it did anything")));
            }
            if let Some(objection) = ending::objection(&finished) {
                return Err(Ending::Failed(format!(
                    "a precondition does not hold, nothing was done: {words}: {objection}"
                )));
            }
        }
        Ok(())
    }

    async fn verify(&mut self, verify: &Call, limits: Limits) -> Ending {
        self.phase(Phase::Verifying);
        self.note(&format!("verify: {}", verify.words()));
        match self.carry(verify, limits).await {
            Ok(finished) => match ending::objection(&finished) {
                None => Ending::Ok,
                Some(objection) => Ending::Unverified(format!("{}: {objection}", verify.words())),
            },
            Err(ending) => Ending::Unverified(format!("{}: {}", verify.words(), ending.words())),
        }
    }

    /// Does one thing and keeps what it says.
    async fn carry(&mut self, call: &Call, limits: Limits) -> Result<Finished, Ending> {
        let (slot, teller, id) = (self.life.slot, self.life.teller, self.id);
        let offset = millis(self.began.elapsed());
        let begun = Instant::now();
        let (heard, mut ears) = mpsc::channel(HEARD);
        let mut streamed = Output::default();
        let finished = {
            let noted = &self.process;
            let hearing = async {
                while let Some(heard) = ears.recv().await {
                    hear(heard, offset, noted, &mut streamed, teller, id);
                }
            };
            let work = self.life.ground.carry(call, limits, heard, slot.cancelled());
            let both = async { tokio::join!(work, hearing).0 };
            tokio::select! {
                finished = both => Some(finished),
                // Dropping a call kills what it started.
                () = slot.out_of_time() => None,
                () = tokio::time::sleep(limits.timeout + limits.grace + LOST) => {
                    let words = "it did not come back although it was killed; look whether it still runs".to_owned();
                    Some(Err(Ending::Unknown(words)))
                }
            }
        };
        match finished {
            Some(Ok(mut finished)) => {
                absorb(&mut self.kept, &finished.output, offset);
                for note in std::mem::take(&mut finished.notes) {
                    self.note(&note);
                }
                Ok(finished)
            }
            Some(Err(ending)) => {
                absorb(&mut self.kept, &streamed, 0);
                Err(ending)
            }
            None => {
                absorb(&mut self.kept, &streamed, 0);
                self.note("killed at once");
                Ok(Finished { ended: Ended::Cancelled, took: begun.elapsed(), output: streamed, notes: Vec::new() })
            }
        }
    }

    fn phase(&self, phase: Phase) {
        self.life.teller.tell(RunNews::Phase(self.id, phase));
    }

    /// Says something of midwatch's own, in the output.
    fn note(&mut self, words: &str) {
        let line = OutputLine::note(millis(self.began.elapsed()), words);
        self.kept.take(0, 0, [line.clone()]);
        self.life.teller.tell(RunNews::Output { run: self.id, back: 0, lines: vec![line], left_out: 0 });
    }
}

fn hear(
    heard: Heard,
    offset: u64,
    noted: &watch::Sender<Option<(i32, u64)>>,
    streamed: &mut Output,
    teller: &Teller,
    id: RunId,
) {
    match heard {
        Heard::Began(leader, since) => {
            noted.send_replace(Some((leader, since)));
        }
        Heard::Said { back, lines, left_out } => {
            let lines: Vec<OutputLine> = lines.into_iter().map(|line| later(line, offset)).collect();
            streamed.take(back, left_out, lines.iter().cloned());
            teller.tell(RunNews::Output { run: id, back, lines, left_out });
        }
        Heard::Stopping => teller.tell(RunNews::Phase(id, Phase::Stopping)),
    }
}

/// A line counted from the begin of the run, not of its process.
fn later(line: OutputLine, offset: u64) -> OutputLine {
    OutputLine { at_ms: line.at_ms + offset, ..line }
}

/// Adds what one process said to what the run said.
fn absorb(kept: &mut Output, said: &Output, offset: u64) {
    let shifted = |line: &OutputLine| later(line.clone(), offset);
    kept.take(0, 0, said.first().iter().map(shifted));
    kept.take(0, said.left_out(), said.last().map(shifted));
}

fn std(span: TimeDelta) -> Duration {
    span.to_std().unwrap_or_default()
}

fn millis(span: Duration) -> u64 {
    u64::try_from(span.as_millis()).unwrap_or(u64::MAX)
}
