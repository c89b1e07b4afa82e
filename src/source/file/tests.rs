//! Files that grow, rotate, shrink and vanish.

use std::fs::{self, OpenOptions};
use std::io::Write as _;
use std::path::{Path, PathBuf};

use proptest::prelude::*;

use super::*;
use crate::domain::Level;
use crate::domain::severity::SeverityTable;
use crate::source::options::{KindOptions, LogFormat};

fn append(path: &Path, text: &str) {
    OpenOptions::new().create(true).append(true).open(path).unwrap().write_all(text.as_bytes()).unwrap();
}

/// A folder, and a tail of a pattern in it whose clock is moved by hand.
struct Bench {
    folder: tempfile::TempDir,
    tail: Tail,
    now: Instant,
}

impl Bench {
    fn new(pattern: &str, backlog: u64) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(pattern).to_str().unwrap().to_owned();
        Self { tail: Tail::new(&[path], backlog), folder, now: Instant::now() }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn append(&self, name: &str, text: &str) {
        append(&self.path(name), text);
    }

    /// The lines of a round `millis` later.
    fn after(&mut self, millis: u64) -> Vec<String> {
        self.now += Duration::from_millis(millis);
        let batch = self.tail.round(self.now);
        batch.lines.iter().map(|line| String::from_utf8_lossy(&line.bytes).into_owned()).collect()
    }
}

#[test]
fn the_backlog_begins_with_a_whole_line() {
    let mut bench = Bench::new("a.log", 8);
    bench.append("a.log", "one\ntwo\nthree\nfour\n");
    assert_eq!(bench.after(0), ["four"]);
    bench.append("a.log", "five\n");
    assert_eq!(bench.after(500), ["five"]);
    let mut all = Bench::new("a.log", 1 << 20);
    all.append("a.log", "one\ntwo\n");
    assert_eq!(all.after(0), ["one", "two"]);
    let mut exact = Bench::new("a.log", 4);
    exact.append("a.log", "one\ntwo\n");
    assert_eq!(exact.after(0), ["two"]);
    let mut none = Bench::new("a.log", 0);
    none.append("a.log", "one\ntwo\n");
    assert_eq!(none.after(0), Vec::<String>::new());
}

#[test]
fn an_unfinished_line_is_waited_for_but_not_for_ever() {
    let mut bench = Bench::new("a.log", 100);
    bench.append("a.log", "hel");
    assert_eq!(bench.after(0), Vec::<String>::new());
    bench.append("a.log", "lo\nwor");
    assert_eq!(bench.after(500), ["hello"]);
    assert_eq!(bench.after(1_500), Vec::<String>::new());
    assert_eq!(bench.after(500), ["wor"]);
    bench.append("a.log", "ld\n");
    assert_eq!(bench.after(500), ["ld"]);
}

#[test]
fn a_renamed_file_is_read_to_its_end_before_it_is_let_go() {
    let mut bench = Bench::new("a.log", 100);
    bench.append("a.log", "one\n");
    assert_eq!(bench.after(0), ["one"]);
    bench.append("a.log", "two\n");
    fs::rename(bench.path("a.log"), bench.path("a.log.1")).unwrap();
    bench.append("a.log", "four\n");
    bench.append("a.log.1", "three\n");
    let mut lines = bench.after(500);
    lines.sort();
    assert_eq!(lines, ["four", "three", "two"]);
    bench.append("a.log.1", "late\n");
    assert_eq!(bench.after(500), ["late"]);
    assert_eq!(bench.tail.round(bench.now + Duration::from_secs(10)).files, 1);
}

#[test]
fn a_renamed_file_that_still_matches_is_not_read_again() {
    let mut bench = Bench::new("a.log*", 100);
    bench.append("a.log", "one\n");
    assert_eq!(bench.after(0), ["one"]);
    fs::rename(bench.path("a.log"), bench.path("a.log.1")).unwrap();
    bench.append("a.log", "two\n");
    fs::write(bench.path("a.log.2.gz"), "packed\n").unwrap();
    assert_eq!(bench.after(500), ["two"]);
    assert_eq!(bench.after(60_000), Vec::<String>::new());
}

#[test]
fn a_truncated_file_is_read_from_its_beginning() {
    let mut bench = Bench::new("a.log", 100);
    bench.append("a.log", "one\ntwo\nhal");
    assert_eq!(bench.after(0), ["one", "two"]);
    fs::write(bench.path("a.log"), "new\n").unwrap();
    assert_eq!(bench.after(500), ["hal", "new"]);
}

#[test]
fn new_files_appear_and_old_ones_vanish() {
    let mut bench = Bench::new("**/*.log", 0);
    bench.append("a.log", "old\n");
    assert_eq!(bench.after(0), Vec::<String>::new());
    fs::create_dir(bench.path("sub")).unwrap();
    bench.append("sub/b.log", "from the start\n");
    assert_eq!(bench.after(2_000), ["from the start"]);
    bench.append("a.log", "last words\n");
    fs::remove_file(bench.path("a.log")).unwrap();
    assert_eq!(bench.after(500), ["last words"]);
    assert_eq!(bench.after(5_000), Vec::<String>::new());
    assert_eq!(bench.tail.round(bench.now).files, 1);
}

#[test]
fn a_round_is_bounded_and_loses_nothing() {
    let mut bench = Bench::new("*.log", 64 << 20);
    let line = format!("{}\n", "x".repeat(999));
    bench.append("a.log", &line.repeat(3_000));
    bench.append("b.log", "small\n");
    let mut total = 0;
    let mut rounds = 0;
    while total < 3_001 {
        let batch = bench.tail.round(bench.now);
        let bytes: usize = batch.lines.iter().map(|line| line.bytes.len()).sum();
        assert!(bytes <= client::MOST_BYTES + 1_000, "{bytes}");
        total += batch.lines.len();
        rounds += 1;
        assert_eq!(batch.more, total < 3_001, "after {rounds}");
        assert!(rounds < 10, "it must get through");
    }
    assert_eq!((total, rounds), (3_001, 3));
}

#[test]
fn more_files_than_the_bound_are_told() {
    let mut bench = Bench::new("*.log", 100);
    for number in 0..client::MOST_FILES + 4 {
        bench.append(&format!("{number}.log"), "x\n");
    }
    let batch = bench.tail.round(bench.now);
    assert_eq!(batch.files, client::MOST_FILES);
    assert!(batch.notes.iter().any(|note| note.contains("more than 256 files")), "{:?}", batch.notes);
}

fn source(paths: &[PathBuf], service: Option<&str>) -> FileTail {
    let options = FileOptions {
        paths: paths.iter().map(|path| path.to_str().unwrap().to_owned()).collect(),
        format: LogFormat::Auto,
        service: service.map(str::to_owned),
        backlog: 1 << 16,
    };
    let source = SourceOptions {
        name: "files".into(),
        every: EVERY,
        timeout: Duration::from_secs(5),
        off: false,
        severity: SeverityTable::default(),
        kind: KindOptions::File(options.clone()),
    };
    FileTail::new(&options, &source)
}

#[tokio::test]
async fn lines_of_several_files_come_oldest_first() {
    let folder = tempfile::tempdir().unwrap();
    let (a, b) = (folder.path().join("a.log"), folder.path().join("b.log"));
    append(&a, "2023-01-02T00:00:01Z INFO one\n  continued\n2023-01-02T00:00:04Z ERROR four\n");
    append(&b, "{\"time\":\"2023-01-02T00:00:02Z\",\"msg\":\"two\",\"service\":\"pay\"}\n2023-01-02T00:00:03Z three\n");
    let mut source = source(&[a.clone(), b], Some("web"));
    let told = source.poll().await.unwrap();
    let lines: Vec<_> = told.logs.iter().map(|line| (&*line.origin, line.level, &*line.text)).collect();
    let expected = [
        ("web", Level::Info, "one"),
        ("web", Level::Unknown, "continued"),
        ("pay", Level::Unknown, "two"),
        ("web", Level::Unknown, "three"),
        ("web", Level::Error, "four"),
    ];
    assert_eq!(lines, expected);
    assert_eq!(told.logs[1].at, told.logs[0].at);
    append(&a, &format!("{}\n", "x".repeat(100_000)));
    let told = source.poll().await.unwrap();
    assert_eq!(told.logs.len(), 1);
    assert!(told.logs[0].text.ends_with('…'));
}

#[tokio::test]
async fn without_a_file_it_says_what_is_missing() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("none.log");
    let mut source = source(std::slice::from_ref(&path), None);
    let error = source.poll().await.unwrap_err();
    assert_eq!(error.kind, ErrorKind::Missing);
    assert!(error.what.contains("none.log"), "{error}");
    append(&path, "here\n");
    let told = source.poll().await.unwrap();
    assert_eq!((&*told.logs[0].text, &*told.logs[0].origin), ("here", "none.log"));
}

#[derive(Debug, Clone)]
enum Step {
    Write(usize),
    Rotate,
    Round,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![4 => (1_usize..40).prop_map(Step::Write), 1 => Just(Step::Rotate), 3 => Just(Step::Round)];
    prop::collection::vec(step, 1..40)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// A writer that writes in chunks that end anywhere, and rotates by renaming whenever a round has seen the
    /// file (one that comes and goes between two rounds is nobody's to see).
    #[test]
    fn each_line_is_told_exactly_once(steps in steps(), keeps_matching in any::<bool>()) {
        let mut bench = Bench::new(if keeps_matching { "a.log*" } else { "a.log" }, 1 << 20);
        bench.append("a.log", "");
        let whole: String = (0..).map(|line| format!("line {line}\n")).take(400).collect();
        let (mut told, mut written, mut rotations, mut seen) = (bench.after(0), String::new(), 0, true);
        for step in steps {
            match step {
                Step::Write(count) => {
                    let next = &whole[written.len()..(written.len() + count).min(whole.len())];
                    bench.append("a.log", next);
                    written.push_str(next);
                }
                // A line is never split over two files: writers reopen between lines.
                Step::Rotate if seen && (written.is_empty() || written.ends_with('\n')) => {
                    rotations += 1;
                    fs::rename(bench.path("a.log"), bench.path(&format!("a.log.{rotations}"))).unwrap();
                    bench.append("a.log", "");
                    seen = false;
                }
                Step::Rotate => {}
                Step::Round => {
                    told.extend(bench.after(10));
                    seen = true;
                }
            }
        }
        let rest = if written.is_empty() { 0 } else { whole[written.len() - 1..].find('\n').unwrap() };
        bench.append("a.log", &whole[written.len()..written.len() + rest]);
        written = whole[..written.len() + rest].to_owned();
        told.extend(bench.after(10));
        let number = |line: &String| line.trim_start_matches("line ").parse::<usize>().unwrap();
        told.sort_by_key(number);
        prop_assert_eq!(told, written.lines().map(str::to_owned).collect::<Vec<_>>());
    }
}

#[tokio::test]
async fn it_does_what_every_adapter_must() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("app.log");
    std::fs::write(&path, "started\n").unwrap();
    crate::source::contract::agrees(Box::new(source(&[path], None)), "file").await;
}
