//! What a frame costs: what is in sight, and not what exists.

mod made;

use divan::Bencher;
use made::{COUNTS, Spread, app, now};
use midwatch::app::{Action, App, Msg, View};
use midwatch::theme::{Capability, Theme};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

fn main() {
    divan::main();
}

fn draw(bencher: Bencher<'_, '_>, app: &App) {
    let (theme, _) = Theme::load("midnight", None, Capability::TrueColor, false);
    let area = Rect::new(0, 0, 120, 36);
    let mut frame = Buffer::empty(area);
    bencher.bench_local(|| {
        frame.reset();
        midwatch::ui::view(app, &theme, area, &mut frame)
    });
}

/// Watch, each alert its own incident.
#[divan::bench(args = COUNTS)]
fn watch_each_its_own_incident(bencher: Bencher<'_, '_>, count: usize) {
    draw(bencher, &app(count, Spread::Each));
}

/// Watch, all alerts one incident.
#[divan::bench(args = COUNTS)]
fn watch_all_one_incident(bencher: Bencher<'_, '_>, count: usize) {
    draw(bencher, &app(count, Spread::One));
}

/// The incident list in its middle.
#[divan::bench(args = COUNTS)]
fn incidents_in_the_middle(bencher: Bencher<'_, '_>, count: usize) {
    let mut app = app(count, Spread::Each);
    app.update(now(), Msg::Action(Action::View(View::Incidents)));
    for _ in 0..count / 2 {
        app.update(now(), Msg::Action(Action::Down));
    }
    draw(bencher, &app);
}

/// An incident's page, all alerts in it.
#[divan::bench(args = COUNTS)]
fn page_of_all_alerts(bencher: Bencher<'_, '_>, count: usize) {
    let mut app = app(count, Spread::One);
    app.update(now(), Msg::Action(Action::Open));
    draw(bencher, &app);
}

/// Watch with so many log lines.
#[divan::bench(args = COUNTS)]
fn watch_with_log_lines(bencher: Bencher<'_, '_>, count: usize) {
    let mut app = app(10, Spread::Each);
    let answer = midwatch::board::Answer { logs: made::lines(count), ..Default::default() };
    app.update(now(), made::answered(answer));
    draw(bencher, &app);
}
