//! What is wrong in a checklist, where, and what was probably meant.

use std::path::Path;

use proptest::prelude::*;

use super::super::*;
use super::{BACKUPS, FILE};

/// Everything that is told of a text.
fn told(text: &str) -> (bool, Vec<String>) {
    let Reading { list, found, .. } = reading(Some(Path::new(FILE)), text, Path::new("/home/ana"));
    let told = found.iter().map(|found| found.to_string().replace("/etc/midwatch/checklists/", "")).collect();
    (list.is_some(), told)
}

/// The only problem of a text that is refused for it.
fn bad(text: &str) -> String {
    let (is_read, told) = told(text);
    assert!(!is_read && told.len() == 1, "{text}\n{told:#?}");
    told[0].clone()
}

/// A list with one item that has these keys too.
fn with(keys: &str) -> String {
    format!("id = 'backups'\ntitle = 'B'\n[[item]]\nid = 'a'\ntext = 'b'\nhelp = 'c'\n{keys}\n")
}

#[test]
fn before_the_items() {
    const REST: &str = "[[item]]\nid = 'a'\ntext = 'b'\nhelp = 'c'\n";
    for (text, place, words) in [
        ("title = 'B'", "1:1", "'id' is missing, such as id = \"backups\""),
        ("id = 'backups'", "1:1", "'title' is missing, such as title = \"Backups\""),
        ("id = 'Back ups'\ntitle = 'B'", "1:6", "'Back ups' is no id of a checklist"),
        (
            "id = 'backup'\ntitle = 'B'",
            "1:6",
            "is called backup.toml; rename it, or change its id; did you mean 'backups'?",
        ),
        ("id = 'backups'\ntitle = 1", "2:9", "'title' takes text in quotes, not a whole number"),
        ("id = 'backups'\ntitle = \"B\\u001b[2J\"", "2:9", "'title' holds a control character"),
        ("id = 'backups'\ntitle = 'B'\nshedule = 'daily'", "3:1", "unknown key 'shedule'; did you mean 'schedule'?"),
        ("id = 'backups'\ntitle = 'B'\nschedule = 'weekly fry'", "3:12", "did you mean 'weekly fri'?"),
        ("id = 'backups'\ntitle = 'B'\nschedule = 'dayly 09:00'", "3:12", "did you mean 'daily 09:00'?"),
        (
            "id = 'backups'\ntitle = 'B'\nmode = 'read-to'",
            "3:8",
            "there are do-verify, read-do; did you mean 'read-do'?",
        ),
        (
            "id = 'backups'\ntitle = 'B'\nschedule = 'daily'\nremind = 'critical'",
            "4:10",
            "is no reminder; there are off",
        ),
        (
            "id = 'backups'\ntitle = 'B'\nprobe = {}",
            "3:9",
            "'probe' does not belong here but to [[section.item]] or [[item]]",
        ),
    ] {
        let told = bad(&format!("{text}\n{REST}"));
        assert!(told.starts_with(&format!("backups.toml:{place}: ")) && told.contains(words), "{words}: {told}");
    }
    let (is_read, told) = told(&format!("id = 'backups'\ntitle = 'B'\nremind = 'low'\n{REST}"));
    assert!(is_read && told[0].starts_with("backups.toml:3:1: warning: 'remind' does nothing"), "{told:?}");
}

#[test]
fn sections_and_items() {
    const HEAD: &str = "id = 'backups'\ntitle = 'B'\n";
    const ITEM: &str = "id = 'a'\ntext = 'b'\nhelp = 'c'\n";
    for (text, place, words) in [
        (String::new(), "1:1", "this checklist has no item"),
        ("[[section]]\ntitle = 'S'\n".to_owned(), "3:1", "this section has no item"),
        (format!("[[section]]\n[[section.item]]\n{ITEM}"), "3:1", "'title' is missing, such as title = \"Logs\""),
        (format!("[[item]]\n{ITEM}[[section]]\ntitle = 'S'\n[[section.item]]\n{ITEM}"), "7:3", "not both"),
        (format!("[[item]]\n{ITEM}[[item]]\n{ITEM}"), "8:6", "there is an item 'a' already"),
        (format!("[item]\n{ITEM}"), "3:1", "write [[item]] with two brackets"),
        ("[[itme]]\nid = 'a'\n".to_owned(), "3:3", "unknown table 'itme'; did you mean 'item'?"),
        ("[[item]]\nid = 'a'\nhelp = 'c'\n".to_owned(), "3:1", "'text' is missing"),
        ("[[item]]\nid = 'a'\ntext = 'b'\nhlep = 'c'\n".to_owned(), "6:1", "did you mean 'help'?"),
        (format!("[[item]]\n{ITEM}schedule = 'daily'\n"), "7:12", "the top of the file, before the first [[section]]"),
        (
            format!("[[section]]\ntitle = 'S'\nblocker = true\n[[section.item]]\n{ITEM}"),
            "5:11",
            "belong here but to [[section.item]]",
        ),
    ] {
        let told = bad(&format!("{HEAD}{text}"));
        assert!(
            told.starts_with(&format!("backups.toml:{place}: ")) && told.contains(words),
            "{place} {words}: {told}"
        );
    }
    let many = |count: usize| -> String {
        let item = |row| format!("[[item]]\nid = 'i{row}'\ntext = 'b'\nhelp = 'c'\n");
        (0..count).map(item).collect()
    };
    let (is_read, found) = told(&format!("{HEAD}{}", many(201)));
    assert!(!is_read && found.iter().any(|told| told.contains("201 items; there may be 200")), "{found:?}");
    let (is_read, found) = told(&format!("{HEAD}{}", many(200)));
    assert!(is_read && found.len() == 1, "{found:?}");
    assert!(found[0].starts_with("backups.toml:3:3: warning: 200 items without a pause"), "{found:?}");
    let section = |row| format!("[[section]]\ntitle = 'S'\n[[section.item]]\nid = 'i{row}'\ntext = 'b'\nhelp = 'c'\n");
    let sections: String = (0..41).map(section).collect();
    assert!(bad(&format!("{HEAD}{sections}")).contains("there may be 40 sections"));
    assert!(bad(&format!("{HEAD}# {}\n", "x".repeat(LARGEST))).contains("larger than 512 KiB"));
}

#[test]
fn one_item() {
    for (keys, place, words) in [
        ("value = { min = 2, max = 1 }", "7:26", "'max' is less than 'min'"),
        ("value = { mni = 2 }", "7:11", "did you mean 'min'?"),
        ("value = {}\nchoice = ['a', 'b']", "8:1", "'value' or 'choice'; write two items"),
        ("choice = ['a']", "7:10", "between 2 to 12 words"),
        ("choice = ['a', 'a']", "7:16", "stands there already"),
        ("choice = ['green', 'red']\ngood = ['gren']", "8:9", "there are green, red; did you mean 'green'?"),
        ("choice = ['green', 'red']\ngood = []", "8:8", "no answer would be good"),
        ("good = ['green']", "7:1", "and there is none"),
        ("open = 'mute'", "7:8", "did you mean 'mutes'?"),
        ("note = 'on failur'", "7:8", "did you mean 'on failure'?"),
        ("note = true", "7:8", "takes text in quotes"),
        ("blocker = 'yes'", "7:11", "takes true or false, not text"),
        ("link = 'http://wiki.example/'", "7:8", "an address begins with https://"),
        ("link = 'file:///etc/passwd'", "7:8", "an address begins with http:// or https://"),
        ("link = 'https://ana:planted@wiki.example/'", "7:8", "never part of an address"),
        ("remedy = 'Restart'", "7:10", "is no id of a remedy"),
        ("concern = { priority = 'urgent' }", "7:24", "is no priority; there are critical, high"),
        ("concern = { typ = 'x' }", "7:13", "did you mean 'type'?"),
        ("owner = ''", "7:9", "'owner' is empty"),
    ] {
        let told = bad(&with(keys));
        assert!(told.starts_with(&format!("backups.toml:{place}: ")) && told.contains(words), "{keys}: {told}");
        assert!(!told.contains("planted"), "{told}");
    }
    assert!(bad(&with("").replace("'b'", &format!("'{}'", "b".repeat(201)))).contains("longer than 200 characters"));
}

#[test]
fn probes() {
    for (probe, column, words) in [
        ("{}", 1, "a probe has one of query, logs, command, http, certificate, file, known"),
        ("{ qery = 'up', expect = '> 0' }", 11, "unknown key 'qery'; did you mean 'query'?"),
        ("{ query = 'up', http = 'https://x' }", 25, "'http' stands beside 'query'"),
        ("{ query = 'up' }", 1, "'expect' is missing, such as expect = \"< 0.01\""),
        ("{ query = 'up', expect = '=> 1' }", 34, "did you mean '>= 1'?"),
        ("{ query = 'up', expect = '1' }", 34, "'1' is no expectation"),
        ("{ query = ' ', expect = '> 1' }", 19, "'query' is empty"),
        ("{ query = \"up\\u202e\", expect = '> 1' }", 19, "one that hides or turns around"),
        (
            "{ query = 'up', expect = '> 0', days = 1 }",
            48,
            "'days' does not belong here but to a probe with certificate",
        ),
        ("{ logs = 'x', expect = '< 1', level = 'eror' }", 47, "did you mean 'error'?"),
        ("{ logs = 'x', expect = '< 1', within = '90d' }", 48, "'within' must be from 1m to"),
        ("{ command = 'df -h' }", 21, "as a list, such as [\"df\", \"-h\"], not text"),
        ("{ command = [] }", 21, "names no program"),
        ("{ command = [' '] }", 22, "this is no program"),
        ("{ command = ['df', \"a\\nb\"] }", 28, "no control character"),
        ("{ command = ['df'], timeout = '6m' }", 39, "'timeout' must be from 1s to 5m"),
        ("{ http = 'http://shop.example/' }", 18, "http:// is for this machine alone"),
        ("{ http = 'https://x/', status = 99 }", 41, "from 100 to 599"),
        ("{ certificate = 'shop.example' }", 25, "write one as \"api.example:443\""),
        ("{ certificate = 'shop.example:0' }", 25, "is no server with its port"),
        ("{ certificate = 'x:443', days = 0 }", 41, "'days' must be from 1 to 3650"),
        ("{ file = '/x' }", 1, "younger = \"26h\", at_least = 1000, or both"),
        ("{ file = '/x', yunger = '1d' }", 24, "did you mean 'younger'?"),
        ("{ file = '/x', at_least = -1 }", 35, "must be a whole number from 0"),
        ("{ known = 'mutes-forgoten' }", 19, "did you mean 'mutes-forgotten'?"),
    ] {
        let told = bad(&with(&format!("probe = {probe}")));
        let place = format!("backups.toml:7:{column}: ");
        assert!(told.starts_with(&place) && told.contains(words), "{probe}: {told}");
    }
}

#[test]
fn conditions() {
    const FIRST: &str = "id = 'backups'\ntitle = 'B'\n[[item]]\nid = 'state'\ntext = 'b'\nhelp = 'c'\n\
                         choice = ['green', 'red']\n[[item]]\nid = 'a'\ntext = 'b'\nhelp = 'c'\n";
    const LAST: &str = "[[item]]\nid = 'last'\ntext = 'b'\nhelp = 'c'\n";
    for (when, column, words) in [
        ("{}", 1, "a condition has 'source' or 'environment', or 'item' and 'was'"),
        ("{ souce = 'x' }", 10, "did you mean 'source'?"),
        ("{ source = 'x', environment = 'y' }", 24, "'environment' is a second condition"),
        ("{ source = 'x', was = 'done' }", 24, "beside 'item' alone"),
        ("{ item = 'stat', was = 'red' }", 17, "there is no item 'stat' in this list; did you mean 'state'?"),
        ("{ item = 'last', was = 'done' }", 17, "'last' does not come before this item"),
        ("{ item = 'a', was = 'done' }", 17, "'a' does not come before this item"),
        ("{ item = 'state' }", 1, "'was' is missing"),
        ("{ item = 'state', was = 'rad' }", 32, "there are done, failed, skipped, green, red; did you mean 'red'?"),
        ("{ source = 'x', not = 1 }", 30, "takes true or false"),
    ] {
        let told = bad(&format!("{FIRST}when = {when}\n{LAST}"));
        let place = format!("backups.toml:12:{column}: ");
        assert!(told.starts_with(&place) && told.contains(words), "{when}: {told}");
    }
}

#[test]
fn what_could_be_better_does_not_refuse_it() {
    let item = |row| format!("[[section.item]]\nid = 'i{row}'\ntext = 'b'\nhelp = 'c'\n");
    let items: String = (0..10).map(item).collect();
    let (is_read, found) = told(&format!("id = 'backups'\ntitle = 'B'\n[[section]]\ntitle = 'S'\n{items}"));
    assert!(is_read);
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].starts_with("backups.toml:3:1: warning: 10 items without a pause"), "{found:?}");
    let (is_read, found) = told("id = 'backups'\ntitle = 'B'\n[[item]]\nid = 'a'\ntext = 'b'\n");
    assert!(is_read);
    assert!(found[0].starts_with("backups.toml:3:1: warning: this item has no 'help'"), "{found:?}");
}

#[test]
fn everything_is_told_at_once_and_no_toml_has_no_consequences() {
    let (is_read, found) = told(&with("open = 'mute'\nblocker = 1\nlnik = 'x'\n"));
    assert!(!is_read && found.len() == 3, "{found:?}");
    let (is_read, found) = told("id = 'backups'\ntitle = \n[[item]]\nid = 'a'\ntext = 'b'\nhelp = 'c'\n");
    assert!(!is_read && found.len() == 1 && found[0].contains("2:9: this is no TOML"), "{found:?}");
}

proptest! {
    #[test]
    fn no_cut_makes_it_fail_and_what_is_told_has_a_place(at in 0..BACKUPS.len(), length in 0_usize..60) {
        let (from, to) = (BACKUPS.floor_char_boundary(at), BACKUPS.floor_char_boundary((at + length).min(BACKUPS.len())));
        let text = format!("{}{}", &BACKUPS[..from], &BACKUPS[to..]);
        let Reading { list, found, .. } = reading(Some(Path::new(FILE)), &text, Path::new("/home/ana"));
        let lines = text.lines().count() + 1;
        prop_assert!(found.iter().all(|found| found.position.is_some_and(|at| at.line <= lines)));
        prop_assert_eq!(list.is_none(), found.iter().any(Diagnostic::is_error));
    }

    #[test]
    fn no_text_makes_it_fail(text in "[a-z=\\[\\]{}\"'. \n0-9#]{0,200}") {
        let _ = read(None, &text);
    }
}
