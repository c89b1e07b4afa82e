//! Lines of TOML.

use std::fmt::Write as _;
use std::path::Path;
use std::time::Duration;

use chrono::TimeDelta;
use toml::{Table, Value};

use crate::domain::{Matcher, Operation, duration};

/// A file that is being written.
#[derive(Debug, Default)]
pub(super) struct Sheet(String);

impl Sheet {
    /// Begins a table.
    pub(super) fn header(&mut self, header: &str) {
        let gap = if self.0.is_empty() { "" } else { "\n" };
        // Writing to a String cannot fail.
        let _ = writeln!(self.0, "{gap}{header}");
    }

    /// One key.
    pub(super) fn put(&mut self, name: &str, value: impl Into<Value>) {
        // Writing to a String cannot fail.
        let _ = writeln!(self.0, "{} = {}", key(name), value.into());
    }

    /// One key with a text.
    pub(super) fn text(&mut self, name: &str, text: &str) {
        self.put(name, text);
    }

    /// One key, if it has a value.
    pub(super) fn maybe(&mut self, name: &str, value: Option<impl Into<Value>>) {
        if let Some(value) = value {
            self.put(name, value);
        }
    }

    /// Lines that another sheet holds, none of them in force.
    pub(super) fn aside(&mut self, words: &str, sheet: Self) {
        // Writing to a String cannot fail.
        let _ = writeln!(self.0, "\n# {words}");
        for line in sheet.finish().lines() {
            let gap = if line.is_empty() { "" } else { " " };
            let _ = writeln!(self.0, "#{gap}{line}");
        }
    }

    /// What was written.
    pub(super) fn finish(self) -> String {
        self.0
    }
}

/// A key, quoted where TOML wants it.
pub(super) fn key(name: &str) -> String {
    let bare = !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_');
    if bare { name.to_owned() } else { Value::from(name).to_string() }
}

/// A list of texts.
pub(super) fn texts(texts: &[String]) -> Value {
    Value::Array(texts.iter().map(|text| Value::from(text.as_str())).collect())
}

/// A list, each row by itself.
pub(super) fn list<T>(rows: &[T], value: impl Fn(&T) -> Value) -> Value {
    Value::Array(rows.iter().map(value).collect())
}

/// A path.
pub(super) fn path(path: &Path) -> Value {
    Value::from(path.to_string_lossy().into_owned())
}

/// A whole number; one that TOML cannot hold is its largest.
pub(super) fn count(count: u64) -> Value {
    Value::from(i64::try_from(count).unwrap_or(i64::MAX))
}

/// A duration.
pub(super) fn wait(wait: Duration) -> Value {
    Value::from(duration::text(TimeDelta::from_std(wait).unwrap_or(TimeDelta::MAX)))
}

/// A table in one line.
pub(super) fn table<const N: usize>(rows: [(&str, Value); N]) -> Value {
    Value::Table(rows.into_iter().map(|(key, value)| (key.to_owned(), value)).collect())
}

/// The labels of a `match`.
pub(super) fn matchers(matchers: &[Matcher]) -> Value {
    let row = |matcher: &Matcher| {
        let value = match matcher.operation {
            Operation::Regex => table([("re", Value::from(matcher.value.as_str()))]),
            // The file has no words for the negative ones; nothing reads them from it.
            Operation::Equal | Operation::NotEqual | Operation::NotRegex => Value::from(matcher.value.as_str()),
        };
        (matcher.name.clone(), value)
    };
    Value::Table(matchers.iter().map(row).collect::<Table>())
}
