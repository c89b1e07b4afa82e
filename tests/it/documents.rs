//! The documents say what the program says: generated tables are up to date, links lead somewhere, and what is shown
//! as an example works. `MIDWATCH_BLESS=1` rewrites the generated parts of the README.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use clap::{Arg, CommandFactory as _};
use midwatch::cli::args::Args;
use midwatch::config::schema;
use midwatch::keymap::{self, help};
use midwatch::theme::{Capability, Theme};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Every Markdown file of the project, its own folders' included.
fn documents() -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![root().to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            if path.is_dir() && name != "target" && !name.starts_with('.') {
                folders.push(path);
            } else if name.to_lowercase().ends_with(".md") {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

/// An option as it is written, with the words it takes.
fn written(arg: &Arg) -> String {
    let words: Vec<String> = arg.get_possible_values().iter().map(|value| value.get_name().to_owned()).collect();
    let text = match (arg.get_long(), words.is_empty() || !arg.get_action().takes_values()) {
        (Some(long), false) => format!("--{long} {}", words.join("|")),
        _ => arg.to_string(),
    };
    let bare = text.starts_with('-') && !arg.is_required_set();
    if bare { format!("[{text}]") } else { text }
}

/// One row for each command that is not hidden, those below `config` each with its own.
fn rows(command: &clap::Command, before: &str, made: &mut String) {
    for sub in command.get_subcommands().filter(|sub| !sub.is_hide_set() && sub.get_name() != "help") {
        let name = format!("{before} {}", sub.get_name());
        if sub.has_subcommands() {
            rows(sub, &name, made);
            continue;
        }
        let own = sub.get_arguments().filter(|arg| !arg.is_global_set() && !arg.is_hide_set());
        let own = own.filter(|arg| !matches!(arg.get_id().as_str(), "help" | "version"));
        let (positional, options): (Vec<&Arg>, Vec<&Arg>) = own.partition(|arg| arg.is_positional());
        let usage: Vec<String> = positional.into_iter().chain(options).map(written).collect();
        let usage = [name].into_iter().chain(usage).collect::<Vec<_>>().join(" ").replace('|', "\\|");
        writeln!(made, "| `{usage}` | {} |", sub.get_about().unwrap_or_default()).unwrap();
    }
}

/// The commands and what applies to all of them, from the arguments themselves.
fn commands() -> String {
    let mut command = Args::command();
    command.build();
    let mut made = "| command | does |\n|---|---|\n".to_owned();
    rows(&command, "midwatch", &mut made);
    made.push_str("\n| with every command | |\n|---|---|\n");
    for arg in command.get_arguments().filter(|arg| arg.is_global_set() && arg.get_id() != "help") {
        let help = arg.get_help().map(ToString::to_string).unwrap_or_default();
        writeln!(made, "| `{}` | {help} |", written(arg).trim_matches(['[', ']']).replace('|', "\\|")).unwrap();
    }
    made
}

/// A page with the part between two markers replaced.
fn with_part(page: &str, name: &str, part: &str) -> String {
    let (begin, end) = (format!("<!-- {name}:begin -->\n"), format!("<!-- {name}:end -->"));
    let (before, rest) = page.split_once(&begin).unwrap_or_else(|| panic!("the page has no {begin}"));
    let (_, after) = rest.split_once(&end).unwrap_or_else(|| panic!("the page has no {end}"));
    format!("{before}{begin}\n{}\n\n{end}{after}", part.trim())
}

/// A document holds these generated parts; with `MIDWATCH_BLESS=1` they are written instead.
pub fn holds(document: &str, parts: &[(&str, String)], test: &str) {
    let path = root().join(document);
    let page = read(&path);
    let fresh = parts.iter().fold(page.clone(), |page, (name, part)| with_part(&page, name, part));
    if std::env::var_os("MIDWATCH_BLESS").is_some_and(|value| value == "1") {
        std::fs::write(&path, fresh).unwrap();
        return;
    }
    let different = page.lines().zip(fresh.lines()).enumerate().find(|(_, (is, should))| is != should);
    let advice = format!("MIDWATCH_BLESS=1 ./tests/run {test} rewrites it");
    if let Some((at, (is, should))) = different {
        panic!("{document}:{}: generated text is old ({advice})\n     is: {is}\n should: {should}", at + 1);
    }
    assert_eq!(page.len(), fresh.len(), "{document}: generated text is old ({advice})");
}

#[test]
fn the_readme_holds_what_is_generated() {
    let (keymap, problems) = keymap::load("default", None);
    assert_eq!(problems, []);
    let parts = [
        ("keys", help::markdown(&keymap)),
        ("commands", commands()),
        ("config", schema::markdown::markdown()),
        ("checklist", schema::markdown::checklist()),
    ];
    holds("README.md", &parts, "the_readme_holds");
}

/// What `[text](target)` and `![text](target)` name, outside fenced code and code spans.
fn links(page: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut fenced = false;
    for line in page.lines() {
        if line.trim_start().starts_with("```") {
            fenced = !fenced;
        }
        if fenced {
            continue;
        }
        let prose: String = line.split('`').step_by(2).collect::<Vec<_>>().join("`");
        for rest in prose.split("](").skip(1) {
            found.extend(rest.split_once(')').map(|(target, _)| target.to_owned()));
        }
    }
    found
}

/// The anchors that a page's headings make.
fn anchors(page: &str) -> Vec<String> {
    let slug = |title: &str| {
        let kept = title.to_lowercase().replace(' ', "-");
        kept.chars().filter(|c| c.is_alphanumeric() || matches!(c, '-' | '_')).collect()
    };
    page.lines().filter(|line| line.starts_with('#')).map(|line| slug(line.trim_start_matches('#').trim())).collect()
}

#[test]
fn every_relative_link_leads_to_a_file() {
    let mut dead = Vec::new();
    let mut seen = 0;
    for document in documents() {
        let page = read(&document);
        for link in links(&page).into_iter().filter(|link| !link.contains("://") && !link.starts_with("mailto:")) {
            seen += 1;
            let (file, anchor) = link.split_once('#').unwrap_or((&link, ""));
            let target = if file.is_empty() { document.clone() } else { document.parent().unwrap().join(file) };
            let there = target.exists() && (anchor.is_empty() || anchors(&read(&target)).iter().any(|a| a == anchor));
            if !there {
                dead.push(format!("{}: {link}", document.strip_prefix(root()).unwrap().display()));
            }
        }
    }
    assert!(seen > 10, "only {seen} links were found");
    assert!(dead.is_empty(), "links that lead nowhere:\n{}", dead.join("\n"));
}

#[test]
fn links_are_found_where_they_are_links() {
    let page = "a [b](c.md) ![d](e.svg#f)\n```\n[no](no.md)\n```\n`[no](no.md)` and [g](#h-i)\n";
    assert_eq!(links(page), ["c.md", "e.svg#f", "#h-i"]);
    assert_eq!(anchors("# A b\n## C, d's `e`\n"), ["a-b", "c-ds-e"]);
}

/// The README's examples of one file, known by their first line.
fn examples(file: &str) -> Vec<String> {
    let page = read(&root().join("README.md"));
    let blocks = page.split("```toml\n").skip(1).filter_map(|rest| Some(rest.split_once("```")?.0.to_owned()));
    blocks.filter(|block| block.starts_with(&format!("# {file}"))).collect()
}

#[test]
fn the_readmes_examples_are_read_without_a_word() {
    let folder = tempfile::tempdir().unwrap();
    let configs = examples("config.toml");
    assert!(!configs.is_empty());
    for config in configs {
        let file = folder.path().join("config.toml");
        std::fs::write(&file, config).unwrap();
        let shown = Command::new(env!("CARGO_BIN_EXE_midwatch"))
            .args(["config", "show", "--config"])
            .arg(&file)
            .env("XDG_STATE_HOME", folder.path())
            .env("HOME", folder.path())
            .output()
            .unwrap();
        assert!(shown.status.success(), "{}", String::from_utf8_lossy(&shown.stderr));
        assert_eq!(String::from_utf8_lossy(&shown.stderr), "");
    }
    for keys in examples("keymap.toml") {
        let (keymap, problems) = keymap::load("default", Some((Path::new("keymap.toml"), &keys)));
        assert_eq!(problems, []);
        assert_eq!(keymap.name(), "vim");
    }
    for theme in examples("themes/dusk.toml") {
        std::fs::write(folder.path().join("dusk.toml"), theme).unwrap();
        let (theme, problems) = Theme::load("dusk", Some(folder.path()), Capability::TrueColor, false);
        assert_eq!((theme.name(), problems), ("dusk", Vec::new()));
    }
    assert_eq!((examples("keymap.toml").len(), examples("themes/dusk.toml").len()), (1, 1));
}

#[test]
fn the_manual_knows_every_command() {
    let told = Command::new(env!("CARGO_BIN_EXE_midwatch")).arg("man").output().unwrap();
    assert!(told.status.success());
    // Roff writes a hyphen as `\-`.
    let page = String::from_utf8(told.stdout).unwrap().replace("\\-", "-").to_lowercase();
    let command = Args::command();
    let visible: Vec<&str> =
        command.get_subcommands().filter(|sub| !sub.is_hide_set()).map(clap::Command::get_name).collect();
    assert!(visible.len() > 10);
    for name in visible {
        assert!(page.contains(&format!(".sh \"midwatch {name}\"")), "no section for {name}");
    }
    assert!(!page.contains("screenshot"), "a hidden command is told");
}
