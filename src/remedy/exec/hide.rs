//! Finding what must not be shown in what a process says.

use std::ops::Range;

use super::lines;

/// Fewer characters are only hidden where they stand alone: else every `1` would be.
const SHORT: usize = 4;

/// The texts that are looked for. It has no `Debug`: it would tell them.
#[derive(Default)]
pub(super) struct Needles {
    anywhere: Vec<String>,
    alone: Vec<String>,
}

impl Needles {
    /// Takes secrets as they are given to the process. One of several lines is looked for line by line.
    pub(super) fn of<'a>(secrets: impl IntoIterator<Item = &'a str>) -> Self {
        let mut made = Self::default();
        for secret in secrets {
            let parts: Vec<String> = secret.split(['\n', '\r']).map(lines::plain).collect();
            let several = parts.iter().filter(|part| !part.trim().is_empty()).count() > 1;
            for part in parts.iter().map(|part| part.trim()).filter(|part| !part.is_empty()) {
                if part.chars().count() >= SHORT {
                    made.anywhere.push(part.to_owned());
                } else if !several || part.chars().all(char::is_alphanumeric) {
                    // The braces of a secret in JSON are no secret.
                    made.alone.push(part.to_owned());
                }
            }
        }
        made
    }

    /// Whether there is nothing to look for.
    pub(super) fn is_empty(&self) -> bool {
        self.anywhere.is_empty() && self.alone.is_empty()
    }

    /// Where they stand in a text: ranges of bytes in order, none touching another.
    pub(super) fn found(&self, text: &str) -> Vec<Range<usize>> {
        let mut found: Vec<Range<usize>> = Vec::new();
        for needle in &self.anywhere {
            found.extend(occurrences(text, needle));
        }
        for needle in &self.alone {
            found.extend(occurrences(text, needle).filter(|range| stands_alone(text, range)));
        }
        found.sort_unstable_by_key(|range| (range.start, range.end));
        found.dedup_by(|next, kept| {
            let touches = next.start <= kept.end;
            if touches {
                kept.end = kept.end.max(next.end);
            }
            touches
        });
        found
    }

    /// From which byte on a text may be the beginning of one of them: its length where it is not.
    pub(super) fn begun(&self, text: &str) -> usize {
        let needles = self.anywhere.iter().chain(&self.alone);
        let begins = |needle: &String| {
            let from = text.len().saturating_sub(needle.len() - 1);
            (from..text.len()).find(|at| text.get(*at..).is_some_and(|tail| needle.starts_with(tail)))
        };
        needles.filter_map(begins).min().unwrap_or(text.len())
    }
}

/// Every occurrence, overlapping ones too.
fn occurrences<'a>(text: &'a str, needle: &'a str) -> impl Iterator<Item = Range<usize>> {
    let step = needle.chars().next().map_or(1, char::len_utf8);
    let mut from = 0;
    std::iter::from_fn(move || {
        let at = from + text.get(from..)?.find(needle)?;
        from = at + step;
        Some(at..at + needle.len())
    })
}

/// Whether what is beside a range is not part of the same word.
fn stands_alone(text: &str, range: &Range<usize>) -> bool {
    let is_word = |character: char| character.is_alphanumeric() || character == '_';
    let before = text.get(..range.start).and_then(|before| before.chars().next_back());
    let after = text.get(range.end..).and_then(|after| after.chars().next());
    !before.is_some_and(is_word) && !after.is_some_and(is_word)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn without(secrets: &[&str], text: &str) -> String {
        let needles = Needles::of(secrets.iter().copied());
        let mut made = text.to_owned();
        for range in needles.found(text).into_iter().rev() {
            made.replace_range(range, "#");
        }
        made
    }

    #[test]
    fn secrets_are_found_wherever_they_stand() {
        assert_eq!(without(&["hunter2"], "xhunter2hunter2y hunter"), "x#y hunter");
        assert_eq!(without(&["abab", "baba1"], "ababa1c"), "#c", "overlapping ones are one");
        assert_eq!(without(&["pässwört"], "p pässwört"), "p #");
        assert_eq!(without(&["  padded\n"], "it is padded."), "it is #.");
        assert_eq!(without(&["", "\n", "  "], "a  b"), "a  b");
    }

    #[test]
    fn short_ones_only_where_they_stand_alone() {
        assert_eq!(without(&["42"], "42 of 420, pin=42, x42 42_"), "# of 420, pin=#, x42 42_");
    }

    #[test]
    fn one_of_several_lines_is_hidden_line_by_line() {
        let key = "-----BEGIN KEY-----\r\nMIIEvQ+Zz\nab\n{\n-----END KEY-----\n";
        assert_eq!(without(&[key], "x MIIEvQ+Zz { ab"), "x # { #");
    }

    #[test]
    fn a_beginning_is_seen_at_the_end() {
        let needles = Needles::of(["hunter2", "42", "ünü-x"]);
        assert_eq!(needles.begun("say hun"), 4);
        assert_eq!(needles.begun("say hunter"), 4);
        assert_eq!(needles.begun("say hunter3"), 11);
        assert_eq!(needles.begun("pin 4"), 4);
        assert_eq!(needles.begun("a ünü"), 2);
        assert_eq!(needles.begun(""), 0);
    }
}
