//! The list and the history.

use super::made::{app, at_history, at_list};
use super::{SIZES, keep, screen};
use crate::app::Pane;
use crate::app::walks::Shows;
use crate::domain::checklist::ChecklistId;

#[test]
fn the_list_says_what_is_due_and_how_the_last_walks_went() {
    keep("list", &at_list());
}

#[test]
fn where_there_is_no_room_the_turn_is_the_last_to_go() {
    let text = screen(&at_list(), 40, 10);
    assert!(text.contains("overdue 2 d"), "{text}");
    assert!(text.contains("Monthly audit"), "{text}");
    assert!(!text.contains("in a row"), "{text}");
}

#[test]
fn what_is_begun_before_its_turn_has_a_heading_of_its_own() {
    let mut app = at_list();
    let mut rows = app.walks.rows.to_vec();
    rows[4].open = Some(super::made::WALK);
    rows.swap(2, 4);
    app.walks.rows = rows.into();
    let text = screen(&app, 120, 36);
    for heading in ["due now", "begun", "ahead", "on demand"] {
        let is_heading = |line: &&str| line.trim_start_matches('│').trim_start().starts_with(&format!("{heading}  "));
        assert_eq!(text.lines().filter(is_heading).count(), 1, "{heading}: {text}");
    }
}

#[test]
fn without_lists_it_says_how_to_make_one() {
    let mut app = at_list();
    app.walks.rows = [].into();
    for (width, height) in SIZES {
        assert!(screen(&app, width, height).contains("No checklist is offered"));
    }
}

#[test]
fn the_history_shows_walks_and_the_trend_of_each_item() {
    keep("history-trend", &at_history(Shows::Trend));
}

#[test]
fn the_history_shows_everything_of_a_walk() {
    let mut app = at_history(Shows::Walk);
    app.focus = Pane::Beside;
    keep("history-walk", &app);
}

#[test]
fn two_walks_are_compared_what_differs_first() {
    let mut app = at_history(Shows::Comparison);
    app.focus = Pane::Beside;
    keep("history-comparison", &app);
    let text = screen(&app, 120, 36);
    let (differs, same) = (text.find("cart_totals grew"), text.find("items are the same"));
    assert!(differs < same && differs.is_some(), "{text}");
}

#[test]
fn what_is_not_known_of_earlier_walks_is_said() {
    let weekly = ChecklistId::new("weekly");
    for (width, height) in SIZES {
        let mut app = at_history(Shows::Trend);
        app.walks.past.remove(&weekly);
        assert!(screen(&app, width, height).contains("being read"));
        app.walks.past.insert(weekly.clone(), Err("the store is locked".to_owned()));
        let text = screen(&app, width, height);
        assert!(text.contains("not known") && text.contains("locked"), "{text}");
        app.walks.past.insert(weekly.clone(), Ok([].into()));
        assert!(screen(&app, width, height).contains("no walk of this list"));
    }
}

#[test]
fn the_badge_counts_walks_that_are_due() {
    let text = screen(&app(), 120, 36);
    assert!(text.contains("2 walks due, 1 overdue"), "{text}");
}
