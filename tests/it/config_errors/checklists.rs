//! A checklist with a mistake is left out whole and told; the others load, and midwatch begins all the same.

use std::path::PathBuf;

use midwatch::cli::args::Args;
use midwatch::cli::setup::Setup;
use midwatch::cli::watch::{self, Look};

use crate::stage::drawn;
use crate::stage::program::Home;

/// A file, what stands in it, where it is wrong and words that must stand there.
type Mistake = (&'static str, &'static str, &'static str, &'static str);

const MISTAKES: [Mistake; 20] = [
    ("no-toml", "id = \"no-toml\n", "1:14", "this is no TOML"),
    ("no-title", "id = 'no-title'\n[[item]]\nid = 'a'\ntext = 'b'\n", "1:1", "'title' is missing, such as title = "),
    ("Bad_Id", "id = 'Bad_Id'\ntitle = 'T'\nITEM", "1:6", "did you mean 'bad-id'?"),
    ("other-name", "id = 'another-name'\ntitle = 'T'\nITEM", "1:6", "did you mean 'other-name'?"),
    ("unknown-key", "id = 'unknown-key'\ntitel = 'T'\ntitle = 'T'\nITEM", "2:1", "did you mean 'title'?"),
    ("schedule", "id = 'schedule'\ntitle = 'T'\nschedule = 'weekly frì'\nITEM", "3:12", "did you mean 'weekly fri'?"),
    ("mode", "id = 'mode'\ntitle = 'T'\nmode = 'do-verfy'\nITEM", "3:8", "did you mean 'do-verify'?"),
    ("remind", "id = 'remind'\ntitle = 'T'\nschedule = 'daily'\nremind = 'hihg'\nITEM", "4:10", "did you mean 'high'?"),
    ("empty", "id = 'empty'\ntitle = 'T'\n", "1:1", "this checklist has no item; write [[item]]"),
    ("both", "id = 'both'\ntitle = 'T'\nITEM[[section]]\ntitle = 'S'\n", "7:3", "write [[section.item]]"),
    (
        "empty-section",
        "id = 'empty-section'\ntitle = 'T'\n[[section]]\ntitle = 'S'\n",
        "3:1",
        "this section has no item",
    ),
    ("twice", "id = 'twice'\ntitle = 'T'\nITEMITEM", "8:6", "there is an item 'a' already"),
    (
        "expect",
        "id = 'expect'\ntitle = 'T'\nITEMprobe = { query = 'up', expect = '=> 1' }\n",
        "7:34",
        "did you mean '>= 1'?",
    ),
    (
        "two-ways",
        "id = 'two-ways'\ntitle = 'T'\nITEMprobe = { logs = '', known = 'open' }\n",
        "7:22",
        "a probe asks in one way",
    ),
    (
        "known",
        "id = 'known'\ntitle = 'T'\nITEMprobe = { known = 'runbook-gap' }\n",
        "7:19",
        "did you mean 'runbook-gaps'?",
    ),
    (
        "program",
        "id = 'program'\ntitle = 'T'\nITEMprobe = { command = 'df -h' }\n",
        "7:21",
        "as a list, such as [\"df\", \"-h\"]",
    ),
    ("address", "id = 'address'\ntitle = 'T'\nITEMlink = 'htps://wiki.example'\n", "7:8", "did you mean 'https'?"),
    ("bounds", "id = 'bounds'\ntitle = 'T'\nITEMvalue = { min = 9, max = 1 }\n", "7:26", "'max' is less than 'min'"),
    (
        "good",
        "id = 'good'\ntitle = 'T'\nITEMchoice = ['green', 'red']\ngood = ['gren']\n",
        "8:9",
        "did you mean 'green'?",
    ),
    (
        "condition",
        "id = 'condition'\ntitle = 'T'\nITEM[[item]]\nid = 'b'\ntext = 'b'\nhelp = 'c'\nwhen = { item = 'A', was = 'failed' }\n",
        "11:17",
        "did you mean 'a'?",
    ),
];

const ITEM: &str = "[[item]]\nid = 'a'\ntext = 'b'\nhelp = 'c'\n";

/// A configuration in which nothing is wrong.
const PLAIN: &str = r#"# One source that needs no network: a file beside this one.
environment = "prod-eu"
timezone = "Europe/Berlin"

[operator]
name = "ana"

[[source]]
name = "app-log"
kind = "file"
paths = ["app.log"]
"#;

/// A home with all of these, a good one, and a bad one in the place of one that ships.
fn mistaken() -> (Home, PathBuf) {
    let home = Home::new();
    let file = home.configure("config.toml", PLAIN);
    home.configure("app.log", "2026-11-21T03:12:41Z INFO begun\n");
    for (name, text, _, _) in MISTAKES {
        home.configure(&format!("checklists/{name}.toml"), &text.replace("ITEM", ITEM));
    }
    home.configure("checklists/ours.toml", &format!("id = 'ours'\ntitle = 'Ours'\n{ITEM}"));
    home.configure("checklists/daily.toml", &format!("id = 'daily'\ntitle = 'Ours'\nshedule = 'daily'\n{ITEM}"));
    (home, file)
}

#[test]
fn each_mistake_is_told_at_its_place_with_what_was_meant_and_the_others_load() {
    let (home, _) = mistaken();
    let ended = home.run(&["check"]);
    assert_eq!((ended.status, ended.err.as_str()), (1, ""));
    let told: Vec<&str> = ended.out.lines().filter(|line| line.starts_with("error")).collect();
    for (name, _, place, words) in MISTAKES {
        let place = format!("/checklists/{name}.toml:{place}: ");
        assert!(told.iter().any(|line| line.contains(&place) && line.contains(words)), "{name}: {}", ended.out);
        let left_out = format!("/checklists/{name}.toml: this checklist is left out");
        assert!(told.iter().any(|line| line.contains(&left_out)), "{name}: {}", ended.out);
    }
    assert!(told.iter().all(|line| line.contains("/checklists/")), "nothing else is wrong: {told:#?}");
    assert!(ended.out.contains("daily.toml:3:1: unknown key 'shedule'; did you mean 'schedule'?"), "{}", ended.out);
    assert!(ended.out.contains("; the shipped one stays in force"), "{}", ended.out);
    assert!(ended.out.contains("checklists: of yours: ours\n"), "{}", ended.out);
    assert!(ended.out.contains("app-log: live"), "the sources are asked all the same: {}", ended.out);
}

#[test]
fn nothing_else_minds_and_the_screen_says_it() {
    let (home, file) = mistaken();
    let ended = home.run(&["status"]);
    assert_eq!((ended.status, ended.err.as_str()), (0, ""));
    let args = Args::read(["midwatch", "--config", &file.to_string_lossy()]).unwrap();
    let setup = Setup::new(&args.global).unwrap();
    let ids: Vec<&str> = setup.settings.checklists.iter().map(|list| list.id.as_str()).collect();
    assert!(ids.contains(&"daily") && ids.contains(&"ours") && !ids.contains(&"twice"), "{ids:?}");
    let core = watch::core(&setup.session(), &Look::of(&setup));
    let text = drawn::text(&drawn::frame(&core.app, &Look::of(&setup).theme, 120, 36));
    assert!(text.contains("21 notices, 'midwatch check' lists them: "), "{text}");
}

#[test]
fn what_could_be_better_is_told_by_check_alone_and_is_no_mistake() {
    let home = Home::new();
    home.configure("config.toml", PLAIN);
    home.configure("app.log", "2026-11-21T03:12:41Z INFO begun\n");
    let item = |row| format!("[[section.item]]\nid = 'i{row}'\ntext = 'b'\nhelp = 'c'\n");
    let items: String = (0..10).map(item).collect();
    let text = format!("id = 'long'\ntitle = 'Long'\n[[section]]\ntitle = 'S'\n{items}remedy = 'restart'\n");
    let file = home.configure("checklists/long.toml", &text);
    let ended = home.run(&["check"]);
    assert_eq!((ended.status, ended.err.as_str()), (0, ""), "{}", ended.out);
    let told: Vec<&str> = ended.out.lines().filter(|line| line.starts_with("warning")).collect();
    let place = |line: usize, column: usize| format!("{}:{line}:{column}: warning: ", file.display());
    assert!(told[0].contains(&place(3, 1)) && told[0].contains("10 items without a pause"), "{told:?}");
    assert!(told[1].contains(&place(45, 10)) && told[1].contains("there is no remedy 'restart'"), "{told:?}");
    assert_eq!(told.len(), 2, "{told:?}");
}

#[test]
fn one_that_is_adjusted_and_is_not_there_refuses_the_configuration() {
    let home = Home::new();
    let file = home.configure("config.toml", &format!("{PLAIN}\n[[checklist]]\nid = 'dayly'\n"));
    let ended = home.run(&["status"]);
    let line = PLAIN.lines().count() + 3;
    let told = format!("{}:{line}:6: there is no checklist 'dayly'; did you mean 'daily'?", file.display());
    assert_eq!(ended.status, 78);
    assert!(ended.err.contains(&told), "{}", ended.err);
}
