//! A moment as JSON, written at once: ten thousand alerts have as many.
//!
//! What must not live here: how moments are told to people.

use chrono::{Datelike as _, Timelike as _};
use serde::{Serialize, Serializer};

use crate::domain::Moment;

/// A moment, as chrono writes it: RFC 3339 in UTC, with as many digits of a second's fraction as it has, by threes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stamp(pub(super) Moment);

/// The longest there is: `2026-11-21T03:16:44.123456789Z`.
const LONGEST: usize = 30;

impl Serialize for Stamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut room = [0; LONGEST];
        match self.write(&mut room) {
            Some(text) => serializer.serialize_str(text),
            None => self.0.serialize(serializer),
        }
    }
}

impl Stamp {
    /// `None` for years of more or fewer than four digits.
    fn write(self, room: &mut [u8; LONGEST]) -> Option<&str> {
        let year = u32::try_from(self.0.year()).ok().filter(|year| (1_000..10_000).contains(year))?;
        let nanos = self.0.nanosecond();
        // A leap second is a matter for chrono.
        let (fraction, digits) = match nanos {
            0 => (0, 0),
            1_000_000_000.. => return None,
            _ if nanos.is_multiple_of(1_000_000) => (nanos / 1_000_000, 3),
            _ if nanos.is_multiple_of(1_000) => (nanos / 1_000, 6),
            _ => (nanos, 9),
        };
        let mut end = 0;
        let parts = [
            (year, 4, b'-'),
            (self.0.month(), 2, b'-'),
            (self.0.day(), 2, b'T'),
            (self.0.hour(), 2, b':'),
            (self.0.minute(), 2, b':'),
            (self.0.second(), 2, if digits == 0 { b'Z' } else { b'.' }),
            (fraction, digits, b'Z'),
        ];
        for (number, width, sign) in parts.into_iter().filter(|(_, width, _)| *width > 0) {
            let mut rest = number;
            for place in room.get_mut(end..end + width)?.iter_mut().rev() {
                *place = b'0' + u8::try_from(rest % 10).unwrap_or_default();
                rest /= 10;
            }
            *room.get_mut(end + width)? = sign;
            end += width + 1;
        }
        room.get(..end).and_then(|text| std::str::from_utf8(text).ok())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn same(moment: Moment) {
        assert_eq!(serde_json::to_string(&Stamp(moment)).unwrap(), serde_json::to_string(&moment).unwrap());
    }

    #[test]
    fn every_kind_of_fraction_and_year() {
        for text in [
            "2026-11-21T03:16:44Z",
            "2026-11-21T03:16:44.1Z",
            "2026-11-21T03:16:44.000120Z",
            "2026-11-21T03:16:44.000000009Z",
            "2016-12-31T23:59:60Z",
            "2016-12-31T23:59:60.5Z",
            "0999-01-01T00:00:00Z",
            "1000-01-01T00:00:00Z",
            "9999-12-31T23:59:59.999999999Z",
            "+10000-01-01T00:00:00Z",
            "-0044-03-15T12:00:00Z",
        ] {
            same(text.parse().unwrap());
        }
    }

    proptest! {
        #[test]
        fn any_moment_is_written_as_chrono_writes_it(
            seconds in -99_999_999_999_i64..299_999_999_999, nanos in 0_u32..2_000_000_000,
        ) {
            if let Some(moment) = Moment::from_timestamp(seconds, nanos) {
                same(moment);
            }
        }
    }
}
