//! Where a program is.

use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use super::{Machine, told};

/// The absolute path of a program: as it is if it is one, below `cwd` if it names a folder, else from the folders of
/// the machine.
pub(super) fn find(name: &str, cwd: &Path, machine: &Machine) -> Result<String, String> {
    if name.is_empty() {
        return Err("there is no program; say which one".to_owned());
    }
    if name.contains('/') {
        let path = cwd.join(name);
        return if is_program(&path) {
            text(&path)
        } else {
            Err(format!(
                "{} is no file that may be executed; check the path and its mode",
                told(&path.to_string_lossy())
            ))
        };
    }
    let folders = || machine.path.iter().filter(|folder| folder.is_absolute());
    if let Some(path) = folders().map(|folder| folder.join(name)).find(|path| is_program(path)) {
        return text(&path);
    }
    let searched: Vec<String> = folders().map(|folder| folder.display().to_string()).collect();
    let searched = if searched.is_empty() { "no folder at all".to_owned() } else { searched.join(", ") };
    let name = told(name);
    Err(format!("the program {name} is not there; looked in {searched}. Install it, or name it by its whole path"))
}

/// A path as an argument.
pub(super) fn text(path: &Path) -> Result<String, String> {
    let text = path.to_str().ok_or_else(|| format!("{} is no UTF-8; rename it", path.display()))?;
    if crate::domain::harmless::line(text, usize::MAX) != text {
        return Err(format!("{} holds a character that cannot be seen; rename it", told(text)));
    }
    Ok(text.to_owned())
}

/// A file that is an argument: it is there, and its path is absolute.
pub(super) fn file(what: &str, path: &Path, cwd: &Path) -> Result<String, String> {
    let path: PathBuf = cwd.join(path);
    if path.exists() {
        text(&path)
    } else {
        Err(format!("{what} {} is not there; check the path", told(&path.to_string_lossy())))
    }
}

fn is_program(path: &Path) -> bool {
    path.metadata().is_ok_and(|about| about.is_file() && about.permissions().mode() & 0o111 != 0)
}
