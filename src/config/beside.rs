//! The files that a configuration names: presets are read, the others looked for, and runbooks and checklists beside it
//! found.
//!
//! Nothing here is fatal: what is missing or wrong in a file of others is told, and the rest works.

mod checklists;

use std::path::Path;

use super::diagnostic::Diagnostic;
use super::file::{self, Reading};
use super::machine::Machine;
use super::reader::{Mention, Sort};
use super::settings::Settings;
use super::{inline, load, paths};
use checklists::Unknown;
pub(super) use checklists::own_checklists;

/// The settings of a file with what its presets add, everything that is wrong, and the checklists that it adjusts.
pub(super) fn complete(reading: Reading, machine: &Machine) -> (Settings, Vec<Diagnostic>, Unknown) {
    let Reading { mut settings, mut found, presets, mut mentions, checklists } = reading;
    for named in presets {
        match load::load(&named.path, false) {
            Ok(Some(text)) => {
                let open = inline::found(&named.path, &text);
                if let Some(first) = open.first() {
                    found.push(left_out(named, &first.to_string()));
                    continue;
                }
                found.extend(text.warnings);
                let (wrong, named) = file::preset(&named.path, &text.text, machine, &mut settings);
                found.extend(wrong);
                mentions.extend(named);
            }
            Ok(None) => found.push(left_out(named, "there is no such file")),
            Err(why) => found.push(left_out(named, &why.message)),
        }
    }
    found.extend(mentions.into_iter().filter_map(missing));
    (settings, found, checklists)
}

fn left_out(named: Mention, why: &str) -> Diagnostic {
    let message = format!("{}: {why}", named.missing.message);
    Diagnostic { message, ..named.missing }
}

/// The warning about something that is not there.
fn missing(mention: Mention) -> Option<Diagnostic> {
    let is_there = match mention.sort {
        Sort::File => mention.path.is_file(),
        Sort::Folder => mention.path.is_dir(),
        Sort::Any => mention.path.exists(),
        Sort::Private => !load::is_shared(&mention.path),
    };
    (!is_there).then_some(mention.missing)
}

/// Puts the runbooks of the folder beside a configuration into the settings; what there is to say comes back.
pub(super) fn own_runbooks(config_file: &Path, settings: &mut Settings) -> Option<Diagnostic> {
    let (found, all) = paths::own_runbooks(config_file);
    settings.own_runbooks = found;
    let folder = config_file.with_file_name(paths::RUNBOOKS);
    let most = paths::MOST_RUNBOOKS;
    let message = format!("{all} runbooks lie here; only the first {most} by name are used");
    (all > most).then(|| Diagnostic::of_file(&folder, &message).warning())
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::super::layers::{CommandLine, Decided, decide};
    use super::super::machine::tests::bastion;

    /// A folder with these files, and what its `config.toml` comes to.
    pub(super) fn decided(files: &[(&str, &str)]) -> (tempfile::TempDir, Decided) {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in files {
            let path = folder.path().join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }
        let line = CommandLine { config: Some(folder.path().join("config.toml")), ..CommandLine::default() };
        let decided = decide(&line, &bastion()).unwrap();
        (folder, decided)
    }

    fn told(folder: &tempfile::TempDir, decided: &Decided) -> Vec<String> {
        let here = format!("{}/", folder.path().display());
        decided.warnings.iter().map(|warning| warning.to_string().replace(&here, "")).collect()
    }

    const PRESET: &str = "[[remedy]]\nid = 'theirs'\nscript = { path = 'fix.sh' }\n";

    #[test]
    fn presets_are_read_and_their_files_looked_for_beside_them() {
        let config = "presets = ['team/a.toml', 'team/gone.toml', 'team']\n";
        let (folder, decided) = decided(&[("config.toml", config), ("team/a.toml", PRESET)]);
        assert_eq!(decided.settings.remedies.len(), 1, "the rest still works");
        assert_eq!(
            told(&folder, &decided),
            [
                "config.toml:1:27: warning: the preset team/gone.toml is left out: there is no such file",
                "config.toml:1:45: warning: the preset team is left out: this is a folder; name the file in it",
                "team/a.toml:3:19: warning: there is no script at this path; the remedy cannot run (team/fix.sh)",
            ]
        );
        let file: PathBuf = folder.path().join("config.toml");
        assert_eq!(decided.settings.file, Some(file));
    }

    #[test]
    fn what_is_there_is_not_told() {
        let config = "presets = ['team/a.toml']\n\
                      [[runbook]]\nmatch = { a = 'b' }\npath = 'runbooks/disk.md'\n\
                      [[runbook_root]]\nurl = 'https://wiki/'\npath = 'runbooks'\n";
        let files = [
            ("config.toml", config),
            ("team/a.toml", PRESET),
            ("team/fix.sh", "true\n"),
            ("runbooks/disk.md", "# Disk\n"),
        ];
        let (folder, decided) = decided(&files);
        assert_eq!(told(&folder, &decided), [""; 0]);
        assert_eq!(decided.settings.own_runbooks, [("disk".to_owned(), folder.path().join("runbooks/disk.md"))]);
    }

    #[test]
    fn runbooks_and_roots_that_are_not_there_are_told() {
        let config = "[[runbook]]\nmatch = { a = 'b' }\npath = 'a.md'\n\
                      [[runbook_root]]\nurl = 'https://wiki/'\npath = 'wiki'\n";
        let (folder, decided) = decided(&[("config.toml", config)]);
        let told = told(&folder, &decided);
        assert!(told[0].starts_with("config.toml:3:8: warning: there is no runbook at this path"), "{told:?}");
        assert!(told[1].starts_with("config.toml:6:8: warning: there is no folder at this path"), "{told:?}");
    }
}
