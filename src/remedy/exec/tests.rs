//! Real processes: those that behave, and those that do not.

mod ends;
mod said;
mod started;

use std::fmt::Write as _;
use std::path::PathBuf;

use tokio::sync::mpsc::Receiver;

use super::*;
use crate::domain::remediation::plan::Script;

/// Far away: a test that needs it has failed.
const FAR: Duration = Duration::from_secs(100);

/// Limits that are never reached.
fn far() -> Limits {
    Limits { timeout: FAR, grace: FAR }
}

/// Limits that are reached soon.
fn soon(timeout_ms: u64, grace_ms: u64) -> Limits {
    Limits { timeout: Duration::from_millis(timeout_ms), grace: Duration::from_millis(grace_ms) }
}

/// A script of this text for the shell.
fn shell(text: &str) -> ProcessCall {
    ProcessCall {
        argv: vec!["/bin/sh".to_owned(), String::new()],
        script: Some(Script { text: text.to_owned(), at: 1 }),
        env: vec![("PATH".to_owned(), EnvValue::Plain("/usr/bin:/bin".to_owned()))],
        cwd: PathBuf::from("/"),
    }
}

/// A process that runs beside the test.
struct Running {
    run: tokio::task::JoinHandle<Finished>,
    heard: Receiver<Heard>,
    cancel: watch::Sender<bool>,
    /// What somebody sees who takes everything that is told.
    seen: Output,
    /// All that was told, as `Debug` tells it.
    debug: String,
}

impl Running {
    fn begin(call: ProcessCall, secrets: &[(&str, &str)], limits: Limits) -> Self {
        let secrets: BTreeMap<String, Hidden> =
            secrets.iter().map(|(name, value)| ((*name).to_owned(), Hidden::new(*value))).collect();
        let (sender, heard) = mpsc::channel(64);
        let (cancel, cancelled) = watch::channel(false);
        let run = tokio::spawn(async move { run(&call, &secrets, limits, sender, cancelled).await });
        Self { run, heard, cancel, seen: Output::default(), debug: String::new() }
    }

    /// The next that is heard; `None` when everything was told.
    async fn next(&mut self) -> Option<Heard> {
        let next = tokio::time::timeout(FAR, self.heard.recv()).await.expect("nothing is heard")?;
        writeln!(self.debug, "{next:?}").unwrap();
        if let Heard::Said { back, lines, left_out } = &next {
            self.seen.take(*back, *left_out, lines.iter().cloned());
        }
        Some(next)
    }

    /// The process, once it began.
    async fn began(&mut self) -> (i32, u64) {
        match self.next().await {
            Some(Heard::Began(pid, ticks)) => (pid, ticks),
            other => panic!("it did not begin: {other:?}"),
        }
    }

    /// Waits until somebody sees this.
    async fn until(&mut self, words: &str) {
        while !texts(&self.seen).iter().any(|line| line.contains(words)) {
            assert!(self.next().await.is_some(), "'{words}' was never said, but {:?}", texts(&self.seen));
        }
    }

    /// Takes everything to the end.
    async fn end(&mut self) -> Finished {
        while self.next().await.is_some() {}
        (&mut self.run).await.unwrap()
    }
}

/// Runs to the end.
async fn finished(call: ProcessCall, limits: Limits) -> Finished {
    Running::begin(call, &[], limits).end().await
}

/// All lines that are shown.
fn texts(output: &Output) -> Vec<String> {
    (0..output.len()).filter_map(|row| output.row(row)).map(OutputLine::text).collect()
}

/// Waits until a process or group is gone.
async fn gone(process: (i32, u64)) {
    let looking = async {
        while is_alive(process) {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(FAR, looking).await.expect("it is still there");
}
