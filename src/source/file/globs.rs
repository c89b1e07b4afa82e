//! Finds files by patterns: `*` and `?` within a name, `**` for folders of any depth. As in a shell, neither
//! matches the dot at the beginning of a hidden name.

use std::ffi::OsString;
use std::fs;
use std::os::unix::fs::FileTypeExt as _;
use std::path::{Path, PathBuf};

use crate::domain::harmless;

/// The most entries of folders that are looked at in one search.
pub const MOST_ENTRIES: usize = 20_000;
/// How deep `**` goes.
const DEEPEST: usize = 16;
/// Archives of rotated files: they are found by `app.log*` but are no text.
const PACKED: [&str; 9] = ["gz", "xz", "bz2", "zst", "zip", "lz4", "lzma", "Z", "tgz"];

/// A pattern, cut at the slashes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pattern {
    root: PathBuf,
    parts: Vec<Part>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    Name(String),
    Wild(Vec<char>),
    AnyDepth,
}

impl Pattern {
    /// Takes a pattern as it is written.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let root = PathBuf::from(if text.starts_with('/') { "/" } else { "" });
        let mut parts: Vec<Part> = text.split('/').filter(|part| !part.is_empty()).map(Part::new).collect();
        if parts.last() == Some(&Part::AnyDepth) {
            parts.push(Part::Wild(vec!['*']));
        }
        parts.dedup_by(|a, b| *a == Part::AnyDepth && *b == Part::AnyDepth);
        Self { root, parts }
    }

    /// Whether it names one file.
    #[must_use]
    pub fn is_plain(&self) -> bool {
        self.parts.iter().all(|part| matches!(part, Part::Name(_)))
    }

    /// The files that match, in no order. `entries` counts down what may still be looked at. In a name that is no text,
    /// what cannot be read counts as characters of their own.
    pub fn find(&self, entries: &mut usize) -> Vec<PathBuf> {
        let mut found = Vec::new();
        expand(&self.root, &self.parts, 0, entries, &mut found);
        if !self.is_plain() {
            found.retain(|path| {
                let packed = path.extension().and_then(|extension| extension.to_str());
                packed.is_none_or(|extension| !PACKED.contains(&extension))
            });
        }
        found
    }
}

impl Part {
    fn new(text: &str) -> Self {
        if text == "**" {
            Self::AnyDepth
        } else if text.contains(['*', '?']) {
            Self::Wild(text.chars().collect())
        } else {
            Self::Name(text.to_owned())
        }
    }
}

/// Why a pattern finds no file, and where it names one thing, what that is.
pub fn why_none(text: &str, pattern: &Pattern) -> String {
    let shown = harmless::line(text, 200);
    if !pattern.is_plain() {
        return format!("no file matches {shown}");
    }
    match fs::metadata(text) {
        Ok(told) if told.is_dir() => format!("{shown} is a folder; name its files, such as {shown}/*.log"),
        Ok(told) if told.file_type().is_fifo() => format!("{shown} is a FIFO, which cannot be followed"),
        Ok(_) => format!("{shown} is no regular file"),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => format!("no file matches {shown}"),
        Err(error) => format!("{shown}: {error}"),
    }
}

fn expand(base: &Path, parts: &[Part], depth: usize, entries: &mut usize, found: &mut Vec<PathBuf>) {
    let Some((part, rest)) = parts.split_first() else {
        if fs::metadata(base).is_ok_and(|told| told.is_file()) {
            found.push(base.to_owned());
        }
        return;
    };
    match part {
        Part::Name(name) => expand(&base.join(name), rest, depth, entries, found),
        Part::Wild(pattern) => {
            for (name, _) in list(base, entries) {
                if matches(pattern, &name.to_string_lossy()) {
                    expand(&base.join(&name), rest, depth, entries, found);
                }
            }
        }
        Part::AnyDepth => {
            expand(base, rest, depth, entries, found);
            // Links to folders are not followed: they may lead back up.
            for (name, is_folder) in list(base, entries) {
                if is_folder && !name.as_encoded_bytes().starts_with(b".") && depth < DEEPEST {
                    expand(&base.join(&name), parts, depth + 1, entries, found);
                }
            }
        }
    }
}

/// Names in a folder and whether they are folders.
fn list(folder: &Path, entries: &mut usize) -> Vec<(OsString, bool)> {
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let Ok(read) = fs::read_dir(folder) else { return Vec::new() };
    let mut names = Vec::new();
    for entry in read.flatten() {
        let Some(left) = entries.checked_sub(1) else { break };
        *entries = left;
        names.push((entry.file_name(), entry.file_type().is_ok_and(|kind| kind.is_dir())));
    }
    names
}

/// Whether a name matches; linear but for the last `*`, which is tried again further on.
fn matches(pattern: &[char], name: &str) -> bool {
    let name: Vec<char> = name.chars().collect();
    if name.first() == Some(&'.') && pattern.first() != Some(&'.') {
        return false;
    }
    let (mut p, mut n, mut star) = (0, 0, None);
    while let Some(character) = name.get(n) {
        match pattern.get(p) {
            Some('*') => {
                star = Some((p, n));
                p += 1;
            }
            Some(wanted) if *wanted == '?' || wanted == character => {
                p += 1;
                n += 1;
            }
            _ => match star {
                Some((at, begun)) => {
                    star = Some((at, begun + 1));
                    (p, n) = (at + 1, begun + 1);
                }
                None => return false,
            },
        }
    }
    pattern.get(p..).is_some_and(|left| left.iter().all(|wanted| *wanted == '*'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn is_match(pattern: &str, name: &str) -> bool {
        matches(&pattern.chars().collect::<Vec<_>>(), name)
    }

    #[test]
    fn stars_and_question_marks() {
        for (pattern, name) in
            [("*.log", "a.log"), ("a*b*c", "aXbYbc"), ("?", "ä"), ("*", "x"), ("a**", "a"), (".*", ".x")]
        {
            assert!(is_match(pattern, name), "{pattern} {name}");
        }
        for (pattern, name) in [("*.log", "a.log.1"), ("?", ""), ("?", "ab"), ("*", ".hidden"), ("a*b", "ac")] {
            assert!(!is_match(pattern, name), "{pattern} {name}");
        }
    }

    #[test]
    fn files_in_folders() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().to_str().unwrap();
        for name in ["a.log", "b.log", "b.log.gz", "x/c.log", "x/y/d.log", "x/.z/e.log", "note.txt"] {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "x").unwrap();
        }
        let find = |pattern: &str| {
            let mut left = MOST_ENTRIES;
            let mut found = Pattern::new(&format!("{root}/{pattern}")).find(&mut left);
            found.sort();
            found.iter().map(|path| path.strip_prefix(root).unwrap().to_str().unwrap().to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(find("*.log"), ["a.log", "b.log"]);
        assert_eq!(find("b.log*"), ["b.log"]);
        assert_eq!(find("b.log.gz"), ["b.log.gz"]);
        assert_eq!(find("**/*.log"), ["a.log", "b.log", "x/c.log", "x/y/d.log"]);
        assert_eq!(find("x/?/d.log"), ["x/y/d.log"]);
        assert_eq!(find("x"), Vec::<String>::new());
        let mut few = 2;
        Pattern::new(&format!("{root}/**")).find(&mut few);
        assert_eq!(few, 0);
    }

    proptest! {
        #[test]
        fn a_pattern_matches_as_its_regular_expression(pattern in "[ab*?]{0,8}", name in "[ab]{0,8}") {
            let expression = format!("^{}$", pattern.replace('*', ".*").replace('?', "."));
            let expected = regex::Regex::new(&expression).unwrap().is_match(&name);
            prop_assert_eq!(is_match(&pattern, &name), expected);
        }
    }
}
