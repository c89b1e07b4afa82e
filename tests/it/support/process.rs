//! A program in the background that ends with the test, whatever the test does.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use nix::sys::signal::Signal;
use nix::unistd::Pid;

/// A running program. It is killed by its own handle when this is dropped.
#[derive(Debug)]
pub struct Running {
    child: Child,
    log: PathBuf,
}

impl Running {
    /// Starts it; what it says goes to `log`.
    pub fn start(mut command: Command, log: &Path) -> Self {
        let out = File::create(log).expect("a log can be created");
        let same = out.try_clone().expect("a log can be opened twice");
        let child = command.stdin(Stdio::null()).stdout(out).stderr(same).spawn();
        Self { child: child.unwrap_or_else(|error| panic!("{command:?}: {error}")), log: log.to_owned() }
    }

    /// Whether it has ended by itself.
    pub fn has_ended(&mut self) -> bool {
        self.child.try_wait().expect("a child can be asked").is_some()
    }

    /// Ends it at once, as a lost machine would.
    pub fn kill(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        self.child.wait().expect("a child can be waited for");
    }

    /// Its number.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Sends it a signal.
    pub fn signal(&self, signal: Signal) {
        send(self.child.id(), signal);
    }

    /// What it said last.
    pub fn last_words(&self) -> String {
        let text = std::fs::read_to_string(&self.log).unwrap_or_default();
        let lines: Vec<&str> = text.lines().collect();
        lines[lines.len().saturating_sub(5)..].join("\n")
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.kill();
    }
}

/// The fields of a process's state after its name; none if it is gone.
fn state(process: u32) -> Vec<String> {
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
    // The name is in parentheses and may hold anything.
    let fields = stat.rsplit_once(") ").map_or("", |(_, fields)| fields);
    fields.split_whitespace().map(str::to_owned).collect()
}

/// Whether a process is there and has not ended.
pub fn lives(process: u32) -> bool {
    state(process).first().is_some_and(|state| !matches!(state.as_str(), "Z" | "X"))
}

/// Whether a process is stopped.
pub fn is_stopped(process: u32) -> bool {
    state(process).first().is_some_and(|state| state == "T")
}

/// The processor time that a process has used.
pub fn cpu_time(process: u32) -> Option<std::time::Duration> {
    let fields = state(process);
    let ticks: Vec<u64> = fields.get(11..13)?.iter().filter_map(|field| field.parse().ok()).collect();
    Some(std::time::Duration::from_millis(ticks.iter().sum::<u64>() * 10))
}

/// The resident memory of a process, in bytes.
pub fn resident(process: u32) -> u64 {
    let statm = std::fs::read_to_string(format!("/proc/{process}/statm")).expect("the process runs");
    statm.split(' ').nth(1).and_then(|pages| pages.parse::<u64>().ok()).expect("pages") * 4096
}

/// The processes that a process started.
pub fn children(process: u32) -> Vec<u32> {
    let all = Path::new("/proc").read_dir().expect("processes").flatten();
    let ids = all.filter_map(|entry| entry.file_name().to_str()?.parse().ok());
    ids.filter(|id| state(*id).get(1).is_some_and(|parent| *parent == process.to_string())).collect()
}

/// Sends a signal to a process.
pub fn send(process: u32, signal: Signal) {
    let id = Pid::from_raw(i32::try_from(process).expect("a process id"));
    nix::sys::signal::kill(id, signal).expect("a signal can be sent");
}
