//! The heat strip of a list.

use super::{Watch, daily, ended, in_short, on_demand, start};
use crate::board::Memory;
use crate::domain::checklist::trend::Day;
use crate::domain::checklist::{Change, ChecklistId, Outcome};

#[test]
fn it_ends_today_and_says_how_each_walk_went() {
    let mut watch = Watch::offering_lists(&[on_demand("a")]);
    let failed = Change::Outcome { outcome: Outcome::Failed, why: String::new() };
    let mut walks = vec![
        in_short(&ended(3, &on_demand("a"), 1, Vec::new())),
        in_short(&ended(2, &on_demand("a"), 3, vec![failed])),
        in_short(&ended(1, &on_demand("a"), 3, Vec::new())),
        in_short(&ended(4, &daily("other"), 0, Vec::new())),
    ];
    walks[3].end.completed = false;
    watch.remember_lists(Memory { walked: walks, ..Memory::default() });
    let strip = watch.app.strip_of(&ChecklistId::new("a"), 5);
    let days: Vec<Day> = strip.iter().map(|(_, day)| *day).collect();
    assert_eq!(days, [Day::Free, Day::Flawed, Day::Free, Day::Fine, Day::Free]);
    assert_eq!(strip.last().map(|(date, _)| *date), Some(start().date_naive()));
}

#[test]
fn of_no_days_and_of_an_unknown_list_it_is_empty() {
    let watch = Watch::offering_lists(&[on_demand("a")]);
    assert!(watch.app.strip_of(&ChecklistId::new("a"), 0).is_empty());
    assert!(watch.app.strip_of(&ChecklistId::new("b"), 3).is_empty());
    let strip = watch.app.strip_of(&ChecklistId::new("a"), 3);
    assert_eq!(strip.len(), 3);
    assert!(strip.iter().all(|(_, day)| *day == Day::Free));
}
