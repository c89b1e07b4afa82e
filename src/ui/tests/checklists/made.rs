//! Lists and walks made by hand.

use std::sync::Arc;

use chrono::{NaiveTime, TimeDelta, Weekday};

use super::super::board::{ago, app_over, board, keys, now};
use crate::app::keys::KeyRow;
use crate::app::walks::{History, ListRow, Shows, Stop};
use crate::app::{Action, App, Context, Msg, Pane, Place, View};
use crate::domain::checklist::concern::{Concern, Priority};
use crate::domain::checklist::item::{NoteRule, Opens};
use crate::domain::checklist::probe::{Held, Known};
use crate::domain::checklist::schedule::{MonthDay, Period};
use crate::domain::checklist::standing::State;
use crate::domain::checklist::walk::End;
use crate::domain::checklist::when::Condition;
use crate::domain::checklist::{
    Answer, Change, Checklist, ChecklistId, Evidence, Expect, Item, ItemId, ItemKind, Outcome, Probe, Schedule,
    Section, Standing, Update, UpdateId, Walk, WalkId, When,
};
use crate::domain::remediation::RemedyId;
use crate::domain::{Moment, Operator, Severity};

pub(super) const WALK: WalkId = WalkId(7);

pub(super) fn item(id: &str, text: &str) -> Item {
    Item::new(id, text, ItemKind::Tick)
}

fn query(what: &str, unit: &str, expect: &str) -> Probe {
    Probe::Query {
        source: Some("prom-eu".into()),
        query: what.to_owned(),
        unit: unit.to_owned(),
        expect: Expect::parse(expect).unwrap(),
    }
}

pub(super) fn list(id: &str, title: &str, schedule: Option<Schedule>, sections: Vec<(&str, Vec<Item>)>) -> Checklist {
    let section = |(title, items): (&str, Vec<Item>)| {
        let help = if title.is_empty() { String::new() } else { format!("What {title} has to say.") };
        Section { title: title.to_owned(), help, items }
    };
    Checklist {
        help: "What nobody looks at while it works, before it does not.".to_owned(),
        schedule,
        remind: Some(Severity::Low),
        adopted: true,
        ..Checklist::new(id, title, sections.into_iter().map(section).collect())
    }
}

fn calendar(period: Period, hour: u32) -> Schedule {
    Schedule::Calendar { period, at: NaiveTime::from_hms_opt(hour, 0, 0).unwrap() }
}

/// The weekly list of the mockup, and an item of every kind.
pub(super) fn weekly() -> Checklist {
    let slow = Item {
        help: "Which queries over 100 ms grew, and is each on a list? Good: none over 250 ms; growth under 20 %."
            .to_owned(),
        kind: ItemKind::Probe,
        probe: Some(query("topk(3, pg_stat_p95)", "s", "< 0.25")),
        note: NoteRule::OnFailure,
        open: Some(Opens::Signals),
        link: Some("https://grafana.example/d/slow-queries".to_owned()),
        ..item("slow", "Slow queries reviewed")
    };
    let budget = Item {
        help: "What is left of the month's error budget. Good: over 20 %.".to_owned(),
        kind: ItemKind::Value { unit: "%".to_owned(), min: Some(20.0), max: None },
        ..item("budget", "Error budget over 20 %")
    };
    let certificate = Item {
        kind: ItemKind::Probe,
        probe: Some(Probe::Certificate { host: "api.example".to_owned(), port: 443, days: 14.0 }),
        blocker: true,
        note: NoteRule::OnFailure,
        owner: "platform-team".to_owned(),
        remedy: Some(RemedyId::new("renew-certificate")),
        ..item("certificate", "No certificate ends in 14 d")
    };
    let targets = Item {
        kind: ItemKind::Probe,
        probe: Some(query("count(up == 1)", "", ">= 118")),
        ..item("targets", "All targets answer")
    };
    let light = Item {
        kind: ItemKind::Choice {
            words: ["green", "amber", "red"].map(str::to_owned).to_vec(),
            good: vec!["green".to_owned()],
        },
        ..item("light", "Failed requests reviewed")
    };
    let mutes = Item {
        kind: ItemKind::Probe,
        probe: Some(Probe::Known { what: Known::MutesForgotten, expect: Expect::parse("== 0").unwrap() }),
        open: Some(Opens::Mutes),
        ..item("mutes", "No silence is forgotten")
    };
    let kafka = Item {
        when: Some(When { not: false, is: Condition::Source("kafka".to_owned()) }),
        ..item("kafka", "Consumer lag is small")
    };
    let sections = vec![
        ("Health", vec![targets, budget, certificate]),
        ("Performance", vec![slow, light, kafka]),
        ("Tidiness", vec![item("backups", "Backups younger than 26 h"), mutes, item("drift", "Staging drift")]),
    ];
    list("weekly", "Weekly review", Some(calendar(Period::Weekly(Weekday::Fri), 15)), sections)
}

pub(super) fn update(id: u64, item: Option<&str>, by: &str, minutes: i64, change: Change) -> Update {
    let item = item.map(ItemId::new);
    Update { id: UpdateId(id), item, change, by: Operator::new(by, "bastion"), at: ago(minutes) }
}

pub(super) fn went(outcome: Outcome, why: &str) -> Change {
    Change::Outcome { outcome, why: why.to_owned() }
}

pub(super) fn evidence(held: Held, value: Option<f64>, unit: &str, words: &str, lines: &[&str]) -> Change {
    Change::Evidence {
        evidence: Box::new(Evidence {
            at: ago(2),
            took_ms: 310,
            from: "prom-eu".to_owned(),
            held,
            value,
            unit: unit.to_owned(),
            words: words.to_owned(),
            lines: lines.iter().map(|line| (*line).to_owned()).collect(),
        }),
    }
}

/// The weekly walk as far as the mockup has it.
pub(super) fn under_way() -> Walk {
    let begun = Walk::new(WALK, Arc::new(weekly()), Some(ago(12 * 60)), ago(6), Operator::new("ana", "bastion"));
    let slow = [
        "query               p95      last week",
        "orders_by_customer  312 ms   180 ms   ▲ 73 %",
        "cart_totals         88 ms    91 ms",
    ];
    begun.with([
        update(1, Some("targets"), "ana", 6, evidence(Held::Good, Some(118.0), "", "118, expected >= 118", &[])),
        update(2, Some("targets"), "ana", 5, went(Outcome::Done, "")),
        update(
            3,
            Some("budget"),
            "ana",
            5,
            Change::Answer { answer: Answer::Number(38.0), outcome: Some(Outcome::Done) },
        ),
        update(4, Some("certificate"), "bo", 5, evidence(Held::Bad, Some(9.0), "d", "9 d, expected >= 14", &[])),
        update(5, Some("certificate"), "bo", 4, went(Outcome::Failed, "api ends on 30 Nov, OPS-310")),
        update(6, Some("certificate"), "bo", 4, Change::Owner { name: "carla".to_owned() }),
        update(
            7,
            Some("certificate"),
            "bo",
            4,
            Change::Followed { words: "incident declared: CertificateEnds".to_owned() },
        ),
        update(8, Some("drift"), "ana", 3, went(Outcome::Skipped, "freeze")),
        update(9, Some("slow"), "ana", 2, evidence(Held::Bad, Some(0.312), "s", "312 ms, expected < 250 ms", &slow)),
        update(10, Some("slow"), "ana", 1, Change::Note { text: "orders_by_customer, ticket OPS-311".to_owned() }),
    ])
}

/// An earlier walk, so many weeks ago.
pub(super) fn earlier(weeks: i64, budget: f64, slow: Outcome, completed: bool) -> Walk {
    let begun = ago(weeks * 7 * 1440 + 700);
    let id = WalkId(u64::try_from(1000 - weeks).unwrap());
    let by = if weeks % 2 == 0 { "bo" } else { "ana" };
    let walk = Walk::new(id, Arc::new(weekly()), Some(begun), begun, Operator::new(by, "bastion"));
    let at = weeks * 7 * 1440 + 690;
    let mut walk = walk.with([
        update(1, Some("targets"), by, at, went(Outcome::Done, "")),
        update(
            2,
            Some("budget"),
            by,
            at,
            Change::Answer { answer: Answer::Number(budget), outcome: Some(Outcome::Done) },
        ),
        update(3, Some("certificate"), by, at, went(Outcome::Done, "")),
        update(4, Some("slow"), by, at, evidence(Held::Good, Some(0.18), "s", "180 ms, expected < 250 ms", &[])),
        update(5, Some("slow"), by, at, went(slow, if slow == Outcome::Failed { "cart_totals grew" } else { "" })),
        update(
            6,
            Some("light"),
            by,
            at,
            Change::Answer { answer: Answer::Choice("green".to_owned()), outcome: Some(Outcome::Done) },
        ),
        update(7, Some("backups"), by, at, went(Outcome::Done, "")),
        update(8, Some("mutes"), by, at, went(Outcome::Done, "")),
        update(9, Some("drift"), by, at, went(Outcome::Done, "")),
    ]);
    let sign = if completed { by } else { "a page came" };
    let by = Operator::new(by, "bastion");
    walk.ended = Some(End { at: begun + TimeDelta::minutes(38), by, completed, sign: sign.to_owned() });
    walk
}

fn row(list: Checklist, state: State, due: Option<Moment>, kept: (u32, u32)) -> ListRow {
    let of = list.items().count();
    let standing = Standing { state, due, overdue_from: due, streak: kept.0, missed: kept.1, changes: Some(ago(-600)) };
    ListRow { list: Arc::new(list), standing, open: None, looked_at: 0, of, last: None }
}

fn simple(id: &str, title: &str, schedule: Option<Schedule>, items: usize) -> Checklist {
    let items = (0..items).map(|at| item(&format!("i{at}"), &format!("Item {at}"))).collect();
    list(id, title, schedule, vec![("", items)])
}

/// The rows of the Checklists view.
pub(super) fn rows() -> Vec<ListRow> {
    let last = |weeks, slow, completed| {
        let walk = earlier(weeks, 40.0, slow, completed);
        Some(walk.walked(walk.ended.as_ref().unwrap()))
    };
    let monthly = Some(calendar(Period::Monthly(MonthDay::LastWorkday), 10));
    vec![
        ListRow {
            last: last(7, Outcome::Failed, true),
            ..row(simple("monthly", "Monthly audit", monthly, 4), State::Overdue, Some(ago(2 * 1440 + 70)), (0, 3))
        },
        ListRow {
            open: Some(WALK),
            looked_at: 4,
            of: 8,
            last: last(1, Outcome::Failed, true),
            ..row(weekly(), State::Due, Some(ago(13 * 60 + 12)), (12, 0))
        },
        ListRow {
            last: last(0, Outcome::Done, true),
            ..row(
                simple("daily", "Daily maintenance", Some(calendar(Period::Daily, 9)), 12),
                State::Soon,
                Some(ago(-288)),
                (41, 0),
            )
        },
        ListRow {
            last: last(3, Outcome::Done, false),
            ..row(
                simple("quarterly", "Quarterly review", Some(calendar(Period::Quarterly(MonthDay::Last), 10)), 9),
                State::Ahead,
                Some(ago(-39 * 1440)),
                (4, 0),
            )
        },
        row(simple("readiness", "Production readiness", None, 46), State::OnDemand, None, (0, 0)),
        row(simple("rollback", "Rollback drill", None, 8), State::OnDemand, None, (0, 0)),
    ]
}

/// An app with these lists, the weekly walk under way, and earlier ones.
pub(super) fn app() -> App {
    let mut app = app_over(board(false));
    let mut table = keys();
    let walk = [
        ("Space", Action::WalkDone),
        ("=", Action::WalkValue),
        ("x", Action::WalkProbe),
        ("F", Action::WalkFail),
        ("-", Action::WalkSkip),
        ("c", Action::WalkNote),
        ("Enter", Action::WalkNext),
        ("u", Action::WalkUndo),
        ("r", Action::WalkRemedy),
        ("o", Action::WalkOpen),
        ("D", Action::WalkGiveUp),
    ];
    for (keys, action) in walk {
        let words = action.spec().words.to_owned();
        table.rows.push(KeyRow { context: Context::Walk, keys: keys.to_owned(), action, words });
    }
    for (keys, action) in [("Space", Action::Mark), ("=", Action::WalkCompare)] {
        let words = action.spec().words.to_owned();
        table.rows.push(KeyRow { context: Context::History, keys: keys.to_owned(), action, words });
    }
    app.keys = table.into();
    app.walks.rows = rows().into();
    app.walks.open.insert(WALK, Arc::new(under_way()));
    let past = [
        earlier(1, 44.0, Outcome::Failed, true),
        earlier(2, 52.0, Outcome::Done, true),
        earlier(3, 47.0, Outcome::Done, false),
        earlier(4, 61.0, Outcome::Done, true),
    ];
    app.walks.past.insert(ChecklistId::new("weekly"), Ok(past.into()));
    app
}

pub(super) fn at_list() -> App {
    let mut app = app();
    let _ = app.update(now(), Msg::Action(Action::View(View::Checklists)));
    // What a view does when it is opened is no matter here: these rows are drawn.
    app.walks.rows = rows().into();
    app.walks.list.set(ChecklistId::new("weekly"));
    app
}

/// The walk at an item, after these updates.
pub(super) fn at_item(id: &str, more: impl IntoIterator<Item = Update>) -> App {
    let mut app = app();
    app.places = vec![Place::View(View::Watch), Place::Walk(WALK)];
    app.focus = Pane::Item;
    app.walks.at.insert(WALK, Stop::Item(ItemId::new(id)));
    app.walks.open.insert(WALK, Arc::new(under_way().with(more)));
    app
}

pub(super) fn at_completion(walk: Walk) -> App {
    let mut app = at_item("slow", []);
    app.walks.at.insert(WALK, Stop::Completion);
    app.walks.open.insert(WALK, Arc::new(walk));
    app
}

pub(super) fn at_history(shows: Shows) -> App {
    let mut app = app();
    app.places = vec![Place::View(View::Watch), Place::History];
    app.focus = Pane::Whole;
    let mut cursor = crate::app::cursor::Cursor::default();
    cursor.set(WalkId(998));
    let marked = vec![WalkId(999), WalkId(998)];
    app.walks.history = Some(History { checklist: ChecklistId::new("weekly"), cursor, marked, shows });
    app
}

/// A production readiness that blocks.
pub(super) fn assessment() -> Walk {
    let list = Checklist { assessment: true, ..weekly() };
    let walk = Walk::new(WALK, Arc::new(list), None, ago(40), Operator::new("ana", "bastion"));
    let concern = Concern {
        sort: "security".to_owned(),
        description: "The API's certificate ends in 9 days and nothing renews it".to_owned(),
        user_impact: "every client is refused".to_owned(),
        technical_details: "9 d".to_owned(),
        recommendation: "renew it, and let cert-manager do so from now on".to_owned(),
        deployment_blocker: true,
        priority: Priority::Critical,
    };
    walk.with(under_way().updates().to_vec()).with([
        update(60, Some("certificate"), "ana", 1, Change::Concern { concern: Box::new(concern) }),
        update(61, Some("light"), "ana", 1, went(Outcome::Failed, "2 % of searches fail")),
    ])
}
