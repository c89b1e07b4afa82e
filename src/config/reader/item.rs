//! One value of a page, and the plain types that it can be read as.

use std::ops::{Range, RangeInclusive};
use std::path::{Path, PathBuf};
use std::time::Duration;

use chrono::TimeDelta;
use toml::Spanned;
use toml::de::DeValue;

use super::{Mention, Page, Sort, Table, kind_of};
use crate::config::diagnostic::Diagnostic;
use crate::config::nearest::nearest;
use crate::domain::{duration, harmless};

/// The longest text that is quoted in a message, in characters.
const QUOTED: usize = 40;

/// One value, where it stands and by which key.
#[derive(Debug, Clone)]
pub struct Item<'a> {
    page: &'a Page<'a>,
    name: String,
    path: String,
    key_at: Range<usize>,
    value: &'a Spanned<DeValue<'a>>,
}

impl<'a> Item<'a> {
    pub(super) fn new(
        page: &'a Page<'a>,
        name: &str,
        path: String,
        key_at: Range<usize>,
        value: &'a Spanned<DeValue<'a>>,
    ) -> Self {
        Self { page, name: name.to_owned(), path, key_at, value }
    }

    /// Where its key stands.
    #[must_use]
    pub fn at(&self) -> &Range<usize> {
        &self.key_at
    }

    /// The page it stands on.
    #[must_use]
    pub fn page(&self) -> &'a Page<'a> {
        self.page
    }

    /// Whether it is a table or a list of tables.
    #[must_use]
    pub fn is_table(&self) -> bool {
        match self.value.get_ref() {
            DeValue::Table(_) => true,
            DeValue::Array(rows) => rows.first().is_some_and(|row| row.get_ref().is_table()),
            _ => false,
        }
    }

    /// Its text, if it is one; anything else is no problem yet.
    #[must_use]
    pub fn as_text(&self) -> Option<&'a str> {
        self.value.get_ref().as_str()
    }

    /// Its truth, if it is one; anything else is no problem yet.
    #[must_use]
    pub fn as_flag(&self) -> Option<bool> {
        self.value.get_ref().as_bool()
    }

    /// Notes an error at the value.
    pub fn wrong(&self, message: &str) {
        self.meant(message, None);
    }

    /// Notes at the value what midwatch can work with all the same.
    pub fn warn(&self, message: &str) {
        self.page.warn(&self.value.span(), &self.path, message);
    }

    /// Notes an error at the key.
    pub fn misplaced(&self, message: &str) {
        self.page.note(&self.key_at, &self.path, message, None);
    }

    /// Notes at the key what midwatch can work with all the same.
    pub fn idle(&self, message: &str) {
        self.page.warn(&self.key_at, &self.path, message);
    }

    /// Notes that something must lie at a path; `message` is the warning if it is not there.
    pub fn mention(&self, path: &Path, sort: Sort, message: &str) {
        self.page.mention(self.mentioned(path.to_owned(), sort, message));
    }

    /// That something must lie at a path, for a caller that looks for it itself.
    #[must_use]
    pub fn mentioned(&self, path: PathBuf, sort: Sort, message: &str) -> Mention {
        Mention { path, sort, missing: self.warning(message) }
    }

    /// A warning about the value, for a caller that finds out later whether it must be told.
    #[must_use]
    pub fn warning(&self, message: &str) -> Diagnostic {
        self.page.warning(&self.value.span(), &self.path, message)
    }

    /// Notes an error at the value, with what was probably meant.
    pub fn meant(&self, message: &str, meant: Option<&str>) {
        self.page.note(&self.value.span(), &self.path, message, meant);
    }

    /// Notes a wrong word at the value, with the nearest of those that would be right.
    pub fn misspelt<'k>(&self, message: &str, word: &str, known: impl IntoIterator<Item = &'k str>) {
        self.meant(message, nearest(word, known));
    }

    /// Notes a wrong key, with the nearest of those that would be right.
    pub fn unknown<'k>(&self, message: &str, word: &str, known: impl IntoIterator<Item = &'k str>) {
        self.page.note(&self.key_at, &self.path, message, nearest(word, known));
    }

    /// Notes a name that nothing in the file has; silent on a page that could not be read whole, because
    /// what was named may be what could not be read.
    pub fn dangling<'k>(&self, message: &str, word: &str, known: impl IntoIterator<Item = &'k str>) {
        if !self.page.broken {
            self.misspelt(message, word, known);
        }
    }

    /// Notes that the value is of a wrong type. The value itself is never quoted.
    pub fn takes<T>(&self, what: &str) -> Option<T> {
        self.wrong(&format!("'{}' takes {what}, not {}", self.name, kind_of(self.value.get_ref())));
        None
    }

    /// Any text.
    #[must_use]
    pub fn text(&self) -> Option<&'a str> {
        self.as_text().or_else(|| self.takes("text in quotes"))
    }

    /// Text that is not blank, on one line.
    #[must_use]
    pub fn word(&self) -> Option<String> {
        let text = self.query()?;
        if text.contains(char::is_control) {
            self.wrong(&format!("'{}' holds a control character; it is one line of plain text", self.name));
            return None;
        }
        Some(text)
    }

    /// Text that is not blank; it may have several lines.
    #[must_use]
    pub fn query(&self) -> Option<String> {
        let text = self.text()?.trim();
        if text.is_empty() {
            self.wrong(&format!("'{}' is empty", self.name));
            return None;
        }
        Some(text.to_owned())
    }

    /// true or false.
    #[must_use]
    pub fn flag(&self) -> Option<bool> {
        self.as_flag().or_else(|| self.takes("true or false"))
    }

    /// A finite number, whole or not.
    #[must_use]
    pub fn number(&self) -> Option<f64> {
        let read = match self.value.get_ref() {
            DeValue::Float(float) => float.as_str().parse::<f64>().ok(),
            DeValue::Integer(whole) if whole.radix() == 10 => whole.as_str().parse::<f64>().ok(),
            _ => return self.takes("a number"),
        };
        let read = read.filter(|number| number.is_finite());
        if read.is_none() {
            self.wrong(&format!("'{}' is no number that can be compared with", self.name));
        }
        read
    }

    /// A number, true or false as JSON writes it; anything else is no problem yet.
    #[must_use]
    pub fn as_json(&self) -> Option<String> {
        match self.value.get_ref() {
            DeValue::Boolean(flag) => Some(flag.to_string()),
            DeValue::Integer(whole) => {
                i64::from_str_radix(whole.as_str(), whole.radix()).ok().map(|whole| whole.to_string())
            }
            DeValue::Float(float) => {
                let number = float.as_str().parse::<f64>().ok().filter(|number| number.is_finite())?;
                Some(format!("{number:?}"))
            }
            _ => None,
        }
    }

    /// Whether it is a list.
    #[must_use]
    pub fn is_list(&self) -> bool {
        self.value.get_ref().as_array().is_some()
    }

    /// A number within bounds, both of them excluded or not as `bounds` says.
    pub fn number_in(&self, bounds: &impl std::ops::RangeBounds<f64>, words: &str) -> Option<f64> {
        let number = self.number()?;
        if bounds.contains(&number) {
            return Some(number);
        }
        self.wrong(&format!("'{}' must be {words}", self.name));
        None
    }

    /// A whole number within bounds.
    pub fn count(&self, bounds: RangeInclusive<u64>) -> Option<u64> {
        let DeValue::Integer(whole) = self.value.get_ref() else { return self.takes("a whole number") };
        let read = u64::from_str_radix(whole.as_str(), whole.radix()).ok().filter(|count| bounds.contains(count));
        if read.is_none() {
            self.wrong(&format!("'{}' must be a whole number from {} to {}", self.name, bounds.start(), bounds.end()));
        }
        read
    }

    /// A duration within bounds.
    pub fn span(&self, bounds: &RangeInclusive<TimeDelta>) -> Option<TimeDelta> {
        let Some(text) = self.as_text() else { return self.takes("a duration in quotes, such as \"15s\"") };
        let span = match duration::parse(text) {
            Ok(span) => span,
            Err(why) => {
                // A long text is no duration but perhaps something pasted by mistake.
                let short = text.chars().count() <= QUOTED;
                self.wrong(if short { &why } else { "this is no duration; write one as 15s, 10m or 1h30m" });
                return None;
            }
        };
        if bounds.contains(&span) {
            return Some(span);
        }
        let [from, to] = [bounds.start(), bounds.end()].map(|bound| duration::text(*bound));
        self.wrong(&format!("'{}' must be from {from} to {to}", self.name));
        None
    }

    /// A duration within bounds, as the standard library's type.
    pub fn wait(&self, bounds: &RangeInclusive<TimeDelta>) -> Option<Duration> {
        self.span(bounds)?.to_std().ok()
    }

    /// One of some words, each with what it stands for.
    pub fn choice<T: Copy>(&self, what: &str, choices: &[(&str, T)]) -> Option<T> {
        let text = self.text()?;
        if let Some((_, meaning)) = choices.iter().find(|(word, _)| *word == text) {
            return Some(*meaning);
        }
        let words: Vec<&str> = choices.iter().map(|(word, _)| *word).collect();
        let message = format!("{} is no {what}; there are {}", self.quote(), words.join(", "));
        self.misspelt(&message, text, words);
        None
    }

    /// The beginning of its text in quotes, for a message. Not for a place where a secret may stand.
    #[must_use]
    pub fn quote(&self) -> String {
        format!("'{}'", harmless::line(self.as_text().unwrap_or_default(), QUOTED))
    }

    /// A list, each of its values on its own.
    #[must_use]
    pub fn list(&self, what: &str) -> Option<Vec<Item<'a>>> {
        let Some(rows) = self.value.get_ref().as_array() else { return self.takes(what) };
        let item = |(row, value): (usize, &'a Spanned<DeValue<'a>>)| {
            Self::new(self.page, &self.name, format!("{}[{row}]", self.path), value.span(), value)
        };
        Some(rows.iter().enumerate().map(item).collect())
    }

    /// A list of texts, none of them blank.
    #[must_use]
    pub fn words(&self) -> Option<Vec<String>> {
        let rows = self.list("a list of texts, such as [\"one\", \"two\"]")?;
        // Every row is read, so that every wrong one is noted.
        let read: Vec<Option<String>> = rows.iter().map(Item::word).collect();
        read.into_iter().collect()
    }

    /// A path, made absolute.
    #[must_use]
    pub fn place(&self) -> Option<PathBuf> {
        self.word().map(|written| self.page.locate(&written))
    }

    /// A table.
    #[must_use]
    pub fn table(&self, what: &str) -> Option<Table<'a>> {
        let Some(entries) = self.value.get_ref().as_table() else { return self.takes(what) };
        Some(Table { page: self.page, path: self.path.clone(), entries, at: self.key_at.clone() })
    }

    /// Tables under one name, as `[[name]]` makes them.
    #[must_use]
    pub fn tables(&self) -> Vec<Table<'a>> {
        let what = format!("tables, each under [[{}]]", self.name);
        if self.value.get_ref().is_table() {
            self.wrong(&format!("'{}' is a list of tables: write [[{}]] with two brackets", self.name, self.name));
            return Vec::new();
        }
        self.list(&what).unwrap_or_default().iter().filter_map(|row| row.table("a table")).collect()
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    /// The value of `key` as read, and what was wrong with it. A function could not name the lifetimes.
    macro_rules! read {
        ($text:expr, $read:expr) => {{
            let text: &str = $text;
            let (page, root) = Page::open(Path::new("/etc/midwatch/c.toml"), text, Path::new("/home/ana"));
            let value = page.root(&root).get("key", $read);
            let found: Vec<Diagnostic> = page.found.take();
            (value, found)
        }};
    }

    #[test]
    fn the_right_types_read() {
        assert_eq!(read!("key = 'a b'", Item::word).0.as_deref(), Some("a b"));
        assert_eq!(read!("key = true", Item::flag).0, Some(true));
        assert_eq!(read!("key = 1_000", Item::number).0, Some(1000.0));
        assert_eq!(read!("key = -0.5", Item::number).0, Some(-0.5));
        assert_eq!(read!("key = 0x10", |item| item.count(1..=20)).0, Some(16));
        assert_eq!(
            read!("key = '1h30m'", |item| item.span(&(TimeDelta::zero()..=TimeDelta::days(1)))).0,
            Some(TimeDelta::minutes(90))
        );
        assert_eq!(read!("key = ['a', 'b']", Item::words).0, Some(vec!["a".to_owned(), "b".to_owned()]));
    }

    #[test]
    fn paths_belong_to_the_folder_of_the_file_or_to_home() {
        let place = |written: &str| read!(&format!("key = '{written}'"), Item::place).0.unwrap();
        assert_eq!(place("ca.pem"), Path::new("/etc/midwatch/ca.pem"));
        assert_eq!(place("./ca.pem"), Path::new("/etc/midwatch/ca.pem"));
        assert_eq!(place("~/ca.pem"), Path::new("/home/ana/ca.pem"));
        assert_eq!(place("/ca.pem"), Path::new("/ca.pem"));
        assert_eq!(place("~bob/ca.pem"), Path::new("/etc/midwatch/~bob/ca.pem"));
    }

    #[test]
    fn wrong_types_are_told_without_their_value() {
        let (value, found) = read!("key = 31337", Item::flag);
        assert_eq!(value, None);
        assert_eq!(found[0].message, "'key' takes true or false, not a whole number");
        assert_eq!(found[0].position.map(|at| (at.line, at.column)), Some((1, 7)));
        assert!(read!("key = inf", Item::number).1[0].message.contains("no number"));
        assert!(read!("key = -1", |item| item.count(0..=5)).1[0].message.contains("from 0 to 5"));
        assert_eq!(read!("key = ['a', 1, '']", Item::words).1.len(), 2);
        assert!(read!("[key]", |item| Some(item.tables().len())).1[0].message.contains("two brackets"));
    }

    #[test]
    fn an_absence_on_a_broken_page_is_not_told() {
        let text = "key = \n[table]\n";
        let (page, root) = Page::open(Path::new("c.toml"), text, Path::new("/"));
        let table = page.root(&root).get("table", |item| item.table("a table"));
        assert!(table.unwrap().need("name", Item::word).is_none());
        let (found, _) = page.into_found();
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!(found[0].position.map(|at| at.line), Some(1));
    }
}
