//! What comes in: pastes and new sizes.

use std::time::Duration;

use super::{INCIDENT, SIZE, standing};
use crate::support::home::Home;

#[test]
fn a_paste_triggers_no_key() {
    let home = Home::new();
    let mut screen = standing(&home);
    let before = screen.text();
    screen.paste("aaaq\ny");
    // A key of its own tells that the paste was read.
    screen.press("?");
    screen.wait_until("the keys", |text| text != before);
    screen.press("\x1b");
    screen.wait_row(INCIDENT, "unacked");
    screen.wait_settled(Duration::from_secs(1));
    assert!(!screen.text().contains("acking"), "{}", screen.text());
    screen.press("8");
    screen.wait_for("Journal");
    screen.wait_settled(Duration::from_secs(1));
    assert!(!screen.text().contains(" ack "), "nothing was done:\n{}", screen.text());
}

#[test]
fn a_paste_into_a_prompt_is_text() {
    let home = Home::new();
    let mut screen = standing(&home);
    screen.press("/");
    screen.paste("disk\x1b[31m\nfills");
    screen.wait_for("disk");
    assert!(screen.text().contains("fills"), "{}", screen.text());
}

#[test]
fn a_storm_of_sizes_ends_in_a_right_frame() {
    let homes = [Home::new(), Home::new()];
    let [mut calm, mut stormy] = [standing(&homes[0]), standing(&homes[1])];
    for step in 0..60_u16 {
        stormy.resize(40 + step * 3, 10 + step);
    }
    for size in [(1, 1), (300, 100), (59, 15), (100, 30)] {
        stormy.resize(size.0, size.1);
    }
    calm.resize(100, 30);
    for screen in [&calm, &stormy] {
        screen.wait_for(INCIDENT);
        screen.wait_settled(Duration::from_secs(2));
    }
    assert_eq!(stormy.text(), calm.text());
    stormy.resize(SIZE.0, SIZE.1);
    stormy.wait_until("the large frame", |text| text.lines().any(|row| row.chars().count() == usize::from(SIZE.0)));
}
