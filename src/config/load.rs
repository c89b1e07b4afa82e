//! Opens the configuration file and looks at how it is kept.

use std::fs::File;
use std::io::{ErrorKind, Read};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use super::diagnostic::{Diagnostic, Position};

/// The largest file that is read, in bytes.
const LARGEST: u64 = 4 << 20;

/// The text of a file, and what there is to say about the file itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    /// What stands in it.
    pub text: String,
    /// Whether others than its owner may read it.
    pub shared: bool,
    /// Warnings about how it is kept.
    pub warnings: Vec<Diagnostic>,
}

/// Reads a file. `None` if it does not exist and need not.
///
/// # Errors
/// Where it cannot be read, is too large or is not UTF-8; or does not exist though it was named.
pub fn load(file: &Path, named: bool) -> Result<Option<Text>, Box<Diagnostic>> {
    let opened = match File::open(file) {
        Err(error) if error.kind() == ErrorKind::NotFound && !named => return Ok(None),
        Err(error) if error.kind() == ErrorKind::NotFound => {
            return Err(Box::new(Diagnostic::of_file(
                file,
                "there is no such file; `midwatch config init` writes a sample",
            )));
        }
        Err(error) => return Err(Box::new(failed(file, &error))),
        Ok(opened) => opened,
    };
    let about = opened.metadata().map_err(|error| Box::new(failed(file, &error)))?;
    if about.is_dir() {
        return Err(Box::new(Diagnostic::of_file(file, "this is a folder; name the file in it")));
    }
    let mut bytes = Vec::new();
    opened.take(LARGEST + 1).read_to_end(&mut bytes).map_err(|error| Box::new(failed(file, &error)))?;
    if bytes.len() as u64 > LARGEST {
        return Err(Box::new(Diagnostic::of_file(file, "this file is larger than 4 MiB, which no configuration is")));
    }
    let text = String::from_utf8(bytes).map_err(|error| Box::new(not_utf8(file, &error)))?;
    let mut warnings = Vec::new();
    if about.permissions().mode() & 0o002 != 0 {
        let message =
            "everybody on this machine can write to this file, and so decide what midwatch does; run chmod o-w on it";
        warnings.push(Diagnostic::of_file(file, message).warning());
    }
    Ok(Some(Text { text, shared: others_read(about.permissions().mode()), warnings }))
}

/// Whether others than its owner may read a file that is there.
#[must_use]
pub fn is_shared(file: &Path) -> bool {
    std::fs::metadata(file).is_ok_and(|about| about.is_file() && others_read(about.permissions().mode()))
}

fn others_read(mode: u32) -> bool {
    mode & 0o044 != 0
}

fn failed(file: &Path, error: &std::io::Error) -> Diagnostic {
    Diagnostic::of_file(file, &format!("this file cannot be read: {error}"))
}

fn not_utf8(file: &Path, error: &std::string::FromUtf8Error) -> Diagnostic {
    let good = error.utf8_error().valid_up_to();
    let before = String::from_utf8_lossy(error.as_bytes().get(..good).unwrap_or_default()).into_owned();
    let position = Position::of(&before, before.len());
    Diagnostic::of_file(file, "this byte is not UTF-8; save the file as UTF-8").at(position, "")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_named_file_has_to_exist() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("config.toml");
        assert_eq!(load(&file, false), Ok(None));
        assert!(load(&file, true).unwrap_err().message.contains("no such file"));
        assert!(load(folder.path(), true).unwrap_err().message.contains("folder"));
    }

    #[test]
    fn a_file_that_everybody_may_write_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("config.toml");
        std::fs::write(&file, "read_only = true\n").unwrap();
        let set = |mode| std::fs::set_permissions(&file, std::fs::Permissions::from_mode(mode)).unwrap();
        set(0o644);
        assert_eq!(load(&file, true).unwrap().unwrap().warnings, []);
        set(0o646);
        let warnings = load(&file, true).unwrap().unwrap().warnings;
        assert_eq!(warnings.len(), 1);
        assert!(!warnings[0].is_error());
    }

    #[test]
    fn bytes_that_are_no_text_have_a_place() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("config.toml");
        std::fs::write(&file, b"a = 1\nb = '\xff'\n").unwrap();
        assert_eq!(load(&file, true).unwrap_err().position, Some(Position { line: 2, column: 6 }));
    }
}
