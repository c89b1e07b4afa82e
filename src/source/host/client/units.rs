//! Failed systemd units, as `systemctl` lists them.

use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use tokio::io::AsyncReadExt;
use tokio::process::Command;
use tokio::time::Instant;

use super::super::wire::Units;
use crate::domain::harmless;

/// How long `systemctl` may take.
const PATIENCE: Duration = Duration::from_secs(3);
/// The most bytes of its answer that are read.
const LARGEST: u64 = 256 << 10;
/// The most failed units that are told.
const MOST: usize = 200;
/// A list is used this long: it costs a process to get another.
const FRESH: Duration = Duration::from_secs(14);

/// Asks `systemctl` now and then and keeps its answer in between.
#[derive(Debug)]
pub struct Watch {
    program: PathBuf,
    booted: PathBuf,
    last: Option<(Instant, Units)>,
}

impl Default for Watch {
    fn default() -> Self {
        // The folder is how sd_booted(3) tells whether systemd is the init system.
        Self { program: "systemctl".into(), booted: "/run/systemd/system".into(), last: None }
    }
}

impl Watch {
    /// The failed units. A machine without systemd is told in a note.
    pub async fn read(&mut self, notes: &mut Vec<String>) -> Units {
        let fresh = self.last.as_ref().filter(|(at, _)| at.elapsed() < FRESH).map(|(_, units)| units.clone());
        let units = match fresh {
            Some(units) => units,
            None => self.ask().await,
        };
        if self.last.as_ref().is_none_or(|(at, _)| at.elapsed() >= FRESH) {
            self.last = Some((Instant::now(), units.clone()));
        }
        match &units {
            Units::Absent => notes.push("failed units are not watched: this machine does not run systemd".to_owned()),
            Units::Unknown(why) => notes.push(format!("failed units are not known: {why}")),
            Units::Failed(_) => {}
        }
        units
    }

    async fn ask(&self) -> Units {
        if !self.booted.is_dir() {
            return Units::Absent;
        }
        match tokio::time::timeout(PATIENCE, run(&self.program)).await {
            Ok(Ok(answer)) => read_answer(&answer),
            Ok(Err(why)) => Units::Unknown(why),
            Err(_) => Units::Unknown(format!("systemctl did not answer within {} s", PATIENCE.as_secs())),
        }
    }
}

async fn run(program: &Path) -> Result<String, String> {
    let mut command = Command::new(program);
    command.args(["list-units", "--state=failed", "--all", "--plain", "--no-legend", "--full", "--no-pager"]);
    command.args(["--output=json"]).env("LC_ALL", "C").env("SYSTEMD_COLORS", "0");
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).kill_on_drop(true);
    let mut child = command.spawn().map_err(|error| format!("systemctl could not be started: {error}"))?;
    let (mut answer, mut complaint) = (Vec::new(), Vec::new());
    let out = child.stdout.take().ok_or("systemctl has no output")?;
    let err = child.stderr.take().ok_or("systemctl has no error output")?;
    let (mut out, mut err) = (out.take(LARGEST), err.take(4096));
    let (read, _) = tokio::join!(out.read_to_end(&mut answer), err.read_to_end(&mut complaint));
    read.map_err(|error| format!("systemctl's answer could not be read: {error}"))?;
    // What is beyond the bound is never read: the process ends by the closed pipe.
    drop((out, err));
    let status = child.wait().await.map_err(|error| format!("systemctl was lost: {error}"))?;
    if status.success() || !answer.is_empty() {
        return Ok(String::from_utf8_lossy(&answer).into_owned());
    }
    let complaint = String::from_utf8_lossy(&complaint);
    let first = complaint.lines().find(|line| !line.trim().is_empty()).unwrap_or("it said nothing");
    Err(format!("systemctl failed ({status}): {}", harmless::line(first, 200)))
}

/// JSON since systemd 246; before that `--output` is ignored here and the answer is a table.
pub(crate) fn read_answer(answer: &str) -> Units {
    #[derive(serde::Deserialize)]
    struct Row {
        unit: String,
    }
    let mut names: Vec<String> = if answer.trim_start().starts_with('[') {
        match serde_json::from_str::<Vec<Row>>(answer) {
            Ok(rows) => rows.into_iter().map(|row| row.unit).collect(),
            Err(error) => return Units::Unknown(format!("systemctl's answer could not be read: {error}")),
        }
    } else {
        let first = |line: &str| line.split_whitespace().find(|word| word.contains('.')).map(str::to_owned);
        answer.lines().filter_map(first).collect()
    };
    for name in &mut names {
        *name = harmless::line(name, 200).into_owned();
    }
    names.sort();
    names.dedup();
    names.truncate(MOST);
    Units::Failed(names)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn failed(names: &[&str]) -> Units {
        Units::Failed(names.iter().map(|name| (*name).to_owned()).collect())
    }

    #[test]
    fn both_forms_of_the_answer() {
        let json = r#"[{"unit":"b.service","load":"loaded","active":"failed","sub":"failed","description":"B"},{"unit":"a.mount","load":"loaded","active":"failed","sub":"failed","description":"A"}]"#;
        assert_eq!(read_answer(json), failed(&["a.mount", "b.service"]));
        assert_eq!(read_answer("[]\n"), failed(&[]));
        let table = "● nginx.service loaded failed failed A web server. Fast.\nx.timer loaded failed failed\n";
        assert_eq!(read_answer(table), failed(&["nginx.service", "x.timer"]));
        assert_eq!(read_answer(""), failed(&[]));
        assert!(matches!(read_answer("[{"), Units::Unknown(_)));
    }

    /// A stand-in for `systemctl` that runs these shell lines.
    fn stand_in(folder: &Path, lines: &str) -> Watch {
        let program = folder.join("systemctl");
        // Written by another process: a file that this one holds open for writing could not be run.
        let write = r#"printf '#!/bin/sh\n%s\n' "$1" > "$2" && chmod 755 "$2""#;
        let shell = std::process::Command::new("sh").args(["-c", write, "sh", lines]).arg(&program).status();
        assert!(shell.unwrap().success());
        Watch { program, booted: folder.to_owned(), last: None }
    }

    #[tokio::test]
    async fn a_stand_in_answers_fails_or_is_missing() {
        let folder = tempfile::tempdir().unwrap();
        let mut notes = Vec::new();
        let mut watch = stand_in(folder.path(), r#"[ "$LC_ALL" = C ] && echo '[{"unit":"db.service"}]'"#);
        assert_eq!(watch.read(&mut notes).await, failed(&["db.service"]));
        assert!(notes.is_empty());

        let mut watch = stand_in(folder.path(), "echo 'Failed to connect to bus: Host is down' >&2; exit 1");
        let Units::Unknown(why) = watch.read(&mut notes).await else { panic!("a failure is unknown") };
        assert!(why.contains("Host is down"), "{why}");

        watch = Watch { program: folder.path().join("missing"), booted: folder.path().to_owned(), last: None };
        assert!(matches!(watch.read(&mut notes).await, Units::Unknown(_)));
        watch.booted = folder.path().join("nowhere");
        watch.last = None;
        assert_eq!(watch.read(&mut notes).await, Units::Absent);
        assert!(notes.last().unwrap().contains("does not run systemd"));
    }
}
