//! A small list, and walks of it.

use std::sync::Arc;

use chrono::{NaiveTime, TimeDelta};

use crate::domain::checklist::concern::Priority;
use crate::domain::checklist::item::ConcernHint;
use crate::domain::checklist::probe::Held;
use crate::domain::checklist::schedule::Period;
use crate::domain::checklist::walk::End;
use crate::domain::checklist::{
    Answer, Change, Checklist, Evidence, Expect, Item, ItemId, ItemKind, Outcome, Probe, Schedule, Section, Update,
    UpdateId, Walk, WalkId,
};
use crate::domain::{Moment, Operator, Severity};
use crate::report::checklists::Here;

pub(super) fn now() -> Moment {
    Moment::UNIX_EPOCH + TimeDelta::seconds(1_795_230_000)
}

pub(super) fn here() -> Here {
    Here { now: now(), zone: chrono_tz::Europe::Berlin, width: 200 }
}

pub(super) fn printed(write: impl FnOnce(&mut Vec<u8>) -> std::io::Result<()>) -> String {
    let mut made = Vec::new();
    write(&mut made).unwrap();
    String::from_utf8(made).unwrap()
}

pub(super) fn item(id: &str, text: &str, kind: ItemKind) -> Item {
    Item::new(id, text, kind)
}

/// Two sections: errors by a value, disks by a probe, a backup that blocks.
pub(super) fn list() -> Checklist {
    let errors = ItemKind::Value { unit: "%".to_owned(), min: Some(0.0), max: Some(1.0) };
    let errors = Item { help: "Below 1 %.\n\nElse look at *logs*.".to_owned(), ..item("errors", "Error rate", errors) };
    let argv = ["df", "-h"].map(str::to_owned).to_vec();
    let expect = Some(Expect::parse("< 80").unwrap());
    let probe = Probe::Command { argv, timeout: TimeDelta::seconds(10), unit: "%".to_owned(), expect };
    let disks = Item { probe: Some(probe), ..item("disks", "Disks | have room", ItemKind::Probe) };
    let hint = ConcernHint { sort: "reliability".to_owned(), priority: Some(Priority::High), ..ConcernHint::default() };
    let backup = Item { blocker: true, concern: Some(hint), ..item("backup", "A backup is restored", ItemKind::Tick) };
    let section = |title: &str, items| Section { title: title.to_owned(), help: String::new(), items };
    Checklist {
        help: "Before the day begins.".to_owned(),
        schedule: Some(Schedule::Calendar { period: Period::Daily, at: NaiveTime::from_hms_opt(9, 0, 0).unwrap() }),
        remind: Some(Severity::Low),
        assessment: true,
        adopted: true,
        ..Checklist::new(
            "daily",
            "Daily maintenance",
            vec![section("Health", vec![errors, disks]), section("Safety", vec![backup])],
        )
    }
}

pub(super) fn ana() -> Operator {
    Operator::new("ana", "bastion")
}

fn update(id: u64, item: &str, minutes: i64, change: Change) -> Update {
    let at = now() - TimeDelta::minutes(60 - minutes);
    Update { id: UpdateId(id), item: Some(ItemId::new(item)), change, by: ana(), at }
}

/// A walk of it: the value entered, the disks found full, the backup not looked at.
pub(super) fn walk(note: &str) -> Walk {
    let evidence = Evidence {
        at: now() - TimeDelta::minutes(50),
        took_ms: 1_200,
        from: "df -h".to_owned(),
        held: Held::Bad,
        value: Some(91.0),
        unit: "%".to_owned(),
        words: "91 %, expected < 80".to_owned(),
        lines: vec!["/dev/sda1 91%".to_owned()],
    };
    let answer = Change::Answer { answer: Answer::Number(0.4), outcome: Some(Outcome::Done) };
    let failed = Change::Outcome { outcome: Outcome::Failed, why: note.to_owned() };
    let said = [
        update(1, "errors", 5, answer),
        update(2, "disks", 10, Change::Evidence { evidence: Box::new(evidence) }),
        update(3, "disks", 11, failed),
    ];
    Walk::new(WalkId(0x5be1), Arc::new(list()), None, now() - TimeDelta::hours(1), ana()).with(said)
}

pub(super) fn completed(mut walk: Walk) -> Walk {
    walk.ended = Some(End { at: now(), by: ana(), completed: true, sign: "Ana B.".to_owned() });
    walk
}
