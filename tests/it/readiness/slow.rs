//! Sources that answer ten times slower than usual, or with errors for a long time.

use std::time::Duration;

use super::fake::{Fake, firing};
use super::{ALERT, config, keys_are_answered, source};
use crate::support::home::Home;
use crate::support::pty::Terminal;

#[test]
fn a_source_that_answers_ten_times_slower_is_late_and_takes_nothing_else_along() {
    let slow = Fake::telling(&firing(&[ALERT]));
    let fast = Fake::telling(&firing(&["PaymentsDown"]));
    slow.state().delay = Duration::from_millis(300);
    let home = Home::with_config(&format!("{}{}", config(&slow.url()), source("fast", &fast.url())));
    let mut screen = Terminal::open(&home, &[], super::SIZE);
    screen.wait_for(ALERT);
    screen.wait_for("PaymentsDown");
    // Alerts and silences are asked one after the other or beside each other: either way it is late by then.
    slow.state().delay = Duration::from_secs(6);
    screen.wait_until("am is late", |text| header(text).contains("am late"));
    assert!(screen.text().contains(ALERT) && !screen.text().contains("resolved"), "{}", screen.text());
    keys_are_answered(&mut screen);
    fast.tells(&firing(&["PaymentsDown", "SearchDown"]));
    screen.wait_for("SearchDown");
    slow.state().delay = Duration::ZERO;
    screen.wait_until("am is live again", |text| !header(text).contains("late"));
    assert!(screen.row(ALERT).is_some_and(|row| row.contains("unacked")), "{}", screen.text());
}

fn header(text: &str) -> &str {
    text.lines().next().unwrap_or_default()
}

#[test]
fn errors_again_and_again_are_one_loss_one_row_and_few_requests() {
    let am = Fake::telling(&firing(&[ALERT]));
    let home = Home::with_config(&config(&am.url()));
    let screen = Terminal::open(&home, &[], super::SIZE);
    screen.wait_row(ALERT, "unacked");
    am.state().status = 503;
    screen.wait_for("unreachable");
    let drawn = screen.drawn();
    am.wait_asked(6);
    assert_eq!(screen.raw_since(drawn).matches('\x07').count(), 0, "it rang once, when it was lost");
    am.state().status = 200;
    screen.wait_gone("unreachable");
    screen.wait_row(ALERT, "unacked");
    super::small_disk::wait_rows(&|arguments: &[&str]| home.run(arguments), "source.back", 1);
    super::small_disk::wait_rows(&|arguments: &[&str]| home.run(arguments), "source.lost", 1);
}
