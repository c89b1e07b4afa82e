//! A typed parameter, and whether a value fits it.

use chrono::TimeDelta;
use serde::Serialize;

use super::pattern::Pattern;
use crate::domain::{duration, harmless};

/// One parameter of a remedy.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Param {
    /// Its name, as placeholders have it: `[a-z][a-z0-9_]*`.
    pub name: Box<str>,
    /// What values it takes.
    pub kind: ParamKind,
    /// The label of the alert whose value it takes; where alerts differ, one of their values is chosen.
    pub label: Option<Box<str>>,
    /// What it is if nothing else says.
    pub default: Option<String>,
    /// What it is for.
    pub help: String,
}

/// What values a parameter takes.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub enum ParamKind {
    /// Text that matches whole.
    Text(Pattern),
    /// A number.
    Number {
        /// The least.
        min: Option<f64>,
        /// The most.
        max: Option<f64>,
        /// Whether it has no fraction.
        whole: bool,
    },
    /// One of these words.
    Choice(Vec<String>),
    /// A duration such as `15m`.
    Duration {
        /// The least.
        min: Option<TimeDelta>,
        /// The most.
        max: Option<TimeDelta>,
    },
    /// A secret, typed: never shown, never an argument; the child finds it in `MIDWATCH_PARAM_NAME`.
    Secret,
}

/// The longest value, in bytes.
pub const LONGEST: usize = 4_096;

impl Param {
    /// Whether its value must not be shown.
    #[must_use]
    pub fn is_secret(&self) -> bool {
        self.kind == ParamKind::Secret
    }

    /// Checks a value.
    ///
    /// # Errors
    /// In words, why it does not fit; a secret is not told.
    pub fn check(&self, value: &str) -> Result<(), String> {
        let name = &self.name;
        if value.is_empty() {
            return Err(format!("{name} is missing"));
        }
        if value.len() > LONGEST {
            return Err(format!("{name} is longer than {LONGEST} bytes"));
        }
        if value.chars().any(char::is_control) {
            return Err(format!("{name} holds a control character"));
        }
        if !self.is_secret() && harmless::line(value, usize::MAX) != value {
            return Err(format!("{name} holds an invisible character: what is shown would not be what runs"));
        }
        match &self.kind {
            ParamKind::Text(pattern) if pattern.holds(value) => Ok(()),
            ParamKind::Text(pattern) => Err(format!("{name} must match {} whole", pattern.text())),
            ParamKind::Choice(words) if words.iter().any(|word| word == value) => Ok(()),
            ParamKind::Choice(words) => Err(format!("{name} must be one of {}", words.join(", "))),
            ParamKind::Number { min, max, whole } => number(name, value, *min, *max, *whole),
            ParamKind::Duration { min, max } => span(name, value, *min, *max),
            ParamKind::Secret => Ok(()),
        }
    }
}

fn number(name: &str, value: &str, min: Option<f64>, max: Option<f64>, whole: bool) -> Result<(), String> {
    let plain = value.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'-'));
    let number = value.parse::<f64>().ok().filter(|number| plain && number.is_finite());
    let Some(number) = number else { return Err(format!("{name} must be a number such as 3")) };
    if whole && (number.fract() != 0.0 || value.contains('.')) {
        return Err(format!("{name} must be a whole number"));
    }
    if min.is_some_and(|min| number < min) || max.is_some_and(|max| number > max) {
        let bound = |bound: Option<f64>| bound.map_or("…".to_owned(), |bound| bound.to_string());
        return Err(format!("{name} must lie between {} and {}", bound(min), bound(max)));
    }
    Ok(())
}

fn span(name: &str, value: &str, min: Option<TimeDelta>, max: Option<TimeDelta>) -> Result<(), String> {
    let given = duration::parse(value).map_err(|words| format!("{name}: {words}"))?;
    if min.is_some_and(|min| given < min) || max.is_some_and(|max| given > max) {
        let bound = |bound: Option<TimeDelta>| bound.map_or("…".to_owned(), duration::text);
        return Err(format!("{name} must lie between {} and {}", bound(min), bound(max)));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn param(kind: ParamKind) -> Param {
        Param { name: "x".into(), kind, label: None, default: None, help: String::new() }
    }

    fn text(pattern: &str) -> Param {
        param(ParamKind::Text(Pattern::new(pattern).unwrap()))
    }

    fn number(min: Option<f64>, max: Option<f64>, whole: bool) -> Param {
        param(ParamKind::Number { min, max, whole })
    }

    #[test]
    fn numbers_are_numbers_within_their_range() {
        let replicas = number(Some(1.0), Some(10.0), true);
        for fine in ["1", "10", "07"] {
            assert_eq!(replicas.check(fine), Ok(()), "{fine}");
        }
        for wrong in ["0", "11", "2.0", "2.", "1e1", "0x2", "NaN", "inf", "+3", " 3", "3 ", "-", "1-2", "٣", "3;id", ""]
        {
            assert!(replicas.check(wrong).is_err(), "{wrong}");
        }
        assert_eq!(number(None, None, false).check("-0.5"), Ok(()));
        let words = replicas.check("99").unwrap_err();
        assert_eq!(words, "x must lie between 1 and 10");
    }

    #[test]
    fn durations_and_choices() {
        let span = param(ParamKind::Duration { min: Some(TimeDelta::minutes(1)), max: Some(TimeDelta::hours(1)) });
        assert_eq!(span.check("15m"), Ok(()));
        for wrong in ["30s", "2h", "15", "15m;id", "-15m"] {
            assert!(span.check(wrong).is_err(), "{wrong}");
        }
        let choice = param(ParamKind::Choice(vec!["blue".into(), "green".into()]));
        assert_eq!(choice.check("green"), Ok(()));
        for wrong in ["gree", "Green", "green ", "blue, green"] {
            assert_eq!(choice.check(wrong).unwrap_err(), "x must be one of blue, green");
        }
    }

    #[test]
    fn hostile_text_is_refused_even_by_a_pattern_that_takes_all() {
        let all = text("(?s).*");
        assert_eq!(all.check("$(id) 'x' \"y\""), Ok(()));
        for wrong in ["a\0b", "a\nb", "a\u{1b}[31m", "a\u{85}b", "a\u{202e}b", "a\u{200b}b", "\u{feff}a"] {
            assert!(all.check(wrong).is_err(), "{wrong:?}");
        }
        assert!(all.check(&"a".repeat(LONGEST)).is_ok());
        assert!(all.check(&"a".repeat(LONGEST + 1)).unwrap_err().contains("longer"));
        assert!(all.check(&"a".repeat(1 << 20)).is_err());
    }

    #[test]
    fn a_secret_is_not_told() {
        let words = param(ParamKind::Secret).check("hunter2\n").unwrap_err();
        assert!(!words.contains("hunter2"), "{words}");
    }

    proptest! {
        #[test]
        fn what_passes_can_be_shown_as_it_is(value in ".*") {
            if text("(?s).*").check(&value).is_ok() {
                prop_assert!(!value.is_empty() && value.len() <= LONGEST);
                prop_assert_eq!(&*harmless::line(&value, usize::MAX), value.as_str());
            }
        }

        #[test]
        fn what_passes_as_a_number_holds_nothing_else(value in "[-0-9.e+a ]{0,8}") {
            if number(None, None, false).check(&value).is_ok() {
                prop_assert!(value.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.' || byte == b'-'));
            }
        }
    }
}
