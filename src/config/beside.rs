//! The files that a configuration names: presets are read, the others looked for, and runbooks beside it found.
//!
//! Nothing here is fatal: what is missing or wrong in a file of others is told, and the rest works.

use std::path::Path;

use super::diagnostic::Diagnostic;
use super::file::{self, Reading};
use super::machine::Machine;
use super::reader::{Mention, Sort};
use super::settings::Settings;
use super::{load, paths};

/// The settings of a file with what its presets add, and everything that is wrong.
pub(super) fn complete(reading: Reading, machine: &Machine) -> (Settings, Vec<Diagnostic>) {
    let Reading { mut settings, mut found, presets, mut mentions } = reading;
    for named in presets {
        match load::load(&named.path, false) {
            Ok(Some(text)) => {
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
    (settings, found)
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
