//! Ids made of texts.

use std::collections::BTreeSet;

/// The longest id that is made.
const LONGEST: usize = 48;

/// An id of a text: its letters and digits of ASCII, small, with `-` between; `other` where nothing is left.
pub(super) fn slug(text: &str, other: &str) -> String {
    let mut made = String::new();
    for character in text.chars() {
        if made.len() >= LONGEST {
            break;
        }
        if character.is_ascii_alphanumeric() {
            made.push(character.to_ascii_lowercase());
        } else if !made.is_empty() && !made.ends_with('-') && character != '\'' {
            made.push('-');
        }
    }
    let made = made.trim_end_matches('-');
    if made.is_empty() { other.to_owned() } else { made.to_owned() }
}

/// The same, with a number where one before it was the same.
pub(super) fn unique(text: &str, taken: &mut BTreeSet<String>) -> String {
    let id = slug(text, "item");
    let numbered = (2_u32..).map(|number| format!("{id}-{number}"));
    let free = std::iter::once(id.clone()).chain(numbered).find(|id| !taken.contains(id)).unwrap_or(id);
    taken.insert(free.clone());
    free
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_short_plain_and_unique() {
        assert_eq!(slug("Check the DB's logs (5xx)!", "x"), "check-the-dbs-logs-5xx");
        assert_eq!(slug("日本", "item"), "item");
        assert!(slug(&"a b".repeat(99), "x").len() <= LONGEST);
        let mut taken = BTreeSet::new();
        let made = ["Logs", "logs", "Logs 2", "logs"].map(|text| unique(text, &mut taken));
        assert_eq!(made, ["logs", "logs-2", "logs-2-2", "logs-3"]);
    }
}
