//! When something ends, as people type it: `30m`, `2h`, `until 09:00`, `until fri 09:00`, `until 2026-11-22 09:00`.

use chrono::{Datelike, Days, NaiveDate, NaiveDateTime, NaiveTime, TimeZone, Weekday};
use chrono_tz::Tz;

use super::{Moment, duration};

/// Reads an end. A clock time is in `zone` and means the next time it is that late; a weekday the next such day.
/// Where a clock change skips the time, the first moment after the gap is meant; where it repeats it, the first.
///
/// # Errors
/// In words, what is wrong and how it is written.
pub fn parse(text: &str, now: Moment, zone: Tz) -> Result<Moment, String> {
    let text = text.trim();
    let rest = text.strip_prefix("until ").or_else(|| text.strip_prefix("til ")).map(str::trim);
    let Some(rest) = rest else {
        let span = duration::parse(text).map_err(|_| wrong(text))?;
        if span <= chrono::TimeDelta::zero() {
            return Err(format!("'{text}' is no time at all"));
        }
        return now.checked_add_signed(span).ok_or_else(|| wrong(text));
    };
    let local = now.with_timezone(&zone).naive_local();
    let (day, clock) = rest.rsplit_once(' ').unwrap_or(("", rest));
    let clock = NaiveTime::parse_from_str(clock, "%H:%M").map_err(|_| wrong(text))?;
    let end = match day.trim() {
        "" => next_day(local, clock, |_| true),
        "tomorrow" => local.date().checked_add_days(Days::new(1)).map(|day| day.and_time(clock)),
        day => match (day.parse::<Weekday>(), NaiveDate::parse_from_str(day, "%Y-%m-%d")) {
            (Ok(weekday), _) => next_day(local, clock, |day| day.weekday() == weekday),
            (_, Ok(date)) => Some(date.and_time(clock)),
            _ => return Err(wrong(text)),
        },
    };
    let end = end.and_then(|end| in_zone(end, zone)).ok_or_else(|| wrong(text))?;
    if end <= now {
        return Err(format!("'{text}' is in the past"));
    }
    Ok(end)
}

fn wrong(text: &str) -> String {
    format!("'{text}' is no time; write 30m, 2h, until 09:00, until fri 09:00 or until 2026-11-22 09:00")
}

fn next_day(local: NaiveDateTime, clock: NaiveTime, fits: impl Fn(NaiveDate) -> bool) -> Option<NaiveDateTime> {
    (0..8)
        .filter_map(|ahead| local.date().checked_add_days(Days::new(ahead)))
        .map(|day| day.and_time(clock))
        .find(|end| *end > local && fits(end.date()))
}

/// The moment of a local time; the first after the gap where the local time does not exist.
fn in_zone(local: NaiveDateTime, zone: Tz) -> Option<Moment> {
    (0..=24 * 4)
        .filter_map(|quarter| local.checked_add_signed(chrono::TimeDelta::minutes(15 * quarter)))
        .find_map(|local| zone.from_local_datetime(&local).earliest())
        .map(|moment| moment.to_utc())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(text: &str) -> Moment {
        text.parse().unwrap()
    }

    #[test]
    fn what_people_type() {
        let now = at("2026-11-21T03:12:00Z");
        let end = |text| parse(text, now, Tz::Europe__Berlin);
        assert_eq!(end("30m"), Ok(at("2026-11-21T03:42:00Z")));
        assert_eq!(end("until 09:00"), Ok(at("2026-11-21T08:00:00Z")));
        assert_eq!(end("until 04:00"), Ok(at("2026-11-22T03:00:00Z")));
        assert_eq!(end("until mon 09:00"), Ok(at("2026-11-23T08:00:00Z")));
        assert_eq!(end("until tomorrow 09:00"), Ok(at("2026-11-22T08:00:00Z")));
        assert_eq!(end("until 2026-12-01 12:00"), Ok(at("2026-12-01T11:00:00Z")));
        for wrong in ["", "soon", "until", "until 25:00", "until 2020-01-01 09:00", "0m", "until x 09:00"] {
            assert!(end(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_skipped_local_time_means_the_first_moment_after_the_gap() {
        let now = at("2026-03-28T20:00:00Z");
        assert_eq!(parse("until 02:30", now, Tz::Europe__Berlin), Ok(at("2026-03-29T01:00:00Z")));
    }

    proptest! {
        #[test]
        fn an_end_is_always_ahead(text in "(until )?([a-z]{3} )?[0-9]{1,2}[:mh]?[0-9]{0,2}", seconds in 0_i64..4_000_000_000) {
            let now = chrono::DateTime::from_timestamp(seconds, 0).unwrap();
            if let Ok(end) = parse(&text, now, Tz::Australia__Lord_Howe) {
                prop_assert!(end > now);
            }
        }
    }
}
