//! Remedies that are wrong are refused at once, all their mistakes told; what others keep never keeps midwatch from
//! beginning.

use super::keeps_secrets;
use crate::stage::program::{Home, fixture};

/// Everything that is wrong in `bad-remedies.toml`: where, and words that must stand there.
const MISTAKES: [(&str, &str); 12] = [
    ("4:1", "did you mean 'command'?"),
    ("5:12", "is no duration"),
    ("8:11", "unclosed character class"),
    ("11:6", "there is a remedy 'restart' already"),
    ("12:24", "a value here would decide what sh runs"),
    ("13:1", "'match' is missing"),
    ("14:22", "a secret is never written into the file"),
    ("15:16", "'pid' has neither 'from' nor 'default'"),
    ("19:16", "'{jbo}' names no parameter of this remedy; did you mean 'job'?"),
    ("19:62", "a secret is never written into the file"),
    ("24:16", "a name or password is never part of an address"),
    ("28:22", "MIDWATCH_PARAM_PIN"),
];

#[test]
fn every_mistake_is_told_with_its_place() {
    let home = Home::new();
    let file = home.configure("config.toml", &fixture("config/bad-remedies.toml")).to_string_lossy().into_owned();
    let ended = home.run(&["check"]);
    assert_eq!(ended.status, 1);
    let lines: Vec<&str> = ended.out.lines().collect();
    for (place, words) in MISTAKES {
        let is_told = |line: &&str| line.contains(&format!("{file}:{place}: ")) && line.contains(words);
        assert_eq!(lines.iter().filter(|line| is_told(line)).count(), 1, "{place} {words}: {lines:#?}");
    }
    assert_eq!(lines.iter().filter(|line| line.starts_with("error")).count(), MISTAKES.len(), "{lines:#?}");
    keeps_secrets(&ended);
    assert_eq!(home.run(&["status"]).status, 78);
}

#[test]
fn a_preset_that_is_wrong_or_gone_is_told_and_the_rest_works() {
    let home = Home::new();
    let plain = fixture("config/plain.toml").replace("dusk", "mono");
    home.configure("config.toml", &format!("presets = [\"team.toml\", \"gone.toml\"]\n{plain}"));
    home.configure("app.log", "2026-11-21T03:12:41Z INFO begun\n");
    home.configure(
        "team.toml",
        "[[remedy]]\nid = \"bad\"\ncomand = [\"true\"]\n[[remedy]]\nid = \"good\"\ncommand = [\"true\"]\n",
    );
    let ended = home.run(&["check"]);
    assert_eq!(ended.status, 0, "{}", ended.out);
    for words in ["team.toml:3:1: warning: unknown key 'comand'", "gone.toml is left out: there is no such file"] {
        assert!(ended.out.lines().any(|line| line.starts_with("warning") && line.contains(words)), "{}", ended.out);
    }
    let shown = home.run(&["config", "show"]).out;
    assert!(shown.contains("# id = \"good\"") && !shown.contains("\"bad\""), "{shown}");
}
