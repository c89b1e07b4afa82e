//! Reads a schedule.

use chrono::{NaiveTime, Weekday};

use super::{LONGEST, MonthDay, NINE, Period, SHORTEST, Schedule};
use crate::domain::{duration, harmless};

/// The words that a schedule of the calendar begins with.
const PERIODS: [&str; 6] = ["daily", "workdays", "weekly", "monthly", "quarterly", "yearly"];
/// The days of the week, short and in full.
const DAYS: [(&str, &str, Weekday); 7] = [
    ("mon", "monday", Weekday::Mon),
    ("tue", "tuesday", Weekday::Tue),
    ("wed", "wednesday", Weekday::Wed),
    ("thu", "thursday", Weekday::Thu),
    ("fri", "friday", Weekday::Fri),
    ("sat", "saturday", Weekday::Sat),
    ("sun", "sunday", Weekday::Sun),
];
/// What else can stand in a schedule.
const OTHERS: [&str; 5] = ["first", "last", "workday", "after", "completion"];
/// The longest text that is looked at, in bytes; every schedule is much shorter.
const LONG: usize = 80;

impl Schedule {
    /// Reads `daily 09:00`, `workdays`, `weekly fri 15:00`, `monthly 1 10:00`, `monthly last workday`,
    /// `quarterly first mon`, `yearly` or `7d after completion`. Without a time it is 09:00; without a day the first
    /// of the period. The case of letters does not count.
    ///
    /// # Errors
    /// In words, with what would be right.
    pub fn parse(text: &str) -> Result<Self, String> {
        if text.len() > LONG {
            return Err(format!("a schedule is no longer than {LONG} characters; {EXAMPLES}"));
        }
        let lower = harmless::line(text, LONG).to_lowercase();
        let words: Vec<&str> = lower.split_whitespace().collect();
        match words.as_slice() {
            [] => {
                Err(format!("a schedule is missing; {EXAMPLES}, or leave it out for a list that is walked on demand"))
            }
            ["on", "demand"] | ["on-demand" | "demand" | "none" | "never"] => {
                Err("leave the schedule out for a list that is walked on demand".to_owned())
            }
            [span, "after"] | [span, "after", "completion"] | ["after", span] => after(span),
            [first, rest @ ..] if PERIODS.contains(first) => calendar(first, rest),
            [first, ..] if first.starts_with(|c: char| c.is_ascii_digit()) => Err(format!(
                "'{lower}' is no schedule; write \"7d after completion\" for a time after the last walk, or {EXAMPLES}"
            )),
            [first, ..] => Err(wrong(first, PERIODS, &format!("'{first}' is no schedule; {EXAMPLES}"))),
        }
    }
}

/// What a schedule looks like.
const EXAMPLES: &str = "write one as \"daily 09:00\", \"weekly fri 15:00\" or \"monthly last workday\"";

fn after(span: &str) -> Result<Schedule, String> {
    let span = duration::parse(span).map_err(|message| format!("{message}, as in \"7d after completion\""))?;
    if (SHORTEST..=LONGEST).contains(&span) {
        Ok(Schedule::After { span })
    } else {
        Err("a time after completion is at least 1h and at most 2y, as in \"7d after completion\"".to_owned())
    }
}

fn calendar(period: &str, rest: &[&str]) -> Result<Schedule, String> {
    let (day, at) = match rest {
        [day @ .., time] if time.contains(':') => (day, clock(time)?),
        day => (day, NINE),
    };
    if let Some(time) = day.iter().find(|word| word.contains(':')) {
        return Err(format!(
            "'{time}' stands too early; a schedule has one time, and it comes last, as in \"weekly fri 15:00\""
        ));
    }
    let period = match (period, day) {
        ("daily", []) => Period::Daily,
        ("workdays", []) => Period::Workdays,
        ("daily" | "workdays", [word, ..]) => return Err(superfluous(word, period)),
        ("weekly", []) => Period::Weekly(Weekday::Mon),
        ("weekly", [day]) => Period::Weekly(weekday(day).ok_or_else(|| no_weekday(day))?),
        ("weekly", [_, word, ..]) => return Err(superfluous(word, "weekly fri")),
        ("monthly", day) => Period::Monthly(month_day(day)?),
        ("quarterly", day) => Period::Quarterly(month_day(day)?),
        (_, day) => Period::Yearly(month_day(day)?),
    };
    Ok(Schedule::Calendar { period, at })
}

fn clock(text: &str) -> Result<NaiveTime, String> {
    let read = NaiveTime::parse_from_str(text, "%H:%M");
    read.map_err(|_| format!("'{text}' is no time of the day; write 09:00, from 00:00 to 23:59"))
}

fn month_day(words: &[&str]) -> Result<MonthDay, String> {
    match words {
        [] | ["first"] => Ok(MonthDay::Day(1)),
        ["last"] => Ok(MonthDay::Last),
        [number] if number.starts_with(|c: char| c.is_ascii_digit()) => {
            let day = number.parse().ok().filter(|day| (1..=31).contains(day));
            day.map(MonthDay::Day)
                .ok_or_else(|| format!("'{number}' is no day of a month; those are 1 to 31, and last"))
        }
        ["first", "workday"] => Ok(MonthDay::FirstWorkday),
        ["last", "workday"] => Ok(MonthDay::LastWorkday),
        ["first", day] => weekday(day).map(MonthDay::First).ok_or_else(|| no_month_day(day)),
        ["last", day] => weekday(day).map(MonthDay::LastOf).ok_or_else(|| no_month_day(day)),
        [day] if weekday(day).is_some() => Err(format!("which {day}? Write \"first {day}\" or \"last {day}\"")),
        ["workday"] => Err("which workday? Write \"first workday\" or \"last workday\"".to_owned()),
        ["first" | "last", _, word, ..] => Err(superfluous(word, "last workday")),
        [_, word, ..] if weekday(word).is_some() || *word == "workday" => {
            Err(format!("only \"first {word}\" and \"last {word}\" are known"))
        }
        [word, ..] => Err(no_month_day(word)),
    }
}

fn weekday(word: &str) -> Option<Weekday> {
    DAYS.iter().find(|(short, full, _)| *short == word || *full == word).map(|(_, _, day)| *day)
}

fn day_names() -> impl Iterator<Item = &'static str> {
    DAYS.iter().flat_map(|(short, full, _)| [*full, *short])
}

fn no_weekday(word: &str) -> String {
    wrong(word, day_names(), &format!("'{word}' is no day of the week; write mon, tue, wed, thu, fri, sat or sun"))
}

fn no_month_day(word: &str) -> String {
    let message = format!(
        "'{word}' is no day of a month; write 1 to 31, last, \"first workday\", \"last workday\" or \"first mon\""
    );
    wrong(word, day_names().chain(OTHERS), &message)
}

fn superfluous(word: &str, whole: &str) -> String {
    format!("'{word}' says nothing here; a time comes last, as in \"{whole} 09:00\"")
}

/// A message, with the word that was probably meant.
fn wrong(word: &str, known: impl IntoIterator<Item = &'static str>, message: &str) -> String {
    let likely = known.into_iter().map(|name| (strsim::damerau_levenshtein(word, name), name));
    match likely.min_by_key(|(distance, _)| *distance) {
        Some((distance, name)) if distance <= word.chars().count().div_ceil(3) => {
            format!("{message}; did you mean '{name}'?")
        }
        _ => message.to_owned(),
    }
}
