//! Lines of TOML.

use std::fmt::Write as _;
use std::path::Path;
use std::time::Duration;

use chrono::TimeDelta;
use toml::{Table, Value};

use crate::domain::{Matcher, Operation, duration, harmless};

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
        let _ = writeln!(self.0, "{} = {}", key(name), written(&value.into()));
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
        let _ = writeln!(self.0, "\n# {}", harmless::line(words, usize::MAX));
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
    if bare { name.to_owned() } else { written(&Value::from(name)) }
}

/// A value as TOML. A text that holds what acts on a terminal, hides or turns around is written by numbers: it reads
/// back as what it is, and cannot be looked at as something else.
fn written(value: &Value) -> String {
    let plain = value.to_string();
    if plain.lines().all(harmless::is_harmless) {
        return plain;
    }
    match value {
        Value::String(text) => numbered(text),
        Value::Array(rows) => format!("[{}]", rows.iter().map(written).collect::<Vec<_>>().join(", ")),
        Value::Table(rows) => {
            let row = |(name, value): (&String, &Value)| format!("{} = {}", key(name), written(value));
            format!("{{ {} }}", rows.iter().map(row).collect::<Vec<_>>().join(", "))
        }
        _ => plain,
    }
}

fn numbered(text: &str) -> String {
    let mut made = String::from("\"");
    for character in text.chars() {
        match character {
            '"' | '\\' => made.extend(['\\', character]),
            ' '..='~' => made.push(character),
            // Writing to a String cannot fail.
            _ => drop(write!(made, "\\U{:08x}", u32::from(character))),
        }
    }
    made.push('"');
    made
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_seen_is_written_by_numbers_and_reads_back() {
        for text in ["\u{202e}x\"'\\", "\u{9b}\n\u{1b}\t", "Z\u{301}\u{302}\u{303}\u{304}\u{305}\u{306}\u{307}\u{308}"]
        {
            let mut sheet = Sheet::default();
            sheet.put("list", texts(&[text.to_owned(), "Việt 漢字".to_owned()]));
            sheet.text(text, text);
            let shown = sheet.finish();
            assert!(shown.lines().all(harmless::is_harmless), "{shown:?}");
            let read: Table = shown.parse().unwrap();
            assert_eq!((read["list"][0].as_str(), read["list"][1].as_str()), (Some(text), Some("Việt 漢字")));
            assert_eq!(read[text].as_str(), Some(text));
        }
    }
}
