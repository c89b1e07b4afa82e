//! Lists, walks and what is said in them, to test with.

use std::sync::Arc;

use chrono::{NaiveTime, TimeDelta};

use crate::domain::checklist::concern::{Concern, Priority};
use crate::domain::checklist::item::{ConcernHint, NoteRule, Opens};
use crate::domain::checklist::probe::Held;
use crate::domain::checklist::schedule::Period;
use crate::domain::checklist::walk::End;
use crate::domain::checklist::when::{Condition, When};
use crate::domain::checklist::{
    Answer, Change, Checklist, Declared, Evidence, Expect, Item, ItemId, ItemKind, Outcome, Probe, Schedule, Section,
    Update, UpdateId, Walk, WalkId,
};
use crate::domain::declared::DeclaredIncident;
use crate::domain::remediation::RemedyId;
use crate::domain::{IncidentId, Operator, Severity, SourceName};
use crate::store::tests::after;

fn item(id: &str, text: &str, kind: ItemKind) -> Item {
    Item { help: "what good looks like\n\n  and what to do\n".to_owned(), ..Item::new(id, text, kind) }
}

/// A list with an item of each kind.
pub(in crate::store::tests) fn list(id: &str) -> Checklist {
    let query = Probe::Query {
        source: Some(SourceName::new("prom-eu")),
        query: "rate(x[5m])".to_owned(),
        unit: "s".to_owned(),
        expect: Expect::parse("<= 0.3").unwrap(),
    };
    let command = Probe::Command {
        argv: vec!["df".to_owned(), "-h".to_owned()],
        timeout: TimeDelta::milliseconds(10_500),
        unit: "%".to_owned(),
        expect: None,
    };
    let words = ["green", "amber", "red"].map(str::to_owned).to_vec();
    let errors = Item {
        probe: Some(query),
        open: Some(Opens::Logs),
        link: Some("https://wiki.example/x".to_owned()),
        blocker: true,
        note: NoteRule::OnFailure,
        remedy: Some(RemedyId::new("restart")),
        concern: Some(ConcernHint { priority: Some(Priority::High), ..ConcernHint::default() }),
        ..item("error-logs", "Error lines", ItemKind::Tick)
    };
    let when = When { not: true, is: Condition::Item { item: errors.id.clone(), was: "failed".to_owned() } };
    let latency = ItemKind::Value { unit: "ms".to_owned(), min: Some(0.0), max: None };
    let colour = ItemKind::Choice { good: words[..1].to_vec(), words };
    let logs = vec![errors, Item { when: Some(when), ..item("latency", "Độ trễ 延迟", latency) }];
    let rest = vec![
        item("colour", "How it looks", colour),
        Item { probe: Some(command), owner: "ops".to_owned(), ..item("disk", "Disks", ItemKind::Probe) },
    ];
    Checklist {
        help: "every morning".to_owned(),
        schedule: Some(Schedule::Calendar { period: Period::Daily, at: NaiveTime::from_hms_opt(9, 0, 0).unwrap() }),
        remind: Some(Severity::Low),
        assessment: true,
        adopted: true,
        origin: Declared::File("/etc/midwatch/checklists/daily.toml".into()),
        ..Checklist::new(
            id,
            "Daily maintenance",
            vec![
                Section { title: "Logs".to_owned(), help: "be quick".to_owned(), items: logs },
                Section { title: "Rest".to_owned(), help: String::new(), items: rest },
            ],
        )
    }
}

/// A walk that begins so many seconds after noon.
pub(in crate::store::tests) fn walk(id: u64, checklist: &str, by: &str, seconds: i64) -> Walk {
    Walk::new(WalkId(id), Arc::new(list(checklist)), None, after(seconds), Operator::new(by, "bastion"))
}

/// The same as it ended.
pub(super) fn over(mut walk: Walk, end: End) -> Walk {
    walk.ended = Some(end);
    walk
}

pub(super) fn update(id: u64, item: &str, change: Change, by: &str, seconds: i64) -> Update {
    let item = (!item.is_empty()).then(|| ItemId::new(item));
    Update { id: UpdateId(id), item, change, by: Operator::new(by, "bastion"), at: after(seconds) }
}

/// The first item goes one way.
pub(super) fn went(id: u64, outcome: Outcome, by: &str, why: &str) -> Update {
    update(id, "error-logs", Change::Outcome { outcome, why: why.to_owned() }, by, 30)
}

/// The first item fails.
pub(in crate::store::tests) fn failed(id: u64, by: &str, why: &str) -> Update {
    went(id, Outcome::Failed, by, why)
}

fn end(by: &str, seconds: i64, completed: bool, sign: &str) -> End {
    End { at: after(seconds), by: Operator::new(by, "bastion"), completed, sign: sign.to_owned() }
}

pub(in crate::store::tests) fn completed(by: &str, seconds: i64) -> End {
    end(by, seconds, true, by)
}

pub(super) fn given_up(by: &str, seconds: i64, why: &str) -> End {
    end(by, seconds, false, why)
}

pub(super) fn evidence() -> Evidence {
    Evidence {
        at: after(3),
        took_ms: 12,
        from: "prom-eu".to_owned(),
        held: Held::Bad,
        value: Some(0.412),
        unit: "s".to_owned(),
        words: "412 ms, expected <= 300 ms".to_owned(),
        lines: vec!["a-1  412 ms".to_owned(), "a-2  80 ms".to_owned()],
    }
}

/// One update of each kind.
pub(super) fn everything() -> Vec<Update> {
    let concern = Concern {
        sort: "reliability".to_owned(),
        description: "no second instance".to_owned(),
        user_impact: "outage".to_owned(),
        technical_details: "one pod\non one node".to_owned(),
        recommendation: "two".to_owned(),
        deployment_blocker: true,
        priority: Priority::Critical,
    };
    let choice = Answer::Choice("green".to_owned());
    let changes = [
        ("error-logs", Change::Evidence { evidence: Box::new(evidence()) }),
        ("error-logs", Change::Outcome { outcome: Outcome::Failed, why: "too many\nof them".to_owned() }),
        ("error-logs", Change::Followed { words: "declared an incident".to_owned() }),
        ("error-logs", Change::Concern { concern: Box::new(concern) }),
        ("latency", Change::Answer { answer: Answer::Number(-412.5), outcome: Some(Outcome::Failed) }),
        ("latency", Change::Undo { update: UpdateId(105) }),
        ("colour", Change::Answer { answer: choice, outcome: Some(Outcome::Done) }),
        ("", Change::Interrupted { incident: Some(IncidentId(7)), by: "CheckoutDown".to_owned() }),
        ("", Change::Resumed),
        ("disk", Change::Answer { answer: Answer::Text("Việt 漢字".to_owned()), outcome: None }),
        ("disk", Change::Note { text: "two\n  lines".to_owned() }),
        ("disk", Change::Owner { name: "storage".to_owned() }),
        ("disk", Change::Outcome { outcome: Outcome::Skipped, why: String::new() }),
    ];
    let numbered = changes.into_iter().zip(101..);
    numbered.map(|((item, change), id)| update(id, item, change, if id % 2 == 0 { "ana" } else { "bo" }, 5)).collect()
}

/// An incident that was declared so many seconds after noon.
pub(in crate::store::tests) fn incident(id: u64, seconds: i64) -> DeclaredIncident {
    DeclaredIncident {
        id: UpdateId(id),
        title: "Checkout is slow".to_owned(),
        service: Some("checkout".to_owned()),
        severity: Severity::High,
        detail: "since the deployment".to_owned(),
        by: Operator::new("ana", "bastion"),
        at: after(seconds),
        from: Some((WalkId(1), ItemId::new("error-logs"))),
        over: None,
    }
}
