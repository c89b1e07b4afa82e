//! What `update` costs: what changed, and not what exists.

mod made;

use std::sync::Arc;

use divan::Bencher;
use made::{COUNTS, Spread, alert, app, empty, now, report, telling};
use midwatch::app::entry::Edit;
use midwatch::app::{Action, Msg};
use midwatch::board::report::TAKEN_AT_ONCE;
use midwatch::board::{Answer, SourceEvent};
use midwatch::domain::alert::AlertChanges;

fn main() {
    divan::main();
}

/// One alert says something else; the rest stays.
#[divan::bench(args = COUNTS)]
fn one_changed_each_its_own_incident(bencher: Bencher<'_, '_>, count: usize) {
    one_changed(bencher, count, Spread::Each);
}

/// The same where all alerts are one incident.
#[divan::bench(args = COUNTS)]
fn one_changed_all_one_incident(bencher: Bencher<'_, '_>, count: usize) {
    one_changed(bencher, count, Spread::One);
}

fn one_changed(bencher: Bencher<'_, '_>, count: usize, spread: Spread) {
    let mut app = app(count, spread);
    let mut version = 0;
    bencher
        .with_inputs(|| {
            version += 1;
            telling([alert(count / 2, spread, version)])
        })
        .bench_local_values(|msg| app.update(now(), msg));
}

/// The first answer of a source.
#[divan::bench(args = COUNTS, sample_count = 20)]
fn first_answer_each_its_own_incident(bencher: Bencher<'_, '_>, count: usize) {
    first_answer(bencher, count, Spread::Each);
}

/// The same where all alerts are one incident.
#[divan::bench(args = COUNTS, sample_count = 20)]
fn first_answer_all_one_incident(bencher: Bencher<'_, '_>, count: usize) {
    first_answer(bencher, count, Spread::One);
}

fn first_answer(bencher: Bencher<'_, '_>, count: usize, spread: Spread) {
    bencher.with_inputs(|| (empty(), telling((0..count).map(|number| alert(number, spread, 0))))).bench_local_values(
        |(mut app, msg)| {
            app.update(now(), msg);
            app
        },
    );
}

/// A poll that brought nothing new.
#[divan::bench(args = COUNTS)]
fn heartbeat(bencher: Bencher<'_, '_>, count: usize) {
    let mut app = app(count, Spread::Each);
    bencher.with_inputs(|| report(SourceEvent::Heartbeat)).bench_local_values(|msg| app.update(now(), msg));
}

/// Time passed.
#[divan::bench(args = COUNTS)]
fn tick(bencher: Bencher<'_, '_>, count: usize) {
    let mut app = app(count, Spread::Each);
    bencher.bench_local(|| app.update(now(), Msg::Tick));
}

/// A key moves the cursor, from the middle of the list.
#[divan::bench(args = COUNTS)]
fn cursor_down_and_up(bencher: Bencher<'_, '_>, count: usize) {
    let mut app = app(count, Spread::Each);
    for _ in 0..count / 2 {
        app.update(now(), Msg::Action(Action::Down));
    }
    bencher.bench_local(|| {
        app.update(now(), Msg::Action(Action::Down));
        app.update(now(), Msg::Action(Action::Up))
    });
}

/// A letter more and a letter less in the filter line.
#[divan::bench(args = COUNTS, sample_count = 20)]
fn filter_by_letter(bencher: Bencher<'_, '_>, count: usize) {
    let mut app = app(count, Spread::Each);
    app.update(now(), Msg::Action(Action::Filter));
    for letter in "Alert0".chars() {
        app.update(now(), Msg::Edit(Edit::Insert(letter)));
    }
    bencher.bench_local(|| {
        app.update(now(), Msg::Edit(Edit::Insert('1')));
        app.update(now(), Msg::Edit(Edit::Backspace))
    });
}

/// The largest part of a first answer that is taken at once, on a board that holds so many already.
#[divan::bench(args = [1_000, 10_000, 100_000], sample_count = 20)]
fn part_of_a_first_answer(bencher: Bencher<'_, '_>, known: usize) {
    let mut app = app(known, Spread::Each);
    let mut next = known;
    bencher
        .with_inputs(|| {
            next += TAKEN_AT_ONCE;
            let told = (next - TAKEN_AT_ONCE..next).map(|number| Arc::new(alert(number, Spread::Each, 0))).collect();
            let alerts = Some(AlertChanges { told, gone: Vec::new() });
            report(SourceEvent::Arriving(Box::new(Answer { alerts, ..Answer::default() })))
        })
        .bench_local_values(|msg| app.update(now(), msg));
}

/// All of a first answer.
#[divan::bench(args = [1_000, 10_000, 100_000], sample_count = 5)]
fn first_answer_is_linear(bencher: Bencher<'_, '_>, count: usize) {
    first_answer(bencher, count, Spread::Each);
}
