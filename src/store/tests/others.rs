//! Real processes on one file: each is told what to do by lines, and answers each with a line.

use std::io::{BufRead as _, BufReader, Lines, Write as _};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use super::{Path, PathBuf, Store, open};

const FILE: &str = "MIDWATCH_TEST_STORE";
const NAME: &str = "MIDWATCH_TEST_NAME";

/// What a child does: obeys one line of its parent after the other. Nothing in a process that is no child.
pub(super) async fn serve(obey: impl AsyncFn(&Store, &str, &str, &[u64]) -> String) {
    let Some(path) = std::env::var_os(FILE).map(PathBuf::from) else { return };
    let name = std::env::var(NAME).unwrap();
    let store = open(&path).await;
    say("ready");
    for line in std::io::stdin().lines() {
        let line = line.unwrap();
        let mut words = line.split(' ');
        let order = words.next().unwrap();
        let numbers: Vec<u64> = words.map(|number| number.parse().unwrap()).collect();
        say(&obey(&store, &name, order, &numbers).await);
    }
    store.close().await;
}

/// A line to the parent.
pub(super) fn say(words: &str) {
    let mut out = std::io::stdout().lock();
    writeln!(out, "\nsays {words}").unwrap();
    out.flush().unwrap();
}

/// A child.
pub(super) struct Other {
    process: Child,
    orders: ChildStdin,
    answers: Lines<BufReader<ChildStdout>>,
}

impl Other {
    /// Starts the test of this name as a child.
    pub(super) fn start(child: &str, path: &Path, name: &str) -> Self {
        let mut process = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", child, "--nocapture", "--test-threads=1"])
            .env(FILE, path)
            .env(NAME, name)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::inherit())
            .spawn()
            .unwrap();
        let (orders, answers) = (process.stdin.take().unwrap(), process.stdout.take().unwrap());
        let mut other = Self { process, orders, answers: BufReader::new(answers).lines() };
        assert_eq!(other.hear(), "ready");
        other
    }

    pub(super) fn tell(&mut self, order: &str) {
        writeln!(self.orders, "{order}").unwrap();
    }

    pub(super) fn hear(&mut self) -> String {
        let mut answers = self.answers.by_ref().map(|line| line.expect("the child answers"));
        answers.find_map(|line| line.strip_prefix("says ").map(str::to_owned)).expect("the child lives")
    }

    pub(super) fn ask(&mut self, order: &str) -> String {
        self.tell(order);
        self.hear()
    }

    /// SIGKILL; returns what it said before it died. The last line may be cut: then it was not said.
    pub(super) fn kill(self) -> Vec<String> {
        let Self { mut process, orders, answers } = self;
        process.kill().unwrap();
        process.wait().unwrap();
        drop(orders);
        let mut said: Vec<String> = answers.map_while(Result::ok).collect();
        said.pop();
        said.iter().filter_map(|line| line.strip_prefix("says ").map(str::to_owned)).collect()
    }

    /// Ends well, or the test fails.
    pub(super) fn leave(self) {
        let Self { mut process, orders, answers } = self;
        drop(orders);
        answers.for_each(drop);
        assert!(process.wait().unwrap().success());
    }
}

/// Tells both before either is heard; who is told first takes turns.
pub(super) fn both(ana: &mut Other, bo: &mut Other, round: u64, orders: [&str; 2]) -> [String; 2] {
    if round.is_multiple_of(2) {
        ana.tell(orders[0]);
        bo.tell(orders[1]);
    } else {
        bo.tell(orders[1]);
        ana.tell(orders[0]);
    }
    [ana.hear(), bo.hear()]
}
