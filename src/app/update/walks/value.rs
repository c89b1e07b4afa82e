//! Reading a number that was entered, in the unit of its item or in one that can be turned into it.

use crate::domain::checklist::{Answer, Entry, ItemKind};

/// Units that differ by a factor only, each with what one of it is.
const LADDERS: [&[(&str, f64)]; 3] = [
    &[
        ("ns", 1e-9),
        ("us", 1e-6),
        ("µs", 1e-6),
        ("ms", 1e-3),
        ("s", 1.0),
        ("min", 60.0),
        ("h", 3600.0),
        ("d", 86_400.0),
    ],
    &[
        ("B", 1.0),
        ("kB", 1e3),
        ("MB", 1e6),
        ("GB", 1e9),
        ("TB", 1e12),
        ("KiB", 1024.0),
        ("MiB", 1_048_576.0),
        ("GiB", 1_073_741_824.0),
        ("TiB", 1_099_511_627_776.0),
    ],
    &[("%", 0.01), ("ratio", 1.0)],
];

/// Reads `12`, `12.5 %`, `350 ms`.
///
/// # Errors
/// In words, with what would be right.
pub(super) fn read(text: &str, unit: &str) -> Result<f64, String> {
    let example = if unit.is_empty() { "12.5".to_owned() } else { format!("12.5 {unit}") };
    let wrong = || format!("'{text}' is no number; write one as {example}");
    let text = text.trim();
    if let Some(number) = number(text) {
        return Ok(number);
    }
    // The unit is what follows the last digit.
    let at = text.rfind(|character: char| character.is_ascii_digit()).ok_or_else(wrong)? + 1;
    let (digits, told) = (text.get(..at).unwrap_or_default(), text.get(at..).unwrap_or_default().trim());
    let number = number(digits).ok_or_else(wrong)?;
    if told == unit {
        return Ok(number);
    }
    let factor = factor(told, unit).ok_or_else(|| {
        let here = if unit.is_empty() { "has no unit".to_owned() } else { format!("is in {unit}") };
        format!("'{told}' does not fit: the value {here}; write it as {example}")
    })?;
    Some(number * factor).filter(|number| number.is_finite()).ok_or_else(wrong)
}

fn number(text: &str) -> Option<f64> {
    text.parse::<f64>().ok().filter(|number| number.is_finite())
}

fn factor(from: &str, to: &str) -> Option<f64> {
    let one = |ladder: &[(&str, f64)], unit: &str| ladder.iter().find(|(name, _)| *name == unit).map(|(_, one)| *one);
    LADDERS.iter().find_map(|ladder| Some(one(ladder, from)? / one(ladder, to)?))
}

/// Whether what was entered is good. What does not fit the item never is.
pub(super) fn is_good(kind: &ItemKind, answer: &Answer) -> bool {
    match (kind, answer) {
        (ItemKind::Value { min, max, .. }, Answer::Number(number)) => {
            min.is_none_or(|min| *number >= min) && max.is_none_or(|max| *number <= max)
        }
        (ItemKind::Choice { good, .. }, Answer::Choice(word)) => good.contains(word),
        _ => false,
    }
}

/// What is good, in words.
pub(super) fn wanted(kind: &ItemKind) -> String {
    match kind {
        ItemKind::Value { unit, min, max } => {
            let unit = if unit.is_empty() { String::new() } else { format!(" {unit}") };
            match (min, max) {
                (Some(min), Some(max)) => format!("{min} to {max}{unit}"),
                (Some(min), None) => format!("at least {min}{unit}"),
                (None, Some(max)) => format!("at most {max}{unit}"),
                (None, None) => format!("a number{unit}"),
            }
        }
        ItemKind::Choice { good, .. } => good.join(" or "),
        ItemKind::Tick | ItemKind::Probe => String::new(),
    }
}

/// The number that is offered: what was entered before, else what a probe found in the same unit.
pub(super) fn known(entry: &Entry, unit: &str) -> String {
    let found = entry.evidence.as_ref().filter(|evidence| evidence.unit == unit).and_then(|evidence| evidence.value);
    let number = match &entry.answer {
        Some(Answer::Number(number)) => Some(*number),
        _ => found,
    };
    number.filter(|number| number.is_finite()).map(|number| number.to_string()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_read_in_its_unit_or_in_one_that_can_be_turned_into_it() {
        let reads = |text: &str, unit: &str, number: f64| {
            let read = read(text, unit).unwrap_or_else(|words| panic!("{text}: {words}"));
            assert!((read - number).abs() < 1e-9 * number.abs().max(1.0), "{text}: {read}");
        };
        reads("0.4", "%", 0.4);
        reads(" 12.5 % ", "%", 12.5);
        reads("350ms", "s", 0.35);
        reads("1.5 min", "s", 90.0);
        reads("2 GiB", "B", 2_147_483_648.0);
        reads("1e3", "", 1000.0);
        reads("-3", "", -3.0);
        for (text, unit) in
            [("", "%"), ("many", ""), ("1,200", ""), ("12 MB", "%"), ("3 s", ""), ("inf", ""), ("NaN", "s")]
        {
            assert!(read(text, unit).is_err(), "{text}");
        }
    }
}
