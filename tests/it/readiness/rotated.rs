//! A secret that leaked is rotated while midwatch runs: the new one is used without a restart.

use super::fake::{Fake, firing};
use super::{ALERT, config};
use crate::support::home::Home;
use crate::support::pty::Terminal;

fn rotates(auth: impl Fn(&Home) -> String) {
    let am = Fake::telling(&firing(&[ALERT]));
    am.state().token = Some("token-one-7f".to_owned());
    let home = Home::new();
    home.write("token", "token-one-7f\n");
    home.write("config/midwatch/config.toml", &format!("{}auth = {}\n", config(&am.url()), auth(&home)));
    let screen = Terminal::open(&home, &[], super::SIZE);
    screen.wait_row(ALERT, "unacked");
    // First the file, then the server: as whoever rotates does it.
    home.write("token", "token-two-9c\n");
    am.state().token = Some("token-two-9c".to_owned());
    am.wait_asked(3);
    screen.wait_row(ALERT, "unacked");
    let refused = am.state().refused;
    assert!((1..=3).contains(&refused), "the old one is refused, read again, and not shown any more: {refused}");
    assert!(!screen.text().contains("unreachable"), "{}", screen.text());
    for leaked in ["token-one-7f", "token-two-9c"] {
        assert!(!screen.raw_since(0).contains(leaked), "no secret is on the screen");
    }
}

#[test]
fn of_a_file() {
    rotates(|home| format!("{{ bearer = {{ file = \"{}\" }} }}", home.path("token").display()));
}

#[test]
fn of_a_command() {
    rotates(|home| format!("{{ bearer = {{ command = [\"cat\", \"{}\"] }} }}", home.path("token").display()));
}
