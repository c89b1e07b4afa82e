//! What is due, on Watch.

use super::made::{app, rows};
use super::{keep, screen};
use crate::app::walks::ListRow;
use crate::domain::checklist::standing::State;

#[test]
fn what_is_due_stands_over_the_timeline() {
    keep("watch", &app());
}

#[test]
fn where_nothing_is_due_it_says_what_is_next_and_the_timeline_stays() {
    let mut app = app();
    let ahead = |mut row: ListRow| {
        row.open = None;
        if row.standing.due.is_some() {
            row.standing.state = State::Ahead;
        }
        row
    };
    let due = rows().into_iter().skip(2).map(ahead).collect::<Vec<_>>();
    app.walks.rows = due.into();
    let text = screen(&app, 120, 36);
    assert!(text.contains("no checklist is due · next 09:00 Daily maintenance"), "{text}");
    assert!(text.contains("Timeline") && text.contains("acked PaymentsDown"), "{text}");
    let small = screen(&app, 80, 24);
    assert!(small.contains("Timeline") && !small.contains("Lists "), "{small}");
}

#[test]
fn folded_it_says_what_is_most_overdue_and_what_was_done_last() {
    let text = screen(&app(), 80, 24);
    let line = text.lines().find(|line| line.contains("Lists")).unwrap();
    assert!(line.contains("! Monthly audit") && line.contains("overdue 2 d +1"), "{line}");
    assert!(line.contains("03:1"), "{line}");
}

#[test]
fn many_lists_leave_room_for_what_was_done() {
    let mut app = app();
    let many: Vec<ListRow> = (0..12).flat_map(|_| rows().into_iter().take(1)).collect();
    app.walks.rows = many.into();
    let text = screen(&app, 120, 36);
    assert!(text.contains("9 more in 5 Checklists"), "{text}");
    assert!(text.contains("acked PaymentsDown"), "{text}");
}
