//! Which items are looked at, and lists with everything in them that are kept and read back.

use chrono::TimeDelta;

use super::*;
use crate::domain::Level;
use crate::domain::Severity;
use crate::domain::checklist::concern::Priority;
use crate::domain::checklist::item::{ConcernHint, NoteRule, Opens};
use crate::domain::checklist::probe::Known;
use crate::domain::checklist::when::{Condition, Ground};
use crate::domain::checklist::{Declared, Expect, Item, ItemKind, Probe, When};
use crate::domain::remediation::RemedyId;

fn was(item: &str, was: &str) -> Condition {
    Condition::Item { item: ItemId::new(item), was: was.to_owned() }
}

#[test]
fn a_condition_holds_or_does_not() {
    let ground = Ground { sources: vec!["prometheus".to_owned()], environment: Some("prod".to_owned()) };
    let chosen = Change::Answer { answer: Answer::Choice("amber".to_owned()), outcome: Some(Outcome::Failed) };
    let walk = walk(1, list(None, &["logs", "cpu"]), BEGUN, &[("logs", chosen)]);
    for (is, holds) in [
        (Condition::Source("prometheus".to_owned()), true),
        (Condition::Source("loki".to_owned()), false),
        (Condition::Environment("prod".to_owned()), true),
        (Condition::Environment("test".to_owned()), false),
        (was("logs", "failed"), true),
        (was("logs", "done"), false),
        (was("logs", "amber"), true),
        (was("logs", "green"), false),
        // What nobody has looked at was nothing yet.
        (was("cpu", "done"), false),
        (was("unheard-of", "failed"), false),
    ] {
        for not in [false, true] {
            let when = When { not, is: is.clone() };
            assert_eq!(when.holds(&ground, |id| walk.entry(id)), holds != not, "{when}");
        }
    }
    let nowhere = When { not: false, is: Condition::Environment(String::new()) };
    assert!(!nowhere.holds(&Ground::default(), |_| None));
}

/// An item of each sort.
fn every_item() -> Vec<Item> {
    let hour = TimeDelta::hours(1);
    let expect = Expect::parse(">= 1").unwrap();
    let whole = Item {
        help: "what good looks like".to_owned(),
        open: Some(Opens::Mutes),
        link: Some("https://wiki.example/logs".to_owned()),
        blocker: true,
        note: NoteRule::OnFailure,
        owner: "platform".to_owned(),
        remedy: Some(RemedyId::new("restart-checkout")),
        concern: Some(ConcernHint { priority: Some(Priority::High), ..ConcernHint::default() }),
        ..item("whole")
    };
    let kinds = [
        ItemKind::Value { unit: "%".to_owned(), min: None, max: Some(1.0) },
        ItemKind::Choice { words: vec!["green".to_owned(), "red".to_owned()], good: vec!["green".to_owned()] },
        ItemKind::Probe,
    ];
    let text = |text: &str| text.to_owned();
    let probes = [
        Probe::Query { source: None, query: text("up"), unit: text("s"), expect },
        Probe::Logs { source: None, contains: text("timeout"), level: Level::Error, within: hour, expect },
        Probe::Command { argv: vec![text("df"), text("-h")], timeout: hour, unit: text("%"), expect: None },
        Probe::Http { url: text("https://example"), status: Some(200), contains: None },
        Probe::Certificate { host: text("api.example"), port: 443, days: 21.0 },
        Probe::File { path: "/var/backups".into(), younger: Some(hour), at_least: Some(1000) },
        Probe::Known { what: Known::MutesForgotten, expect },
    ];
    let conditions = [Condition::Source(text("loki")), Condition::Environment(text("prod")), was("whole", "failed")];
    let kinds = kinds.into_iter().map(|kind| Item { kind, ..item("kind") });
    let probes = probes.into_iter().map(|probe| Item { probe: Some(probe), kind: ItemKind::Probe, ..item("probe") });
    let when = conditions.into_iter().map(|is| Item { when: Some(When { not: true, is }), ..item("when") });
    std::iter::once(whole).chain(kinds).chain(probes).chain(when).collect()
}

#[test]
fn every_sort_of_list_reads_back() {
    for schedule in [None, Some("weekly fri 15:00"), Some("monthly last mon"), Some("quarterly 31"), Some("90m after")]
    {
        let mut declared = list(schedule, &[]);
        declared.sections[0].items = every_item();
        declared.remind = Some(Severity::Low);
        declared.origin = Declared::File("checklists/daily.toml".into());
        let kept = serde_json::to_string(&declared).unwrap();
        assert_eq!(serde_json::from_str::<Checklist>(&kept).unwrap(), declared, "{kept}");
    }
}
