//! Keys act on what was highlighted when they went down, whatever happens to the rows since.

use midwatch::board::Answer;
use midwatch::domain::alert::AlertChanges;
use midwatch::domain::{Fingerprint, Severity};

use crate::stage::story::{alert, alerts, now, report, telling};
use crate::stage::watch::Watch;

fn of(title: &str) -> Vec<Fingerprint> {
    alerts().into_iter().filter(|alert| alert.name() == title).map(|alert| alert.fingerprint).collect()
}

/// A source tells of a new, worse incident, and of none of these any more.
fn moved(watch: &mut Watch, gone: Vec<Fingerprint>) {
    let fresh = alert("EverythingDown", "cart", "cart-1", Severity::Critical, 0);
    watch.tell(report("am-eu", now(), telling(vec![fresh], gone)));
}

#[test]
fn a_question_is_about_what_was_highlighted_although_rows_moved() {
    let mut watch = Watch::new();
    watch.keys("jj");
    assert_eq!(watch.chosen(), "DiskFillsIn4h");
    watch.keys("sreindex");
    moved(&mut watch, of("PaymentsDown"));
    assert_eq!(watch.chosen(), "DiskFillsIn4h", "the cursor holds on");
    watch.keys("<Enter>");
    moved(&mut watch, Vec::new());
    watch.keys("y");
    let acts = watch.acts();
    assert_eq!(acts.len(), 1, "{}", watch.screen());
    assert!(acts[0].entry.detail.starts_with("DiskFillsIn4h · reindex"), "{}", acts[0].entry.detail);
}

#[test]
fn a_question_about_what_is_gone_does_nothing_and_says_so() {
    for (keys, answer) in [("sreindex<Enter>", "y"), ("<Space>A", "y"), ("z", "<Enter>")] {
        let mut watch = Watch::new();
        watch.keys("jj");
        watch.keys(keys);
        watch.acts();
        moved(&mut watch, of("DiskFillsIn4h"));
        watch.keys(answer);
        assert!(watch.acts().is_empty(), "{keys}");
        assert!(watch.screen().contains("resolved meanwhile"), "{keys}: {}", watch.screen());
    }
}

#[test]
fn a_key_after_rows_moved_acts_on_what_is_still_highlighted() {
    let mut watch = Watch::new();
    watch.keys("jj");
    moved(&mut watch, Vec::new());
    assert!(watch.shows(&["▌", "DiskFillsIn4h"]), "{}", watch.screen());
    watch.keys("a");
    assert!(watch.acts()[0].entry.detail.starts_with("DiskFillsIn4h"));
}

#[test]
fn marks_survive_what_sources_tell_and_go_with_their_incident() {
    let mut watch = Watch::new();
    watch.keys("<Space>j<Space>");
    moved(&mut watch, Vec::new());
    assert!(watch.shows(&["◉", "CheckoutErrorsHigh"]) && watch.shows(&["◉", "DiskFillsIn4h"]), "{}", watch.screen());
    watch.keys("!!/x<Esc>");
    assert_eq!(watch.core.app.incidents.marks.len(), 2, "what a filter hides stays marked");
    moved(&mut watch, of("DiskFillsIn4h"));
    assert_eq!(watch.core.app.incidents.marks.len(), 1, "what resolved is marked no more");
}

#[test]
fn an_answer_without_alerts_resolves_nothing() {
    let mut watch = Watch::new();
    let before = watch.core.app.incidents.len();
    watch.tell(report("am-eu", now(), Answer::default()));
    let nothing = AlertChanges { told: Vec::new(), gone: Vec::new() };
    watch.tell(report("am-eu", now(), Answer { alerts: Some(nothing), ..Answer::default() }));
    assert_eq!(watch.core.app.incidents.len(), before);
}
