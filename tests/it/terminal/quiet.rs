//! What is drawn, and above all what is not.

use std::time::{Duration, SystemTime};

use super::{SIZE, STANDING, standing};
use crate::support::home::Home;
use crate::support::lab::Lab;
use crate::support::pty::Terminal;
use crate::support::wait;

const WINDOW: Duration = Duration::from_secs(10);

#[test]
fn a_standing_demo_draws_nothing() {
    let home = Home::new();
    let screen = standing(&home);
    assert_eq!(screen.next_drawn(WINDOW), "", "not a byte in ten seconds");
}

#[test]
fn a_quiet_alertmanager_draws_nothing_between_two_minutes() {
    let Some(lab) = Lab::open(&["prometheus-alertmanager"]) else { return };
    let am = lab.alertmanager();
    let source =
        format!("[[source]]\nname = \"am\"\nkind = \"alertmanager\"\nurl = \"{}\"\nevery = \"1s\"\n", am.api.url());
    let home = Home::with_config(&source);
    let screen = Terminal::open(&home, &[], SIZE);
    screen.wait_for("0 firing · 1/1 sources live");
    screen.wait_settled(Duration::from_secs(3));
    // The clock in the header may change in the window once; then another window is taken.
    wait::until("a minute that is long enough", || {
        let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).expect("after 1970").as_secs() % 60;
        if (2..48).contains(&now) { Ok(()) } else { Err(format!("second {now}")) }
    });
    assert_eq!(screen.next_drawn(WINDOW), "", "ten polls that say the same draw nothing");
}

#[test]
fn a_frame_is_one_synchronised_update() {
    let home = Home::new();
    let mut screen = standing(&home);
    let before = screen.drawn();
    for key in ["2", "j"] {
        screen.press(key);
        assert_ne!(screen.next_drawn(wait::DEADLINE), "", "a key is answered");
        screen.wait_settled(Duration::from_secs(1));
    }
    let drawn = screen.raw_since(before);
    let (begin, end) = ("\x1b[?2026h", "\x1b[?2026l");
    let frames: Vec<&str> = drawn.split_inclusive(end).collect();
    assert!(frames.len() >= 2, "{drawn:?}");
    for frame in frames {
        assert!(frame.starts_with(begin) && frame.ends_with(end) && frame.matches(begin).count() == 1, "{frame:?}");
    }
}

#[test]
fn without_colour_what_matters_is_still_bold_and_the_cursor_reversed() {
    let home = Home::new().with("NO_COLOR", "1");
    let screen = Terminal::open(&home, STANDING, SIZE);
    screen.wait_for("CheckoutErrorsHigh");
    screen.wait_settled(Duration::from_secs(2));
    let drawn = screen.raw_since(0);
    let parameters: Vec<&str> = drawn
        .split("\x1b[")
        .skip(1)
        .filter_map(|piece| piece.split_once('m').map(|(head, _)| head))
        .filter(|head| head.chars().all(|c| c.is_ascii_digit() || c == ';' || c == ':'))
        .collect();
    let codes: Vec<u32> =
        parameters.iter().flat_map(|list| list.split([';', ':'])).filter_map(|code| code.parse().ok()).collect();
    let colour = |code: &&u32| matches!(code, 30..=38 | 40..=48 | 58 | 90..=107);
    assert_eq!(codes.iter().find(colour), None, "a colour in {parameters:?}");
    assert!(codes.contains(&1), "something is bold");
    assert!(codes.contains(&7), "the row under the cursor is reversed");
}
