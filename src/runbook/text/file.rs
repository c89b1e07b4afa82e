//! A runbook in a file: a regular one, bounded, read off the task that waits.

use std::fmt;
use std::fs::File;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use super::{LARGEST, PATIENCE, Text};
use crate::domain::{Moment, harmless};

/// Why a file was not read.
#[derive(Debug)]
pub(super) enum Unread {
    /// It is not there.
    Missing(PathBuf),
    /// In words.
    Failed(String),
}

impl fmt::Display for Unread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing(path) => write!(f, "there is no file {}", shown(path)),
            Self::Failed(words) => f.write_str(words),
        }
    }
}

/// Reads a file. Bytes that are no UTF-8 become `U+FFFD`.
pub(super) async fn read(path: &Path) -> Result<Text, Unread> {
    let owned = path.to_owned();
    let reading = tokio::task::spawn_blocking(move || whole(&owned));
    match tokio::time::timeout(PATIENCE, reading).await {
        Ok(Ok(done)) => done,
        Ok(Err(_)) => Err(Unread::Failed(format!("{} was not read: the reader broke off", shown(path)))),
        Err(_) => {
            let seconds = PATIENCE.as_secs();
            let what =
                format!("{} cannot be read: nothing came in {seconds} s; is its file system there?", shown(path));
            Err(Unread::Failed(what))
        }
    }
}

fn whole(path: &Path) -> Result<Text, Unread> {
    let failed = |error: io::Error| match error.kind() {
        io::ErrorKind::NotFound => Unread::Missing(path.to_owned()),
        _ => Unread::Failed(format!("{} cannot be read: {error}; check who may read it", shown(path))),
    };
    // Before it is opened: opening a pipe would wait for somebody to write.
    let told = std::fs::metadata(path).map_err(failed)?;
    if !told.is_file() {
        return Err(Unread::Failed(format!("{} is no regular file; a runbook is a Markdown file", shown(path))));
    }
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(failed)?;
    file.take(LARGEST as u64 + 1).read_to_end(&mut bytes).map_err(failed)?;
    if bytes.len() > LARGEST {
        let what = format!("{} is larger than 1 MiB; split it, a runbook is read at 3 a.m.", shown(path));
        return Err(Unread::Failed(what));
    }
    let dated = told.modified().ok().map(Moment::from);
    Ok(Text { text: String::from_utf8_lossy(&bytes).into_owned(), dated, kept: None })
}

fn shown(path: &Path) -> String {
    harmless::line(&path.to_string_lossy(), 200).into_owned()
}
