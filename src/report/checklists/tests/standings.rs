//! How lists stand, for people, for programs and in one line.

use chrono::TimeDelta;
use serde_json::{Value, json};

use super::made::{completed, here, list, now, printed, walk};
use crate::domain::checklist::standing::State;
use crate::domain::checklist::{Checklist, Standing};
use crate::report::checklists::standing::{Scheduled, waiting};
use crate::report::checklists::{Listed, UnderWay, listed};

fn overdue() -> Standing {
    let from = now() - TimeDelta::days(2);
    let due = now() - TimeDelta::days(3);
    Standing { state: State::Overdue, due: Some(due), overdue_from: Some(from), missed: 2, streak: 0, changes: None }
}

fn keys(value: &Value) -> Vec<&str> {
    value.as_object().unwrap().keys().map(String::as_str).collect()
}

#[test]
fn a_line_says_how_a_list_stands() {
    let (daily, overdue, open) = (list(), overdue(), walk("full"));
    let ended = completed(walk("full"));
    let last = ended.walked(ended.ended.as_ref().unwrap());
    let under_way = Some(UnderWay { walk: &open, looked_at: 2, of: 3 });
    let all = [Listed { list: &daily, standing: Some(&overdue), open: under_way, last: Some(&last) }];
    let text = printed(|out| listed::text(&all, here(), out));
    assert_eq!(
        text,
        "overdue 2d  Daily maintenance  daily  daily 09:00  2026-11-18 04:00 CET  2/3 by ana  0s ago: 1 done, 1 failed of \
         3  2 missed\n"
    );
    let md = printed(|out| listed::md(&all, here(), out));
    assert!(md.starts_with("| state | title | id |") && md.contains("| overdue 2d | Daily maintenance |"), "{md}");
    let made: Value = serde_json::from_str(&printed(|out| listed::json(&all, here(), out))).unwrap();
    let row = &made["checklists"][0];
    assert_eq!((&made["version"], &made["at"]), (&json!(1), &json!("2026-11-21T03:00:00Z")));
    assert_eq!(
        keys(row),
        ["adopted", "due", "id", "last", "missed", "overdue_since", "schedule", "state", "streak", "title", "walk"]
    );
    assert_eq!((&row["state"], &row["overdue_since"]), (&json!("overdue"), &json!("2026-11-19T03:00:00Z")));
    assert_eq!(
        row["walk"],
        json!({"id": "0000000000005be1", "begun": "2026-11-21T02:00:00Z", "by": "ana", "looked_at": 2, "of": 3})
    );
    assert_eq!((&row["last"]["sign"], &row["last"]["took_s"]), (&json!("Ana B."), &json!(3600)));
}

#[test]
fn what_is_not_known_is_null_and_never_fine() {
    let list = list();
    let all = [Listed { list: &list, standing: None, open: None, last: None }];
    assert!(printed(|out| listed::text(&all, here(), out)).starts_with("not known  Daily"));
    let made: Value = serde_json::from_str(&printed(|out| listed::json(&all, here(), out))).unwrap();
    for field in ["state", "due", "missed", "streak", "walk", "last"] {
        assert_eq!(made["checklists"][0][field], Value::Null, "{field}");
    }
    assert_eq!(waiting(&all, now(), true), None);
}

#[test]
fn status_names_what_waits_and_tells_programs_of_scheduled_lists_alone() {
    let (daily, standing) = (list(), overdue());
    let drill = Checklist { schedule: None, title: "Drill".to_owned(), ..list() };
    let due = Standing { state: State::Due, overdue_from: None, ..overdue() };
    let named = |list, standing| Listed { list, standing: Some(standing), open: None, last: None };
    let all = [named(&daily, &standing), named(&drill, &due)];
    let words = waiting(&all, now(), true);
    assert_eq!(words.as_deref(), Some("1 checklist overdue: Daily maintenance 2 d · 1 checklist due: Drill"));
    assert_eq!(waiting(&all, now(), false).as_deref(), Some("1 checklist overdue · 1 checklist due"));
    let many = [all[0]; 5];
    let words = waiting(&many, now(), true).unwrap();
    assert!(words.starts_with("5 checklists overdue: ") && words.ends_with(", …"), "{words}");
    let made = serde_json::to_value(Scheduled(&all)).unwrap();
    assert_eq!(
        made,
        json!([{"id": "daily", "title": "Daily maintenance", "state": "overdue", "due": "2026-11-18T03:00:00Z",
            "missed": 2, "walk": null}])
    );
}
