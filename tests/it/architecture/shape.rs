//! How large a file may grow, and how it begins.

use super::source::Tree;

/// The most lines of the median file.
pub(super) const MEDIAN: usize = 120;
/// The most lines of a file that says why.
const MOST: usize = 600;
/// The most lines of any other.
const PLAIN: usize = 400;
/// Files over [`PLAIN`] lines, each with the reason.
const LONG: &[(&str, &str)] = &[];

/// Every file that is too long, stands in the wrong place or does not say what it is.
pub(super) fn broken(tree: &Tree) -> Vec<String> {
    let mut found = Vec::new();
    for file in &tree.files {
        let lines = file.text.lines().count();
        let reason = LONG.iter().any(|(path, reason)| *path == file.path && !reason.is_empty());
        if lines > MOST || (lines > PLAIN && !reason) {
            found.push(format!(
                "src/{}: {lines} lines; over {PLAIN} needs a reason, over {MOST} is too long",
                file.path
            ));
        }
        if lines <= PLAIN && reason {
            found.push(format!("src/{}: {lines} lines need no reason any more", file.path));
        }
        if !file.text.starts_with("//!") {
            found.push(format!("src/{}: does not begin by saying what lives there ('//!')", file.path));
        }
        if file.path.ends_with("mod.rs") {
            found.push(format!("src/{}: a folder's module stands beside it, not in mod.rs", file.path));
        }
    }
    found
}

/// The lines of the median file.
pub(super) fn median(tree: &Tree) -> usize {
    let mut lines: Vec<usize> = tree.files.iter().map(|file| file.text.lines().count()).collect();
    lines.sort_unstable();
    lines[lines.len() / 2]
}
