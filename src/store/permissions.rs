//! The store's folder is for its owner alone (0700), and so are its files (0600).

use std::fs::{DirBuilder, OpenOptions, Permissions};
use std::io;
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _, PermissionsExt as _};
use std::path::Path;

/// Makes a folder that only its owner may enter. One that stands already is left as it is: it may hold
/// other things; what midwatch puts there is closed file by file.
pub(super) fn own_folder(folder: &Path) -> io::Result<()> {
    DirBuilder::new().recursive(true).mode(0o700).create(folder)
}

/// Makes a file that only its owner may read or write, unless it stands already; then it is closed to others,
/// if it is ours. A file that stands is never opened here: closing it again would end the locks that `SQLite`
/// holds on it in this process <https://www.sqlite.org/howtocorrupt.html#_posix_advisory_locks_canceled_by_a_separate_thread_doing_close_>.
pub(super) fn own_file(path: &Path) -> io::Result<()> {
    match OpenOptions::new().write(true).create_new(true).mode(0o600).open(path) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => close_to_others(path),
        other => other.map(drop),
    }
}

/// Takes away what others may do with a file that stands.
fn close_to_others(path: &Path) -> io::Result<()> {
    let mode = std::fs::metadata(path)?.permissions().mode();
    set_mode(path, mode & !0o077)
}

/// Gives the files that `SQLite` keeps beside a database the rights of the database. They are made with them,
/// but stay behind if the database's are changed: a `-shm` that may only be read makes a store that may be.
pub(super) fn follow(database: &Path, beside: &Path) -> io::Result<()> {
    let mode = std::fs::metadata(database)?.permissions().mode();
    set_mode(beside, mode)
}

fn set_mode(path: &Path, mode: u32) -> io::Result<()> {
    let change = || {
        if std::fs::metadata(path)?.permissions().mode() == mode {
            return Ok(());
        }
        std::fs::set_permissions(path, Permissions::from_mode(mode))
    };
    match change() {
        // Somebody else's file that we may use: theirs to close. One that is gone needs nothing.
        Err(error) if matches!(error.kind(), io::ErrorKind::PermissionDenied | io::ErrorKind::NotFound) => Ok(()),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mode(path: &Path) -> u32 {
        std::fs::metadata(path).unwrap().permissions().mode() & 0o777
    }

    #[test]
    fn what_is_made_is_for_its_owner_alone() {
        let dir = tempfile::tempdir().unwrap();
        let folder = dir.path().join("a/b");
        own_folder(&folder).unwrap();
        assert_eq!((mode(&folder), mode(&dir.path().join("a"))), (0o700, 0o700));
        let file = folder.join("x");
        std::fs::write(&file, "kept").unwrap();
        std::fs::set_permissions(&file, Permissions::from_mode(0o644)).unwrap();
        own_file(&file).unwrap();
        assert_eq!((mode(&file), std::fs::read_to_string(&file).unwrap().as_str()), (0o600, "kept"));
        let new = folder.join("y");
        own_file(&new).unwrap();
        assert_eq!(mode(&new), 0o600);
    }
}
