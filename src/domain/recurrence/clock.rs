//! The moment of a local time, and the local time of a moment; nothing here falls at the ends of time.

use chrono::{Days, MappedLocalTime, NaiveDate, NaiveDateTime, NaiveTime, Offset as _, TimeZone as _};
use chrono_tz::{GapInfo, Tz};

use crate::domain::Moment;

/// What the clocks of a zone show.
pub(super) fn local(zone: Tz, at: Moment) -> Option<NaiveDateTime> {
    let utc = at.naive_utc();
    utc.checked_add_offset(zone.offset_from_utc_datetime(&utc).fix())
}

/// When the clocks of a zone first show a time; the first moment after the gap for one that they skip.
pub(super) fn first_at_or_after(zone: Tz, local: NaiveDateTime) -> Option<Moment> {
    match zone.offset_from_local_datetime(&local) {
        MappedLocalTime::Single(offset) | MappedLocalTime::Ambiguous(offset, _) => {
            local.checked_sub_offset(offset.fix()).map(|utc| utc.and_utc())
        }
        MappedLocalTime::None => GapInfo::new(&local, &zone)?.end.map(|end| end.to_utc()),
    }
}

/// The same for a time of a day; `None` also for a day that the zone skips whole.
pub(super) fn on_day(zone: Tz, day: NaiveDate, at: NaiveTime) -> Option<Moment> {
    let local = day.and_time(at);
    if zone.offset_from_local_datetime(&local) == MappedLocalTime::None && is_skipped(zone, day) {
        return None;
    }
    first_at_or_after(zone, local)
}

/// Whether a zone skips a day from its first moment to its last.
fn is_skipped(zone: Tz, day: NaiveDate) -> bool {
    let midnight = day.and_time(NaiveTime::MIN);
    let Some(gap) = GapInfo::new(&midnight, &zone) else { return false };
    let end = gap.end.map(|end| end.naive_local());
    end.zip(midnight.checked_add_days(Days::new(1))).is_some_and(|(end, next)| end >= next)
}
