//! How much a slow link carries when one alert changes: the difference between two frames, as bytes.

use midwatch::app::View;
use midwatch::board::Answer;
use midwatch::domain::{Alert, Severity};
use ratatui::backend::{Backend as _, CrosstermBackend};

use crate::stage::drawn;
use crate::stage::story::{alert, now, report, telling};
use crate::stage::watch::Watch;

/// What one alert that changes may cost.
const MOST: usize = 600;
/// What it may cost where its words are shown whole beside the list, and those below them move down.
const MOST_MOVED: usize = 3_000;
/// What begins and ends a frame that is shown at once.
const AROUND: usize = "\x1b[?2026h\x1b[?2026l".len();

/// The alert of the story that is highlighted, and two more of its incident.
fn checkout(instance: &str) -> Alert {
    alert("CheckoutErrorsHigh", "checkout", instance, Severity::Critical, 4)
}

/// The bytes between the frames before and after a message.
fn bytes(watch: &mut Watch, answer: Answer) -> usize {
    let before = watch.frame();
    watch.tell(report("am-eu", now(), answer));
    let after = watch.frame();
    let mut drawn = Vec::new();
    CrosstermBackend::new(&mut drawn).draw(before.diff(&after).into_iter()).expect("a vector takes all bytes");
    drawn.len() + AROUND
}

#[test]
fn one_alert_that_changes_is_a_few_bytes() {
    let more_words = || Alert {
        annotations: [("summary", "5xx share of checkout over 1 % for 4 minutes: customers cannot pay")].into(),
        ..checkout("checkout-2")
    };
    let value = || Alert { value: Some(5.9), ..checkout("checkout-2") };
    let changes: [(&str, Answer); 4] = [
        ("its value", telling(vec![value()], Vec::new())),
        ("its words", telling(vec![more_words()], Vec::new())),
        ("one more joins", telling(vec![checkout("checkout-9")], Vec::new())),
        ("one of several ends", telling(Vec::new(), vec![checkout("checkout-5").fingerprint])),
    ];
    for size in [(120, 36), (200, 50)] {
        for view in [View::Watch, View::Incidents] {
            for (what, answer) in &changes {
                let mut watch = Watch::new().sized(size.0, size.1).view(view);
                let count = bytes(&mut watch, answer.clone());
                println!("{what} in {view:?} at {size:?}: {count} bytes");
                let beside = view == View::Incidents || size.0 >= 200;
                let moves = match *what {
                    "its words" => beside,
                    // Where there is room for all of them, none moves.
                    "one of several ends" => view == View::Incidents && size.0 < 200,
                    _ => false,
                };
                let most = if moves { MOST_MOVED } else { MOST };
                assert!(count <= most, "{what} in {view:?} at {size:?}: {count} bytes");
            }
        }
    }
    assert_ne!(drawn::text(&Watch::new().frame()), "", "something is drawn at all");
}
