//! The folder of checklists beside a configuration.

use crate::config::beside::tests::decided;
use crate::config::{Decided, Diagnostic};
use crate::domain::checklist::{Checklist, Declared};

const ITEM: &str = "[[item]]\nid = 'a'\ntext = 'b'\nhelp = 'c'\n";

fn list<'d>(decided: &'d Decided, id: &str) -> Option<&'d Checklist> {
    decided.settings.checklists.iter().find(|list| list.id.as_str() == id)
}

fn told(folder: &tempfile::TempDir, found: &[Diagnostic]) -> Vec<String> {
    let here = format!("{}/checklists/", folder.path().display());
    found.iter().map(|found| found.to_string().replace(&here, "")).collect()
}

#[test]
fn ones_own_stand_beside_the_shipped_ones_or_in_their_place() {
    let file = |id: &str, more: &str| format!("id = '{id}'\ntitle = 'Ours'\n{more}\n{ITEM}");
    let (backups, daily, zero) =
        (file("backups", "schedule = 'weekly mon'"), file("daily", "schedule = 'daily'"), file("zero", ""));
    let config = "[[checklist]]\nid = 'backups'\nremind = 'high'\n";
    let (_folder, decided) = decided(&[
        ("config.toml", config),
        ("checklists/backups.toml", &backups),
        ("checklists/daily.toml", &daily),
        ("checklists/zero.toml", &zero),
        ("checklists/notes.md", "no checklist"),
    ]);
    assert_eq!(decided.checklists, crate::config::OwnChecklists::default());
    let ids: Vec<&str> = decided.settings.checklists.iter().map(|list| list.id.as_str()).collect();
    assert_eq!(ids[..5], ["daily", "weekly", "monthly", "quarterly", "backups"]);
    assert_eq!(ids.last(), Some(&"zero"));
    let daily = list(&decided, "daily").unwrap();
    assert!(daily.adopted && daily.title == "Ours" && matches!(daily.origin, Declared::File(_)));
    assert_eq!(list(&decided, "backups").unwrap().remind, Some(crate::domain::Severity::High));
    assert!(!list(&decided, "weekly").unwrap().adopted);
    assert_eq!(crate::config::checklist::own(&decided.settings), ["daily", "backups", "zero"]);
}

#[test]
fn one_that_is_wrong_is_left_out_and_told_and_keeps_nobody_from_starting() {
    let (good, bad) = (format!("id = 'good'\ntitle = 'G'\n{ITEM}"), format!("id = 'daily'\ntitel = 'D'\n{ITEM}"));
    let config = "[[checklist]]\nid = 'broken'\nremind = 'low'\n";
    let (folder, decided) = decided(&[
        ("config.toml", config),
        ("checklists/daily.toml", &bad),
        ("checklists/broken.toml", "id = \n"),
        ("checklists/good.toml", &good),
    ]);
    assert_eq!(decided.warnings, []);
    let left_out = "this checklist is left out for";
    assert_eq!(
        told(&folder, &decided.checklists.refused),
        [
            format!("broken.toml: {left_out} a mistake that 'midwatch check' lists"),
            format!("daily.toml: {left_out} 2 mistakes that 'midwatch check' lists; the shipped one stays in force"),
        ]
    );
    let found = told(&folder, &decided.checklists.found);
    assert!(found[0].starts_with("broken.toml:1:6: this is no TOML"), "{found:?}");
    assert_eq!(found[2], "daily.toml:2:1: unknown key 'titel'; did you mean 'title'?");
    assert_eq!(list(&decided, "daily").unwrap().origin, Declared::Shipped);
    assert!(list(&decided, "broken").is_none() && list(&decided, "good").is_some());
}

#[test]
fn what_a_list_names_and_the_configuration_lacks_is_told() {
    let config = "[[source]]\nname = 'prom-eu'\nkind = 'prometheus'\nurl = 'http://p'\n\
                  [[source]]\nname = 'journal'\nkind = 'journald'\n\
                  [[remedy]]\nid = 'dump-again'\ncommand = ['true']\n";
    let item = |id: &str, keys: &str| format!("[[item]]\nid = '{id}'\ntext = 'b'\nhelp = 'c'\n{keys}\n");
    let query = |source: &str| format!("probe = {{ query = 'up', expect = '> 0', source = '{source}' }}");
    let logs = |source: &str| format!("probe = {{ logs = '', expect = '< 9', source = '{source}' }}");
    let items = [
        item("a", "remedy = 'dump-agian'"),
        item("b", "remedy = 'dump-again'"),
        item("c", &query("prom-us")),
        item("d", &query("prom-eu")),
        item("e", &query("journal")),
        item("f", &logs("journal")),
        item("g", &logs("prom-eu")),
    ];
    let text = format!("id = 'x'\ntitle = 'X'\n{}", items.concat());
    let (folder, decided) = decided(&[("config.toml", config), ("checklists/x.toml", &text)]);
    let lacks = [
        "x.toml:7:10: warning: there is no remedy 'dump-agian', so none is offered; did you mean 'dump-again'?",
        "x.toml:17:50: warning: there is no source 'prom-us', so what this probe asks is not known; did you mean 'prom-eu'?",
        "x.toml:27:50: warning: 'journal' is a source of kind 'journald', which answers no queries",
        "x.toml:37:47: warning: 'prom-eu' is a source of kind 'prometheus', which tells no log lines",
    ];
    assert_eq!(told(&folder, &decided.checklists.found), lacks);
    assert!(list(&decided, "x").is_some() && decided.checklists.refused.is_empty());
}
