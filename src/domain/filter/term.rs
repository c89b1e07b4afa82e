//! One condition of a filter: how it compares, and how it is written.

use std::borrow::Cow;
use std::fmt;

use chrono::TimeDelta;
use regex::Regex;

use super::subject::{Subject, Value};
use crate::domain::{Level, Moment, Severity};

/// How a term compares.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sign {
    Equal,
    NotEqual,
    Matches,
    NotMatches,
    Less,
    AtMost,
    More,
    AtLeast,
}

impl Sign {
    /// All of them with what people write, longer ones before their beginnings. `==` is `=` to many hands.
    pub(super) const ALL: [(&'static str, Self); 9] = [
        ("==", Self::Equal),
        ("=~", Self::Matches),
        ("!=", Self::NotEqual),
        ("!~", Self::NotMatches),
        (">=", Self::AtLeast),
        ("<=", Self::AtMost),
        ("=", Self::Equal),
        (">", Self::More),
        ("<", Self::Less),
    ];

    pub(super) fn text(self) -> &'static str {
        Self::ALL.iter().rev().find(|(_, sign)| *sign == self).map_or("=", |(text, _)| text)
    }

    /// Whether it asks for more or less.
    pub(super) fn is_order(self) -> bool {
        matches!(self, Self::Less | Self::AtMost | Self::More | Self::AtLeast)
    }

    pub(super) fn is_regex(self) -> bool {
        matches!(self, Self::Matches | Self::NotMatches)
    }

    fn is_negative(self) -> bool {
        matches!(self, Self::NotEqual | Self::NotMatches)
    }

    fn orders(self, order: std::cmp::Ordering) -> bool {
        match self {
            Self::Less => order.is_lt(),
            Self::AtMost => order.is_le(),
            Self::More => order.is_gt(),
            Self::AtLeast => order.is_ge(),
            Self::Equal | Self::NotEqual | Self::Matches | Self::NotMatches => order.is_eq(),
        }
    }
}

/// What a field is compared with.
#[derive(Debug, Clone)]
pub(super) enum Operand {
    Text(String),
    Pattern(String, Regex),
    Flag(bool),
    Age(TimeDelta),
    Number(String, f64),
    Severity(Severity),
    Level(Level, &'static str),
}

impl Operand {
    /// The text that reads back as this.
    fn text(&self) -> Cow<'_, str> {
        Cow::Borrowed(match self {
            Self::Text(text) | Self::Pattern(text, _) | Self::Number(text, _) => text,
            Self::Flag(true) => "yes",
            Self::Flag(false) => "no",
            Self::Age(age) => return Cow::Owned(crate::domain::duration::text(*age)),
            Self::Severity(severity) => severity.word(),
            Self::Level(_, word) => word,
        })
    }

    /// Whether a value stands to this as `sign` asks, negation aside.
    fn fits(&self, value: &Value<'_>, sign: Sign) -> bool {
        match (self, value) {
            (Self::Pattern(_, pattern), value) => pattern.is_match(value.text()),
            (Self::Text(wanted), value) => wanted == value.text(),
            (Self::Flag(wanted), Value::Flag(flag)) => wanted == flag,
            (Self::Age(wanted), Value::Age(age)) => sign.orders(age.cmp(wanted)),
            // Critical sorts first, and `>= high` means high or worse.
            (Self::Severity(wanted), Value::Severity(severity)) => sign.orders(wanted.cmp(severity)),
            (Self::Level(wanted, _), Value::Level(level)) => sign.orders(level.cmp(wanted)),
            (Self::Number(_, wanted), Value::Text(text)) => text
                .trim()
                .parse()
                .is_ok_and(|number: f64| number.partial_cmp(wanted).is_some_and(|order| sign.orders(order))),
            _ => false,
        }
    }
}

/// One condition.
#[derive(Debug, Clone)]
pub(super) enum Term {
    /// The text occurs somewhere, in any case.
    Words {
        /// As typed.
        text: String,
        /// In lower case.
        folded: String,
    },
    /// A field compares.
    Compare {
        /// Which.
        field: String,
        /// How.
        sign: Sign,
        /// With what.
        operand: Operand,
    },
}

impl PartialEq for Term {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Words { text: mine, .. }, Self::Words { text: theirs, .. }) => mine == theirs,
            (
                Self::Compare { field, sign, operand },
                Self::Compare { field: their_field, sign: their_sign, operand: theirs },
            ) => field == their_field && sign == their_sign && operand.text() == theirs.text(),
            _ => false,
        }
    }
}

impl Term {
    pub(super) fn words(text: String) -> Self {
        Self::Words { folded: text.to_lowercase(), text }
    }

    pub(super) fn field(&self) -> Option<&str> {
        match self {
            Self::Words { .. } => None,
            Self::Compare { field, .. } => Some(field),
        }
    }

    /// A field may have several values: an incident has the labels of all its alerts. One that fits is
    /// enough; `!=` and `!~` want that none fits. A missing value is the empty text, as in Prometheus.
    pub(super) fn holds(&self, subject: &impl Subject, now: Moment) -> bool {
        match self {
            Self::Words { folded, .. } => subject.texts().iter().any(|text| holds_folded(text, folded)),
            Self::Compare { field, sign, operand } => {
                let values = subject.values(field, now);
                let missing = values.is_empty() && operand.fits(&Value::Text(""), *sign);
                (missing || values.iter().any(|value| operand.fits(value, *sign))) != sign.is_negative()
            }
        }
    }
}

/// Whether `text` holds `folded`, which is in lower case, in any case.
fn holds_folded(text: &str, folded: &str) -> bool {
    if text.is_ascii() {
        // Nothing but ASCII folds to ASCII here, and most labels are.
        let (text, wanted) = (text.as_bytes(), folded.as_bytes());
        return wanted.is_empty() || text.windows(wanted.len()).any(|part| part.eq_ignore_ascii_case(wanted));
    }
    text.to_lowercase().contains(folded)
}

impl fmt::Display for Term {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Words { text, .. } if is_plain_word(text) => f.write_str(text),
            Self::Words { text, .. } => write_quoted(f, text),
            Self::Compare { field, sign, operand } => {
                write!(f, "{field}{}", sign.text())?;
                match operand.text() {
                    text if is_plain_value(&text) => f.write_str(&text),
                    text => write_quoted(f, &text),
                }
            }
        }
    }
}

fn is_plain_word(text: &str) -> bool {
    is_plain_value(text) && !text.starts_with('@') && !text.contains(['=', '!', '<', '>'])
}

fn is_plain_value(text: &str) -> bool {
    let starts_well = text.chars().next().is_some_and(|first| !"\"=~<>!".contains(first));
    starts_well && !text.contains(char::is_whitespace)
}

fn write_quoted(f: &mut fmt::Formatter<'_>, text: &str) -> fmt::Result {
    write!(f, "\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}
