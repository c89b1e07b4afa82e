//! Sources of log lines on this machine: the systemd journal and files.

use crate::config::reader::{Item, Table};
use crate::config::settings::{FILE_BACKLOG, JOURNAL_BACKLOG};
use crate::source::options::{FileOptions, JournaldOptions, LogFormat};

/// The formats with their words.
pub(in crate::config) const FORMATS: [(&str, LogFormat); 5] = [
    ("auto", LogFormat::Auto),
    ("plain", LogFormat::Plain),
    ("json", LogFormat::Json),
    ("logfmt", LogFormat::Logfmt),
    ("syslog", LogFormat::Syslog),
];

/// A source of kind `journald`.
pub(super) fn journald(table: &Table<'_>) -> JournaldOptions {
    let mut options = JournaldOptions { units: Vec::new(), backlog: JOURNAL_BACKLOG };
    table.set("units", Item::words, &mut options.units);
    table.set("backlog", |item| usize::try_from(item.count(0..=100_000)?).ok(), &mut options.backlog);
    options
}

/// A source of kind `file`.
pub(super) fn file(table: &Table<'_>) -> Option<FileOptions> {
    let mut options = FileOptions { backlog: FILE_BACKLOG, ..FileOptions::default() };
    let paths = table.need("paths", paths);
    table.set("format", |item| item.choice("log format", &FORMATS), &mut options.format);
    options.service = table.get("service", Item::word);
    table.set("backlog", |item| item.count(0..=64 << 20), &mut options.backlog);
    options.paths = paths?;
    Some(options)
}

/// Paths made absolute; what they match is looked for when the files are followed.
fn paths(item: &Item<'_>) -> Option<Vec<String>> {
    let written = item.words()?;
    if written.is_empty() {
        item.wrong("'paths' names no file");
        return None;
    }
    Some(written.iter().map(|path| item.page().locate(path).to_string_lossy().into_owned()).collect())
}
