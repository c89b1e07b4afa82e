//! Presets: files that others keep, with runbooks and remedies for everybody.
//!
//! Nothing that is wrong in one keeps midwatch from starting: it is told as a warning, and what it is in is left out.

use std::path::Path;

use super::{remedy, runbook};
use crate::config::diagnostic::Diagnostic;
use crate::config::machine::Machine;
use crate::config::reader::{Item, Mention, Page, Sort, Table};
use crate::config::settings::Settings;
use crate::domain::remediation::Origin;

/// The tables that a preset may hold.
const TABLES: [&str; 3] = ["remedy", "runbook", "runbook_root"];

/// The presets that a configuration names, each once.
pub(super) fn named(root: &Table<'_>) -> Vec<Mention> {
    let mut found: Vec<Mention> = Vec::new();
    for item in root.get("presets", |item| item.list("a list of files in quotes")).unwrap_or_default() {
        let Some(path) = item.place() else { continue };
        if path == item.page().place() {
            item.wrong("a configuration is no preset of its own");
        } else if found.iter().any(|before| before.path == path) {
            item.warn("this preset is named already; it is read once");
        } else {
            let message = format!("the preset {} is left out", path.display());
            found.push(item.mentioned(path, Sort::File, &message));
        }
    }
    found
}

/// Adds what a preset holds to the settings. What is wrong in it comes back as warnings, then what it names on disk.
#[must_use]
pub fn preset(file: &Path, text: &str, machine: &Machine, settings: &mut Settings) -> (Vec<Diagnostic>, Vec<Mention>) {
    let (page, root) = Page::open(file, text, &machine.folders.home);
    let table = page.root(&root);
    runbook::runbooks(&table, settings);
    remedy::remedies(&table, &Origin::Preset(page.place()), settings);
    for (name, item) in table.items() {
        if !TABLES.contains(&name) {
            foreign(name, &item);
        }
    }
    let (found, mentions) = page.into_found();
    (found.into_iter().map(Diagnostic::warning).collect(), mentions)
}

fn foreign(name: &str, item: &Item<'_>) {
    let known = super::super::schema::of("").any(|key| key.name == name);
    let message = format!("a preset holds {} and nothing else; '{name}' is left out", TABLES.join(", "));
    if known { item.misplaced(&message) } else { item.unknown(&message, name, TABLES) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::file::read;
    use crate::config::machine::tests::bastion;

    const OWN: &str = "[[remedy]]\nid = 'mine'\ncommand = ['true']\n\
                       [[runbook]]\nmatch = { a = 'b' }\npath = 'mine.md'\n";

    /// The settings of one's own file with a preset, and what is said about that.
    fn with(text: &str) -> (Settings, Vec<String>) {
        let (mut settings, found) = read(Path::new("/etc/midwatch/config.toml"), OWN, &bastion(), &[]);
        assert_eq!(found, []);
        let (found, _) = preset(Path::new("/srv/team.toml"), text, &bastion(), &mut settings);
        (settings, found.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn it_adds_behind_what_is_there() {
        let text = "[[remedy]]\nid = 'theirs'\nscript = { path = 'fix.sh' }\n\
                    [[runbook]]\nmatch = { a = 'b' }\npath = 'theirs.md'\n\
                    [[runbook_root]]\nurl = 'https://wiki/'\npath = 'wiki'\n";
        let (settings, told) = with(text);
        assert_eq!(told, [""; 0]);
        let ids: Vec<&str> = settings.remedies.iter().map(|remedy| remedy.id.as_str()).collect();
        assert_eq!(ids, ["mine", "theirs"]);
        assert_eq!(settings.remedies[1].origin, Origin::Preset("/srv/team.toml".into()));
        let paths: Vec<&Path> = settings.runbooks.iter().map(|runbook| runbook.path.as_path()).collect();
        assert_eq!(
            paths,
            [Path::new("/etc/midwatch/mine.md"), Path::new("/srv/theirs.md")],
            "relative to its own folder"
        );
        assert_eq!(settings.runbook_roots, [("https://wiki/".to_owned(), "/srv/wiki".into())]);
    }

    #[test]
    fn what_is_wrong_in_it_is_a_warning_with_its_own_place() {
        let text = "theme = 'mono'\npresets = ['more.toml']\nremdy = 1\n\
                    [[remedy]]\nid = 'mine'\ncommand = ['false']\n\
                    [[remedy]]\nid = 'loose'\naprovals = 2\ncommand = ['true']\n\
                    [[remedy]]\nid = 'good'\ncommand = ['true']\n";
        let (settings, told) = with(text);
        let ids: Vec<&str> = settings.remedies.iter().map(|remedy| remedy.id.as_str()).collect();
        assert_eq!(ids, ["mine", "good"], "one with a mistake is left out, the others count");
        let crate::domain::remediation::Kind::Command(command) = &settings.remedies[0].kind else { panic!() };
        assert_eq!(command[0].source(), "true", "one's own is never replaced");
        let places = [
            ("5:6", "there is a remedy 'mine' already, declared elsewhere; this one is left out"),
            ("9:1", "did you mean 'approvals'?"),
            ("1:1", "'theme' is left out"),
            ("2:1", "'presets' is left out"),
            ("3:1", "did you mean 'remedy'?"),
        ];
        assert_eq!(told.len(), places.len(), "{told:#?}");
        for (line, (place, words)) in told.iter().zip(places) {
            assert!(line.starts_with(&format!("/srv/team.toml:{place}: warning: ")) && line.contains(words), "{line}");
        }
    }

    #[test]
    fn of_one_that_is_no_toml_no_remedy_counts() {
        let text = "[[remedy]]\nid = 'theirs'\napprovals = \ncommand = ['true']\n";
        let (settings, told) = with(text);
        assert_eq!(settings.remedies.len(), 1, "the guard that could not be read may be the one that matters");
        assert!(told[0].starts_with("/srv/team.toml:3:") && told[0].contains("this is no TOML"), "{told:?}");
    }
}
