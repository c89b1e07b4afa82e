//! What `SQLite` would pass over in silence when it opens a file: that there is nothing in it, and that the log of its
//! last changes cannot be read. Looked at before, told, and kept.

use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use super::Notice;
use super::set_aside::{self, with_suffix};
use crate::domain::Moment;

/// How a log of changes begins, in either order of bytes <https://www.sqlite.org/fileformat.html#walformat>.
const LOG: [[u8; 4]; 2] = [0x377f_0682_u32.to_be_bytes(), 0x377f_0683_u32.to_be_bytes()];

/// Looks at a file that is about to be opened. Nothing that can be read is touched.
pub(super) fn inspect(path: &Path, now: Moment) -> io::Result<Option<Notice>> {
    let Some(size) = size(path)? else { return Ok(None) };
    let log = with_suffix(path, "-wal");
    let logged = self::size(&log)?.unwrap_or(0);
    match (size, logged) {
        (0, 0) => Ok(Some(Notice::Empty { path: path.to_owned() })),
        // SQLite would take the log away: it may hold what was in the file.
        (0, _) => {
            let why = "it is empty, and the log of its last changes is not".to_owned();
            Ok(Some(Notice::SetAside { kept: set_aside::set_aside(path, now)?, why }))
        }
        (_, 0) => Ok(None),
        _ if is_log(&log)? => Ok(None),
        // Copied, not moved: another process may have it open.
        _ => Ok(Some(Notice::LogLost { kept: copy(path, &log, now)? })),
    }
}

fn size(path: &Path) -> io::Result<Option<u64>> {
    match std::fs::metadata(path) {
        Ok(found) => Ok(Some(found.len())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// Not the database itself: closing that again would end the locks that `SQLite` holds on it in this process.
fn is_log(log: &Path) -> io::Result<bool> {
    let mut begins = Vec::new();
    std::fs::File::open(log)?.take(4).read_to_end(&mut begins)?;
    Ok(LOG.iter().any(|magic| begins == magic))
}

fn copy(path: &Path, log: &Path, now: Moment) -> io::Result<PathBuf> {
    let kept = with_suffix(&set_aside::free_name(path, now), "-wal");
    std::fs::copy(log, &kept)?;
    Ok(kept)
}
