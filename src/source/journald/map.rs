//! An entry of the journal as a log line. Pure but for the names it shares.

use std::sync::Arc;

use super::wire::Entry;
use crate::domain::{Level, LogLine, harmless};
use crate::source::logline::{Clock, LONGEST, Reader, level};
use crate::source::options::LogFormat;

/// Reads one entry.
pub fn line(entry: &Entry, reader: &mut Reader, clock: Clock) -> LogLine {
    let at = entry.at.unwrap_or(clock.now);
    let origin = origin(entry).and_then(|name| reader.origin(name)).unwrap_or_else(|| Arc::from("journal"));
    let told = entry.priority.and_then(level::syslog);
    let Some(message) = entry.message.as_deref() else {
        let text = "(an entry without a message)".into();
        return LogLine { at, level: told.unwrap_or(Level::Unknown), origin, text };
    };
    // What a service prints gets the priority `info`, whatever it says. So its text is asked.
    if entry.transport.as_deref() == Some("stdout") {
        let read = reader.read(message.as_bytes(), LogFormat::Auto, &origin, at, clock);
        let level = if read.level == Level::Unknown { told.unwrap_or(Level::Unknown) } else { read.level };
        return LogLine { at, level, origin, text: read.text };
    }
    let text = harmless::line(message.trim(), LONGEST).into();
    LogLine { at, level: told.unwrap_or(Level::Unknown), origin, text }
}

/// The service that an entry belongs to: the one it is about or that wrote it, without `.service`. Sessions
/// and scopes are no services: there the program's own name says more.
fn origin(entry: &Entry) -> Option<&str> {
    let about = entry.about_unit.as_deref();
    about
        .map(|unit| unit.strip_suffix(".service").unwrap_or(unit))
        .or_else(|| entry.unit.as_deref().and_then(service))
        .or(entry.identifier.as_deref())
        .or(entry.process.as_deref())
        .or(entry.unit.as_deref())
        .or(entry.transport.as_deref())
}

/// The name of a unit that is a service, and not the one that holds a user's own.
fn service(unit: &str) -> Option<&str> {
    unit.strip_suffix(".service").filter(|name| !name.starts_with("user@"))
}
