//! The checklists of the folder beside a configuration. One that is wrong is left out, whole, and the others count.

use std::path::Path;

use crate::config::checklist::{self, Reading, offered};
use crate::config::diagnostic::{self, Diagnostic};
use crate::config::layers::OwnChecklists;
use crate::config::settings::Settings;
use crate::config::{inline, load, paths};
use crate::domain::checklist::ChecklistId;

/// The checklists that a configuration adjusts, each with the warning that there is none of that name.
pub(in crate::config) type Unknown = Vec<(ChecklistId, Diagnostic)>;

/// Puts the checklists of the folder beside a configuration into the settings. What there is to say of them comes back,
/// then what is wrong with the configuration itself.
pub(in crate::config) fn own_checklists(
    config_file: &Path,
    home: &Path,
    settings: &mut Settings,
    unknown: Unknown,
) -> (OwnChecklists, Vec<Diagnostic>) {
    let (files, all) = paths::own_checklists(config_file);
    let names: Vec<String> = files.iter().map(|(name, _)| name.clone()).collect();
    let (mut own, mut wanted, mut lists) = (OwnChecklists::default(), Vec::new(), Vec::new());
    for (name, file) in &files {
        let read = open(file, home);
        own.refused.extend(read.list.is_none().then(|| refused(name, file, &read.found)));
        own.found.extend(read.found);
        wanted.extend(read.named);
        lists.extend(read.list);
    }
    own.found.extend(wanted.into_iter().filter_map(|named| named.missing(settings)));
    diagnostic::sort(&mut own.found);
    let most = paths::MOST_CHECKLISTS;
    let message = format!("{all} checklists lie here; only the first {most} by name are used");
    let folder = config_file.with_file_name(paths::CHECKLISTS);
    let too_many = (all > most).then(|| Diagnostic::of_file(&folder, &message).warning());
    let wrong = offered::offer(settings, lists, &names, unknown).into_iter().chain(too_many).collect();
    (own, wrong)
}

fn open(file: &Path, home: &Path) -> Reading {
    let failed = |why| Reading { list: None, found: vec![why], named: Vec::new() };
    match load::load(file, true) {
        Ok(Some(text)) => {
            let mut reading = checklist::reading(Some(file), &text.text, home);
            let open = inline::found(file, &text);
            reading.list = reading.list.filter(|_| open.is_empty());
            reading.found.extend(open.into_iter().chain(text.warnings));
            reading
        }
        Ok(None) => failed(Diagnostic::of_file(file, "there is no such file")),
        Err(why) => failed(*why),
    }
}

/// That a file is left out, and what is in force instead.
fn refused(name: &str, file: &Path, found: &[Diagnostic]) -> Diagnostic {
    let mistakes = found.iter().filter(|found| found.is_error()).count();
    let mistakes = if mistakes == 1 { "a mistake".to_owned() } else { format!("{mistakes} mistakes") };
    let is_shipped = checklist::shipped().iter().any(|(shipped, _)| *shipped == name);
    let instead = if is_shipped { "; the shipped one stays in force" } else { "" };
    let message = format!("this checklist is left out for {mistakes} that 'midwatch check' lists{instead}");
    Diagnostic::of_file(file, &message)
}

#[cfg(test)]
mod tests;
