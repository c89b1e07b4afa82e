//! The last values of items: of walks that ended, against what is usual.

use serde_json::{Value, json};

use super::made::{ana, completed, here, list, now, printed, walk};
use crate::domain::checklist::{Answer, Change, ItemId, Update, UpdateId, Walk, WalkId};
use crate::report::checklists::history::{self, History, values};

/// A walk so many days ago with this error rate.
fn measured(days: i64, value: f64) -> Walk {
    let mut walk = walk("");
    (walk.id, walk.begun) = (WalkId(u64::try_from(days).unwrap()), now() - chrono::TimeDelta::days(days));
    let change = Change::Answer { answer: Answer::Number(value), outcome: None };
    let item = Some(ItemId::new("errors"));
    walk.with([Update { id: UpdateId(9), item, change, by: ana(), at: now() }])
}

/// What is told of the error rate.
fn told(walks: &[Walk]) -> Value {
    let history = History { walks: Vec::new(), items: values(walks, list().items()) };
    let made: Value = serde_json::from_str(&printed(|out| history::json(&history, out))).unwrap();
    made["items"][0].clone()
}

fn numbers(told: &Value) -> Vec<f64> {
    told["values"].as_array().unwrap().iter().filter_map(|past| past["value"].as_f64()).collect()
}

#[test]
fn the_last_number_is_told_against_the_median_of_those_before() {
    let walks = [(4, 1.0), (3, 1.0), (2, 10.0), (1, 2.0)].map(|(days, value)| completed(measured(days, value)));
    let text = printed(|out| {
        let history = History { walks: Vec::new(), items: values(&walks, list().items()) };
        history::text(&history, here(), out)
    });
    assert!(text.contains("+100 %"), "one odd number before is not what is usual: {text}");
    let told = told(&walks);
    assert_eq!((numbers(&told), &told["change_per_cent"]), (vec![1.0, 1.0, 10.0, 2.0], &json!(100.0)));
}

#[test]
fn an_open_walk_is_none_of_the_earlier_ones() {
    let mut walks: Vec<Walk> = (1..=12).map(|days| completed(measured(days, 1.0))).collect();
    walks.insert(0, measured(0, 5.0));
    let told = told(&walks);
    assert_eq!((numbers(&told), &told["change_per_cent"]), (vec![1.0; 10], &json!(0.0)));
}
