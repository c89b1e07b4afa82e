//! The source tree as files with tokens.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use super::tokens::{self, Token};

/// One file.
#[derive(Debug, Clone)]
pub(super) struct File {
    /// Its path from `src/`, with `/`.
    pub(super) path: String,
    /// What it holds.
    pub(super) text: String,
    /// The same as tokens.
    pub(super) tokens: Vec<Token>,
}

impl File {
    /// The module it is: `app/update/news.rs` is `app`, `update`, `news`.
    pub(super) fn module(&self) -> Vec<String> {
        match self.path.strip_suffix(".rs").unwrap_or(&self.path) {
            "lib" => Vec::new(),
            module => module.split('/').map(str::to_owned).collect(),
        }
    }

    /// The room it stands in.
    pub(super) fn room(&self) -> &str {
        let room = self.path.split('/').next().unwrap_or_default();
        room.strip_suffix(".rs").unwrap_or(room)
    }

    /// Whether it belongs to a place: `source/http` is `source/http.rs` and all below `source/http/`.
    pub(super) fn is_in(&self, place: &str) -> bool {
        self.path.strip_prefix(place).is_some_and(|rest| rest == ".rs" || rest.starts_with('/'))
    }

    /// The tokens that ship.
    pub(super) fn shipped(&self) -> impl Iterator<Item = (usize, &Token)> {
        self.tokens.iter().enumerate().filter(|(_, token)| !token.test)
    }
}

/// A source tree.
#[derive(Debug, Clone)]
pub(super) struct Tree {
    pub(super) files: Vec<File>,
}

impl Tree {
    /// The tree of this project.
    pub(super) fn of_the_house() -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
        let mut found = Vec::new();
        collect(&root, "", &mut found);
        assert!(found.len() > 100, "the source of the house is not at {}", root.display());
        Self::of(found)
    }

    /// A tree of paths and texts.
    pub(super) fn of(files: impl IntoIterator<Item = (String, String)>) -> Self {
        let file = |(path, text): (String, String)| File { tokens: tokens::read(&text), path, text };
        let mut files: Vec<File> = files.into_iter().map(file).collect();
        mark_test_files(&mut files);
        Self { files }
    }

    /// A tree of one planted file.
    pub(super) fn planted(path: &str, text: &str) -> Self {
        Self::of([(path.to_owned(), text.to_owned())])
    }
}

fn collect(folder: &Path, prefix: &str, found: &mut Vec<(String, String)>) {
    let mut entries: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap()).collect();
    entries.sort_by_key(std::fs::DirEntry::file_name);
    for entry in entries {
        let path = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            collect(&entry.path(), &format!("{path}/"), found);
        } else if entry.path().extension().is_some_and(|kind| kind == "rs") {
            found.push((path, fs::read_to_string(entry.path()).unwrap()));
        }
    }
}

/// A module that its parent declares under `#[cfg(test)]` is test code, with all modules below it.
fn mark_test_files(files: &mut [File]) {
    let mut modules: BTreeSet<Vec<String>> = BTreeSet::new();
    for file in &*files {
        for (at, token) in file.tokens.iter().enumerate().filter(|(_, token)| token.test && token.is("mod")) {
            if let [name, end] = &file.tokens[at + 1..(at + 3).min(file.tokens.len())]
                && end.is(";")
            {
                debug_assert!(token.test);
                modules.insert([file.module(), vec![name.text.clone()]].concat());
            }
        }
    }
    for file in files {
        let module = file.module();
        if modules.iter().any(|test| module.starts_with(test)) {
            file.tokens.iter_mut().for_each(|token| token.test = true);
        }
    }
}
