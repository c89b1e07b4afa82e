//! What lies over the screen, opened by its keys, at the usual size and at the least.

use super::keep;
use crate::stage::watch::Watch;

fn over(name: &str, keys: &str) {
    for (width, height) in [(120, 36), (40, 10)] {
        let mut watch = Watch::new().sized(width, height);
        watch.keys(keys);
        assert!(watch.core.app.overlay.is_some(), "{keys} opens something");
        keep(&format!("{name}-{width}x{height}"), &watch.frame());
    }
}

#[test]
fn help() {
    over("help", "?");
}

#[test]
fn palette() {
    over("palette", ":sn");
}

#[test]
fn filter_with_a_problem() {
    over("filter", "/service=checkout @ackd=no");
    over("filter-nothing", "/service=chekout");
}

#[test]
fn prompt() {
    over("prompt", "z");
    over("prompt-problem", "z<Backspace><Backspace><Backspace>soon<Enter>");
}

#[test]
fn silence_form() {
    over("silence", "sdeploy of v813");
}

#[test]
fn confirm() {
    over("confirm", "sdeploy of v813<Enter>");
    over("confirm-ack", "<Space>j<Space>A");
}

#[test]
fn card() {
    over("card", "o");
}
