//! `midwatch checklist import`: a Markdown task list becomes a checklist.

mod draft;
mod slug;
#[cfg(test)]
mod tests;

use std::io::Write as _;
use std::path::{Path, PathBuf};

use self::draft::Draft;
use super::super::args::checklist::Import;
use super::super::exit;
use super::super::output::Output;
use super::super::setup::Setup;
use crate::config::checklist::shipped;
use crate::config::load::load;
use crate::config::paths::CHECKLISTS;
use crate::runbook::markdown;

/// Prints the checklist, or writes it where the next start finds it.
pub(super) fn run(arguments: &Import, setup: &Setup, output: &mut Output) -> u8 {
    let (id, text) = match imported(arguments, output) {
        Ok(made) => made,
        Err(words) => {
            output.complain(&words);
            return exit::FIRING;
        }
    };
    if let Some(words) = replaced(arguments.id.as_deref(), &id) {
        output.complain(&words);
        if arguments.write {
            return exit::FIRING;
        }
    }
    if !arguments.write {
        let written = output.out().write_all(text.as_bytes());
        return output.finish(written, exit::OK);
    }
    match keep(&setup.file, &id, &text) {
        Ok(file) => {
            let written = writeln!(output.out(), "{}", file.display());
            output.finish(written, exit::OK)
        }
        Err(words) => {
            output.complain(&words);
            exit::FIRING
        }
    }
}

/// The id and the text of the checklist.
fn imported(arguments: &Import, output: &mut Output) -> Result<(String, String), String> {
    let file = arguments.file.display();
    let text = match load(&arguments.file, false) {
        Ok(Some(read)) => read.text,
        Ok(None) => return Err(format!("{file}: there is no such file")),
        Err(wrong) => return Err(wrong.to_string()),
    };
    let stem = arguments.file.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let (draft, left) = draft::read(&markdown::parse(&text), arguments.title.as_deref(), &stem);
    let draft = Draft { id: arguments.id.clone().unwrap_or(draft.id), ..draft };
    if draft.is_empty() {
        return Err(format!("{file}: there is no task in it; a task begins with \"- [ ] \""));
    }
    if let Some((items, sections)) = draft.is_too_large() {
        return Err(format!(
            "{file}: {items} tasks in {sections} sections are too many for one checklist; make several files"
        ));
    }
    if left > 0 {
        let plural = if left == 1 { "" } else { "s" };
        output.complain(&format!("{left} heading{plural} without a task below it became no section"));
    }
    let toml = draft.toml().map_err(|error| format!("{file}: it cannot be written as TOML: {error}"))?;
    Ok((draft.id, toml))
}

/// What is to be said where the id that a title makes is a shipped checklist's; nothing where the id was `given`.
fn replaced(given: Option<&str>, id: &str) -> Option<String> {
    let is_shipped = shipped().iter().any(|(name, _)| *name == id);
    (given.is_none() && is_shipped).then(|| {
        format!("'{id}' is a shipped checklist, which this would replace; give --id NAME, or --id {id} to replace it")
    })
}

/// Writes it beside the configuration; what is there already stays.
fn keep(configuration: &Path, id: &str, text: &str) -> Result<PathBuf, String> {
    use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
    let folder = configuration.with_file_name(CHECKLISTS);
    let file = folder.join(format!("{id}.toml"));
    let wrong = |error: std::io::Error| match error.kind() {
        std::io::ErrorKind::AlreadyExists => {
            format!("{} is there already and stays as it is; give another --id", file.display())
        }
        _ => format!("cannot write {}: {error}", file.display()),
    };
    std::fs::DirBuilder::new().recursive(true).mode(0o700).create(&folder).map_err(wrong)?;
    let mut options = std::fs::OpenOptions::new();
    let mut made = options.write(true).create_new(true).mode(0o600).open(&file).map_err(wrong)?;
    made.write_all(text.as_bytes()).map_err(wrong)?;
    Ok(file)
}

/// The file that a text becomes, if there is a task in it.
#[cfg(any(test, fuzzing))]
pub(crate) fn taken_apart(text: &str) -> Option<String> {
    let (draft, _) = draft::read(&markdown::parse(text), None, "name");
    (!draft.is_empty() && draft.is_too_large().is_none()).then(|| draft.toml().ok()).flatten()
}
