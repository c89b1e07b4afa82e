//! What ships is whole: themes, keymaps, the sample configuration, completions, the manual.

mod checklists;
mod drawn;
mod runbooks;

use std::collections::BTreeSet;
use std::path::Path;

use midwatch::config::file;
use midwatch::keymap;
use midwatch::theme::{Capability, Theme};

use crate::stage::program::Home;

/// The names of the files with this ending in a folder of the project.
fn files(folder: &str) -> BTreeSet<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let entries = std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path());
    let toml = entries.filter(|path| path.extension().is_some_and(|kind| kind == "toml"));
    toml.map(|path| path.file_stem().unwrap().to_string_lossy().into_owned()).collect()
}

fn names(known: &[&str]) -> BTreeSet<String> {
    known.iter().map(|name| (*name).to_owned()).collect()
}

#[test]
fn the_names_that_a_configuration_may_say_are_the_files_that_ship() {
    assert_eq!(names(&file::THEMES), files("themes"));
    assert_eq!(names(&file::KEYMAPS), files("keymaps"));
    assert_eq!(names(&keymap::shipped::names().collect::<Vec<_>>()), files("keymaps"));
}

#[test]
fn every_theme_loads_without_a_problem_on_every_terminal() {
    for name in file::THEMES {
        for capability in Capability::ALL {
            for ascii in [false, true] {
                let (theme, problems) = Theme::load(name, None, capability, ascii);
                assert_eq!((theme.name(), problems.as_slice()), (name, &[][..]), "{capability}");
            }
        }
    }
    assert_eq!(Theme::load("dusk", None, Capability::TrueColor, false).1.len(), 1, "one that is not there is told");
}

#[test]
fn every_keymap_loads_without_a_problem() {
    for name in file::KEYMAPS {
        let (keymap, problems) = keymap::load(name, None);
        assert_eq!((keymap.name(), problems.as_slice()), (name, &[][..]));
        assert!(keymap.bindings().len() > 60, "{name}");
    }
    assert_eq!(keymap::load("emacs", None).1.len(), 1, "one that is not there is told");
}

#[test]
fn the_sample_is_written_once_for_its_owner_alone_and_can_be_read() {
    use std::os::unix::fs::PermissionsExt as _;
    let home = Home::new();
    let ended = home.run(&["config", "init"]);
    assert_eq!((ended.status, ended.err.as_str()), (0, ""));
    let file = home.path("config/midwatch/config.toml");
    assert_eq!(ended.out.trim(), file.to_string_lossy());
    assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    let shown = home.run(&["config", "show"]);
    assert_eq!((shown.status, shown.err.as_str()), (0, ""));
    assert!(shown.out.contains("midnight"), "{}", shown.out);
    assert_eq!(home.run(&["config", "init"]).status, 1, "what is there is not written over");
    assert_eq!(home.run(&["config", "init", "--force"]).status, 0);
}

#[test]
fn the_sample_is_good_with_every_line_uncommented() {
    let home = Home::new();
    home.run(&["config", "init"]);
    let file = home.path("config/midwatch/config.toml");
    let text = std::fs::read_to_string(&file).unwrap();
    let uncommented: Vec<&str> = text
        .lines()
        .filter(|line| !line.starts_with("# ") && *line != "#")
        .map(|line| line.strip_prefix('#').unwrap_or(line))
        .collect();
    assert!(uncommented.iter().filter(|line| line.contains(" = ")).count() > 80, "{text}");
    std::fs::write(&file, uncommented.join("\n")).unwrap();
    let shown = home.run(&["config", "show"]);
    assert_eq!((shown.status, shown.err.as_str()), (0, ""));
}

#[test]
fn completions_know_every_command_and_so_does_the_manual() {
    let home = Home::new();
    let commands = ["status", "check", "incidents", "ack", "unack", "silence", "snooze", "comment", "journal", "keys"];
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let ended = home.run(&["completions", shell]);
        assert_eq!((ended.status, ended.err.as_str()), (0, ""), "{shell}");
        for command in commands {
            assert!(ended.out.contains(command), "{shell}: {command}");
        }
    }
    let ended = home.run(&["man"]);
    assert_eq!((ended.status, ended.err.as_str()), (0, ""));
    assert!(ended.out.contains(".TH midwatch"), "{}", ended.out);
    for command in commands {
        assert!(ended.out.contains(&format!(".SH \"MIDWATCH {}\"", command.to_uppercase())), "{command}");
    }
    assert!(!ended.out.to_lowercase().contains("screenshot"), "what is hidden stays hidden");
}

#[test]
fn the_schema_is_json_that_knows_every_shipped_name() {
    let ended = Home::new().run(&["config", "schema"]);
    let schema: serde_json::Value = serde_json::from_str(&ended.out).unwrap();
    for name in file::KEYMAPS {
        assert!(ended.out.contains(name), "{name}");
    }
    assert!(schema["properties"]["source"].is_object());
}
