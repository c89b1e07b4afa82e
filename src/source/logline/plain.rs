//! Text with a time and a level somewhere at its beginning: what most programs write.

use std::borrow::Cow;

use super::{Clock, Parts, level, time};
use crate::domain::Level;

/// Reads any line.
#[must_use]
pub fn read(line: &str, clock: Clock) -> Parts<'_> {
    klog(line, clock).or_else(|| access(line, clock)).unwrap_or_else(|| {
        let (at, rest) = time::leading(line, clock).map_or((None, line), |(at, rest)| (Some(at), rest));
        if let Some(inner) = at.and_then(|_| container(rest)) {
            return Parts { at, text: Cow::Borrowed(inner), wrapped: true, ..Parts::default() };
        }
        let (level, text) = level::leading(rest).map_or((None, rest), |(level, rest)| (Some(level), rest));
        Parts { at, level, text: Cow::Borrowed(text), ..Parts::default() }
    })
}

/// `E1120 12:00:00.123456   1234 file.go:12] text`, as glog and klog write.
fn klog(line: &str, clock: Clock) -> Option<Parts<'_>> {
    let (first, rest) = line.split_at_checked(1)?;
    let level = level::letter(first).filter(|_| first.chars().all(|c| c.is_ascii_uppercase()))?;
    let (at, rest) = time::month_and_day(rest, clock)?;
    let rest = rest.trim_start();
    // The thread's number says nothing to anybody.
    let text = rest.trim_start_matches(|c: char| c.is_ascii_digit()).trim_start();
    rest.contains(']').then_some(Parts {
        at: Some(at),
        level: Some(level),
        text: Cow::Borrowed(text),
        ..Parts::default()
    })
}

/// `client - user [10/Oct/2000:13:55:36 -0700] "GET / HTTP/1.0" 500 2326`: the common log format. The level
/// is that of the status: what the server could not do is an error, what the client did wrong a warning.
fn access(line: &str, clock: Clock) -> Option<Parts<'_>> {
    let (before, after) = line.split_once('[')?;
    let (at, after) = time::common_log(after, clock)?;
    let after = after.strip_prefix(']')?.trim_start();
    let quoted = after.strip_prefix('"')?;
    let (_, rest) = quoted.split_once("\" ")?;
    let status = rest.split(' ').next().filter(|status| status.len() == 3)?;
    let level = match status.as_bytes().first()? {
        b'5' => Level::Error,
        b'4' => Level::Warn,
        b'1'..=b'3' => Level::Info,
        _ => return None,
    };
    let text = Cow::Owned(format!("{before}{after}"));
    Some(Parts { at: Some(at), level: Some(level), text, ..Parts::default() })
}

/// The line within `stdout F line`, as container runtimes write to files (CRI).
fn container(rest: &str) -> Option<&str> {
    let rest = rest.strip_prefix("stdout ").or_else(|| rest.strip_prefix("stderr "))?;
    rest.strip_prefix("F ").or_else(|| rest.strip_prefix("P "))
}
