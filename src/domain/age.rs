//! How long ago, in one unit, as people say it: `4s`, `31m`, `2h`, `2d`.

use chrono::TimeDelta;

use super::Moment;

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// A span in one unit, cut and not rounded: 119 s are `1m`. Negative spans are `0s`.
#[must_use]
pub fn short(span: TimeDelta) -> String {
    match span.num_seconds().max(0) {
        seconds if seconds < MINUTE => format!("{seconds}s"),
        seconds if seconds < HOUR => format!("{}m", seconds / MINUTE),
        seconds if seconds < 2 * DAY => format!("{}h", seconds / HOUR),
        seconds => format!("{}d", seconds / DAY),
    }
}

/// A span as a sentence says it: `0.2 s`, `4.1 s`, `42 s`, `4 min`, `3 h`, `2 d`. Cut, not rounded.
#[must_use]
pub fn spoken(span: TimeDelta) -> String {
    let millis = span.num_milliseconds().max(0);
    match millis / 1000 {
        seconds if seconds < 10 => format!("{seconds}.{} s", millis % 1000 / 100),
        seconds if seconds < 2 * MINUTE => format!("{seconds} s"),
        seconds if seconds < 2 * HOUR => format!("{} min", seconds / MINUTE),
        seconds if seconds < 2 * DAY => format!("{} h", seconds / HOUR),
        seconds => format!("{} d", seconds / DAY),
    }
}

/// A span of minutes as a sentence says it: `<1 min`, `4 min`, `3 h`, `2 d`. It changes just when [`short`] does from
/// a minute on.
#[must_use]
pub fn coarse(span: TimeDelta) -> String {
    match span.num_seconds().max(0) {
        seconds if seconds < MINUTE => "<1 min".to_owned(),
        seconds if seconds < HOUR => format!("{} min", seconds / MINUTE),
        seconds if seconds < 2 * DAY => format!("{} h", seconds / HOUR),
        seconds => format!("{} d", seconds / DAY),
    }
}

/// How long `since` is past at `now`.
#[must_use]
pub fn since(since: Moment, now: Moment) -> String {
    short(now - since)
}

/// How long from `now` until [`since`] says something else. A frame is asked for just then.
#[must_use]
pub fn next_change(since: Moment, now: Moment) -> std::time::Duration {
    let millis = (now - since).num_milliseconds().max(0);
    let step = match millis / 1000 {
        seconds if seconds < MINUTE => 1000,
        seconds if seconds < HOUR => MINUTE * 1000,
        seconds if seconds < 2 * DAY => HOUR * 1000,
        _ => DAY * 1000,
    };
    std::time::Duration::from_millis(u64::try_from(step - millis % step).unwrap_or(1000))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn one_unit() {
        let said = |seconds| short(TimeDelta::seconds(seconds));
        assert_eq!(
            [said(-5), said(4), said(59), said(119), said(3600), said(172_799), said(172_800)],
            ["0s", "4s", "59s", "1m", "1h", "47h", "2d"]
        );
    }

    #[test]
    fn as_a_sentence_says_it() {
        let said = |millis| spoken(TimeDelta::milliseconds(millis));
        assert_eq!(
            [said(-5), said(230), said(4_190), said(42_900), said(240_000), said(7_200_000), said(172_800_000)],
            ["0.0 s", "0.2 s", "4.1 s", "42 s", "4 min", "2 h", "2 d"]
        );
    }

    #[test]
    fn in_minutes() {
        let said = |seconds| coarse(TimeDelta::seconds(seconds));
        assert_eq!([said(59), said(60), said(3_600), said(172_800)], ["<1 min", "1 min", "1 h", "2 d"]);
    }

    proptest! {
        #[test]
        fn the_text_changes_just_when_foretold(millis in 0_i64..400_000_000) {
            let (began, now) = (Moment::UNIX_EPOCH, Moment::UNIX_EPOCH + TimeDelta::milliseconds(millis));
            let wait = TimeDelta::from_std(next_change(began, now)).unwrap();
            prop_assert_ne!(since(began, now), since(began, now + wait));
            prop_assert_eq!(since(began, now), since(began, now + wait - TimeDelta::milliseconds(1)));
        }
    }
}
