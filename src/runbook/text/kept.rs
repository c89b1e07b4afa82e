//! Kept answers of addresses: for when the wiki is down at the same time as everything else.

use std::fs::{self, File};
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};

use chrono::TimeDelta;
use sha2::{Digest as _, Sha256};

use super::LARGEST;
use crate::domain::Moment;

/// The most answers that are kept.
const MOST: usize = 200;
/// How long one is kept.
const OLDEST: TimeDelta = TimeDelta::days(180);
/// What the names of kept answers end with.
const ENDING: &str = "md";

/// An answer that was kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Kept {
    /// What it says.
    pub text: String,
    /// When it was fetched.
    pub at: Moment,
}

/// The kept answer of an address, if there is one.
pub(super) fn find(cache: &Path, address: &str) -> Option<Kept> {
    let path = place(cache, address);
    if !fs::symlink_metadata(&path).ok()?.is_file() {
        return None;
    }
    let mut bytes = Vec::new();
    let file = File::open(&path).ok()?;
    let at = Moment::from(file.metadata().ok()?.modified().ok()?);
    file.take(LARGEST as u64).read_to_end(&mut bytes).ok()?;
    Some(Kept { text: String::from_utf8_lossy(&bytes).into_owned(), at })
}

/// Keeps an answer, for this operator's eyes alone, and lets old ones go.
pub(super) fn keep(cache: &Path, address: &str, text: &str, now: Moment) -> io::Result<()> {
    folder(cache)?;
    let path = place(cache, address);
    // Whole or not at all: another midwatch may be reading it, or writing the same.
    let made = cache.join(format!(".{}.{}", std::process::id(), path.file_name().unwrap_or_default().display()));
    let written = write(&made, text, now).and_then(|()| fs::rename(&made, &path));
    if written.is_err() {
        let _ = fs::remove_file(&made);
    }
    forget_old(cache, now)?;
    written
}

fn place(cache: &Path, address: &str) -> PathBuf {
    cache.join(format!("{:x}.{ENDING}", Sha256::digest(address.as_bytes())))
}

/// The folder, made for its owner alone.
fn folder(cache: &Path) -> io::Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::{DirBuilderExt as _, PermissionsExt as _};
        let above = cache.parent().unwrap_or(cache);
        fs::DirBuilder::new().recursive(true).mode(0o700).create(above)?;
        match fs::DirBuilder::new().mode(0o700).create(cache) {
            Err(error) if error.kind() != io::ErrorKind::AlreadyExists => return Err(error),
            _ => fs::set_permissions(cache, fs::Permissions::from_mode(0o700))?,
        }
    }
    #[cfg(not(unix))]
    fs::create_dir_all(cache)?;
    Ok(())
}

fn write(path: &Path, text: &str, now: Moment) -> io::Result<()> {
    // One that a midwatch of the same number left behind.
    let _ = fs::remove_file(path);
    let mut options = File::options();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    file.write_all(text.as_bytes())?;
    file.set_modified(now.into())
}

/// Removes what is too old, and the oldest of too many. Other files are left alone.
fn forget_old(cache: &Path, now: Moment) -> io::Result<()> {
    let mut known: Vec<(Moment, PathBuf)> = fs::read_dir(cache)?
        .filter_map(Result::ok)
        .filter(|entry| entry.path().extension().is_some_and(|ending| ending == ENDING))
        .filter_map(|entry| Some((Moment::from(entry.metadata().ok()?.modified().ok()?), entry.path())))
        .collect();
    known.sort_unstable_by(|a, b| b.cmp(a));
    for (at, (dated, path)) in known.iter().enumerate() {
        if at >= MOST || now - *dated > OLDEST {
            fs::remove_file(path)?;
        }
    }
    Ok(())
}
