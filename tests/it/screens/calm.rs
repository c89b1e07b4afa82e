//! Truthful zero: calm only where everything is known.

use chrono::TimeDelta;
use midwatch::app::View;
use midwatch::board::Answer;

use super::keep;
use crate::stage::story::{ago, failure, now, report, sources, telling};
use crate::stage::watch::Watch;

fn all_live() -> Watch {
    let mut watch = Watch::waiting(sources(), "");
    for status in sources() {
        let at = now() - TimeDelta::seconds(1);
        let answer = if status.kind == "loki" { Answer::default() } else { telling(Vec::new(), Vec::new()) };
        watch.core.app.update(at, report(status.name.as_str(), at, answer));
    }
    watch.later(0);
    watch
}

fn both(name: &str, watch: Watch) {
    let mut watch = watch;
    for (width, height) in [(120, 36), (80, 24), (40, 10)] {
        watch = watch.sized(width, height);
        keep(&format!("calm-{name}-{width}x{height}"), &watch.frame());
    }
}

#[test]
fn all_live_may_be_calm() {
    let watch = all_live();
    assert!(watch.screen().contains("0 firing · 4/4 sources live"), "{}", watch.screen());
    both("live", watch);
}

#[test]
fn one_missing_is_not_calm() {
    let mut watch = all_live();
    watch.core.app.update(now(), failure("am-eu", now()));
    watch.later(2);
    assert!(watch.screen().contains("0 known · 1 source unreachable"), "{}", watch.screen());
    both("missing", watch);
}

#[test]
fn none_answered_yet_is_waiting() {
    let watch = Watch::waiting(sources(), "");
    assert!(!watch.screen().contains("0 firing"), "{}", watch.screen());
    both("waiting", watch);
}

#[test]
fn what_a_lost_source_told_stays_and_is_dated() {
    let lost = |mut watch: Watch| {
        watch.core.app.update(now(), failure("am-eu", now()));
        watch.later(240);
        watch
    };
    let watch = lost(Watch::new().view(View::Incidents));
    assert!(watch.shows(&["CheckoutErrorsHigh"]) && watch.screen().contains("as of 03:12"), "{}", watch.screen());
    keep("lost-incidents-120x36", &watch.frame());
    let watch = lost(Watch::new().view(View::Watch).sized(80, 24));
    keep("lost-watch-80x24", &watch.frame());
}

#[test]
fn paused_and_lifted_and_in_trouble_are_said_above_all() {
    let mut watch = Watch::new();
    watch.keys("p");
    watch.core.app.update(ago(-3), failure("am-eu", ago(-3)));
    assert!(watch.screen().contains("PAUSED"), "{}", watch.screen());
    keep("paused-120x36", &watch.frame());
}
