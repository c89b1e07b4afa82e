//! Why the store could not do something, as a kind that decides what happens next and words for people.

use std::fmt;
use std::path::Path;
use std::time::Duration;

use super::Notice;
use super::change::Replaced;
use crate::domain::harmless;

/// What kind of failure it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum StoreErrorKind {
    /// The folder or the file may not be read or written, or is not there.
    NoAccess,
    /// The disk or the quota is full.
    Full,
    /// Another process held the file for longer than midwatch waits.
    Busy,
    /// What is in the file cannot be read as a database.
    Corrupt,
    /// The database is whole, but a row holds what midwatch never writes.
    Unreadable,
    /// A newer midwatch wrote it.
    Newer,
    /// It is a database, but not one of midwatch.
    Foreign,
    /// The file was moved, removed or replaced while it was open.
    Replaced,
    /// The disk does not do what it is told.
    Disk,
    /// The database refused what was asked: a rule of its tables.
    Refused,
    /// A fault of midwatch itself.
    Internal,
}

impl StoreErrorKind {
    /// Whether the same call may work a moment later.
    #[must_use]
    pub fn is_transient(self) -> bool {
        matches!(self, Self::Busy | Self::Full | Self::Disk)
    }

    fn advice(self) -> &'static str {
        match self {
            Self::NoAccess => {
                "make the folder and the file writable for this user, or name another file in [store] url"
            }
            Self::Full => "free space on this disk, or name a file on another one in [store] url",
            Self::Busy => "another midwatch is writing, or the file is on a network disk; try again",
            Self::Corrupt => "start midwatch again: it sets the file aside and begins a new one",
            Self::Unreadable => "somebody else wrote to it: look at it with sqlite3, or move the file away",
            Self::Newer => "use the newer midwatch, or name another file in [store] url",
            Self::Foreign => "name another file in [store] url",
            Self::Replaced => "start midwatch again: what is written now would be lost",
            Self::Disk => "look at the disk and at the kernel's log",
            Self::Refused | Self::Internal => "this is a fault of midwatch: please report it",
        }
    }
}

/// A failure: what failed and where, and what to do. Its text is harmless.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoreError {
    /// The kind.
    pub kind: StoreErrorKind,
    /// What failed and where, in one line.
    pub what: String,
    /// What to do about it.
    pub advice: String,
    /// What had happened before it failed and is not undone: where a damaged file is now.
    pub notices: Vec<Notice>,
}

/// The longest text of an error, in characters.
const LONGEST: usize = 400;

impl StoreError {
    pub(super) fn new(kind: StoreErrorKind, what: &str) -> Self {
        let what = harmless::line(what, LONGEST).into_owned();
        Self { kind, what, advice: kind.advice().to_owned(), notices: Vec::new() }
    }

    /// "could not {doing} in {path}: {error}".
    pub(super) fn of(doing: &str, path: Option<&Path>, error: &sqlx::Error) -> Self {
        let kind = kind_of(error);
        let why = match error {
            sqlx::Error::Database(error) => error.message().to_owned(),
            sqlx::Error::PoolTimedOut => "the calls before it did not end in time".to_owned(),
            sqlx::Error::Configuration(error) => error.to_string(),
            other => other.to_string(),
        };
        Self::new(kind, &format!("could not {doing} in {}: {why}", place(path)))
    }

    pub(super) fn late(doing: &str, path: Option<&Path>, after: Duration) -> Self {
        let what = format!("could not {doing} in {} within {} s", place(path), after.as_secs());
        Self::new(StoreErrorKind::Busy, &what)
    }

    /// "could not {doing} {path}: {error}".
    pub(super) fn io(doing: &str, path: &Path, error: &std::io::Error) -> Self {
        use std::io::ErrorKind as Io;
        let kind = match error.kind() {
            Io::StorageFull | Io::QuotaExceeded => StoreErrorKind::Full,
            Io::TimedOut | Io::WouldBlock => StoreErrorKind::Busy,
            Io::NotFound
            | Io::PermissionDenied
            | Io::ReadOnlyFilesystem
            | Io::NotADirectory
            | Io::IsADirectory
            | Io::AlreadyExists => StoreErrorKind::NoAccess,
            _ => StoreErrorKind::Disk,
        };
        Self::new(kind, &format!("could not {doing} {}: {error}", path.display()))
    }
}

fn place(path: Option<&Path>) -> String {
    path.map_or_else(|| "the store in memory".to_owned(), |path| path.display().to_string())
}

/// The kind of a database's error, from `SQLite`'s result codes <https://www.sqlite.org/rescode.html>.
pub(super) fn kind_of(error: &sqlx::Error) -> StoreErrorKind {
    /// `SQLITE_IOERR_SHMSIZE`: the shared index of the WAL could not grow.
    const SHM_SIZE: i64 = 4874;
    let database = match error {
        sqlx::Error::Database(database) => database,
        sqlx::Error::PoolTimedOut => return StoreErrorKind::Busy,
        sqlx::Error::Configuration(error) if error.is::<Replaced>() => return StoreErrorKind::Replaced,
        sqlx::Error::Io(_) => return StoreErrorKind::Disk,
        sqlx::Error::ColumnDecode { .. } | sqlx::Error::Decode(_) => return StoreErrorKind::Unreadable,
        _ => return StoreErrorKind::Internal,
    };
    let Some(code) = database.code().and_then(|code| code.parse::<i64>().ok()) else {
        return StoreErrorKind::Internal;
    };
    match code & 0xff {
        _ if code == SHM_SIZE => StoreErrorKind::Full,
        // PERM, READONLY, CANTOPEN, AUTH
        3 | 8 | 14 | 23 => StoreErrorKind::NoAccess,
        // BUSY, LOCKED, PROTOCOL (a race for the WAL's locks)
        5 | 6 | 15 => StoreErrorKind::Busy,
        10 => StoreErrorKind::Disk,
        // CORRUPT, NOTADB
        11 | 26 => StoreErrorKind::Corrupt,
        13 => StoreErrorKind::Full,
        19 => StoreErrorKind::Refused,
        _ => StoreErrorKind::Internal,
    }
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}; {}", self.what, self.advice)?;
        self.notices.iter().try_for_each(|notice| write!(f, "; before that, {}", notice.so_far()))
    }
}

impl std::error::Error for StoreError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_what_where_and_what_to_do() {
        let io = std::io::Error::from(std::io::ErrorKind::StorageFull);
        let error = StoreError::io("write", Path::new("/state/\u{1b}[31mx"), &io);
        assert_eq!(error.kind, StoreErrorKind::Full);
        assert_eq!(
            error.to_string(),
            "could not write /state/x: no storage space; free space on this disk, or name a file on another one in [store] url"
        );
    }

    #[test]
    fn what_had_happened_before_is_told_with_it() {
        let mut error = StoreError::new(StoreErrorKind::Full, "could not open the store");
        let why = "no database".to_owned();
        error.notices.push(Notice::SetAside { kept: "/state/midwatch.db.corrupt-1".into(), why });
        let words = error.to_string();
        let kept = "before that, the store was damaged (no database); it was kept as /state/midwatch.db.corrupt-1";
        assert!(words.ends_with(kept), "a new one was not begun: {words}");
    }
}
