//! Durations as Prometheus writes them: `15s`, `1h30m`, `7d`.

use std::fmt::Write as _;

use chrono::TimeDelta;

const UNITS: [(&str, i64); 7] = [
    ("y", 365 * 86_400_000),
    ("w", 7 * 86_400_000),
    ("d", 86_400_000),
    ("h", 3_600_000),
    ("m", 60_000),
    ("s", 1_000),
    ("ms", 1),
];

/// Reads a duration: whole numbers with units from `y` down to `ms`, each at most once, the larger first.
///
/// # Errors
/// In words, what is wrong and what a duration looks like.
pub fn parse(text: &str) -> Result<TimeDelta, String> {
    let wrong = || format!("'{text}' is no duration; write one as 15s, 10m or 1h30m");
    let (mut rest, mut total, mut floor) = (text, 0_i64, 0);
    if rest.is_empty() {
        return Err(wrong());
    }
    while !rest.is_empty() {
        let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let (number, after) = rest.split_at(digits);
        let word = after.len() - after.trim_start_matches(|c: char| c.is_ascii_alphabetic()).len();
        let (unit, after) = after.split_at(word);
        let at = UNITS.iter().position(|(name, _)| *name == unit).filter(|at| *at >= floor).ok_or_else(wrong)?;
        let number: i64 = number.parse().map_err(|_| wrong())?;
        let millis = UNITS.get(at).and_then(|(_, millis)| number.checked_mul(*millis)).ok_or_else(wrong)?;
        total = total.checked_add(millis).ok_or_else(wrong)?;
        (rest, floor) = (after, at + 1);
    }
    TimeDelta::try_milliseconds(total).ok_or_else(wrong)
}

/// Writes a duration so that [`parse`] reads it back.
#[must_use]
pub fn text(span: TimeDelta) -> String {
    let mut left = span.num_milliseconds().max(0);
    if left == 0 {
        return "0s".to_owned();
    }
    let mut made = String::new();
    for (name, millis) in UNITS.iter().skip(2) {
        if left >= *millis {
            // Writing to a String cannot fail.
            let _ = write!(made, "{}{name}", left / millis);
            left %= millis;
        }
    }
    made
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_is_and_what_is_not_a_duration() {
        assert_eq!(parse("1h30m"), Ok(TimeDelta::minutes(90)));
        assert_eq!(parse("1w"), Ok(TimeDelta::days(7)));
        assert_eq!(parse("250ms"), Ok(TimeDelta::milliseconds(250)));
        for wrong in ["", "5", "m", "1m1h", "1h1h", "-5m", "5 m", "99999999999y", "1.5h", "5é"] {
            assert!(parse(wrong).is_err(), "{wrong}");
        }
    }

    proptest! {
        #[test]
        fn text_is_read_back(millis in 0_i64..10_000_000_000) {
            let span = TimeDelta::milliseconds(millis);
            prop_assert_eq!(parse(&text(span)), Ok(span));
        }
    }
}
