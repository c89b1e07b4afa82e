//! When a line was written: the forms of a time that logs use. A time without a zone is of this machine's
//! zone, one without a year of the year in which it lies nearest before the moment of reading.

use chrono::{Datelike, FixedOffset, Local, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, TimeZone};

use crate::domain::Moment;

/// What is needed to read a time that does not say everything.
#[derive(Debug, Clone, Copy)]
pub struct Clock {
    /// The moment of reading.
    pub now: Moment,
    /// What a time without a zone means.
    pub local: fn(NaiveDateTime) -> Option<Moment>,
}

impl Clock {
    /// Times without a zone are of this machine's zone; of two readings of an hour that occurs twice, the
    /// earlier.
    #[must_use]
    pub fn of_this_machine(now: Moment) -> Self {
        Self { now, local: |naive| Local.from_local_datetime(&naive).earliest().map(|at| at.to_utc()) }
    }
}

const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const WEEKDAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

/// The time that a field's value says: any form, or a number of seconds, milli-, micro- or nanoseconds since
/// 1970.
#[must_use]
pub fn value(text: &str, clock: Clock) -> Option<Moment> {
    let text = text.trim();
    epoch(text).or_else(|| leading(text, clock).filter(|(_, rest)| rest.is_empty()).map(|(at, _)| at))
}

/// The time that a text begins with, perhaps in brackets, and what follows it.
#[must_use]
pub fn leading(text: &str, clock: Clock) -> Option<(Moment, &str)> {
    let inner = text.strip_prefix('[').unwrap_or(text);
    let bracketed = inner.len() < text.len();
    let (at, rest) = iso(inner, clock)
        .or_else(|| common_log(inner, clock))
        .or_else(|| month_name(inner, clock))
        .or_else(|| leading_epoch(inner))?;
    // In `[time LEVEL text]` the bracket closes later; what is left of it does no harm.
    let rest = if bracketed { rest.strip_prefix(']').unwrap_or(rest) } else { rest };
    let ends = rest.is_empty() || rest.starts_with([' ', ':', '|', ',', ';', '[', ']', '-']);
    ends.then(|| (at, rest.trim_start_matches([' ', ':', '|', ',', ';']).trim_start_matches("- ").trim_start()))
}

/// `2024-11-20T12:00:00.123Z`, with a space or slashes, with or without fraction and zone.
fn iso(text: &str, clock: Clock) -> Option<(Moment, &str)> {
    let mut scan = Scan(text);
    let year = scan.digits(4)?;
    let separator = scan.one_of(&['-', '/'])?;
    let month = scan.digits(2)?;
    scan.one_of(&[separator])?;
    let day = scan.digits(2)?;
    scan.one_of(&['T', 't', ' '])?;
    let time = scan.time()?;
    let date = NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day)?;
    let at = scan.zoned(date.and_time(time), clock)?;
    Some((at, scan.0))
}

/// `10/Oct/2000:13:55:36 -0700`
#[must_use]
pub fn common_log(text: &str, clock: Clock) -> Option<(Moment, &str)> {
    let mut scan = Scan(text);
    let day = scan.digits(2)?;
    scan.one_of(&['/'])?;
    let month = scan.month()?;
    scan.one_of(&['/'])?;
    let year = scan.digits(4)?;
    scan.one_of(&[':'])?;
    let time = scan.time()?;
    let date = NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day)?;
    let at = scan.zoned(date.and_time(time), clock)?;
    Some((at, scan.0))
}

/// `Oct 11 22:14:15`, as syslog writes, and `Wed Oct 11 14:32:52.123 2000`, as Apache does.
fn month_name(text: &str, clock: Clock) -> Option<(Moment, &str)> {
    let mut scan = Scan(text);
    if WEEKDAYS.iter().any(|day| text.starts_with(day)) {
        scan.0 = text.get(3..)?.strip_prefix(' ')?;
    }
    let month = scan.month()?;
    scan.one_of(&[' '])?;
    let day =
        if scan.one_of(&[' ']).is_some() { scan.digits(1)? } else { scan.digits(2).or_else(|| scan.digits(1))? };
    scan.one_of(&[' '])?;
    let time = scan.time()?;
    let mut after = Scan(scan.0);
    let year = after.one_of(&[' ']).and_then(|_| after.digits(4)).filter(|year| (1970..2200).contains(year));
    match year {
        Some(year) if after.0.is_empty() || after.0.starts_with([' ', ']', ':']) => {
            let date = NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day)?;
            Some(((clock.local)(date.and_time(time))?, after.0))
        }
        _ => Some((without_year(month, day, time, clock)?, scan.0)),
    }
}

/// `1120 12:00:00.123456`, as klog writes after the level's letter.
#[must_use]
pub fn month_and_day(text: &str, clock: Clock) -> Option<(Moment, &str)> {
    let mut scan = Scan(text);
    let (month, day) = (scan.digits(2)?, scan.digits(2)?);
    scan.one_of(&[' '])?;
    let time = scan.time()?;
    Some((without_year(month, day, time, clock)?, scan.0))
}

/// The latest such moment that is not more than a day ahead of the reading. 29 February may be years ago.
fn without_year(month: u32, day: u32, time: NaiveTime, clock: Clock) -> Option<Moment> {
    let limit = clock.now + TimeDelta::days(1);
    let newest = clock.now.year() + 1;
    let dates = (newest - 9..=newest).rev().filter_map(|year| NaiveDate::from_ymd_opt(year, month, day));
    dates.filter_map(|date| (clock.local)(date.and_time(time))).find(|at| *at <= limit)
}

/// A number since 1970; its size tells the unit. Before 1973 (in seconds) it is taken for something else.
fn epoch(text: &str) -> Option<Moment> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if !(9..=19).contains(&whole.len()) || !digits(whole) || !digits(fraction) {
        return None;
    }
    let number: i64 = whole.parse().ok()?;
    match number {
        100_000_000..100_000_000_000 => {
            let nanos: u32 = format!("{fraction:0<9}").get(..9)?.parse().ok()?;
            Moment::from_timestamp(number, nanos)
        }
        100_000_000_000..100_000_000_000_000 => Moment::from_timestamp_millis(number),
        100_000_000_000_000..100_000_000_000_000_000 => Moment::from_timestamp_micros(number),
        100_000_000_000_000_000.. => Some(Moment::from_timestamp_nanos(number)),
        _ => None,
    }
}

/// A line that begins with a number of exactly the digits that today's times have.
fn leading_epoch(text: &str) -> Option<(Moment, &str)> {
    let end = text.find(|c: char| !(c.is_ascii_digit() || c == '.')).unwrap_or(text.len());
    let (number, rest) = text.split_at(end);
    let whole = number.split('.').next().unwrap_or_default();
    let at = epoch(number).filter(|_| matches!(whole.len(), 10 | 13 | 16 | 19))?;
    (rest.is_empty() || rest.starts_with([' ', ']', ':', ','])).then_some((at, rest))
}

/// Reads from the front of a text. Only ASCII is taken, so every cut is between characters.
struct Scan<'a>(&'a str);

impl Scan<'_> {
    /// Exactly this many digits.
    fn digits(&mut self, count: usize) -> Option<u32> {
        let (digits, rest) = self.0.split_at_checked(count)?;
        if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        self.0 = rest;
        digits.parse().ok()
    }

    fn one_of(&mut self, wanted: &[char]) -> Option<char> {
        let first = self.0.chars().next().filter(|first| wanted.contains(first))?;
        self.0 = self.0.get(first.len_utf8()..)?;
        Some(first)
    }

    fn month(&mut self) -> Option<u32> {
        let (name, rest) = self.0.split_at_checked(3)?;
        let at = MONTHS.iter().position(|month| month.eq_ignore_ascii_case(name))?;
        self.0 = rest;
        u32::try_from(at + 1).ok()
    }

    /// `12:00:00`, with a fraction after a point or a comma if there is one. A leap second is read as :59.
    fn time(&mut self) -> Option<NaiveTime> {
        let hour = self.digits(2)?;
        self.one_of(&[':'])?;
        let minute = self.digits(2)?;
        self.one_of(&[':'])?;
        let second = self.digits(2)?.min(60);
        NaiveTime::from_hms_nano_opt(hour, minute, second.min(59), self.fraction())
    }

    fn fraction(&mut self) -> u32 {
        let Some(digits) = self.0.strip_prefix(['.', ',']) else { return 0 };
        let end = digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(digits.len());
        let (digits, rest) = digits.split_at(end);
        let nanos = format!("{digits:0<9}").get(..9).and_then(|nanos| nanos.parse().ok());
        match nanos {
            Some(nanos) if end > 0 => {
                self.0 = rest;
                nanos
            }
            _ => 0,
        }
    }

    /// `Z`, ` UTC`, `+01:00`, ` +0100`, or nothing, which is this machine's zone.
    fn zoned(&mut self, naive: NaiveDateTime, clock: Clock) -> Option<Moment> {
        for utc in ["Z", "z", " UTC", " GMT", " Z"] {
            if let Some(rest) = self.0.strip_prefix(utc)
                && !rest.starts_with(|c: char| c.is_alphanumeric())
            {
                self.0 = rest;
                return Some(naive.and_utc());
            }
        }
        let mut scan = Scan(self.0);
        scan.one_of(&[' ']);
        let Some(offset) = scan.offset() else { return (clock.local)(naive) };
        self.0 = scan.0;
        offset.from_local_datetime(&naive).single().map(|at| at.to_utc())
    }

    fn offset(&mut self) -> Option<FixedOffset> {
        let sign = if self.one_of(&['+', '-'])? == '+' { 1 } else { -1 };
        let hours = self.digits(2)?;
        self.one_of(&[':']);
        let minutes = self.digits(2)?;
        if self.0.starts_with(|c: char| c.is_ascii_digit()) || minutes > 59 {
            return None;
        }
        FixedOffset::east_opt(sign * i32::try_from(hours * 3_600 + minutes * 60).ok()?)
    }
}
