//! A bad row of a keymap or a theme is left out and told; midwatch begins all the same.

use std::path::PathBuf;

use midwatch::cli::args::Args;
use midwatch::cli::setup::Setup;
use midwatch::cli::watch::{self, Look};

use crate::stage::drawn;
use crate::stage::program::{Home, fixture};

/// What is wrong in the two files: where, and words that must stand there.
const ROWS: [(&str, &str); 9] = [
    ("dusk.toml:5:8", "'#ff6b6' is no colour"),
    ("dusk.toml:8:14", "did you mean 'ash'?"),
    ("dusk.toml:9:1", "did you mean 'severity.critical'?"),
    ("dusk.toml:10:33", "'bold' is true or false"),
    ("keymap.toml:1:12", "did you mean 'default'?"),
    ("keymap.toml:4:7", "did you mean 'incident.ack'?"),
    ("keymap.toml:5:1", "'Ctrl-s' is never bound"),
    ("keymap.toml:8:2", "did you mean 'incidents'?"),
    ("keymap.toml:13:9", "this is no TOML"),
];

fn mistaken() -> (Home, PathBuf) {
    let home = Home::new();
    let file = home.configure("config.toml", &fixture("config/plain.toml"));
    home.configure("app.log", "2026-11-21T03:12:41Z INFO begun\n");
    home.configure("keymap.toml", &fixture("config/bad-keymap.toml"));
    home.configure("themes/dusk.toml", &fixture("config/bad-theme.toml"));
    (home, file)
}

fn tells_all(text: &str) {
    for (place, words) in ROWS {
        assert!(text.lines().any(|line| line.contains(place) && line.contains(words)), "{place} {words}: {text}");
    }
    assert_eq!(text.lines().filter(|line| line.contains(".toml:")).count(), ROWS.len(), "{text}");
}

#[test]
fn the_keys_are_printed_with_what_was_left_out_beside_them() {
    let (home, _) = mistaken();
    let ended = home.run(&["keys"]);
    assert_eq!(ended.status, 0);
    tells_all(&ended.err);
    let key = |keys: &str, action: &str| {
        let mut lines = ended.out.lines().map(|line| line.split_whitespace().collect::<Vec<_>>());
        lines.any(|words| words.first() == Some(&keys) && words.last() == Some(&action))
    };
    assert!(key("a", "incident.ack") && key("s", "incident.silence"), "what was refused is as it was: {}", ended.out);
    assert!(key("F5", "refresh"), "a good row beside bad ones counts: {}", ended.out);
}

#[test]
fn a_keymap_that_cannot_be_read_is_told_and_not_waited_for() {
    let home = Home::new();
    let keymap = home.configure("keymap.toml", "");
    let told = |words: &str| {
        let ended = home.run(&["keys"]);
        assert_eq!(ended.status, 0);
        assert!(ended.err.contains("keymap.toml") && ended.err.contains(words), "{words}: {}", ended.err);
        assert!(ended.out.contains("incident.ack"), "the shipped keys are there: {}", ended.out);
    };
    std::fs::write(&keymap, b"\xff\xfe").unwrap();
    told("is no text in UTF-8");
    std::fs::remove_file(&keymap).unwrap();
    nix::unistd::mkfifo(&keymap, nix::sys::stat::Mode::S_IRWXU).unwrap();
    told("is no file");
}

#[test]
fn check_tells_them_and_looks_at_the_sources_all_the_same() {
    let (home, _) = mistaken();
    let ended = home.run(&["check"]);
    assert_eq!(ended.status, 1);
    tells_all(&ended.out);
    assert!(ended.out.lines().any(|line| line.starts_with("ok") && line.contains("app-log: live")), "{}", ended.out);
}

#[test]
fn status_does_not_mind() {
    let (home, _) = mistaken();
    let ended = home.run(&["status"]);
    assert_eq!((ended.status, ended.err.as_str()), (0, ""));
    assert!(ended.out.contains("1/1 sources live"), "{}", ended.out);
}

#[test]
fn the_screen_begins_and_says_it() {
    let (_home, file) = mistaken();
    let args = Args::read(["midwatch", "--config", &file.to_string_lossy()]).unwrap();
    let setup = Setup::new(&args.global).unwrap();
    let look = Look::of(&setup);
    assert_eq!(look.notices.len(), ROWS.len());
    let mut session = setup.session();
    session.notices.extend(look.notices.iter().cloned());
    let core = watch::core(&session, &look);
    let text = drawn::text(&drawn::frame(&core.app, &look.theme, 120, 36));
    assert!(text.contains("9 notices, 'midwatch check' lists them: "), "{text}");
}
