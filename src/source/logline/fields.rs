//! Named fields of a structured line: which of them say when, how serious, who and what. The rest is kept.

use std::borrow::Cow;

use super::{Clock, Parts, level, time};

/// A field and its value as text.
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    /// Its name.
    pub name: String,
    /// Its value: a text without quotes, anything else as it was written.
    pub value: String,
}

/// The names, those that are asked first in front. Compared without case.
const TIME: [&str; 10] =
    ["time", "ts", "timestamp", "@timestamp", "t", "datetime", "date", "eventtime", "asctime", "@t"];
const LEVEL: [&str; 9] = ["level", "lvl", "severity", "loglevel", "log.level", "levelname", "priority", "@level", "@l"];
const MESSAGE: [&str; 9] = ["msg", "message", "@message", "short_message", "@m", "log", "event", "body", "text"];
const ORIGIN: [&str; 9] = [
    "service",
    "service.name",
    "service_name",
    "app",
    "application",
    "program",
    "syslog_identifier",
    "logger",
    "logger_name",
];

/// Takes out what is known by name; the rest is appended to the message as `name=value`.
#[must_use]
pub fn gather(mut fields: Vec<Field>, clock: Clock) -> Parts<'static> {
    let at = take(&mut fields, &TIME, |value| time::value(value, clock)).map(|(at, _)| at);
    let level = take(&mut fields, &LEVEL, level::value).map(|(level, _)| level);
    let not_empty = |value: &str| (!value.trim().is_empty()).then(|| value.to_owned());
    let origin = take(&mut fields, &ORIGIN, |value| not_empty(value).filter(|value| !value.starts_with(['{', '['])))
        .map(|(name, _)| name);
    let message = take(&mut fields, &MESSAGE, not_empty);
    let wrapped = message.as_ref().is_some_and(|(_, name)| name == "log") && is_wrapping(&fields);
    let mut text = message.map(|(text, _)| text).unwrap_or_default();
    if !wrapped {
        for Field { name, value } in &fields {
            if !text.is_empty() {
                text.push(' ');
            }
            text.push_str(name);
            text.push('=');
            push_value(&mut text, value);
        }
    }
    Parts { at, level, origin: origin.map(Cow::Owned), text: Cow::Owned(text), wrapped }
}

/// Docker's `json-file` has `log`, `stream` and `time`, and nothing to add to the line in `log`.
fn is_wrapping(left: &[Field]) -> bool {
    matches!(left, [one] if one.name == "stream")
}

/// The first field, by the order of `names`, whose value can be read; it is taken out.
fn take<T>(fields: &mut Vec<Field>, names: &[&str], read: impl Fn(&str) -> Option<T>) -> Option<(T, String)> {
    for name in names {
        let found = fields.iter().enumerate().find_map(|(at, field)| {
            let same = field.name.eq_ignore_ascii_case(name);
            same.then(|| read(&field.value)).flatten().map(|value| (at, value))
        });
        if let Some((at, value)) = found {
            let field = fields.remove(at);
            return Some((value, field.name));
        }
    }
    None
}

/// A value with a space, a quote or an equals sign, or none at all, is quoted.
fn push_value(text: &mut String, value: &str) {
    let structured = value.starts_with(['{', '[']);
    if structured || !(value.is_empty() || value.contains([' ', '"', '='])) {
        text.push_str(value);
    } else {
        text.push('"');
        text.push_str(&value.replace('"', "\\\""));
        text.push('"');
    }
}
