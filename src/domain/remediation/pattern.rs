//! An expression that a value must match whole.

use std::sync::Arc;

use regex::Regex;
use serde::{Serialize, Serializer};

/// An expression, anchored at both ends.
#[derive(Debug, Clone)]
pub struct Pattern {
    text: Arc<str>,
    whole: Arc<Regex>,
}

impl Pattern {
    /// What a text must look like where nobody said it: one word that begins with a letter, a digit or `_`.
    pub const DEFAULT: &'static str = "[A-Za-z0-9_][A-Za-z0-9_.:@+-]{0,127}";

    /// Reads an expression.
    ///
    /// # Errors
    /// In words, what is wrong with it.
    pub fn new(text: &str) -> Result<Self, String> {
        // Alone first: what is only valid between our own marks, such as `a)|(b`, would match less than the whole.
        Regex::new(text).map_err(|error| error.to_string())?;
        let whole = Regex::new(&format!(r"\A(?:{text})\z")).map_err(|error| error.to_string())?;
        Ok(Self { text: text.into(), whole: Arc::new(whole) })
    }

    /// The expression as written.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether the whole value matches.
    #[must_use]
    pub fn holds(&self, value: &str) -> bool {
        self.whole.is_match(value)
    }
}

impl PartialEq for Pattern {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl Serialize for Pattern {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn holds(pattern: &str, value: &str) -> bool {
        Pattern::new(pattern).unwrap().holds(value)
    }

    #[test]
    fn the_whole_value_must_match() {
        assert!(holds("[a-z]{1,3}", "abc"));
        for wrong in ["abcd", "ab1", "", " abc", "abc\n", "\nabc", "abc\nx"] {
            assert!(!holds("[a-z]{1,3}", wrong), "{wrong:?}");
        }
        assert!(holds("a|bc", "bc") && !holds("a|bc", "abc") && !holds("a|bc", "ac"));
    }

    #[test]
    fn flags_and_anchors_do_not_loosen_it() {
        for loose in ["(?m)^[a-z]+$", "(?s)[a-z]+", "(?ms)^[a-z]+$", "^[a-z]+$"] {
            assert!(holds(loose, "abc"), "{loose}");
            assert!(!holds(loose, "abc\n$(id)") && !holds(loose, "$(id)\nabc"), "{loose}");
        }
    }

    #[test]
    fn an_expression_cannot_climb_out_of_its_anchors() {
        for wrong in ["a)|(?:b", "a)|.*|(?:b", ")", "(", "(?x) a # )"] {
            assert!(Pattern::new(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn without_a_pattern_only_one_plain_word_is_taken() {
        for fine in ["checkout-7", "10.0.0.1:9100", "a@b", "_x", "v1.2+3"] {
            assert!(holds(Pattern::DEFAULT, fine), "{fine}");
        }
        for wrong in ["-rf", "--help", "..", "/etc", "a/b", "a b", "$(id)", "a;b", "a\n", "", "'", "ä", "\u{202e}a"] {
            assert!(!holds(Pattern::DEFAULT, wrong), "{wrong:?}");
        }
    }

    proptest! {
        #[test]
        fn nothing_before_or_behind_gets_through(before in ".*", behind in ".*") {
            let value = format!("{before}abc{behind}");
            prop_assert_eq!(holds("abc", &value), value == "abc");
        }
    }
}
