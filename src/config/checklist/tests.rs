//! What a checklist may say and what it means.

mod mistakes;

use std::path::Path;

use chrono::TimeDelta;

use super::*;
use crate::domain::checklist::concern::Priority;
use crate::domain::checklist::item::{NoteRule, Opens};
use crate::domain::checklist::probe::Known;
use crate::domain::checklist::when::Condition;
use crate::domain::checklist::{Declared, Expect, Item, ItemId, ItemKind, Mode, Probe, Schedule, When};
use crate::domain::{Level, Severity, SourceName};

const FILE: &str = "/etc/midwatch/checklists/backups.toml";
const BACKUPS: &str = include_str!("tests/backups.toml");

/// A checklist in which nothing is wrong.
fn good(text: &str) -> Checklist {
    let Reading { list, found, .. } = reading(Some(Path::new(FILE)), text, Path::new("/home/ana"));
    assert_eq!(found, [], "{text}");
    list.unwrap()
}

fn item<'l>(list: &'l Checklist, id: &str) -> &'l Item {
    list.item(&ItemId::new(id)).unwrap()
}

fn expect(text: &str) -> Expect {
    Expect::parse(text).unwrap()
}

#[test]
fn what_stands_before_the_items() {
    let list = good(BACKUPS);
    assert_eq!((list.id.as_str(), list.title.as_str()), ("backups", "Backups"));
    assert_eq!(list.help, "Every Monday,\nbefore the week begins.");
    assert_eq!(list.schedule, Some(Schedule::parse("weekly mon 09:30").unwrap()));
    assert_eq!((list.mode, list.remind), (Mode::ReadDo, Some(Severity::Medium)));
    assert!(list.assessment && list.adopted);
    assert_eq!(list.origin, Declared::File(FILE.into()));
    let sections: Vec<(&str, usize)> =
        list.sections.iter().map(|section| (section.title.as_str(), section.items.len())).collect();
    assert_eq!(sections, [("What there is", 3), ("Ways to ask", 7)]);
}

#[test]
fn everything_that_an_item_may_have() {
    let list = good(BACKUPS);
    let dump = item(&list, "dump");
    assert_eq!((dump.kind.clone(), dump.note, dump.blocker), (ItemKind::Probe, NoteRule::OnFailure, true));
    assert_eq!((dump.owner.as_str(), dump.remedy.as_ref().unwrap().as_str()), ("platform-team", "dump-again"));
    assert_eq!(dump.link.as_deref(), Some("https://wiki.example/backups?view=1#dump"));
    let concern = dump.concern.as_ref().unwrap();
    assert_eq!((concern.sort.as_str(), concern.priority), ("reliability", Some(Priority::High)));
    let state = item(&list, "state");
    let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
    let choice = ItemKind::Choice { words: words(&["green", "amber", "red"]), good: words(&["green", "amber"]) };
    assert_eq!((&state.kind, state.open), (&choice, Some(Opens::Signals)));
    let left = item(&list, "left");
    assert_eq!(left.kind, ItemKind::Value { unit: "%".into(), min: Some(20.0), max: None });
    let was = Condition::Item { item: ItemId::new("state"), was: "amber".into() };
    assert_eq!(left.when, Some(When { not: true, is: was }));
    assert_eq!(item(&list, "query").when, Some(When { not: false, is: Condition::Source("prometheus".into()) }));
    assert_eq!(item(&list, "script").when, Some(When { not: false, is: Condition::Environment("prod".into()) }));
}

#[test]
fn every_way_to_ask() {
    let list = good(BACKUPS);
    let probe = |id: &str| item(&list, id).probe.clone().unwrap();
    let file = Probe::File {
        path: "/etc/midwatch/checklists/dumps".into(),
        younger: Some(TimeDelta::hours(26)),
        at_least: Some(1_000),
    };
    assert_eq!(probe("dump"), file);
    let query = Probe::Query {
        source: Some(SourceName::new("prom-eu")),
        query: "sum(\n\trate(errors[1h]))".into(),
        unit: "/s".into(),
        expect: expect("< 0.01"),
    };
    assert_eq!(probe("query"), query);
    let logs = Probe::Logs {
        source: Some(SourceName::new("journal")),
        contains: "timeout".into(),
        level: Level::Warn,
        within: TimeDelta::hours(2),
        expect: expect("<= 10"),
    };
    assert_eq!(probe("logs"), logs);
    let command = |argv: &[&str], seconds, unit: &str, expect| Probe::Command {
        argv: argv.iter().map(|word| (*word).to_owned()).collect(),
        timeout: TimeDelta::seconds(seconds),
        unit: unit.into(),
        expect,
    };
    assert_eq!(probe("command"), command(&["df", "", "/"], 30, "%", Some(expect("< 80"))));
    assert_eq!(probe("script"), command(&["/etc/midwatch/checklists/check.sh"], 10, "", None), "beside the file");
    let http =
        Probe::Http { url: "http://localhost:8080/health".into(), status: Some(204), contains: Some("ok".into()) };
    assert_eq!(probe("http"), http);
    assert_eq!(probe("certificate"), Probe::Certificate { host: "::1".into(), port: 8443, days: 21.0 });
    assert_eq!(probe("known"), Probe::Known { what: Known::MutesForgotten, expect: expect("== 0") });
}

#[test]
fn what_is_not_said_is_as_in_a_list_on_demand() {
    let list = good("id = 'backups'\ntitle = 'B'\n[[item]]\nid = 'a'\ntext = 'Look'\nhelp = 'Good: it is there.'\n");
    assert_eq!((list.schedule, list.remind, list.mode, list.assessment), (None, None, Mode::DoVerify, false));
    assert_eq!(list.sections[0].title, "");
    let only = item(&list, "a");
    assert_eq!((&only.kind, only.note, only.blocker), (&ItemKind::Tick, NoteRule::Optional, false));
    let daily = good("id = 'backups'\ntitle = 'B'\nschedule = 'daily'\n[[item]]\nid = 'a'\ntext = 'b'\nhelp = 'c'\n");
    assert_eq!(daily.remind, Some(Severity::Low), "where there is a schedule, a turn that was missed is told");
}

#[test]
fn a_home_is_found_and_a_shipped_one_has_no_file() {
    let text = "id = 'x'\ntitle = 'X'\n[[item]]\nid = 'a'\ntext = 'b'\nhelp = 'c'\nprobe = { file = '~/dump', younger = '1d' }\n";
    let list = reading(None, text, Path::new("/home/ana")).list.unwrap();
    assert!(matches!(&item(&list, "a").probe, Some(Probe::File { path, .. }) if path == Path::new("/home/ana/dump")));
    assert_eq!((list.origin, list.adopted), (Declared::Shipped, false));
}

#[test]
fn the_shipped_ones_are_read_once_and_at_once() {
    let begun = std::time::Instant::now();
    let lists: Vec<Checklist> = shipped().iter().filter_map(|(_, text)| read(None, text).0).collect();
    // Told by `--nocapture`; the bound is for a machine under load, in a build that is not optimised.
    println!("{} checklists in {:?}", lists.len(), begun.elapsed());
    assert!(begun.elapsed().as_secs() < 2, "{:?}", begun.elapsed());
    let names: Vec<&str> = shipped().iter().map(|(name, _)| *name).collect();
    assert_eq!(lists.iter().map(|list| list.id.as_str()).collect::<Vec<_>>(), names, "each is named as its file");
    assert_eq!(shipped::offered().len(), names.len());
    assert_eq!(names[..4], ["daily", "weekly", "monthly", "quarterly"]);
}
