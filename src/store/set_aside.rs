//! Moves a file that is no database any more out of the way, with what belongs to it, and loses nothing.

use std::ffi::OsString;
use std::io;
use std::path::{Path, PathBuf};

use crate::domain::Moment;

/// Moves the database and its `-wal` and `-shm` to `<name>.corrupt-<time>…` and returns the new name.
pub(super) fn set_aside(path: &Path, now: Moment) -> io::Result<PathBuf> {
    let aside = free_name(path, now);
    // The log first: should the process die in between, the next one still finds the corrupt file.
    for suffix in ["-wal", "-shm", ""] {
        match std::fs::rename(with_suffix(path, suffix), with_suffix(&aside, suffix)) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            other => other?,
        }
    }
    Ok(aside)
}

/// A name beside the database that is not taken.
pub(super) fn free_name(path: &Path, now: Moment) -> PathBuf {
    let stamp = now.format("%Y%m%dT%H%M%S%3fZ");
    let name = |count: u32| match count {
        0 => with_suffix(path, &format!(".corrupt-{stamp}")),
        _ => with_suffix(path, &format!(".corrupt-{stamp}-{count}")),
    };
    (0..100).map(name).find(|name| !name.exists()).unwrap_or_else(|| name(100))
}

/// The path with something added to its last part.
pub(super) fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = OsString::from(path);
    name.push(suffix);
    PathBuf::from(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_is_moved_and_nothing_is_overwritten() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("midwatch.db");
        let mut names = Vec::new();
        for text in ["one", "two"] {
            std::fs::write(&path, text).unwrap();
            std::fs::write(with_suffix(&path, "-wal"), text).unwrap();
            names.push(set_aside(&path, Moment::UNIX_EPOCH).unwrap());
            assert!(!path.exists() && !with_suffix(&path, "-wal").exists());
        }
        assert_eq!(names[0], dir.path().join("midwatch.db.corrupt-19700101T000000000Z"));
        for (name, text) in names.iter().zip(["one", "two"]) {
            assert_eq!(std::fs::read_to_string(name).unwrap(), text);
            assert_eq!(std::fs::read_to_string(with_suffix(name, "-wal")).unwrap(), text);
        }
    }
}
