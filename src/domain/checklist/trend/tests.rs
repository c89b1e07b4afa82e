//! What earlier walks say: the days of a strip, the last values of an item, two walks side by side.

use chrono_tz::Tz;
use proptest::prelude::*;

use super::*;
use crate::domain::checklist::made::{end, list, utc, walk, went};
use crate::domain::checklist::walk::Change;
use crate::domain::checklist::{Answer, Walk, Walked};

mod strips;

fn measured(value: f64) -> Change {
    Change::Answer { answer: Answer::Number(value), outcome: Some(Outcome::Done) }
}

/// A walk of a list with the item `cpu`, with what was said of it.
fn of_cpu(day: u64, said: &[Change]) -> Walk {
    let said: Vec<_> = said.iter().map(|change| ("cpu", change.clone())).collect();
    walk(day, list(None, &["cpu"]), &format!("2026-11-{day:02}T09:00:00Z"), &said)
}

fn numbers(past: &[Past]) -> Vec<Option<f64>> {
    past.iter().map(|past| past.value).collect()
}

#[test]
fn the_last_values_of_an_item_oldest_first() {
    let cpu = ItemId::new("cpu");
    let other = walk(9, list(None, &["disk"]), "2026-11-09T09:00:00Z", &[]);
    let walks = [
        of_cpu(12, &[measured(70.0)]),
        other,
        of_cpu(10, &[]),
        of_cpu(8, &[measured(50.0)]),
        of_cpu(7, &[measured(1.0)]),
    ];
    let said = past(&walks, &cpu, 3);
    // Nobody looked at it on the 10th, which is not 0; the list of the 9th did not have it at all.
    assert_eq!(numbers(&said), [Some(50.0), None, Some(70.0)]);
    assert_eq!(said[1].outcome, None);
    assert!(past(&walks, &ItemId::new("unheard-of"), 3).is_empty());
    assert!(past(&walks, &cpu, 0).is_empty());
}

#[test]
fn what_was_written_goes_before_what_was_found() {
    let words = |said: &[Change]| past(&[of_cpu(8, said)], &ItemId::new("cpu"), 1)[0].words.clone();
    let chosen = Change::Answer { answer: Answer::Choice("amber".to_owned()), outcome: None };
    let note = Change::Note { text: "node 7\nis slow \u{1b}[31m".to_owned() };
    assert_eq!(words(&[measured(3.0)]), "");
    assert_eq!(words(std::slice::from_ref(&chosen)), "amber");
    let both = words(&[chosen, note]);
    assert!(both.starts_with("amber: node 7 is slow") && !both.contains('\u{1b}'), "{both}");
}

#[test]
fn the_last_number_against_the_median_of_those_before() {
    let go = |values: &[Option<f64>]| {
        let past: Vec<Past> = values
            .iter()
            .map(|value| Past { value: *value, ..past(&[of_cpu(8, &[])], &ItemId::new("cpu"), 1)[0].clone() })
            .collect();
        direction(&past)
    };
    assert_eq!(go(&[Some(10.0), Some(1000.0), Some(20.0), Some(30.0)]), Some(50.0));
    assert_eq!(go(&[Some(10.0), None, Some(30.0), Some(10.0)]), Some(-50.0));
    assert_eq!(go(&[Some(-10.0), Some(-5.0)]), Some(50.0), "nearer to nothing is more");
    for unknown in [vec![], vec![Some(1.0)], vec![Some(1.0), None], vec![None, Some(1.0)], vec![Some(0.0), Some(1.0)]] {
        assert_eq!(go(&unknown), None, "{unknown:?}");
    }
    assert_eq!(go(&[Some(f64::NAN), Some(f64::MIN_POSITIVE), Some(f64::MAX)]), None);
}

#[test]
fn two_walks_side_by_side() {
    let said =
        |cpu: f64, disk: Outcome| [("cpu", measured(cpu)), ("disk", went(disk, "")), ("same", went(Outcome::Done, ""))];
    let older =
        walk(1, list(None, &["gone", "disk", "cpu", "same"]), "2026-11-10T09:00:00Z", &said(50.0, Outcome::Done));
    let newer =
        walk(2, list(None, &["cpu", "same", "new", "disk"]), "2026-11-11T09:00:00Z", &said(75.0, Outcome::Failed));
    let all = compare(&older, &newer);
    let items: Vec<_> = all.iter().map(|one| one.item.as_str()).collect();
    assert_eq!(items, ["cpu", "new", "disk", "gone"]);
    assert_eq!(all.iter().map(|one| one.per_cent).collect::<Vec<_>>(), [Some(50.0), None, None, None]);
    assert_eq!((all[1].before.is_some(), all[1].after.is_some()), (false, true), "only the newer list has it");
    assert_eq!((all[3].before.is_some(), all[3].after.is_some()), (true, false), "it is gone");
    assert_eq!(all[2].after.as_ref().map(|past| past.outcome), Some(Some(Outcome::Failed)));
    assert!(compare(&newer, &newer).is_empty());
}

#[test]
fn a_number_that_was_nothing_has_no_change_in_per_cent() {
    let [before, after] = [of_cpu(1, &[measured(0.0)]), of_cpu(2, &[measured(5.0)])];
    assert_eq!(compare(&before, &after)[0].per_cent, None);
    assert_eq!(compare(&after, &before)[0].per_cent, Some(-100.0));
}
