//! Reads a filter's text.

use crate::domain::{Severity, duration, matcher};

use super::field::{self, Kind};
use super::term::{Operand, Sign, Term};

/// Why a text is no filter.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}{}", suggestion.as_ref().map(|name| format!("; did you mean '{name}'?")).unwrap_or_default())]
pub struct FilterError {
    /// The byte of the text at which the wrong part begins.
    pub at: usize,
    /// What is wrong there, and what may stand there.
    pub message: String,
    /// The nearest right word.
    pub suggestion: Option<String>,
}

impl FilterError {
    fn new(at: usize, message: impl Into<String>) -> Self {
        Self { at, message: message.into(), suggestion: None }
    }

    fn near(mut self, word: &str, names: impl IntoIterator<Item = &'static str>) -> Self {
        self.suggestion = field::nearest(word, names).map(str::to_owned);
        self
    }
}

/// A place in the text.
struct Reader<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Reader<'a> {
    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or("")
    }

    /// Takes characters while `wanted` holds for what is left.
    fn take(&mut self, wanted: impl Fn(&str) -> bool) -> &'a str {
        let rest = self.rest();
        let end = rest.char_indices().map(|(at, _)| at).find(|at| !wanted(rest.get(*at..).unwrap_or("")));
        let end = end.unwrap_or(rest.len());
        self.at += end;
        rest.get(..end).unwrap_or("")
    }

    /// Takes a quoted text, if one begins here. `\"` and `\\` stand for themselves.
    fn quoted(&mut self) -> Option<Result<String, FilterError>> {
        let (start, mut characters) = (self.at, self.rest().char_indices());
        characters.next().filter(|(_, first)| *first == '"')?;
        let mut made = String::new();
        while let Some((at, character)) = characters.next() {
            match character {
                '"' => {
                    self.at += at + 1;
                    return Some(Ok(made));
                }
                '\\' => made.extend(characters.next().map(|(_, escaped)| escaped)),
                other => made.push(other),
            }
        }
        Some(Err(FilterError::new(start, "this quote is not closed")))
    }

    fn sign(&mut self) -> Option<Sign> {
        let (text, sign) = sign_at(self.rest())?;
        self.at += text.len();
        Some(sign)
    }

    /// After a quoted text, only a space or the end may follow.
    fn end_of_term(&self) -> Result<(), FilterError> {
        let clear = self.rest().chars().next().is_none_or(char::is_whitespace);
        clear.then_some(()).ok_or_else(|| FilterError::new(self.at, "a space is missing after the quote"))
    }
}

fn sign_at(text: &str) -> Option<(&'static str, Sign)> {
    Sign::ALL.into_iter().find(|(sign, _)| text.starts_with(sign))
}

/// Reads all terms.
pub(super) fn parse(text: &str) -> Result<Vec<Term>, FilterError> {
    let mut reader = Reader { text, at: 0 };
    let mut terms = Vec::new();
    loop {
        reader.take(|rest| rest.starts_with(char::is_whitespace));
        if reader.rest().is_empty() {
            return Ok(terms);
        }
        terms.push(term(&mut reader)?);
    }
}

fn term(reader: &mut Reader<'_>) -> Result<Term, FilterError> {
    let start = reader.at;
    if let Some(text) = reader.quoted() {
        let text = text?;
        reader.end_of_term()?;
        return Ok(Term::words(text));
    }
    let name = reader.take(|rest| !rest.starts_with(char::is_whitespace) && sign_at(rest).is_none());
    let Some(sign) = reader.sign() else {
        return match field::kind(name) {
            Some(Kind::Flag) => {
                Ok(Term::Compare { field: name.to_owned(), sign: Sign::Equal, operand: Operand::Flag(true) })
            }
            _ if name.starts_with('@') => Err(bare_fact(name, start)),
            _ => Ok(Term::words(name.to_owned())),
        };
    };
    if !is_name(name) {
        let message = format!("a field's name must stand before '{}'; put text that holds it in quotes", sign.text());
        return Err(FilterError::new(start, message));
    }
    let kind = field::kind(name).ok_or_else(|| unknown(name, start))?;
    let value_at = reader.at;
    let value = match reader.quoted() {
        Some(value) => {
            let value = value?;
            reader.end_of_term()?;
            value
        }
        None => reader.take(|rest| !rest.starts_with(char::is_whitespace)).to_owned(),
    };
    let operand = operand(name, kind, sign, value).map_err(|error| FilterError { at: value_at, ..error })?;
    Ok(Term::Compare { field: name.to_owned(), sign, operand })
}

/// A label's name as any of the sources writes it, or one of ours.
fn is_name(name: &str) -> bool {
    let bare = name.strip_prefix('@').unwrap_or(name);
    let starts_well = bare.chars().next().is_some_and(|first| first.is_alphabetic() || first == '_');
    starts_well && bare.chars().all(|c| c.is_alphanumeric() || "_.-:/".contains(c))
}

fn unknown(name: &str, at: usize) -> FilterError {
    let names = field::FIELDS.iter().map(|(name, _)| *name);
    FilterError::new(at, format!("there is no '{name}'")).near(name, names)
}

fn bare_fact(name: &str, at: usize) -> FilterError {
    match field::kind(name) {
        Some(_) => FilterError::new(at, format!("'{name}' needs a value, as in {name}{}", example(name))),
        None => unknown(name, at),
    }
}

fn example(name: &str) -> &'static str {
    match name {
        "@age" => ">10m",
        "@state" => "=open",
        _ => "=…",
    }
}

/// Reads what a field is compared with. The error's place is filled in by the caller.
fn operand(name: &str, kind: Kind, sign: Sign, value: String) -> Result<Operand, FilterError> {
    let wrong = |message: String| FilterError::new(0, message);
    if sign.is_regex() && !matches!(kind, Kind::Flag | Kind::Age) {
        let pattern = matcher::anchored(&value)
            .map_err(|_| wrong(format!("'{value}' is no regular expression, or too large a one")))?;
        return Ok(Operand::Pattern(value, pattern));
    }
    let one_of = || {
        let words = field::values(kind);
        wrong(format!("'{value}' is no value of {name}; there are {}", words.join(", "))).near(&value, words)
    };
    let folded = value.to_lowercase();
    match kind {
        Kind::Flag | Kind::State if sign.is_order() => {
            Err(wrong(format!("{name} has no more or less; write {name}=…")))
        }
        Kind::Flag if sign.is_regex() => Err(wrong(format!("{name} is yes or no; write {name}=yes or {name}=no"))),
        Kind::Flag => match folded.as_str() {
            "yes" | "y" | "true" => Ok(Operand::Flag(true)),
            "no" | "n" | "false" => Ok(Operand::Flag(false)),
            _ => Err(one_of()),
        },
        Kind::State => match field::STATES.into_iter().find(|state| *state == folded) {
            Some(state) => Ok(Operand::Text(state.to_owned())),
            None => Err(one_of()),
        },
        Kind::Age if !sign.is_order() => Err(wrong(format!("compare {name} with < or >, as in {name}>10m"))),
        Kind::Age => duration::parse(&folded).map(Operand::Age).map_err(wrong),
        Kind::Severity => Severity::parse(&value).map(Operand::Severity).ok_or_else(one_of),
        Kind::Level => {
            let level = field::LEVELS.into_iter().find(|(word, _)| *word == folded);
            level.map(|(word, level)| Operand::Level(level, word)).ok_or_else(one_of)
        }
        Kind::Text if sign.is_order() => match value.parse::<f64>() {
            Ok(number) if number.is_finite() => Ok(Operand::Number(value, number)),
            _ => Err(wrong(format!("'{value}' is no number; {name} can be more or less only than a number"))),
        },
        Kind::Text => Ok(Operand::Text(value)),
    }
}
