//! Syslog lines: RFC 5424, RFC 3164, and what rsyslog and journald write to files.

use std::borrow::Cow;

use super::{Clock, Parts, level, time};
use crate::domain::Level;

/// Reads a line; `None` if it is none. A `guessed` one must have a priority, or a program that is marked as
/// one: `name[pid]:`, `name:` after a time without a year.
#[must_use]
pub fn read<'a>(line: &'a str, clock: Clock, here: Option<&str>, guessed: bool) -> Option<Parts<'a>> {
    let Some((priority, rest)) = priority(line) else { return from_file(line, clock, here, guessed) };
    let level = level::syslog(priority % 8);
    let parts = if let Some(rest) = rest.strip_prefix("1 ") { rfc5424(rest, clock, here) } else { None };
    let parts = parts.or_else(|| from_file(rest, clock, here, false)).unwrap_or_else(|| {
        let (origin, text) = tag(rest).map_or((None, rest), |(name, _, text)| (Some(Cow::Borrowed(name)), text));
        Parts { origin, text: Cow::Borrowed(text), ..Parts::default() }
    });
    Some(Parts { level, ..parts })
}

/// `<34>`: facility times eight plus severity.
fn priority(line: &str) -> Option<(u32, &str)> {
    let (digits, rest) = line.strip_prefix('<')?.split_once('>')?;
    let plain = (1..=3).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
    let number = digits.parse().ok().filter(|number| plain && *number <= 191)?;
    Some((number, rest))
}

/// `Oct 11 22:14:15 host program[pid]: text`, or the same with an RFC 3339 time.
fn from_file<'a>(line: &'a str, clock: Clock, here: Option<&str>, guessed: bool) -> Option<Parts<'a>> {
    let (at, rest) = time::leading(line, clock)?;
    let (host, rest) = rest.split_once(' ')?;
    if !is_host(host) {
        return None;
    }
    let (name, has_pid, text) = tag(rest.trim_start())?;
    let has_year = line.starts_with(|c: char| c.is_ascii_digit());
    if guessed && has_year && !has_pid && name != "kernel" {
        return None;
    }
    let level = level::leading(text).map(|(level, _)| level);
    let text = with_host(Cow::Borrowed(text), host, here);
    Some(Parts { at: Some(at), level, origin: Some(Cow::Borrowed(name)), text, wrapped: false })
}

/// `2003-10-11T22:14:15.003Z host program procid msgid [sd] text`; `-` is nothing.
fn rfc5424<'a>(rest: &'a str, clock: Clock, here: Option<&str>) -> Option<Parts<'a>> {
    let mut words = rest.splitn(6, ' ');
    let (stamp, host, program) = (words.next()?, words.next()?, words.next()?);
    let (_process, message_id, rest) = (words.next()?, words.next()?, words.next()?);
    let at = if stamp == "-" { None } else { Some(time::value(stamp, clock)?) };
    let length = structured(rest)?;
    let (structure, text) = rest.split_at(length);
    let mut text = Cow::Borrowed(text.trim_start());
    for more in [message_id, structure].into_iter().filter(|more| *more != "-") {
        if !text.is_empty() {
            text.to_mut().push(' ');
        }
        text.to_mut().push_str(more);
    }
    let origin = Some(program).filter(|program| *program != "-").map(Cow::Borrowed);
    let text = if host == "-" { text } else { with_host(text, host, here) };
    Some(Parts { at, level: None, origin, text, wrapped: false })
}

/// How long the structured data at the beginning is: `-`, or elements in brackets with quoted values.
fn structured(text: &str) -> Option<usize> {
    if text.starts_with('-') {
        return Some(1);
    }
    let (mut in_element, mut in_quotes, mut escaped, mut end) = (false, false, false, 0);
    for (at, character) in text.char_indices() {
        match character {
            _ if escaped => escaped = false,
            '\\' if in_quotes => escaped = true,
            '"' if in_element => in_quotes = !in_quotes,
            ']' if in_element && !in_quotes => (in_element, end) = (false, at + 1),
            '[' if !in_element => in_element = true,
            _ if in_element => {}
            _ => break,
        }
    }
    (end > 0 && !in_element).then_some(end)
}

/// `program[pid]: text` or `program: text`: the program, whether there is a pid, the text.
fn tag(text: &str) -> Option<(&str, bool, &str)> {
    let end = text.find(|c: char| !(c.is_ascii_alphanumeric() || "_./@-()".contains(c)))?;
    let (name, rest) = text.split_at(end);
    let (has_pid, rest) = match rest.strip_prefix('[') {
        None => (false, rest),
        Some(rest) => {
            let (pid, rest) = rest.split_once(']')?;
            (!pid.is_empty() && pid.bytes().all(|byte| byte.is_ascii_digit()), rest)
        }
    };
    let text = rest.strip_prefix(':')?;
    (!name.is_empty()).then_some((name, has_pid, text.trim_start()))
}

/// A level or a bracket in the place of the host means that the line is of another form.
fn is_host(word: &str) -> bool {
    let plain = word.chars().all(|c| c.is_ascii_alphanumeric() || "._-:".contains(c));
    plain && !word.is_empty() && !word.ends_with(':') && level::word(word).is_none_or(|level| level == Level::Unknown)
}

/// Names the host if it is not this one.
fn with_host<'a>(text: Cow<'a, str>, host: &str, here: Option<&str>) -> Cow<'a, str> {
    let short = |name: &str| name.split('.').next().unwrap_or_default().to_ascii_lowercase();
    if here.is_some_and(|here| short(here) == short(host)) {
        return text;
    }
    Cow::Owned(format!("{text} host={host}"))
}
