//! Turns against an independent calculation: the clocks of a zone are watched hour by hour, every date that they
//! show is written down, and the date that is meant is picked from a list.

use std::collections::BTreeMap;

use chrono::{Datelike as _, NaiveDate, NaiveDateTime, Offset as _, TimeZone as _, Weekday};

use super::super::made::any_calendar;
use super::*;
use crate::domain::checklist::schedule::MonthDay;

/// A time in which the clocks of a zone were not changed: from, until, and how far they were ahead.
type Even = (Moment, Moment, TimeDelta);

/// The clocks of a zone over some years.
struct Clocks(Vec<Even>);

impl Clocks {
    /// Watches the clocks every six hours; where they were changed, every minute in between.
    fn watched(zone: Tz, from: Moment, until: Moment) -> Self {
        let ahead = |at: Moment| {
            let offset = zone.offset_from_utc_datetime(&at.naive_utc()).fix().local_minus_utc();
            TimeDelta::seconds(offset.into())
        };
        let (mut even, mut since, mut at) = (Vec::new(), from, from);
        while at < until {
            let next = at + TimeDelta::hours(6);
            if ahead(next) != ahead(at) {
                let minutes = (1..=360).map(|minutes| at + TimeDelta::minutes(minutes));
                let changed = minutes.into_iter().find(|minute| ahead(*minute) != ahead(at)).unwrap();
                even.push((since, changed, ahead(at)));
                since = changed;
            }
            at = next;
        }
        even.push((since, until, ahead(at)));
        Self(even)
    }

    /// The first moment at which they showed a time of a day or a later one, without having shown it before.
    fn first_at_or_after(&self, local: NaiveDateTime) -> Moment {
        let shows = |(_, until, ahead): &&Even| until.naive_utc() + *ahead > local;
        let (since, _, ahead) = self.near(local).iter().find(shows).unwrap();
        (local.and_utc() - *ahead).max(*since)
    }

    /// Whether they showed any time of a day.
    fn showed(&self, day: NaiveDate) -> bool {
        let (begins, ends) = (day.and_hms_opt(0, 0, 0).unwrap(), day.succ_opt().unwrap().and_hms_opt(0, 0, 0).unwrap());
        let shows =
            |(since, until, ahead): &Even| since.naive_utc() + *ahead < ends && until.naive_utc() + *ahead > begins;
        self.near(begins).iter().take(4).any(shows)
    }

    /// The times from some days before.
    fn near(&self, local: NaiveDateTime) -> &[Even] {
        let before = local.and_utc() - TimeDelta::days(3);
        &self.0[self.0.partition_point(|(_, until, _)| *until < before)..]
    }
}

/// The day of a month that is meant, from a list of its days.
fn meant(month: &[NaiveDate], day: MonthDay) -> NaiveDate {
    let mut days = month.iter().copied();
    let works = |day: &NaiveDate| day.weekday().number_from_monday() <= 5;
    let found = match day {
        MonthDay::Day(number) => days.rfind(|day| day.day() <= number.into()),
        MonthDay::Last => days.next_back(),
        MonthDay::FirstWorkday => days.find(works),
        MonthDay::LastWorkday => days.rfind(works),
        MonthDay::First(weekday) => days.find(|day| day.weekday() == weekday),
        MonthDay::LastOf(weekday) => days.rfind(|day| day.weekday() == weekday),
    };
    found.unwrap()
}

/// When turns are due in whole periods of these years: each with its period, which is a pair of numbers.
fn expected(schedule: Schedule, clocks: &Clocks, years: std::ops::Range<i32>) -> Vec<((i32, u32), Moment)> {
    let Schedule::Calendar { period, at } = schedule else { return Vec::new() };
    let first = NaiveDate::from_ymd_opt(years.start, 1, 1).unwrap();
    let mut periods: BTreeMap<(i32, u32), Vec<NaiveDate>> = BTreeMap::new();
    for day in first.iter_days().take_while(|day| day.year() < years.end) {
        let key = match period {
            Period::Daily | Period::Workdays => (day.year(), day.ordinal()),
            Period::Weekly(_) => (day.iso_week().year(), day.iso_week().week()),
            Period::Monthly(_) => (day.year(), day.month()),
            Period::Quarterly(_) => (day.year(), day.month().div_ceil(3)),
            Period::Yearly(_) => (day.year(), 1),
        };
        periods.entry(key).or_default().push(day);
    }
    let due = |days: &[NaiveDate]| {
        let this = match period {
            Period::Workdays if matches!(days[0].weekday(), Weekday::Sat | Weekday::Sun) => return None,
            Period::Daily | Period::Workdays => days[0],
            Period::Weekly(weekday) => *days.iter().find(|day| day.weekday() == weekday)?,
            Period::Monthly(day) | Period::Quarterly(day) | Period::Yearly(day) => {
                let month: Vec<_> = days.iter().copied().filter(|day| day.month() == days[0].month()).collect();
                meant(&month, day)
            }
        };
        let (before, from) = days.split_at(days.iter().position(|day| *day == this).unwrap());
        let day = from.iter().chain(before.iter().rev()).find(|day| clocks.showed(**day))?;
        Some(clocks.first_at_or_after(day.and_time(at)))
    };
    periods.iter().filter_map(|(key, days)| Some((*key, due(days)?))).collect()
}

/// How long before it is due a turn opens, and after how long it is overdue, in hours.
fn hours(period: Period) -> (i64, i64) {
    match period {
        Period::Daily | Period::Workdays => (2, 4),
        Period::Weekly(_) => (24, 24),
        Period::Monthly(_) => (72, 72),
        Period::Quarterly(_) | Period::Yearly(_) => (168, 168),
    }
}

/// Twenty years of turns are as they are expected.
fn holds(schedule: Schedule, zone: Tz, clocks: &Clocks, year: i32) {
    let Schedule::Calendar { period, .. } = schedule else { panic!("{schedule} has no calendar") };
    let what = format!("{schedule} in {zone}");
    let (opens, late) = hours(period);
    let (opens, late) = (TimeDelta::hours(opens), TimeDelta::hours(late));
    let begins = utc(&format!("{year}-01-01T00:00:00Z"));
    let ends = utc(&format!("{}-01-01T00:00:00Z", year + 20));
    // Two years more on either side, so that the periods at the edges are whole.
    let wanted = expected(schedule, clocks, year - 2..year + 22);
    let wanted: Vec<_> = wanted.into_iter().filter(|(_, due)| *due >= begins).collect();
    let mut came = turns(schedule, zone, begins);
    let mut last: Option<Turn> = None;
    for (at, ((_, due), (_, next))) in
        wanted.iter().zip(&wanted[1..]).take_while(|((_, due), _)| *due < ends).enumerate()
    {
        let turn = came.next().unwrap();
        let overdue = (*due + late).min(*next - opens);
        assert_eq!(turn, Turn { opens: *due - opens, due: *due, overdue, closes: *next - opens }, "{what}");
        assert!(turn.opens < turn.due && turn.due < turn.overdue && turn.overdue <= turn.closes, "{what}: {turn:?}");
        assert!(last.is_none_or(|last| last.closes == turn.opens && last.due < turn.due), "{what}: {turn:?}");
        last = Some(turn);
        // Any of the moments at which it is open; a few, for there are many days in twenty years.
        if at % 23 == 0 {
            let moment = TimeDelta::nanoseconds(1);
            for now in [turn.opens, turn.due - moment, turn.due, turn.overdue, turn.closes - moment] {
                assert_eq!(turn_at(schedule, zone, now), Some(turn), "{what} at {now}");
            }
            assert_ne!(turn_at(schedule, zone, turn.opens - moment), Some(turn), "{what}");
            assert_eq!(turns_back(schedule, zone, turn.closes).nth(1), Some(turn), "{what}");
            assert_eq!(turns(schedule, zone, turn.due).next(), Some(turn), "{what}");
            assert!(turns(schedule, zone, turn.due + moment).next().unwrap().due > turn.due, "{what}");
        }
    }
    assert!(last.is_some_and(|last| last.closes + opens >= ends), "{what}");
    let mut periods: Vec<_> = wanted.iter().map(|(key, _)| key).collect();
    periods.dedup();
    assert_eq!(periods.len(), wanted.len(), "{what}: two turns in a period");
}

fn clocks(zone: Tz, year: i32) -> Clocks {
    let moment = |year: i32| utc(&format!("{year}-01-01T00:00:00Z"));
    Clocks::watched(zone, moment(year - 3), moment(year + 23))
}

/// Every form of a schedule, and those of the shipped lists.
const FORMS: [&str; 18] = [
    "daily 09:00",
    "weekly fri 15:00",
    "monthly first workday 10:00",
    "quarterly first workday 10:00",
    "daily 02:15",
    "daily 23:45",
    "workdays 00:00",
    "weekly sun 00:30",
    "weekly mon 02:30",
    "monthly 1 00:00",
    "monthly 30 01:45",
    "monthly 31 12:00",
    "monthly last 23:59",
    "monthly last workday 03:00",
    "monthly first sun 02:00",
    "monthly last fri 00:01",
    "quarterly last workday 02:59",
    "yearly last sun 02:30",
];

/// A test for each zone, so that they run beside each other.
macro_rules! every_form_in {
    ($($name:ident),*) => {
        #[test]
        fn each_zone_has_its_test() {
            assert_eq!([$(Tz::$name),*], ZONES);
        }

        #[expect(non_snake_case, reason = "each is named like its zone")]
        mod every_form_in {
            use super::*;

            $(#[test]
            fn $name() {
                for year in [2005, 2026] {
                    let clocks = clocks(Tz::$name, year);
                    for form in FORMS {
                        holds(Schedule::parse(form).unwrap(), Tz::$name, &clocks, year);
                    }
                }
            })*
        }
    };
}

every_form_in!(
    UTC,
    Europe__Berlin,
    America__New_York,
    America__Sao_Paulo,
    Australia__Lord_Howe,
    Pacific__Apia,
    Asia__Kathmandu,
    Africa__Cairo,
    America__St_Johns,
    Asia__Tehran
);

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_schedule_in_any_zone_over_twenty_years(
        schedule in any_calendar(),
        zone in select(&ZONES[..]),
        year in prop_oneof![Just(2005), Just(2026)],
    ) {
        holds(schedule, zone, &clocks(zone, year), year);
    }
}
