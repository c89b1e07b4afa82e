//! Schedules and expectations: one line each, with what was probably meant.

use crate::config::nearest::nearest;
use crate::config::reader::Item;
use crate::domain::checklist::{Expect, Schedule};

/// The words that schedules are written with.
const WORDS: [&str; 18] = [
    "daily",
    "workdays",
    "weekly",
    "monthly",
    "quarterly",
    "yearly",
    "first",
    "last",
    "workday",
    "after",
    "completion",
    "mon",
    "tue",
    "wed",
    "thu",
    "fri",
    "sat",
    "sun",
];

/// Signs as they are mistyped, and what they are.
const SIGNS: [(&str, &str); 6] = [("=>", ">="), ("=<", "<="), ("≥", ">="), ("≤", "<="), ("<>", "!="), ("=", "==")];

/// A schedule.
pub(in crate::config) fn schedule(item: &Item<'_>) -> Option<Schedule> {
    let text = item.word()?;
    match Schedule::parse(&text) {
        Ok(schedule) => Some(schedule),
        Err(why) => {
            item.meant(&why, meant(&text).as_deref());
            None
        }
    }
}

/// The same with each of its words as it was probably meant, if that is a schedule.
fn meant(text: &str) -> Option<String> {
    if text.len() > 64 {
        return None;
    }
    let is_number = |word: &str| word.contains(|c: char| c.is_ascii_digit());
    let word = |word: &'_ str| if is_number(word) { None } else { nearest(word, WORDS) };
    let words: Vec<&str> = text.split_whitespace().map(|text| word(text).unwrap_or(text)).collect();
    let meant = words.join(" ");
    (meant != text && Schedule::parse(&meant).is_ok()).then_some(meant)
}

/// What is good.
pub(super) fn expect(item: &Item<'_>) -> Option<Expect> {
    let text = item.word()?;
    match Expect::parse(&text) {
        Ok(expect) => Some(expect),
        Err(why) => {
            let slip = SIGNS.iter().find_map(|(slip, sign)| Some(format!("{sign}{}", text.strip_prefix(slip)?)));
            item.meant(&why, slip.as_deref().filter(|slip| Expect::parse(slip).is_ok()));
            None
        }
    }
}
