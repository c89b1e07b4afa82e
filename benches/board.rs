//! What `update` costs: what changed, and not what exists.

mod made;

use divan::Bencher;
use made::{COUNTS, Spread, alert, app, empty, now, report, telling};
use midwatch::app::entry::Edit;
use midwatch::app::{Action, Msg};
use midwatch::board::SourceEvent;

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
