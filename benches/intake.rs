//! What comes in: answers decoded and compared off the screen's task, log lines read and kept, the journal written.

#![expect(clippy::unwrap_used, reason = "a benchmark that cannot be set up ends")]

mod made;

use std::sync::Arc;

use divan::Bencher;
use made::{COUNTS, Spread, answered, app, json, lines, now};
use midwatch::board::Answer;
use midwatch::domain::journal::{Entry, Outcome};
use midwatch::domain::severity::SeverityTable;
use midwatch::domain::{Alert, Operator};
use midwatch::source::logline::{Clock, Reader};
use midwatch::source::options::LogFormat;
use midwatch::source::poller::difference::Difference;
use midwatch::source::{Observation, Part, alertmanager};
use midwatch::store::Store;

fn main() {
    divan::main();
}

fn decoded(text: &str) -> Vec<Alert> {
    alertmanager::alerts(text, made::SOURCE, &SeverityTable::default()).unwrap()
}

fn seen(alerts: Vec<Alert>) -> Observation {
    Observation { alerts: Part::Now(alerts), ..Observation::default() }
}

/// An Alertmanager's answer becomes alerts.
#[divan::bench(args = COUNTS, sample_count = 20)]
fn decode(bencher: Bencher<'_, '_>, count: usize) {
    let text = json(count, 0);
    bencher.bench_local(|| decoded(&text));
}

/// An answer like the last one is compared with it.
#[divan::bench(args = COUNTS, sample_count = 20)]
fn compare_nothing_changed(bencher: Bencher<'_, '_>, count: usize) {
    compare(bencher, count, 0);
}

/// An answer in which one alert says something else.
#[divan::bench(args = COUNTS, sample_count = 20)]
fn compare_one_changed(bencher: Bencher<'_, '_>, count: usize) {
    compare(bencher, count, 1);
}

fn compare(bencher: Bencher<'_, '_>, count: usize, changed: usize) {
    let before = decoded(&json(count, 0));
    let after = decoded(&json(count, changed));
    let difference = || {
        let mut difference = Difference::default();
        difference.take(seen(before.clone())).unwrap();
        difference
    };
    bencher.with_inputs(|| (difference(), seen(after.clone()))).bench_local_values(|(mut difference, observation)| {
        let event = difference.take(observation).unwrap();
        (difference, event)
    });
}

/// Lines of a file are read.
#[divan::bench(args = [10_000], sample_count = 20)]
fn read_log_lines(bencher: Bencher<'_, '_>, count: usize) {
    let texts: Vec<String> = (0..count)
        .map(|number| {
            format!("2026-11-21T03:12:{:02}Z ERROR checkout-7 upstream timeout after {number} ms", number % 60)
        })
        .collect();
    let origin: Arc<str> = "app.log".into();
    bencher.bench_local(|| {
        let mut reader = Reader::default();
        let read = |text: &String| {
            reader.read(text.as_bytes(), LogFormat::Auto, &origin, now(), Clock::of_this_machine(now()))
        };
        texts.iter().map(read).collect::<Vec<_>>()
    });
}

/// Lines are taken by a board that is full of lines already.
#[divan::bench(args = [10, 1_000, 10_000], sample_count = 20)]
fn keep_log_lines(bencher: Bencher<'_, '_>, count: usize) {
    let mut app = app(10, Spread::Each);
    for _ in 0..3 {
        app.update(now(), answered(Answer { logs: lines(10_000), ..Answer::default() }));
    }
    bencher
        .with_inputs(|| answered(Answer { logs: lines(count), ..Answer::default() }))
        .bench_local_values(|msg| app.update(now(), msg));
}

/// A row is appended to the journal of a store on disk.
#[divan::bench(sample_count = 50)]
fn journal_append(bencher: Bencher<'_, '_>) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let store = runtime.block_on(Store::open(&folder.path().join("midwatch.db"))).unwrap().store;
    let entry = || Entry {
        at: now(),
        operator: Operator::new("ana", "bastion"),
        action: "comment".to_owned(),
        target: "7f3a".to_owned(),
        detail: "pool is full on 2 and 7".to_owned(),
        outcome: Outcome::Done,
    };
    bencher.with_inputs(entry).bench_local_values(|entry| runtime.block_on(store.append(entry)).unwrap());
    runtime.block_on(store.close());
}
