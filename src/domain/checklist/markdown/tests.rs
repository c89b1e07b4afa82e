//! Walks as task lists.

use std::sync::Arc;

use proptest::prelude::*;

use super::{plain, task_list};
use crate::domain::checklist::walk::End;
use crate::domain::checklist::{
    Answer, Change, Checklist, Item, ItemId, ItemKind, Outcome, Section, Update, UpdateId, Walk, WalkId,
};
use crate::domain::{Moment, Operator};

fn item(id: &str, text: &str) -> Item {
    Item::new(id, text, ItemKind::Value { unit: "%".to_owned(), min: None, max: None })
}

fn walk(text: &str, said: Vec<(&str, Change)>) -> Walk {
    let items = ["a", "b", "c", "d"].map(|id| item(id, text)).to_vec();
    let list = Checklist::new("daily", "Daily", vec![Section { title: "Logs".to_owned(), help: String::new(), items }]);
    let at: Moment = "2026-11-20T09:12:00Z".parse().unwrap();
    let by = Operator::new("ana", "bastion");
    let said = said.into_iter().zip(1..).map(|((id, change), number)| Update {
        id: UpdateId(number),
        item: Some(ItemId::new(id)),
        change,
        by: Operator::new("ana", "bastion"),
        at,
    });
    let mut walk = Walk::new(WalkId(1), Arc::new(list), None, at, by.clone()).with(said);
    walk.ended = Some(End { at, by, completed: true, sign: "Ana B.".to_owned() });
    walk
}

fn outcome(outcome: Outcome, why: &str) -> Change {
    Change::Outcome { outcome, why: why.to_owned() }
}

#[test]
fn each_item_with_how_it_went() {
    let answer = Change::Answer { answer: Answer::Number(0.3), outcome: Some(Outcome::Done) };
    let said =
        vec![("a", answer), ("b", outcome(Outcome::Failed, "disk full")), ("c", outcome(Outcome::Skipped, "no time"))];
    let expected = "\
# Daily

Begun 2026-11-20 09:12 UTC by ana, completed 2026-11-20 09:12 UTC by ana, signed Ana B.

## Logs

- [x] Error logs — 0.3 % (by ana 09:12)
- [ ] Error logs — FAILED: disk full (by ana 09:12)
- [ ] ~~Error logs~~ — skipped: no time (by ana 09:12)
- [ ] Error logs
";
    assert_eq!(task_list(&walk("Error logs", said)), expected);
}

#[test]
fn what_is_written_is_no_markdown_and_no_escape_sequence() {
    assert_eq!(plain("a *b* [c](d)\n<img>\u{1b}[31m ~x~"), "a \\*b\\* \\[c\\](d) \\<img\\> \\~x\\~");
}

proptest! {
    /// Whatever items and notes hold, there is one line for each item, and no box more.
    #[test]
    fn no_text_adds_a_line_or_a_box(text in "\\PC{0,20}|(\n- \\[x\\] hello)", note in "(\\PC|\n|#|- \\[x\\] ){0,12}") {
        let made = task_list(&walk(&text, vec![("a", outcome(Outcome::Failed, &note))]));
        prop_assert_eq!(made.lines().filter(|line| line.starts_with("- [")).count(), 4, "{}", made);
        prop_assert!(!made.contains("[x]"));
        prop_assert_eq!(made.lines().count(), 10);
    }
}
