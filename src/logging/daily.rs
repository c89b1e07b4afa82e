//! A log file for each day, for its owner alone, and only the newest of them.

use std::fs::{File, OpenOptions, Permissions};
use std::io::{self, Write};
use std::os::unix::fs::{OpenOptionsExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};

use chrono::{NaiveDate, Utc};

const BEGINS: &str = "midwatch.";
const ENDS: &str = ".log";

/// Writes into the file of the day.
#[derive(Debug)]
pub(super) struct Daily {
    folder: PathBuf,
    keep: usize,
    day: NaiveDate,
    file: File,
}

impl Daily {
    /// Opens today's file; of all files, the newest `keep` stay.
    pub fn begin(folder: PathBuf, keep: usize) -> io::Result<Self> {
        let day = Utc::now().date_naive();
        let file = open(&folder, day)?;
        forget_old(&folder, keep);
        Ok(Self { folder, keep, day, file })
    }

    /// Goes on in the file of another day. Where that cannot be opened, the old one is written on.
    fn turn(&mut self, day: NaiveDate) {
        if day != self.day
            && let Ok(file) = open(&self.folder, day)
        {
            (self.file, self.day) = (file, day);
            forget_old(&self.folder, self.keep);
        }
    }
}

impl Write for Daily {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.turn(Utc::now().date_naive());
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

fn open(folder: &Path, day: NaiveDate) -> io::Result<File> {
    let path = folder.join(format!("{BEGINS}{day}{ENDS}"));
    let file = OpenOptions::new().create(true).append(true).mode(0o600).open(path)?;
    // One that stands may have been made with more; somebody else's is theirs to close.
    let _ = file.set_permissions(Permissions::from_mode(0o600));
    Ok(file)
}

/// Removes all but the newest files, by the days in their names. What cannot be removed stays.
fn forget_old(folder: &Path, keep: usize) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    let mut days: Vec<(NaiveDate, PathBuf)> = entries
        .filter_map(Result::ok)
        .filter_map(|entry| {
            let name = entry.file_name().into_string().ok()?;
            let day = name.strip_prefix(BEGINS)?.strip_suffix(ENDS)?.parse().ok()?;
            Some((day, entry.path()))
        })
        .collect();
    days.sort_unstable_by(|a, b| b.cmp(a));
    for (_, path) in days.into_iter().skip(keep) {
        let _ = std::fs::remove_file(path);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<String> =
            std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    #[test]
    fn a_day_has_its_file_and_the_newest_stay() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["midwatch.2026-01-01.log", "midwatch.2026-01-02.log", "midwatch.notes.log"] {
            std::fs::write(folder.path().join(name), "old").unwrap();
        }
        let mut log = Daily::begin(folder.path().to_owned(), 2).unwrap();
        let today = format!("midwatch.{}.log", log.day);
        assert_eq!(names(folder.path()), ["midwatch.2026-01-02.log", today.as_str(), "midwatch.notes.log"]);
        log.turn("2999-12-31".parse().unwrap());
        log.file.write_all(b"later\n").unwrap();
        assert_eq!(names(folder.path()), [today.as_str(), "midwatch.2999-12-31.log", "midwatch.notes.log"]);
        let later = std::fs::read_to_string(folder.path().join("midwatch.2999-12-31.log")).unwrap();
        assert_eq!(later, "later\n");
    }

    #[test]
    fn a_file_is_for_its_owner_alone_whatever_it_was_before() {
        let folder = tempfile::tempdir().unwrap();
        let day = "2026-11-21".parse().unwrap();
        let path = folder.path().join("midwatch.2026-11-21.log");
        let mode = || std::fs::metadata(&path).unwrap().permissions().mode() & 0o777;
        drop(open(folder.path(), day).unwrap());
        assert_eq!(mode(), 0o600);
        std::fs::set_permissions(&path, Permissions::from_mode(0o664)).unwrap();
        drop(open(folder.path(), day).unwrap());
        assert_eq!(mode(), 0o600);
    }
}
