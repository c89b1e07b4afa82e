//! Giving the terminal away for a while: to a pager or an editor, or back to the shell that midwatch is a job of.

use std::io;
use std::time::Duration;

use tokio::time::Instant;

use super::super::input::{InputSource, Typed};
use super::super::suspend::{self, Job};
use super::{Exit, Loop};
use crate::app::{Changed, Msg};

/// How often it is looked whether the job goes on, should nobody say so.
const LOOK: Duration = Duration::from_secs(1);
/// How long is listened for what else the shell says, before a job in the background stops again.
const HEARING: Duration = Duration::from_millis(200);
/// Why there is no stopping while something runs.
const RUNS: &str = "not suspended: a run is going, and nobody would hear it";
/// Why there is no stopping where no shell controls jobs.
const NO_JOB: &str = "not suspended: no shell here could let midwatch go on again";

impl<I: InputSource> Loop<'_, I> {
    /// Gives the terminal to another program until it ends. Messages wait meanwhile; pollers go on.
    pub(super) async fn outside<T>(&mut self, work: impl Future<Output = T>) -> io::Result<T> {
        self.give_away();
        tokio::pin!(work);
        let done = loop {
            tokio::select! {
                done = &mut work => break done,
                // The other program stops, and with it the job.
                job = self.ends.jobs.next() => if job == Job::Stop && suspend::is_a_job() {
                    suspend::stop()?;
                },
            }
        };
        self.take_back()?;
        Ok(done)
    }

    /// What a shell wants.
    pub(super) async fn job(&mut self, job: Job) -> io::Result<()> {
        match job {
            // It was stopped by what nobody hears; a shell may have changed the terminal's modes since.
            Job::GoOn if suspend::has_the_terminal() => self.take_back(),
            Job::GoOn | Job::Stop => self.suspend().await,
        }
    }

    /// Ctrl-z.
    pub(super) async fn suspend_by_key(&mut self, typed: Typed) -> io::Result<()> {
        // Any key stops a remedy that is about to run by itself; nobody could stop it afterwards.
        if self.core.app.announces().is_some() {
            let update = self.core.take(typed);
            self.follow(update).await?;
        }
        self.suspend().await
    }

    async fn suspend(&mut self) -> io::Result<()> {
        if !suspend::is_a_job() {
            self.say(NO_JOB.to_owned());
            return Ok(());
        }
        if self.running.as_ref().is_some_and(|running| !running.hands.remedies.running.is_empty()) {
            self.say(RUNS.to_owned());
            return Ok(());
        }
        self.give_away();
        loop {
            suspend::stop()?;
            tokio::select! {
                biased;
                told = self.ends.hangups.next() => {
                    self.exit = Some(Exit::Told(told));
                    return Ok(());
                }
                () = self.ends.jobs.go_on() => {}
                () = tokio::time::sleep(LOOK) => {}
            }
            // In the background there is nothing to draw on: a job that is let go on there stops again.
            if suspend::has_the_terminal() {
                return self.take_back();
            }
            // A shell that ends a stopped job lets it go on too, and which of the two is heard first is chance: whoever
            // stops at once may never hear the other.
            tokio::select! {
                biased;
                told = self.ends.hangups.next() => {
                    self.exit = Some(Exit::Told(told));
                    return Ok(());
                }
                () = tokio::time::sleep(HEARING) => {}
            }
        }
    }

    fn give_away(&mut self) {
        self.ends.input.pause();
        self.ends.screen.release();
    }

    fn take_back(&mut self) -> io::Result<()> {
        self.ends.input.pause();
        self.ends.screen.take_back()?;
        self.ends.input.resume();
        let (columns, rows) = self.ends.screen.size()?;
        self.core.tell(Msg::Resize { columns, rows });
        self.frames.want(Changed::Input, Instant::now());
        Ok(())
    }
}
