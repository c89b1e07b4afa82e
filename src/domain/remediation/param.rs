//! A typed parameter, and whether a value fits it.

use chrono::TimeDelta;
use serde::Serialize;

use super::pattern::Pattern;
use crate::domain::duration;

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
    if whole && number.fract() != 0.0 || whole && value.contains('.') {
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
