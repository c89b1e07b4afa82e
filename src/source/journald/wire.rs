//! An entry of the journal as `journalctl -o json` writes it
//! (systemd.journal-fields(7), <https://systemd.io/JOURNAL_EXPORT_FORMATS/#journal-json-format>).

use serde_json::{Map, Value};

use crate::domain::Moment;

/// The fields that are asked for; place and time always come.
pub const FIELDS: &str =
    "MESSAGE,PRIORITY,UNIT,USER_UNIT,_SYSTEMD_UNIT,_SYSTEMD_USER_UNIT,SYSLOG_IDENTIFIER,_COMM,_TRANSPORT";

/// One entry. Text is not yet harmless.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Entry {
    /// Its place in the journal.
    pub cursor: Option<String>,
    /// When the journal took it.
    pub at: Option<Moment>,
    /// What it says.
    pub message: Option<String>,
    /// 0 to 7.
    pub priority: Option<u32>,
    /// The unit that a message of systemd itself is about.
    pub about_unit: Option<String>,
    /// The unit that wrote it.
    pub unit: Option<String>,
    /// What the writer calls itself.
    pub identifier: Option<String>,
    /// The writer's process.
    pub process: Option<String>,
    /// How it came: `journal`, `syslog`, `stdout`, `kernel` …
    pub transport: Option<String>,
}

impl Entry {
    /// Reads one line.
    ///
    /// # Errors
    /// It is no JSON object.
    pub fn read(line: &[u8]) -> Result<Self, serde_json::Error> {
        let fields: Map<String, Value> = serde_json::from_slice(line)?;
        let text = |name: &str| fields.get(name).and_then(text_of).filter(|text| !text.is_empty());
        let micros = text("__REALTIME_TIMESTAMP").and_then(|micros| micros.parse().ok());
        Ok(Self {
            cursor: text("__CURSOR"),
            at: micros.and_then(Moment::from_timestamp_micros),
            message: text("MESSAGE"),
            priority: text("PRIORITY").and_then(|priority| priority.trim().parse().ok()),
            about_unit: text("UNIT").or_else(|| text("USER_UNIT")),
            unit: text("_SYSTEMD_USER_UNIT").or_else(|| text("_SYSTEMD_UNIT")),
            identifier: text("SYSLOG_IDENTIFIER"),
            process: text("_COMM"),
            transport: text("_TRANSPORT"),
        })
    }
}

/// A value is a string; a list of bytes if it is not UTF-8; null if it is too large; a list of these if the field
/// occurs more than once.
fn text_of(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Array(all) => bytes_of(all).or_else(|| {
            let texts: Vec<String> = all.iter().filter_map(one).collect();
            (!texts.is_empty()).then(|| texts.join(" "))
        }),
        _ => None,
    }
}

/// One of several values of a field.
fn one(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Array(bytes) => bytes_of(bytes),
        _ => None,
    }
}

fn bytes_of(all: &[Value]) -> Option<String> {
    let byte = |value: &Value| value.as_u64().and_then(|number| u8::try_from(number).ok());
    let bytes: Option<Vec<u8>> = all.iter().map(byte).collect();
    bytes.map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
}
