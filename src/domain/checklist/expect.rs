//! What is good: a comparison and a bound, `>= 1`.

use std::fmt;

use serde::{Deserialize, Serialize};

/// How a value is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "each is the sign of its name")]
pub enum Comparison {
    Less,
    AtMost,
    More,
    AtLeast,
    Equal,
    NotEqual,
}

impl Comparison {
    /// Each with its sign, longer signs before those that they begin with.
    pub const SIGNS: [(&'static str, Self); 6] = [
        ("<=", Self::AtMost),
        (">=", Self::AtLeast),
        ("==", Self::Equal),
        ("!=", Self::NotEqual),
        ("<", Self::Less),
        (">", Self::More),
    ];
}

/// What is good.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Expect {
    /// How it is compared.
    pub comparison: Comparison,
    /// With what, in the unit of the value. Finite.
    pub bound: f64,
}

impl Expect {
    /// Reads `>= 1`.
    ///
    /// # Errors
    /// In words, with what would be right.
    pub fn parse(text: &str) -> Result<Self, String> {
        let wrong = || format!("'{text}' is no expectation; write one as \">= 1\", \"< 0.01\" or \"== 0\"");
        let text = text.trim();
        let (sign, comparison) =
            Comparison::SIGNS.into_iter().find(|(sign, _)| text.starts_with(sign)).ok_or_else(wrong)?;
        let bound: f64 = text.get(sign.len()..).unwrap_or_default().trim().parse().map_err(|_| wrong())?;
        if bound.is_finite() { Ok(Self { comparison, bound }) } else { Err(wrong()) }
    }

    /// Whether a value is as expected; NaN never is.
    #[must_use]
    #[expect(clippy::float_cmp, reason = "what was written is compared as it was written")]
    pub fn holds(self, value: f64) -> bool {
        match self.comparison {
            Comparison::Less => value < self.bound,
            Comparison::AtMost => value <= self.bound,
            Comparison::More => value > self.bound,
            Comparison::AtLeast => value >= self.bound,
            Comparison::Equal => value == self.bound,
            Comparison::NotEqual => !value.is_nan() && value != self.bound,
        }
    }
}

impl fmt::Display for Expect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = Comparison::SIGNS.iter().find(|(_, known)| *known == self.comparison).map_or("", |(sign, _)| sign);
        write!(f, "{sign} {}", self.bound)
    }
}

impl From<Expect> for String {
    fn from(expect: Expect) -> Self {
        expect.to_string()
    }
}

impl TryFrom<String> for Expect {
    type Error = String;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_reads_back_and_nan_is_never_as_expected() {
        for text in [">= 1", "< 0.01", "== 0", "!= 3", "<= -2.5", "> 1000000"] {
            let expect = Expect::parse(text).unwrap();
            assert_eq!(expect.to_string(), text);
            assert!(!expect.holds(f64::NAN), "{text}");
        }
        assert!(Expect::parse("<=5").unwrap().holds(5.0));
        assert!(!Expect::parse("<5").unwrap().holds(5.0));
        for text in ["5", "=> 5", "> x", "> inf", "", "> NaN"] {
            assert!(Expect::parse(text).is_err(), "{text}");
        }
    }
}
