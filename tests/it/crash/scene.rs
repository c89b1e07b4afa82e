//! A home that watches a stand-in, and what its store holds after a kill, read by midwatch's own store.

use std::os::fd::AsFd as _;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::Instant;

use midwatch::board::Memory;
use midwatch::domain::checklist::UpdateId;
use midwatch::domain::declared::DeclaredIncident;
use midwatch::domain::journal::{Outcome, Row};
use midwatch::domain::{Operator, Severity};
use midwatch::store::{JournalQuery, OpenAct, Proof, Store};
use nix::errno::Errno;
use nix::poll::{PollFd, PollFlags, PollTimeout, poll};
use sqlx::{Connection as _, SqliteConnection};

use super::stand_in::StandIn;
use crate::support::home::{Home, MIDWATCH};

/// The home and its stand-in.
pub struct Scene {
    /// The home.
    pub home: Home,
    /// What it watches.
    pub am: StandIn,
}

/// Everything that a store held at one moment.
pub struct Kept {
    /// The journal, oldest first.
    pub rows: Vec<Row>,
    /// What the next start remembers.
    pub memory: Memory,
    /// Acts without an outcome.
    pub open: Vec<OpenAct>,
}

impl Scene {
    /// Ana watches a stand-in with so many alerts.
    pub fn new(alerts: usize) -> Self {
        Self::watching(StandIn::start(alerts))
    }

    /// Ana watches this.
    pub fn watching(am: StandIn) -> Self {
        let home = Home::new();
        let mend = home.script("bin/mend", "#!/bin/sh\necho ran >> \"${0%/*}/ran\"\n");
        let config = format!(
            "operator = {{ name = \"ana\" }}\ntimezone = \"UTC\"\n[store]\nurl = \"sqlite:kept.db\"\n\
             [[source]]\nname = \"am\"\nkind = \"alertmanager\"\nurl = \"{}\"\nevery = \"1s\"\ntimeout = \"30s\"\n\
             [[remedy]]\nid = \"mend\"\ntitle = \"Mend it\"\ncommand = [\"{}\"]\ncooldown = \"0s\"\n",
            am.url(),
            mend.display()
        );
        home.write("config/midwatch/config.toml", &config);
        Self { home, am }
    }

    /// Where the store is.
    pub fn store(&self) -> PathBuf {
        self.home.path("config/midwatch/kept.db")
    }

    /// Starts midwatch; what it says is kept.
    pub fn start(&self, arguments: &[&str]) -> Child {
        start(&self.home, arguments)
    }

    /// Starts midwatch, waits until one of its requests is held, and kills it.
    pub fn kill_when_held(&self, arguments: &[&str]) {
        let mut child = self.start(arguments);
        self.am.wait_held();
        child.kill().expect("it runs");
        child.wait().expect("a child can be waited for");
    }

    /// What the store holds. It opens without a word, and its journal holds.
    pub fn look(&self) -> Kept {
        runtime().block_on(async {
            let opened = Store::open(&self.store()).await.expect("the store opens");
            assert_eq!(opened.notices, [], "nothing is wrong with it");
            let store = opened.store;
            let proof = store.verify().await.expect("the journal can be read");
            assert!(matches!(proof, Proof::Sound { .. }), "{proof:?}");
            let all = JournalQuery { newest_first: false, limit: usize::MAX, ..JournalQuery::default() };
            let rows = store.journal(all).await.expect("the journal can be read");
            let memory = store.memory(chrono::Utc::now()).await.expect("the store can be read");
            let open = store.open_acts().await.expect("the store can be read");
            store.close().await;
            Kept { rows, memory, open }
        })
    }

    /// Does something to the store that midwatch does not do.
    pub fn sql(&self, statement: &'static str) {
        let url = format!("sqlite:{}", self.store().display());
        runtime().block_on(async {
            let mut store = SqliteConnection::connect(&url).await.expect("the store can be opened");
            sqlx::query(statement).execute(&mut store).await.expect("the statement is right");
            store.close().await.expect("the store can be closed");
        });
    }

    /// So many incidents were declared: `Broken 0`, `Broken 1` and so on.
    pub fn declare(&self, count: u64) {
        runtime().block_on(async {
            let store = Store::open(&self.store()).await.expect("the store opens").store;
            for number in 0..count {
                let declared = DeclaredIncident {
                    id: UpdateId(number + 1),
                    title: format!("Broken {number}"),
                    service: None,
                    severity: Severity::Critical,
                    detail: String::new(),
                    by: Operator::new("ana", "bastion"),
                    at: chrono::Utc::now(),
                    from: None,
                    over: None,
                };
                store.declare(&declared).await.expect("the store can be written");
            }
            store.close().await;
        });
    }

    /// How often the remedy was carried out.
    pub fn ran(&self) -> usize {
        std::fs::read_to_string(self.home.path("bin/ran")).unwrap_or_default().lines().count()
    }

    /// A minute passes for what was left open: it is not waited for any more.
    pub fn let_pass(&self) {
        self.sql("UPDATE acts SET touched = touched - 60000");
    }
}

impl Kept {
    /// How many rows of an action there are whose words hold these and whose outcome is this.
    pub fn count(&self, action: &str, words: &str, outcome: &str) -> usize {
        let is = |row: &&Row| {
            let entry = &row.entry;
            entry.action == action && entry.detail.contains(words) && entry.outcome.word() == outcome
        };
        self.rows.iter().filter(is).count()
    }

    /// Every intent has one outcome after it.
    pub fn is_settled(&self) {
        assert_eq!(self.open, []);
        let about = |row: &Row| (row.entry.action.clone(), row.entry.target.clone(), row.entry.operator.clone());
        let mut waiting = Vec::new();
        for row in &self.rows {
            if row.entry.outcome == Outcome::Intent {
                waiting.push((about(row), row.entry.detail.clone()));
                continue;
            }
            let answers = |(key, detail): &(_, String)| *key == about(row) && row.entry.detail.starts_with(detail);
            if let Some(at) = waiting.iter().position(answers) {
                waiting.remove(at);
            }
        }
        assert_eq!(waiting, [], "these intents have no outcome");
    }
}

/// Starts midwatch in a home.
pub fn start(home: &Home, arguments: &[&str]) -> Child {
    let mut command = Command::new(MIDWATCH);
    command.args(arguments).env_clear().current_dir(home.folder()).stdin(Stdio::null());
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    command.envs(home.environment().iter().map(|(name, value)| (name, value)));
    command.spawn().expect("midwatch can be started")
}

/// Waits until it has ended, which closes what it prints to, but no longer than it is to live.
pub fn wait_for_its_end(child: &Child, dies: Instant) {
    let printed = child.stdout.as_ref().expect("it prints into a pipe");
    let mut closes = [PollFd::new(printed.as_fd(), PollFlags::empty())];
    loop {
        let left = PollTimeout::try_from(dies.saturating_duration_since(Instant::now())).expect("a moment");
        match poll(&mut closes, left) {
            Err(Errno::EINTR) => {}
            waited => {
                waited.expect("a pipe can be waited for");
                return;
            }
        }
    }
}

/// Something that waits.
pub fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime")
}
