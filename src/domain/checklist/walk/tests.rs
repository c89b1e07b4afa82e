//! Walks: what updates come to whatever way they come, and that what is kept reads back. In `assessed`, what failures and
//! gaps mean; in `conditions`, which items are looked at.

use proptest::prelude::*;

use super::*;
use crate::domain::checklist::Answer;
use crate::domain::checklist::made::{end, item, list, update, utc, walk, went};

mod assessed;
mod conditions;

const BEGUN: &str = "2026-11-20T09:00:00Z";

fn entry(said: &[(&str, Change)], item: &str) -> Option<Entry> {
    walk(1, list(None, &["logs", "cpu"]), BEGUN, said).entry(&ItemId::new(item)).cloned()
}

fn note(text: &str) -> Change {
    Change::Note { text: text.to_owned() }
}

/// The update of a made walk at this place is undone.
fn undo(at: u64) -> Change {
    Change::Undo { update: UpdateId(100 + at) }
}

#[test]
fn what_was_said_last_counts() {
    let said = [("logs", went(Outcome::Failed, "full")), ("logs", went(Outcome::Done, "")), ("cpu", note("hot"))];
    let logs = entry(&said, "logs").unwrap();
    assert_eq!((logs.outcome, logs.note.as_str()), (Some(Outcome::Done), "full"), "an empty reason leaves the note");
    let cpu = entry(&said, "cpu").unwrap();
    assert_eq!((cpu.outcome, cpu.note.as_str(), cpu.by), (None, "hot", None), "a note says not how it went");
    assert_eq!(entry(&said, "disk"), None);
}

#[test]
fn a_number_without_an_outcome_leaves_it_open() {
    let said = [("cpu", Change::Answer { answer: Answer::Number(71.0), outcome: None })];
    let cpu = entry(&said, "cpu").unwrap();
    assert_eq!((cpu.outcome, cpu.number()), (None, Some(71.0)));
}

#[test]
fn an_undo_takes_away_exactly_one_thing() {
    let said = [("logs", went(Outcome::Done, "")), ("logs", went(Outcome::Failed, "full")), ("logs", undo(1))];
    assert_eq!(entry(&said, "logs"), entry(&said[..1], "logs"));
    let all = [("logs", went(Outcome::Done, "")), ("logs", undo(0))];
    assert_eq!(entry(&all, "logs"), None, "as if nobody had looked at it");
    // An undo is not undone; what it took away is said again.
    let twice = [("logs", went(Outcome::Done, "")), ("logs", undo(0)), ("logs", undo(1))];
    assert_eq!(entry(&twice, "logs"), None);
}

#[test]
fn only_items_of_the_list_are_counted() {
    let said = [("logs", went(Outcome::Failed, "full")), ("unheard-of", went(Outcome::Failed, "?"))];
    let walk = walk(1, list(None, &["logs", "cpu"]), BEGUN, &said);
    let short = walk.walked(&end(utc(BEGUN), true));
    assert_eq!((short.failed, short.done, short.skipped, short.of), (1, 0, 0, 2));
    assert_eq!(short.failures, ["Look at logs"]);
}

fn outcome() -> impl Strategy<Value = Outcome> {
    proptest::sample::select(&Outcome::ALL[..])
}

fn change() -> impl Strategy<Value = Change> {
    // Numbers as they are typed; of one with seventeen digits JSON may lose the last.
    let number = any::<i32>().prop_map(|thousandths| Answer::Number(f64::from(thousandths) / 1000.0));
    let answer = prop_oneof![number, "[a-z]{0,4}".prop_map(Answer::Choice), "\\PC{0,4}".prop_map(Answer::Text)];
    prop_oneof![
        3 => (outcome(), "[a-z]{0,3}").prop_map(|(outcome, why)| Change::Outcome { outcome, why }),
        2 => (answer, prop::option::of(outcome())).prop_map(|(answer, outcome)| Change::Answer { answer, outcome }),
        2 => "[a-z]{0,3}".prop_map(|text| Change::Note { text }),
        1 => "[a-z]{0,3}".prop_map(|name| Change::Owner { name }),
        1 => "[a-z]{0,3}".prop_map(|words| Change::Followed { words }),
        2 => (0_u64..40).prop_map(|update| Change::Undo { update: UpdateId(update) }),
        1 => Just(Change::Interrupted { incident: None, by: "CheckoutErrorsHigh".to_owned() }),
        1 => Just(Change::Resumed),
    ]
}

/// Updates of which some have the same id: then they are the same.
fn updates() -> impl Strategy<Value = Vec<Update>> {
    let said = prop::collection::vec((proptest::sample::select(&["logs", "cpu", ""][..]), change()), 1..40);
    (said, prop::collection::vec(any::<prop::sample::Index>(), 0..10)).prop_map(|(said, again)| {
        let mut all: Vec<_> =
            (0..).zip(said).map(|(id, (item, change))| update(id, item, change, utc(BEGUN))).collect();
        for index in again {
            let one = index.get(&all).clone();
            all.push(one);
        }
        all
    })
}

fn fresh() -> Walk {
    walk(1, list(Some("daily"), &["logs", "cpu"]), BEGUN, &[])
}

proptest! {
    #[test]
    fn in_two_steps_as_in_one_and_each_once(all in updates(), at in any::<prop::sample::Index>()) {
        let (first, second) = all.split_at(at.index(all.len()));
        let one = fresh().with(all.clone());
        prop_assert_eq!(&fresh().with(first.to_vec()).with(second.to_vec()), &one);
        prop_assert_eq!(&one.clone().with(all.clone()), &one, "all of it once more");
        let mut ids: Vec<_> = one.updates().iter().map(|update| update.id).collect();
        ids.sort_unstable();
        ids.dedup();
        prop_assert_eq!(ids.len(), one.updates().len());
    }

    #[test]
    fn what_is_undone_was_never_said(all in updates(), at in any::<prop::sample::Index>(), early in any::<bool>()) {
        let target = at.get(&all).id;
        prop_assume!(!matches!(at.get(&all).change, Change::Undo { .. }));
        let undo = update(1000, "logs", Change::Undo { update: target }, utc(BEGUN));
        let mut undone = all.clone();
        // It may be kept before what it is about.
        undone.insert(if early { 0 } else { all.len() }, undo);
        let never: Vec<_> = all.into_iter().filter(|update| update.id != target).collect();
        let (undone, never) = (fresh().with(undone), fresh().with(never));
        for item in ["logs", "cpu"].map(ItemId::new) {
            prop_assert_eq!(undone.entry(&item), never.entry(&item));
        }
    }

    #[test]
    fn what_is_said_of_one_item_is_nothing_to_another(all in updates()) {
        let (cpu, logs) = (ItemId::new("cpu"), ItemId::new("logs"));
        let ordered = fresh().with(all.clone());
        let (of_cpu, others): (Vec<_>, Vec<_>) = ordered.updates().iter().cloned().partition(|update| update.item.as_ref() == Some(&cpu));
        for order in [[of_cpu.clone(), others.clone()], [others, of_cpu]] {
            let parted = fresh().with(order.concat());
            prop_assert_eq!((parted.entry(&cpu), parted.entry(&logs)), (ordered.entry(&cpu), ordered.entry(&logs)));
        }
    }

    #[test]
    fn what_is_kept_reads_back_whole(all in updates(), completed in prop::option::of(any::<bool>())) {
        let mut walk = fresh().with(all);
        walk.ended = completed.map(|completed| end(utc(BEGUN), completed));
        let kept = serde_json::to_string(&walk).unwrap();
        prop_assert!(!kept.contains("\"entries\""));
        prop_assert_eq!(serde_json::from_str::<Walk>(&kept).unwrap(), walk);
    }
}
