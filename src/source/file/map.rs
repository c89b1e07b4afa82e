//! Raw lines as log lines, oldest first. Pure but for the names it shares.

use std::collections::HashMap;
use std::sync::Arc;

use super::wire::RawLine;
use crate::domain::{LogLine, Moment};
use crate::source::logline::{Clock, Reader};
use crate::source::options::LogFormat;

/// Reads the lines of one round. A line without a time was written when it was read; one that was there before
/// has the time of the line before it, or else of the file. The files are merged by time, but the lines of
/// one file never change their order.
pub fn lines(
    raw: Vec<RawLine>,
    format: LogFormat,
    service: Option<&Arc<str>>,
    reader: &mut Reader,
    clock: Clock,
) -> Vec<LogLine> {
    let mut newest: HashMap<u64, Moment> = HashMap::new();
    let mut made: Vec<(Moment, LogLine)> = Vec::with_capacity(raw.len());
    for RawLine { file, name, bytes, cut, before } in raw {
        let earlier = newest.get(&file).copied();
        let unless_told = before.map_or(clock.now, |written| earlier.unwrap_or(written));
        let mut line = reader.read(&bytes, format, service.unwrap_or(&name), unless_told, clock);
        if cut {
            line.text = format!("{}…", line.text).into();
        }
        let place = earlier.map_or(line.at, |earlier| earlier.max(line.at));
        newest.insert(file, place);
        made.push((place, line));
    }
    made.sort_by_key(|(place, _)| *place);
    made.into_iter().map(|(_, line)| line).collect()
}
