//! What the commands print where everything they read means harm.

use serde_json::Value;

use super::{clean, home};
use crate::support::home::Home;
use crate::support::hostile::{TEXTS, all};
use crate::support::recogniser::foreign;

#[test]
fn no_command_prints_what_acts() {
    let home = home();
    let mut told = String::new();
    for line in [
        "status",
        "status --format line",
        "incidents",
        "incidents --format text",
        "check",
        "runbook hostile",
        "runbook --list",
        "remedy list",
        "remedy show says",
        "remedy run says --yes says",
        "remedy runs",
        "checklist list",
        "checklist show hostile",
        "checklist walk hostile --probes-only",
        "checklist history hostile",
        "checklist export hostile",
        "journal",
        "journal --verify",
        "config show",
        "keys",
        "themes",
    ] {
        told.push_str(&clean(&home, &line.split(' ').collect::<Vec<_>>()));
    }
    assert!(told.matches("MARK").count() > 30, "what was told is printed:\n{told}");
}

#[test]
fn json_is_json_and_holds_no_byte_that_acts() {
    let home = home();
    clean(&home, &["remedy", "run", "says", "--yes", "says"]);
    for line in [
        "status --format json",
        "incidents --format json",
        "check --format json",
        "remedy list --format json",
        "remedy runs --format json",
        "checklist list --format json",
        "journal --format json",
    ] {
        let out = clean(&home, &line.split(' ').collect::<Vec<_>>());
        let read: Value = serde_json::from_str(&out).unwrap_or_else(|error| panic!("{line}: {error} in {out}"));
        let mut texts = Vec::new();
        collect(&read, &mut texts);
        for text in texts {
            assert_eq!(foreign(&text), None, "{line}: {text:?}");
        }
    }
    let (_, status) = home.status();
    assert!(status["incidents"].as_array().is_some_and(|all| all.len() >= TEXTS.len() / 2), "{status}");
}

fn collect(value: &Value, texts: &mut Vec<String>) {
    match value {
        Value::String(text) => texts.push(text.clone()),
        Value::Array(all) => all.iter().for_each(|value| collect(value, texts)),
        Value::Object(fields) => fields.iter().for_each(|(name, value)| {
            texts.push(name.clone());
            collect(value, texts);
        }),
        _ => {}
    }
}

#[test]
fn a_runbook_is_printed_without_what_acts() {
    let home = home();
    for format in ["text", "md"] {
        let out = clean(&home, &["runbook", "hostile", "--format", format]);
        assert!(out.contains("MARK"), "{out}");
        let file = home.path("config/midwatch/runbooks/hostile.md").display().to_string();
        clean(&home, &["runbook", &file, "--format", format]);
    }
}

/// One text of each way to do harm: each costs some processes.
fn some() -> Vec<String> {
    let ways = ["\u{1b}[2J", "\u{9b}31m", "\u{1}", "\u{202e}", "\u{200b}", "tower", "👩"];
    let first = |way: &&str| TEXTS.iter().find(|text| text.contains(*way)).map(|text| text.replace('\0', ""));
    ways.iter().filter_map(first).chain([all().replace('\0', "")]).collect()
}

#[test]
fn arguments_are_told_without_what_acts() {
    let home = Home::new();
    for text in some() {
        for arguments in [
            vec![text.as_str()],
            vec!["status", "--format", &text],
            vec!["--config", &text, "status"],
            vec!["--theme", &text, "themes"],
            vec!["runbook", &text],
            vec!["remedy", "show", &text],
            vec!["checklist", "show", &text],
            vec!["journal", "--since", &text],
        ] {
            clean(&home, &arguments);
        }
    }
}

#[test]
fn a_configuration_is_told_without_what_acts() {
    for text in some() {
        let quoted = serde_json::to_string(&text).expect("a text is JSON");
        for config in [
            format!(
                "environment = {quoted}\noperator = {{ name = {quoted} }}\n\
                 [[source]]\nname = \"log\"\nkind = \"file\"\npaths = [{quoted}]\n\
                 [[service]]\nname = {quoted}\n\
                 [[remedy]]\nid = \"a\"\ntitle = {quoted}\ncommand = [\"true\", {quoted}]\n"
            ),
            format!("[[source]]\nname = {quoted}\nkind = {quoted}\n{quoted} = 1\n"),
            format!("look = \n{text}\n"),
        ] {
            let home = Home::with_config(&config);
            for arguments in [&["check"][..], &["config", "show"], &["remedy", "list"]] {
                clean(&home, arguments);
            }
        }
    }
}
