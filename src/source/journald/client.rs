//! Runs `journalctl` as a child that follows the journal, and keeps what it writes until somebody asks.

pub mod past;

use std::collections::VecDeque;
use std::path::PathBuf;
use std::process::Stdio;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt};
use tokio::process::{Child, Command};
use tokio::sync::Notify;
use tokio::task::JoinHandle;
use tokio::time::{Instant, timeout_at};

use super::wire::FIELDS;
use crate::source::logline::split::Split;
use crate::source::{ErrorKind, SourceError};

/// The most entries that are kept between two polls.
pub const MOST_ENTRIES: usize = 5_000;
/// The most bytes of entries that are kept, as JSON, which is about four times their text.
pub const MOST_BYTES: usize = 4 << 20;
/// The longest entry that is read, as JSON.
const LONGEST: usize = 1 << 20;
/// How much of what it complains about is kept.
const COMPLAINT: usize = 4 << 10;
/// How long a dead child may take to be collected.
const BURIAL: Duration = Duration::from_secs(1);

/// How `journalctl` is called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    /// The program.
    pub program: PathBuf,
    /// Units to follow; empty for all.
    pub units: Vec<String>,
    /// Entries to begin with if there is no cursor.
    pub backlog: usize,
    /// The last entry that was read: it goes on behind it.
    pub cursor: Option<String>,
    /// Whether only the needed fields are asked for (systemd 236 and newer).
    pub few_fields: bool,
}

impl Call {
    fn arguments(&self) -> Vec<String> {
        let mut all: Vec<String> = ["-o", "json", "-f", "--all", "--no-pager"].map(str::to_owned).to_vec();
        match &self.cursor {
            // Without a number, `-f` shows only the last ten of what lies behind the cursor.
            Some(cursor) => all.extend([format!("--after-cursor={cursor}"), "-n".to_owned(), "all".to_owned()]),
            None => all.extend(["-n".to_owned(), self.backlog.min(MOST_ENTRIES).to_string()]),
        }
        if self.few_fields {
            all.push(format!("--output-fields={FIELDS}"));
        }
        all.extend(self.units.iter().map(|unit| format!("--unit={unit}")));
        all
    }

    /// Starts it.
    ///
    /// # Errors
    /// The program is missing or may not be run.
    pub fn start(&self) -> Result<Following, SourceError> {
        let mut command = Command::new(&self.program);
        command.args(self.arguments()).env("LC_ALL", "C").kill_on_drop(true);
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let child = command.spawn().map_err(|error| {
            let what = format!("{} could not be started: {error}", self.program.display());
            SourceError::new(ErrorKind::Missing, what)
                .advise("this machine may have no systemd; its log files can be followed with kind = \"file\"")
        })?;
        let shared = Arc::new(Shared::default());
        let reading = tokio::spawn(read(child, Arc::clone(&shared)));
        Ok(Following { shared, reading, asked: false })
    }
}

/// A child that runs, or ran. Dropping it ends the child.
#[derive(Debug)]
pub struct Following {
    shared: Arc<Shared>,
    reading: JoinHandle<()>,
    asked: bool,
}

impl Drop for Following {
    fn drop(&mut self) {
        self.reading.abort();
    }
}

#[derive(Debug, Default)]
struct Shared {
    kept: Mutex<Kept>,
    news: Notify,
}

/// What the child wrote since it was last asked.
#[derive(Debug, Default)]
pub struct Kept {
    /// Entries as JSON, oldest first.
    pub entries: VecDeque<Vec<u8>>,
    bytes: usize,
    /// Entries that were dropped: they came faster than they were asked for, or were too long.
    pub dropped: u64,
    /// The beginning of what it complained about since its start.
    pub complaint: String,
    /// How it ended, in words, if it did.
    pub ended: Option<String>,
}

impl Kept {
    fn push(&mut self, line: &[u8], cut: bool) {
        if cut {
            self.dropped += 1;
            return;
        }
        self.bytes += line.len();
        self.entries.push_back(line.to_vec());
        while self.entries.len() > MOST_ENTRIES || self.bytes > MOST_BYTES {
            let Some(oldest) = self.entries.pop_front() else { break };
            self.bytes -= oldest.len();
            self.dropped += 1;
        }
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Following {
    /// What came, after waiting at most `patience` for something to come. The first time it waits a little for
    /// the rest of the backlog too.
    pub async fn take(&mut self, patience: Duration) -> Kept {
        let until = Instant::now() + patience;
        let mut came = 0;
        loop {
            let news = self.shared.news.notified();
            let (count, ended) = {
                let kept = self.shared.lock();
                (kept.entries.len(), kept.ended.is_some())
            };
            if ended || (count > 0 && (self.asked || count == came)) {
                break;
            }
            came = count;
            let pause = if count > 0 { until.min(Instant::now() + Duration::from_millis(40)) } else { until };
            if timeout_at(pause, news).await.is_err() && pause == until {
                break;
            }
        }
        self.asked = true;
        let mut kept = self.shared.lock();
        kept.bytes = 0;
        Kept {
            entries: std::mem::take(&mut kept.entries),
            bytes: 0,
            dropped: std::mem::take(&mut kept.dropped),
            complaint: kept.complaint.clone(),
            ended: kept.ended.clone(),
        }
    }
}

/// Reads both outputs until they end, then collects the child.
async fn read(mut child: Child, shared: Arc<Shared>) {
    let (out, err) = (child.stdout.take(), child.stderr.take());
    let entries = async {
        let mut split = Split::new(LONGEST);
        drain(out, |chunk| {
            {
                let mut kept = shared.lock();
                split.push(chunk, |line, cut| kept.push(line, cut));
            }
            shared.news.notify_one();
        })
        .await;
    };
    let complaints = drain(err, |chunk| {
        let mut kept = shared.lock();
        let text = String::from_utf8_lossy(chunk);
        let room = COMPLAINT.saturating_sub(kept.complaint.len());
        kept.complaint.extend(text.chars().take(room));
    });
    tokio::join!(entries, complaints);
    let how = match tokio::time::timeout(BURIAL, child.wait()).await {
        Ok(Ok(status)) => status.to_string(),
        Ok(Err(error)) => error.to_string(),
        Err(_) => "it closed its output".to_owned(),
    };
    shared.lock().ended = Some(how);
    shared.news.notify_one();
}

/// Reads to the end; an error ends it as well.
async fn drain(output: Option<impl AsyncRead + Unpin>, mut take: impl FnMut(&[u8])) {
    let Some(mut output) = output else { return };
    let mut buffer = vec![0; 16 << 10];
    while let Ok(count @ 1..) = output.read(&mut buffer).await {
        take(buffer.get(..count).unwrap_or_default());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_comes_too_fast_or_too_long_is_counted() {
        let mut kept = Kept::default();
        kept.push(b"cut", true);
        for number in 0..MOST_ENTRIES + 10 {
            kept.push(number.to_string().as_bytes(), false);
        }
        assert_eq!((kept.entries.len(), kept.dropped), (MOST_ENTRIES, 11));
        assert_eq!(kept.entries.front().unwrap(), b"10");
        for _ in 0..5 {
            kept.push(&vec![b'x'; LONGEST], false);
        }
        assert!(kept.bytes <= MOST_BYTES && kept.entries.len() == 4, "{}", kept.entries.len());
    }

    #[test]
    fn a_cursor_takes_the_place_of_the_backlog() {
        let mut call = Call {
            program: "journalctl".into(),
            units: vec!["a.service".to_owned()],
            backlog: 7,
            cursor: None,
            few_fields: false,
        };
        let begin = "-o json -f --all --no-pager";
        assert_eq!(call.arguments().join(" "), format!("{begin} -n 7 --unit=a.service"));
        call.cursor = Some("s=1;i=2".to_owned());
        assert_eq!(call.arguments().join(" "), format!("{begin} --after-cursor=s=1;i=2 -n all --unit=a.service"));
    }
}
