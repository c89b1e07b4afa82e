//! What the real program says about a configuration that is wrong: everything at once, each with its place and
//! what was probably meant, and never a secret.

mod checklists;
mod remedies;
mod rows;
mod usage;

use crate::stage::program::{Ended, Home, fixture};

/// Everything that is wrong in `mistakes.toml`: where, and words that must stand there.
const MISTAKES: [(&str, &str); 14] = [
    ("2:1", "did you mean 'environment'?"),
    ("3:12", "did you mean 'Europe/Berlin'?"),
    ("4:13", "takes true or false, not text"),
    ("5:9", "did you mean 'midnight'?"),
    ("10:7", "a name or password is never part of an address"),
    ("11:9", "is no duration; write one as 15s"),
    ("12:19", "a secret is never written into the file"),
    ("16:8", "did you mean 'alertmanager'?"),
    ("24:29", "a secret is never written into the file"),
    ("30:27", "is no name of an environment variable"),
    ("31:9", "a name or password is never part of an address"),
    ("35:28", "is no regular expression"),
    ("38:10", "did you mean 'prom-eu'?"),
    ("42:11", "did you mean 'medium'?"),
];

fn mistaken() -> (Home, String) {
    let home = Home::new();
    let file = home.configure("config.toml", &fixture("config/mistakes.toml"));
    (home, file.to_string_lossy().into_owned())
}

/// That these lines tell each mistake once, in the order of the file, and nothing else.
fn tells_all(lines: &[&str], file: &str) {
    assert_eq!(lines.len(), MISTAKES.len(), "{lines:#?}");
    for (line, (place, words)) in lines.iter().zip(MISTAKES) {
        assert!(line.contains(&format!("{file}:{place}: ")) && line.contains(words), "{place} {words}: {line}");
    }
}

fn keeps_secrets(ended: &Ended) {
    for text in [&ended.out, &ended.err] {
        assert!(!text.contains("planted"), "a secret came out: {text}");
    }
}

#[test]
fn the_fixture_holds_the_secrets_that_must_not_come_out() {
    let planted =
        ["mistakes", "broken"].map(|name| fixture(&format!("config/{name}.toml")).matches("planted-").count());
    assert_eq!(planted, [6, 1]);
}

#[test]
fn all_mistakes_are_told_at_once_on_stderr_and_nothing_begins() {
    let (home, file) = mistaken();
    for command in [&["status"][..], &["watch"], &["incidents"], &["keys"], &["themes"], &["config", "show"], &[]] {
        let ended = home.run(command);
        assert_eq!((ended.status, ended.out.as_str()), (78, ""), "{command:?}");
        let lines: Vec<&str> = ended.err.lines().collect();
        assert!(lines[0].starts_with("midwatch: ") && lines[0].contains("14"), "{}", lines[0]);
        assert!(lines[1..].iter().all(|line| line.starts_with(&file)), "an editor can jump to each: {lines:#?}");
        tells_all(&lines[1..], &file);
        keeps_secrets(&ended);
    }
    assert!(!home.path("state").exists(), "a configuration that is refused opens no store and no log");
}

#[test]
fn check_tells_the_same_on_stdout_for_people_and_for_programs() {
    let (home, file) = mistaken();
    let ended = home.run(&["check"]);
    assert_eq!(ended.status, 1);
    let lines: Vec<&str> = ended.out.lines().collect();
    assert!(lines.iter().all(|line| line.starts_with("error ")), "{lines:#?}");
    tells_all(&lines, &file);
    keeps_secrets(&ended);

    let ended = home.run(&["check", "--format", "json"]);
    assert_eq!((ended.status, ended.err.as_str()), (1, ""));
    let findings: Vec<serde_json::Value> = serde_json::from_str(&ended.out).unwrap();
    assert!(findings.iter().all(|finding| finding["level"] == "error" && finding["what"] == "configuration"));
    let words: Vec<&str> = findings.iter().map(|finding| finding["words"].as_str().unwrap()).collect();
    tells_all(&words, &file);
    keeps_secrets(&ended);
}

#[test]
fn a_file_that_is_no_toml_is_told_without_quoting_it() {
    let home = Home::new();
    let file = home.configure("config.toml", &fixture("config/broken.toml"));
    let ended = home.run(&["status"]);
    assert_eq!(ended.status, 78);
    assert!(ended.err.contains(&format!("{}:6:40: this is no TOML", file.display())), "{}", ended.err);
    keeps_secrets(&ended);
    let ended = home.run(&["check"]);
    assert_eq!(ended.status, 1);
    keeps_secrets(&ended);
}

#[test]
fn what_must_work_in_a_broken_house_works() {
    let (home, _) = mistaken();
    for command in [&["config", "path"][..], &["config", "schema"], &["man"], &["completions", "bash"], &["--help"]] {
        let ended = home.run(command);
        assert_eq!((ended.status, ended.err.as_str()), (0, ""), "{command:?}");
        assert!(ended.out.len() > 50, "{command:?}");
    }
}

#[test]
fn a_file_that_was_named_must_be_there() {
    let home = Home::new();
    let ended = home.run(&["--config", "nowhere.toml", "status"]);
    assert_eq!(ended.status, 78);
    assert!(ended.err.contains("nowhere.toml: there is no such file"), "{}", ended.err);
    let ended = home.run_with(&["status"], &[("MIDWATCH_CONFIG", "nowhere.toml")]);
    assert_eq!(ended.status, 78);
}
