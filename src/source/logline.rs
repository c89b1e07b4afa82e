//! Reads one line of a log: when, how serious, from whom, and what it says.
//!
//! What lives here: one module for each form of line, and the tables they share ([`level`], [`time`],
//! [`fields`]). Pure: bytes in, a harmless [`LogLine`] out, whatever the bytes are. What must not: files,
//! processes, a clock (the moment of reading is handed in).

pub mod fields;
pub mod json;
pub mod level;
pub mod logfmt;
pub mod plain;
pub mod split;
pub mod syslog;
pub mod time;

#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::collections::HashSet;
use std::sync::Arc;

use super::options::LogFormat;
use crate::domain::{Level, LogLine, Moment, harmless};
pub use time::Clock;

/// The longest line that is read, in bytes; what is longer is cut before.
pub const LONGEST: usize = 64 << 10;
/// The longest name of who wrote a line, in characters.
const LONGEST_ORIGIN: usize = 100;
/// How many different names are shared before the table begins anew.
const MOST_ORIGINS: usize = 4_096;

/// What a form of line could read. What is `None` was not told.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Parts<'a> {
    /// When.
    pub at: Option<Moment>,
    /// How serious.
    pub level: Option<Level>,
    /// Who wrote it.
    pub origin: Option<Cow<'a, str>>,
    /// What is left to say.
    pub text: Cow<'a, str>,
    /// The text is a whole line of its own, wrapped by a container runtime.
    pub wrapped: bool,
}

/// Reads lines. Keeps the names it met, so that many lines share few.
#[derive(Debug, Default)]
pub struct Reader {
    origins: HashSet<Arc<str>>,
    here: Option<String>,
}

impl Reader {
    /// Reads lines on the host `here`: a syslog line of another host says so in its text.
    #[must_use]
    pub fn new(here: Option<String>) -> Self {
        Self { origins: HashSet::new(), here }
    }

    /// Reads one line. `origin` is who wrote it if the line does not say, `unless_told` when it was written
    /// in that case. A line that is not of the `format` is read as plain text, so nothing is lost.
    pub fn read(
        &mut self,
        bytes: &[u8],
        format: LogFormat,
        origin: &Arc<str>,
        unless_told: Moment,
        clock: Clock,
    ) -> LogLine {
        let text = String::from_utf8_lossy(bytes);
        // A byte order mark is no content; everywhere else it would be shown as a dot.
        let text = if text.contains('\u{feff}') { Cow::Owned(text.replace('\u{feff}', "")) } else { text };
        let line = harmless::line(&text, LONGEST);
        let line = line.trim();
        let outer = parts(line, format, clock, self.here.as_deref());
        let parts = if outer.wrapped { unwrap(&outer, clock, self.here.as_deref()) } else { outer };
        let level = parts.level.or_else(|| level::within(&parts.text)).unwrap_or(Level::Unknown);
        let origin = parts.origin.as_deref().and_then(|name| self.origin(name)).unwrap_or_else(|| Arc::clone(origin));
        let said = if parts.text.trim().is_empty() { line } else { parts.text.trim() };
        LogLine { at: parts.at.unwrap_or(unless_told), level, origin, text: harmless::line(said, LONGEST).into() }
    }

    /// A name as it is shared; `None` if nothing is left of it.
    pub fn origin(&mut self, name: &str) -> Option<Arc<str>> {
        let name = harmless::line(name, LONGEST_ORIGIN);
        let name = name.trim();
        if name.is_empty() {
            return None;
        }
        if let Some(known) = self.origins.get(name) {
            return Some(Arc::clone(known));
        }
        if self.origins.len() >= MOST_ORIGINS {
            self.origins.clear();
        }
        let new: Arc<str> = name.into();
        self.origins.insert(Arc::clone(&new));
        Some(new)
    }
}

/// Reads a harmless line by its format; by its beginning if that is to be found out.
fn parts<'a>(line: &'a str, format: LogFormat, clock: Clock, here: Option<&str>) -> Parts<'a> {
    let read = match format {
        LogFormat::Plain => None,
        LogFormat::Json => json::read(line, clock),
        LogFormat::Logfmt => logfmt::read(line, clock, false),
        LogFormat::Syslog => syslog::read(line, clock, here, false),
        LogFormat::Auto if line.starts_with('{') => json::read(line, clock),
        LogFormat::Auto => syslog::read(line, clock, here, true).or_else(|| logfmt::read(line, clock, true)),
    };
    read.unwrap_or_else(|| plain::read(line, clock))
}

/// Reads the line within a line. What the inner one does not say, the outer one does.
fn unwrap<'a>(outer: &Parts<'a>, clock: Clock, here: Option<&str>) -> Parts<'a> {
    let inner = parts(outer.text.trim(), LogFormat::Auto, clock, here);
    Parts {
        at: inner.at.or(outer.at),
        level: inner.level.or(outer.level),
        origin: inner.origin.map(|name| Cow::Owned(name.into_owned())).or_else(|| outer.origin.clone()),
        text: Cow::Owned(inner.text.into_owned()),
        wrapped: false,
    }
}
