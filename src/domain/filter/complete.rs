//! What may come next while a filter is typed.

use super::field;
use super::term::Sign;

/// One word that could stand where the cursor is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Completion {
    /// The byte of the text from which on it replaces what stands before the cursor.
    pub from: usize,
    /// The word.
    pub word: String,
}

/// The words that could continue `text` at its end, in the order of their names. `labels` are the names of
/// labels that are known, `values` tells the known values of a field.
#[must_use]
pub fn complete<'a>(
    text: &str,
    labels: impl IntoIterator<Item = &'a str>,
    values: impl Fn(&str) -> Vec<String>,
) -> Vec<Completion> {
    let last = text.rfind(char::is_whitespace);
    let start = last.map_or(0, |at| at + text.get(at..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8));
    let typed = text.get(start..).unwrap_or("");
    let sign = typed.char_indices().find_map(|(at, _)| {
        let rest = typed.get(at..)?;
        Sign::ALL.iter().find(|(sign, _)| rest.starts_with(sign)).map(|(sign, _)| (at, at + sign.len()))
    });
    let (from, mut words) = match sign.and_then(|(name, value)| Some((typed.get(..name)?, start + value))) {
        Some((name, from)) => {
            let known = field::kind(name).map(field::values).unwrap_or_default();
            (from, known.into_iter().map(str::to_owned).chain(values(name)).collect::<Vec<_>>())
        }
        None => (start, field::FIELDS.iter().map(|(name, _)| *name).chain(labels).map(str::to_owned).collect()),
    };
    let begun = text.get(from..).unwrap_or("").to_lowercase();
    words.retain(|word| word.to_lowercase().starts_with(&begun));
    words.sort();
    words.dedup();
    words.into_iter().map(|word| Completion { from, word }).collect()
}
