//! Reads a TOML document key by key and notes every problem instead of stopping at the first.
//!
//! What lives here: the [`Page`] (one file and what is wrong in it) and the [`Table`] (one table of it).
//! What must not: the meaning of any key; that is [`super::file`]'s.

pub mod item;
pub mod mention;

use std::cell::RefCell;
use std::ops::Range;
use std::path::{Path, PathBuf};

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::diagnostic::{Diagnostic, Position};
use super::schema;
pub use item::Item;
pub use mention::{Mention, Sort};

/// One file, and what is wrong in it so far.
#[derive(Debug)]
pub struct Page<'a> {
    file: &'a Path,
    text: &'a str,
    folder: PathBuf,
    home: &'a Path,
    /// Whether the text is no good TOML. What is missing may then be only what could not be read, so nothing
    /// that follows from an absence is noted.
    broken: bool,
    found: RefCell<Vec<Diagnostic>>,
    mentions: RefCell<Vec<Mention>>,
}

impl<'a> Page<'a> {
    /// Parses a text as far as it can be parsed and notes its syntax errors. Relative paths in it belong to
    /// the folder of `file`.
    #[must_use]
    pub fn open(file: &'a Path, text: &'a str, home: &'a Path) -> (Self, Spanned<DeTable<'a>>) {
        let (root, errors) = DeTable::parse_recoverable(text);
        let folder = file
            .parent()
            .filter(|folder| !folder.as_os_str().is_empty())
            .map_or_else(|| PathBuf::from("."), Path::to_owned);
        let folder = std::path::absolute(&folder).unwrap_or(folder);
        let broken = !errors.is_empty();
        let page = Self { file, text, folder, home, broken, found: RefCell::default(), mentions: RefCell::default() };
        let mut line = 0;
        for error in errors {
            // Only the message: the parser's own rendering quotes the line, which could hold a secret.
            let at = error.span().unwrap_or(0..0);
            let here = Position::of(text, at.start).line;
            if here == line {
                // The first error of a line mostly causes the others.
                continue;
            }
            line = here;
            page.note(&at, "", &format!("this is no TOML: {}", error.message()), None);
        }
        (page, root)
    }

    /// The root as a table to read from.
    #[must_use]
    pub fn root(&'a self, root: &'a Spanned<DeTable<'a>>) -> Table<'a> {
        Table { page: self, path: String::new(), entries: root.get_ref(), at: 0..0 }
    }

    /// Notes an error at a place in the text.
    pub fn note(&self, at: &Range<usize>, path: &str, message: &str, meant: Option<&str>) {
        let position = Position::of(self.text, at.start);
        self.found.borrow_mut().push(Diagnostic::of_file(self.file, message).at(position, path).meant(meant));
    }

    /// Notes what midwatch can work with all the same.
    pub fn warn(&self, at: &Range<usize>, path: &str, message: &str) {
        self.found.borrow_mut().push(self.warning(at, path, message));
    }

    fn warning(&self, at: &Range<usize>, path: &str, message: &str) -> Diagnostic {
        let position = Position::of(self.text, at.start);
        Diagnostic::of_file(self.file, message).at(position, path).warning()
    }

    /// Notes what must be there and has to be looked for.
    fn mention(&self, mention: Mention) {
        self.mentions.borrow_mut().push(mention);
    }

    /// How many errors were noted so far.
    #[must_use]
    pub fn errors(&self) -> usize {
        self.found.borrow().iter().filter(|found| found.is_error()).count()
    }

    /// The file as an absolute path.
    #[must_use]
    pub fn place(&self) -> PathBuf {
        self.file.file_name().map_or_else(|| self.folder.clone(), |name| self.folder.join(name))
    }

    /// Whether the text is no good TOML, so that what is missing may be what could not be read.
    #[must_use]
    pub fn is_broken(&self) -> bool {
        self.broken
    }

    /// A path as written, with `~` and relative ones made absolute.
    #[must_use]
    pub fn locate(&self, written: &str) -> PathBuf {
        match written.strip_prefix('~') {
            Some("") => self.home.to_owned(),
            Some(rest) if rest.starts_with('/') => self.home.join(rest.trim_start_matches('/')),
            _ => self.folder.join(written.strip_prefix("./").unwrap_or(written)),
        }
    }

    /// What is wrong, and what has to be looked for.
    #[must_use]
    pub fn into_found(self) -> (Vec<Diagnostic>, Vec<Mention>) {
        (self.found.into_inner(), self.mentions.into_inner())
    }
}

/// One table of a page.
#[derive(Debug)]
pub struct Table<'a> {
    page: &'a Page<'a>,
    path: String,
    entries: &'a DeTable<'a>,
    at: Range<usize>,
}

impl<'a> Table<'a> {
    /// The page it stands on.
    #[must_use]
    pub fn page(&self) -> &'a Page<'a> {
        self.page
    }

    /// The value of a key, if it is there.
    #[must_use]
    pub fn item(&self, key: &str) -> Option<Item<'a>> {
        let (name, value) = self.entries.get_key_value(key)?;
        Some(self.make(name.get_ref(), name.span(), value))
    }

    /// All its values, in the order of the file.
    #[must_use]
    pub fn items(&self) -> Vec<(&'a str, Item<'a>)> {
        let mut items: Vec<_> = self
            .entries
            .iter()
            .map(|(name, value)| (name.get_ref().as_ref(), self.make(name.get_ref(), name.span(), value)))
            .collect();
        items.sort_by_key(|(_, item)| item.at().start);
        items
    }

    fn make(&self, name: &str, at: Range<usize>, value: &'a Spanned<DeValue<'a>>) -> Item<'a> {
        let mut path = String::with_capacity(self.path.len() + 1 + name.len());
        path.push_str(&self.path);
        if !path.is_empty() {
            path.push('.');
        }
        path.push_str(name);
        Item::new(self.page, name, path, at, value)
    }

    /// The value of a key as read by `read`, if it is there and right.
    pub fn get<T>(&self, key: &str, read: impl FnOnce(&Item<'a>) -> Option<T>) -> Option<T> {
        self.item(key).and_then(|item| read(&item))
    }

    /// Puts the value of a key into its place, if it is there and right.
    pub fn set<T>(&self, key: &str, read: impl FnOnce(&Item<'a>) -> Option<T>, into: &mut T) {
        if let Some(value) = self.get(key, read) {
            *into = value;
        }
    }

    /// The value of a key that has to be there.
    pub fn need<T>(&self, key: &str, read: impl FnOnce(&Item<'a>) -> Option<T>) -> Option<T> {
        let Some(item) = self.item(key) else {
            let example = schema::example(&self.path, key).map(|example| format!(", such as {key} = {example}"));
            self.lacks(&format!("'{key}' is missing{}", example.unwrap_or_default()));
            return None;
        };
        read(&item)
    }

    /// Whether it holds a key that none of these sections knows: what is missing may be what was misspelt.
    #[must_use]
    pub fn has_slips(&self, sections: &[&'static str]) -> bool {
        let is_known =
            |name: &str| sections.iter().flat_map(|section| schema::names(section)).any(|known| known == name);
        self.entries.keys().any(|name| !is_known(name.get_ref()))
    }

    /// Notes that something is not there; silent on a page that could not be read whole.
    pub fn lacks(&self, message: &str) {
        if !self.page.broken {
            self.page.note(&self.at, &self.path, message, None);
        }
    }

    /// Notes an error about the table as a whole.
    pub fn wrong(&self, message: &str) {
        self.page.note(&self.at, &self.path, message, None);
    }

    /// Notes about the table as a whole what midwatch can work with all the same.
    pub fn warn(&self, message: &str) {
        self.page.warn(&self.at, &self.path, message);
    }

    /// Notes every key that none of these sections of the schema knows.
    pub fn finish(&self, sections: &[&'static str]) {
        let known = || sections.iter().flat_map(|section| schema::names(section));
        let is_known = |name: &str| known().any(|known| known == name);
        if self.entries.keys().all(|name| is_known(name.get_ref())) {
            return;
        }
        for (name, item) in self.items().into_iter().filter(|(name, _)| !is_known(name)) {
            // A plural that is written as a singular is a slip, whatever else has that name.
            let is_singular = known().any(|known| known.strip_suffix('s') == Some(name));
            if !is_singular && let Some(elsewhere) = schema::elsewhere(sections, name) {
                item.wrong(&format!("'{name}' does not belong here but to {elsewhere}"));
            } else {
                let what = if item.is_table() { "table" } else { "key" };
                item.unknown(&format!("unknown {what} '{name}'"), name, known());
            }
        }
    }
}

/// What a value is, in words.
fn kind_of(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "text",
        DeValue::Integer(_) => "a whole number",
        DeValue::Float(_) => "a number with a fraction",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a date or time",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}
