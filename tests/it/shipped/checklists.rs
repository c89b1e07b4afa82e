//! Every checklist that ships can be walked: it has help everywhere, pauses, something to look at, and holds every
//! task that it is for.

use std::collections::BTreeSet;

use midwatch::config::checklist::{self, shipped};
use midwatch::domain::checklist::Checklist;

/// How many items somebody goes through without a pause.
const WITHOUT_PAUSE: usize = 9;

/// What must be in which list: an item of it has, in its section's title, its text or its help, a word of each group.
const TASKS: [(&str, &[&str]); 78] = [
    ("daily", &["error", "log"]),
    ("daily", &["performance|metric|latency"]),
    ("daily", &["security|vulnerab", "bulletin|advisor|cve"]),
    ("daily", &["alert|incident"]),
    ("daily", &["ack", "forgot|long|day"]),
    ("daily", &["mute|silence|snooze", "forgot"]),
    ("weekly", &["debt"]),
    ("weekly", &["slow", "quer"]),
    ("weekly", &["fail|5xx|error", "request"]),
    ("weekly", &["dependenc", "update|version|release"]),
    ("weekly", &["silence|mute"]),
    ("weekly", &["noisy|noise"]),
    ("weekly", &["runbook", "gap|without|lack|missing|no runbook"]),
    ("monthly", &["access"]),
    ("monthly", &["certificate"]),
    ("monthly", &["secret|key|token"]),
    ("monthly", &["patch"]),
    ("monthly", &["budget"]),
    ("monthly", &["restore", "backup"]),
    ("monthly", &["rto"]),
    ("monthly", &["rpo"]),
    ("monthly", &["capacity"]),
    ("monthly", &["cost|spend|bill"]),
    ("quarterly", &["architect"]),
    ("quarterly", &["scal"]),
    ("quarterly", &["cost|spend|bill"]),
    ("quarterly", &["technolog", "refresh|end of life|end-of-life|version|support"]),
    ("production-readiness", &["observab"]),
    ("production-readiness", &["reliab"]),
    ("production-readiness", &["scalab"]),
    ("production-readiness", &["security"]),
    ("production-readiness", &["operab"]),
    ("production-readiness", &["chaos"]),
    ("production-readiness", &["traffic", "10×|10 ×|ten times|tenfold"]),
    ("production-readiness", &["dependency", "30 min"]),
    ("production-readiness", &["corrupt"]),
    ("production-readiness", &["security incident|intrud|intrusion|breach|stolen|leak"]),
    ("production-readiness", &["latency|slow", "10×|10 ×|ten times|tenfold"]),
    ("production-readiness", &["database", "read-only|read only|only be read"]),
    ("production-readiness", &["disk", "full"]),
    ("production-readiness", &["clock"]),
    ("production-readiness", &["dns"]),
    ("production-readiness", &["certificate"]),
    ("pre-deployment", &["roll"]),
    ("pre-deployment", &["test|review"]),
    ("pre-deployment", &["alert|incident|error"]),
    ("post-deployment", &["error"]),
    ("post-deployment", &["latency"]),
    ("post-deployment", &["version|deploy|release"]),
    ("rollback-drill", &["roll"]),
    ("rollback-drill", &["time|minute|long"]),
    ("load-test", &["baseline"]),
    ("load-test", &["stress"]),
    ("load-test", &["spike"]),
    ("load-test", &["soak"]),
    ("load-test", &["breakpoint|breaking point"]),
    ("performance", &["front end|front-end|frontend"]),
    ("performance", &["back end|back-end|backend"]),
    ("performance", &["database"]),
    ("incident-critical", &["ack|owner|on it|lead"]),
    ("incident-critical", &["tell|status|communicat|inform"]),
    ("incident-critical", &["mitigat|roll|restore"]),
    ("incident-high", &["ack|owner|on it|lead"]),
    ("incident-high", &["mitigat|roll|restore"]),
    ("incident-medium", &["ack|owner|on it|plan"]),
    ("incident-low", &["ticket|plan|note|owner"]),
    ("post-mortem", &["timeline"]),
    ("post-mortem", &["cause|why"]),
    ("post-mortem", &["action|task|owner"]),
    ("handover", &["incident"]),
    ("handover", &["mute|silence|snooze"]),
    ("handover", &["note|next|tell|said"]),
    ("disaster-recovery-drill", &["backup|replica"]),
    ("disaster-recovery-drill", &["rto"]),
    ("disaster-recovery-drill", &["rpo"]),
    ("patch-window", &["patch|update"]),
    ("patch-window", &["silence|window"]),
    ("patch-window", &["backup|snapshot|roll"]),
];

fn all() -> Vec<Checklist> {
    let read = |(name, text): &(&str, &str)| {
        let (list, found) = checklist::read(None, text);
        assert_eq!(found, [], "{name}");
        list.unwrap()
    };
    shipped().iter().map(read).collect()
}

#[test]
fn each_is_read_without_a_warning_and_is_named_as_its_file() {
    let ids: Vec<String> = all().iter().map(|list| list.id.to_string()).collect();
    let names: Vec<&str> = shipped().iter().map(|(name, _)| *name).collect();
    assert_eq!(ids, names);
    assert_eq!(super::names(&names), super::files("checklists"));
}

#[test]
fn those_that_come_by_themselves_are_the_daily_weekly_monthly_and_quarterly_one() {
    let lists = all();
    let scheduled: Vec<&str> =
        lists.iter().filter(|list| list.schedule.is_some()).map(|list| list.id.as_str()).collect();
    assert_eq!(scheduled, ["daily", "weekly", "monthly", "quarterly"]);
    let assessed: Vec<&str> = lists.iter().filter(|list| list.assessment).map(|list| list.id.as_str()).collect();
    assert_eq!(assessed, ["production-readiness"]);
}

#[test]
fn every_item_says_what_good_looks_like_and_every_section_ends_before_it_is_too_long() {
    for list in all() {
        assert!(!list.help.is_empty(), "{}", list.id);
        for section in &list.sections {
            assert!(section.items.len() <= WITHOUT_PAUSE, "{}: {}", list.id, section.title);
        }
        for item in list.items() {
            assert!(item.help.split_whitespace().count() >= 4, "{}: {}: '{}'", list.id, item.id, item.help);
        }
    }
}

#[test]
fn most_items_of_the_scheduled_ones_ask_or_open_something() {
    for list in all().iter().filter(|list| list.schedule.is_some()) {
        let shows = list.items().filter(|item| item.probe.is_some() || item.open.is_some()).count();
        let all = list.items().count();
        assert!(shows * 10 > all * 6, "{}: {shows} of {all}", list.id);
    }
}

#[test]
fn every_task_is_held_by_an_item() {
    let lists = all();
    let held = |id: &str, groups: &[&str]| {
        let list = lists.iter().find(|list| list.id.as_str() == id).unwrap_or_else(|| panic!("{id} does not ship"));
        list.sections.iter().any(|section| {
            section.items.iter().any(|item| {
                let words = format!("{} {} {}", section.title, item.text, item.help).to_lowercase();
                groups.iter().all(|group| group.split('|').any(|word| words.contains(word)))
            })
        })
    };
    let lacks: Vec<_> = TASKS.iter().filter(|(id, groups)| !held(id, groups)).collect();
    let words: Vec<String> = lacks.iter().map(|(id, groups)| format!("{id}: {}", groups.join(" + "))).collect();
    assert!(lacks.is_empty(), "{} of {}:\n{}", lacks.len(), TASKS.len(), words.join("\n"));
    let named: BTreeSet<&str> = TASKS.iter().map(|(id, _)| *id).collect();
    assert_eq!(named.len(), lists.len(), "every list is for something");
}
