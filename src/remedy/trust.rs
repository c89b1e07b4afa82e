//! Whether commands of a file may be run: only if nobody but this user and root can change what it says.
//!
//! As sshd does with its keys (`StrictModes`): owner and mode of the file and of every folder above it, where it really
//! is and where it is named. Access lists need no look of their own: their mask shows in the group's bits.

use std::fmt::Write as _;
use std::fs::Metadata;
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};

use nix::unistd::{Gid, Group, Uid, User};
use sha2::{Digest as _, Sha256};

/// Checks the owner and the mode of a file and of the folders above it.
///
/// # Errors
/// In words, who else can write what, and what to do.
pub fn check(path: &Path) -> Result<(), String> {
    let unseen = |error: std::io::Error| format!("cannot look at {}: {error}", path.display());
    let named = std::path::absolute(path).map_err(unseen)?;
    // Where links lead; what is checked is what is read.
    let real = path.canonicalize().map_err(unseen)?;
    let mut places = vec![real.clone()];
    places.extend(ways(&named).map_err(unseen)?);
    let me = nix::unistd::geteuid().as_raw();
    for place in places {
        let seen = Seen::of(&place.metadata().map_err(unseen)?);
        let is_file = place == real;
        if let Some(wrong) = seen.wrong(is_file, me) {
            let what = if is_file { place.display().to_string() } else { format!("the folder {}", place.display()) };
            return Err(told(&what, &wrong, &seen, &place, path));
        }
    }
    Ok(())
}

/// Every folder on the way to a file that is there, also those that hold a link on it: whoever may write one of them may
/// turn the link.
fn ways(file: &Path) -> std::io::Result<Vec<PathBuf>> {
    let mut folders = Vec::new();
    let mut paths = vec![file.to_owned()];
    while let Some(path) = paths.pop() {
        for place in path.ancestors() {
            if let (true, Some(folder)) = (place.is_symlink(), place.parent()) {
                paths.push(folder.join(place.read_link()?));
            }
        }
        folders.extend(path.ancestors().skip(1).map(Path::to_owned));
    }
    Ok(folders)
}

/// SHA-256 of a content, 64 hexadecimal digits: what is accepted.
#[must_use]
pub fn hash(content: &[u8]) -> String {
    Sha256::digest(content).iter().fold(String::with_capacity(64), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// What decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Seen {
    mode: u32,
    owner: u32,
    group: u32,
}

/// What is wrong with a place.
#[derive(Debug, PartialEq, Eq)]
enum Wrong {
    NotAFile,
    /// It belongs to somebody else.
    Owner,
    /// Others can write it: the group, everybody.
    Writable {
        group: bool,
        everybody: bool,
    },
}

impl Seen {
    fn of(metadata: &Metadata) -> Self {
        Self { mode: metadata.mode(), owner: metadata.uid(), group: metadata.gid() }
    }

    /// What is wrong with it, for the user with this number.
    fn wrong(self, is_file: bool, me: u32) -> Option<Wrong> {
        const KIND: u32 = 0o170_000;
        const REGULAR: u32 = 0o100_000;
        const STICKY: u32 = 0o1000;
        if is_file && self.mode & KIND != REGULAR {
            return Some(Wrong::NotAFile);
        }
        if self.owner != 0 && self.owner != me {
            return Some(Wrong::Owner);
        }
        // In a sticky folder only the owner of an entry replaces it, and the entry is checked too.
        if !is_file && self.mode & STICKY != 0 {
            return None;
        }
        let (group, everybody) = (self.mode & 0o020 != 0, self.mode & 0o002 != 0);
        (group || everybody).then_some(Wrong::Writable { group, everybody })
    }
}

/// In words, and what to do.
fn told(what: &str, wrong: &Wrong, seen: &Seen, place: &Path, file: &Path) -> String {
    let mode = seen.mode & 0o7777;
    let accept = format!("or accept its content: midwatch remedy accept {}", quoted(file));
    match wrong {
        Wrong::NotAFile => format!("{what} is no regular file; commands are only taken from one"),
        Wrong::Owner => {
            let owner = user(seen.owner);
            format!(
                "{what} belongs to {owner}, who can change what it says: take it over (chown {} {}), {accept}",
                nix::unistd::geteuid(),
                quoted(place)
            )
        }
        Wrong::Writable { group, everybody } => {
            let who = if *everybody { "everybody".to_owned() } else { group_name(seen.group) };
            let whose = if *group && !*everybody { "the group " } else { "" };
            format!("{what} can be written by {whose}{who} (mode {mode:04o}): chmod go-w {}, {accept}", quoted(place))
        }
    }
}

/// A path as a shell takes it.
fn quoted(path: &Path) -> String {
    let text = path.display().to_string();
    let is_plain = |character: char| character.is_alphanumeric() || "/._-+@%,:=".contains(character);
    if text.chars().all(is_plain) { text } else { format!("'{}'", text.replace('\'', r"'\''")) }
}

fn user(number: u32) -> String {
    let known = User::from_uid(Uid::from_raw(number)).ok().flatten();
    known.map_or_else(|| format!("the user {number}"), |user| format!("the user '{}'", user.name))
}

fn group_name(number: u32) -> String {
    let known = Group::from_gid(Gid::from_raw(number)).ok().flatten();
    known.map_or_else(|| number.to_string(), |group| format!("'{}'", group.name))
}

#[cfg(test)]
mod tests;
