//! A process from its start to its end: heard all the time, stopped whole when it is time, told truly.

use std::os::unix::process::ExitStatusExt as _;
use std::process::ExitStatus;
use std::time::Duration;

use nix::errno::Errno;
use nix::sys::signal::Signal;
use process_wrap::tokio::ChildWrapper;
use tokio::sync::watch;
use tokio::time::{Instant, sleep_until};

use super::group::Group;
use super::voice::{Pipe, Voice};
use super::{Ended, Finished, Heard, Limits};

/// How long is read on after the end: what it said last may still be on its way.
const DRAIN: Duration = Duration::from_millis(500);
/// How long a process that was killed may take to be gone.
const GIVE_UP: Duration = Duration::from_secs(2);
/// How soon it is looked at again whether a group that was told to end is gone; twice as long each time.
const LOOK: Duration = Duration::from_millis(10);
/// Not more seldom than that.
const LOOK_AT_MOST: Duration = Duration::from_millis(200);
/// A limit that is longer than anybody waits.
const EVER: Duration = Duration::from_hours(24 * 365);

/// What it is at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    /// It runs, until its deadline.
    Running,
    /// It was told to end, until it is killed.
    Stopping(Instant),
    /// It was killed.
    Killing,
    /// Its leader has ended; what it said is read to the end.
    Draining,
    /// Nothing more is awaited.
    Over,
}

/// A process that is watched.
struct Watch {
    group: Group,
    limits: Limits,
    stage: Stage,
    /// When the stage ends, or is looked at again.
    alarm: Instant,
    look: Duration,
    /// Why it was stopped, if it was.
    stopped: Option<Ended>,
    status: Option<ExitStatus>,
    begun: Instant,
    ended: Option<Instant>,
    /// What signals could not reach.
    unreached: Option<Errno>,
    notes: Vec<String>,
}

/// Follows a process to its end.
pub(super) async fn to_the_end(
    child: &mut dyn ChildWrapper,
    group: Group,
    limits: Limits,
    (mut out, mut error, mut voice): (Pipe, Pipe, Voice),
    mut cancel: watch::Receiver<bool>,
) -> Finished {
    let begun = voice.begun();
    let mut watch = Watch::new(group, limits, begun);
    let mut asked = Box::pin(async move {
        if cancel.wait_for(|stop| *stop).await.is_err() {
            // Nobody is left who could ask.
            std::future::pending::<()>().await;
        }
    });
    while !(watch.stage == Stage::Over || (watch.stage == Stage::Draining && out.is_closed() && error.is_closed())) {
        let running = watch.stage == Stage::Running;
        tokio::select! {
            read = out.read() => voice.hear(&mut out, read),
            read = error.read() => voice.hear(&mut error, read),
            () = sleep_until(voice.due().unwrap_or(begun)), if voice.due().is_some() => voice.tell(&mut out, &mut error),
            status = child.wait(), if watch.ended.is_none() => watch.leader_ended(status.ok()),
            () = &mut asked, if running => watch.stop(Ended::Cancelled, &mut voice),
            () = sleep_until(watch.alarm) => watch.on_alarm(&mut voice),
        }
    }
    let held = !(out.is_closed() && error.is_closed());
    let output = voice.end(out, error).await;
    watch.finish(held, output)
}

impl Watch {
    fn new(group: Group, limits: Limits, begun: Instant) -> Self {
        Self {
            group,
            limits,
            stage: Stage::Running,
            alarm: begun + limits.timeout.min(EVER),
            look: LOOK,
            stopped: None,
            status: None,
            begun,
            ended: None,
            unreached: None,
            notes: Vec::new(),
        }
    }

    /// Tells all of it to end.
    fn stop(&mut self, why: Ended, voice: &mut Voice) {
        self.stopped = Some(why);
        voice.event(Heard::Stopping);
        // Who is stopped would hear TERM only after CONT.
        self.unreached = self.group.send(&[Signal::SIGTERM, Signal::SIGCONT]).err();
        self.alarm = Instant::now() + self.limits.grace.min(EVER);
        self.stage = Stage::Stopping(self.alarm);
    }

    fn kill(&mut self) {
        self.unreached = self.group.kill().err();
        self.alarm = Instant::now() + GIVE_UP;
        self.stage = Stage::Killing;
    }

    fn drain(&mut self) {
        self.alarm = Instant::now() + DRAIN;
        self.stage = Stage::Draining;
    }

    fn leader_ended(&mut self, status: Option<ExitStatus>) {
        self.status = status;
        self.ended = Some(Instant::now());
        self.group.leader_ended();
        match self.stage {
            // What it left behind by itself may stay.
            Stage::Running => {
                self.group.disarm();
                self.drain();
            }
            Stage::Stopping(_) => self.look_again(),
            Stage::Killing => {
                self.unreached = self.group.kill().err();
                self.drain();
            }
            Stage::Draining | Stage::Over => {}
        }
    }

    /// The leader has ended as it was told; the others are awaited.
    fn look_again(&mut self) {
        let Stage::Stopping(kill_at) = self.stage else { return };
        if self.group.living().is_empty() {
            self.drain();
        } else {
            self.alarm = kill_at.min(Instant::now() + self.look);
            self.look = LOOK_AT_MOST.min(self.look * 2);
        }
    }

    fn on_alarm(&mut self, voice: &mut Voice) {
        match self.stage {
            Stage::Running => self.stop(Ended::TimedOut, voice),
            Stage::Stopping(kill_at) if Instant::now() < kill_at => self.look_again(),
            Stage::Stopping(_) => {
                self.kill();
                if self.ended.is_some() {
                    self.drain();
                }
            }
            Stage::Killing => {
                self.notes.push(self.not_gone());
                self.stage = Stage::Over;
            }
            Stage::Draining | Stage::Over => self.stage = Stage::Over,
        }
    }

    fn not_gone(&self) -> String {
        let group = self.group.leader();
        if self.unreached == Some(Errno::EPERM) {
            return format!(
                "group {group} runs as another user and could not be ended, it may still run; end it with: sudo kill -KILL -- -{group}"
            );
        }
        format!(
            "group {group} was killed and is not gone, it may wait for a disk or a network file system; look with: ps -o pid,stat,wchan,args -g {group}"
        )
    }

    fn finish(mut self, held: bool, output: crate::domain::remediation::output::Output) -> Finished {
        if held && self.ended.is_some() {
            let group = self.group.living().first().map(|group| format!(" (group {group})")).unwrap_or_default();
            self.notes
                .push(format!("a process it left behind{group} still holds its output; what it says is not read"));
        }
        self.group.disarm();
        let took = self.ended.unwrap_or_else(Instant::now).saturating_duration_since(self.begun);
        let ended = self.stopped.unwrap_or_else(|| ending(self.status));
        Finished { ended, took, output, notes: self.notes }
    }
}

/// How it ended by itself.
fn ending(status: Option<ExitStatus>) -> Ended {
    let Some(status) = status else {
        return Ended::Signal("unknown: its end was not told to midwatch".to_owned());
    };
    match (status.code(), status.signal()) {
        (Some(code), _) => Ended::Exit(code),
        (None, Some(signal)) => {
            let name = Signal::try_from(signal).map(|signal| signal.as_str().to_owned());
            Ended::Signal(name.unwrap_or_else(|_| format!("signal {signal}")))
        }
        (None, None) => Ended::Signal("unknown".to_owned()),
    }
}
