//! Times as people write them: `30m`, `09:00`, `fri 09:00`, `tomorrow 09:00`, `2026-11-20 09:00`.

use std::fmt;

use chrono::{DateTime, Datelike as _, Days, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, TimeZone, Utc, Weekday};
use chrono_tz::Tz;

use super::{Moment, duration};

/// A time that depends on now and on the operator's zone, or not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// From now, or before it.
    Span(TimeDelta),
    /// The next, or the last, time that the operator's clock shows this.
    Clock(NaiveTime),
    /// The next, or the last, such day of the week, at this time.
    Weekday(Weekday, NaiveTime),
    /// The day after this one, at this time.
    Tomorrow(NaiveTime),
    /// A day and a time of the operator's zone.
    Local(NaiveDateTime),
    /// A moment.
    At(Moment),
}

impl When {
    /// Reads a duration or a time.
    ///
    /// # Errors
    /// In words, with what would be right.
    pub fn parse(text: &str) -> Result<Self, String> {
        match duration::parse(text.trim()) {
            Ok(span) if span > TimeDelta::zero() => Ok(Self::Span(span)),
            Ok(_) => Err(format!("'{text}' is no time at all")),
            Err(_) => Self::point(text).map_err(|_| {
                format!("'{text}' is neither a duration nor a time; write 30m, 09:00 or \"2026-11-20 09:00\"")
            }),
        }
    }

    /// Reads an end: a duration, or a time behind `until`.
    ///
    /// # Errors
    /// In words, with what would be right.
    pub fn end(text: &str) -> Result<Self, String> {
        match text.trim().strip_prefix("until ") {
            Some(point) => Self::point(point),
            None => Self::parse(text),
        }
    }

    /// Reads a time.
    ///
    /// # Errors
    /// In words, with what would be right.
    pub fn point(text: &str) -> Result<Self, String> {
        let text = text.trim();
        let clock = |text: &str| NaiveTime::parse_from_str(text, "%H:%M");
        let local = || NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").map(Self::Local);
        let day = || NaiveDate::parse_from_str(text, "%Y-%m-%d").map(|day| Self::Local(day.and_time(NaiveTime::MIN)));
        let moment = || DateTime::parse_from_rfc3339(text).map(|at| Self::At(at.with_timezone(&Utc)));
        let read = clock(text).map(Self::Clock).or_else(|_| local()).or_else(|_| day()).or_else(|_| moment());
        let on_a_day = || {
            let (day, at) = text.rsplit_once(' ')?;
            let at = clock(at).ok()?;
            match day.trim() {
                "tomorrow" => Some(Self::Tomorrow(at)),
                day => day.parse().ok().map(|day| Self::Weekday(day, at)),
            }
        };
        read.ok().or_else(on_a_day).ok_or_else(|| {
            format!("'{text}' is no time; write 09:00, fri 09:00, \"2026-11-20 09:00\" or 2026-11-20T08:00:00Z")
        })
    }

    /// The moment after `now` that is meant, where an end is asked for.
    ///
    /// # Errors
    /// In words, where it has passed or the zone's clock never shows it.
    pub fn ahead(self, now: Moment, zone: Tz) -> Result<Moment, String> {
        let at = match self {
            Self::Span(span) => now.checked_add_signed(span),
            Self::At(at) => Some(at),
            Self::Local(local) => moment(local, zone),
            Self::Clock(clock) => {
                days_ahead(now, zone, 2).filter_map(|day| moment(day.and_time(clock), zone)).find(|at| *at > now)
            }
            Self::Weekday(weekday, clock) => days_ahead(now, zone, 8)
                .filter(|day| day.weekday() == weekday)
                .filter_map(|day| moment(day.and_time(clock), zone))
                .find(|at| *at > now),
            Self::Tomorrow(clock) => days_ahead(now, zone, 1).nth(1).and_then(|day| moment(day.and_time(clock), zone)),
        };
        match at {
            Some(at) if at > now => Ok(at),
            Some(_) => Err("this time has passed already".to_owned()),
            None => Err("there is no such time".to_owned()),
        }
    }

    /// The moment up to `now` that is meant, where a beginning is asked for.
    ///
    /// # Errors
    /// In words, where it is still to come or the zone's clock never shows it.
    pub fn back(self, now: Moment, zone: Tz) -> Result<Moment, String> {
        let at = match self {
            Self::Span(span) => now.checked_sub_signed(span),
            Self::At(at) => Some(at),
            Self::Local(local) => moment(local, zone),
            Self::Clock(clock) => {
                days_back(now, zone, 2).filter_map(|day| moment(day.and_time(clock), zone)).find(|at| *at <= now)
            }
            Self::Weekday(weekday, clock) => days_back(now, zone, 8)
                .filter(|day| day.weekday() == weekday)
                .filter_map(|day| moment(day.and_time(clock), zone))
                .find(|at| *at <= now),
            Self::Tomorrow(_) => return Err("this time is still to come".to_owned()),
        };
        match at {
            Some(at) if at <= now => Ok(at),
            Some(_) => Err("this time is still to come".to_owned()),
            None => Err("there is no such time".to_owned()),
        }
    }
}

impl fmt::Display for When {
    /// As it would be written, to be read again.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Span(span) => f.write_str(&duration::text(*span)),
            Self::Clock(clock) => write!(f, "{}", clock.format("%H:%M")),
            Self::Weekday(day, clock) => write!(f, "{day} {}", clock.format("%H:%M")),
            Self::Tomorrow(clock) => write!(f, "tomorrow {}", clock.format("%H:%M")),
            Self::Local(local) => write!(f, "{}", local.format("%Y-%m-%d %H:%M")),
            Self::At(at) => f.write_str(&at.to_rfc3339()),
        }
    }
}

/// Today in the zone and so many days after it.
fn days_ahead(now: Moment, zone: Tz, count: u64) -> impl Iterator<Item = NaiveDate> {
    let today = now.with_timezone(&zone).date_naive();
    (0..=count).filter_map(move |days| today.checked_add_days(Days::new(days)))
}

/// Today in the zone and so many days before it.
fn days_back(now: Moment, zone: Tz, count: u64) -> impl Iterator<Item = NaiveDate> {
    let today = now.with_timezone(&zone).date_naive();
    (0..=count).filter_map(move |days| today.checked_sub_days(Days::new(days)))
}

/// The moment of a local time. One that comes twice, when clocks are put back, is the first; one that is left
/// out, when they are put forward, is as long after the gap began.
fn moment(local: NaiveDateTime, zone: Tz) -> Option<Moment> {
    let found = zone.from_local_datetime(&local).earliest();
    let after_gap = || {
        let before = zone.from_local_datetime(&local.checked_sub_signed(TimeDelta::hours(3))?).latest()?;
        before.checked_add_signed(TimeDelta::hours(3))
    };
    found.or_else(after_gap).map(|at| at.with_timezone(&Utc))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const BERLIN: Tz = Tz::Europe__Berlin;

    fn utc(text: &str) -> Moment {
        text.parse().unwrap()
    }

    #[test]
    fn what_is_written_is_read_again() {
        let all =
            ["30m", "2h", "09:00", "Fri 09:00", "tomorrow 22:15", "2026-11-20 09:00", "2026-11-20T08:00:00+00:00"];
        for text in all {
            let read = When::parse(text).unwrap();
            assert_eq!(When::parse(&read.to_string()), Ok(read), "{text}");
        }
    }

    #[test]
    fn what_people_write() {
        assert_eq!(When::parse("30m"), Ok(When::Span(TimeDelta::minutes(30))));
        assert!(matches!(When::parse("09:00"), Ok(When::Clock(_))));
        assert!(matches!(When::parse("2026-11-20 09:00"), Ok(When::Local(_))));
        assert!(matches!(When::parse("2026-11-20"), Ok(When::Local(_))));
        assert!(matches!(When::parse("2026-11-20T08:00:00Z"), Ok(When::At(_))));
        assert!(matches!(When::end("until mon 09:00"), Ok(When::Weekday(Weekday::Mon, _))));
        assert!(matches!(When::end("until tomorrow 09:00"), Ok(When::Tomorrow(_))));
        assert!(matches!(When::end("2h"), Ok(When::Span(_))));
        for wrong in ["", "soon", "25:00", "-5m", "0m", "2026-13-01", "x 09:00", "until"] {
            assert!(When::parse(wrong).is_err(), "{wrong}");
        }
        assert!(When::point("30m").is_err());
    }

    #[test]
    fn the_next_and_the_last_time_of_the_operators_clock() {
        let now = utc("2026-11-20T03:12:00Z"); // 04:12 in Berlin
        let nine = When::parse("09:00").unwrap();
        assert_eq!(nine.ahead(now, BERLIN), Ok(utc("2026-11-20T08:00:00Z")));
        assert_eq!(nine.back(now, BERLIN), Ok(utc("2026-11-19T08:00:00Z")));
        let four = When::parse("04:00").unwrap();
        assert_eq!(four.ahead(now, BERLIN), Ok(utc("2026-11-21T03:00:00Z")));
        assert_eq!(
            When::parse("2026-11-19 09:00").unwrap().ahead(now, BERLIN),
            Err("this time has passed already".into())
        );
        assert_eq!(When::parse("8h").unwrap().back(now, BERLIN), Ok(utc("2026-11-19T19:12:00Z")));
        let end = |text| When::end(text).unwrap().ahead(now, BERLIN);
        assert_eq!(end("until mon 09:00"), Ok(utc("2026-11-23T08:00:00Z")));
        assert_eq!(end("until fri 09:00"), Ok(utc("2026-11-20T08:00:00Z")));
        assert_eq!(end("until fri 03:00"), Ok(utc("2026-11-27T02:00:00Z")));
        assert_eq!(end("until tomorrow 09:00"), Ok(utc("2026-11-21T08:00:00Z")));
    }

    #[test]
    fn hours_that_are_left_out_or_come_twice() {
        let local = |text: &str| When::point(text).unwrap().ahead(utc("2026-01-01T00:00:00Z"), BERLIN);
        // 02:30 does not exist on 29 March 2026; half an hour after the gap began it is 03:30 summer time.
        assert_eq!(local("2026-03-29 02:30"), Ok(utc("2026-03-29T01:30:00Z")));
        // 02:30 comes twice on 25 October 2026; the first is summer time.
        assert_eq!(local("2026-10-25 02:30"), Ok(utc("2026-10-25T00:30:00Z")));
    }

    proptest! {
        #[test]
        fn a_clock_time_is_within_two_days(seconds in 1_700_000_000_i64..1_900_000_000, hour in 0_u32..24, minute in 0_u32..60) {
            let now = DateTime::from_timestamp(seconds, 0).unwrap();
            let clock = When::Clock(NaiveTime::from_hms_opt(hour, minute, 0).unwrap());
            let (ahead, back) = (clock.ahead(now, BERLIN).unwrap(), clock.back(now, BERLIN).unwrap());
            prop_assert!(now < ahead && ahead - now <= TimeDelta::hours(49));
            prop_assert!(back <= now && now - back <= TimeDelta::hours(49));
        }
    }
}
