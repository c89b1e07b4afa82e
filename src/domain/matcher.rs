//! A condition on one label, as silences and `match` tables use it.

use std::fmt;

use regex::Regex;
use serde::{Deserialize, Serialize};

use super::Labels;

/// How a matcher compares.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Operation {
    /// `=`
    Equal,
    /// `!=`
    NotEqual,
    /// `=~`, anchored at both ends
    Regex,
    /// `!~`, anchored at both ends
    NotRegex,
}

impl Operation {
    /// The sign that people write.
    #[must_use]
    pub fn sign(self) -> &'static str {
        match self {
            Self::Equal => "=",
            Self::NotEqual => "!=",
            Self::Regex => "=~",
            Self::NotRegex => "!~",
        }
    }
}

/// `name=value` and its three relatives. A missing label is the empty string.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(try_from = "Written")]
pub struct Matcher {
    /// The label.
    pub name: String,
    /// How to compare.
    pub operation: Operation,
    /// The value or the expression, as written.
    pub value: String,
    #[serde(skip)]
    pattern: Option<Regex>,
}

/// A matcher as it was written down: whether its expression can be read is not known yet.
#[derive(Deserialize)]
struct Written {
    name: String,
    operation: Operation,
    value: String,
}

impl TryFrom<Written> for Matcher {
    type Error = regex::Error;

    fn try_from(Written { name, operation, value }: Written) -> Result<Self, Self::Error> {
        Self::new(name, operation, value)
    }
}

impl PartialEq for Matcher {
    fn eq(&self, other: &Self) -> bool {
        (&self.name, self.operation, &self.value) == (&other.name, other.operation, &other.value)
    }
}

impl Eq for Matcher {}

/// The most memory a compiled expression may take, in bytes.
const REGEX_LIMIT: usize = 1 << 20;

/// Compiles `expression` so that it must match a value whole.
///
/// # Errors
/// Where the expression does not parse or would grow over 1 MiB.
pub fn anchored(expression: &str) -> Result<Regex, regex::Error> {
    // By itself first: `a)(b` must not become right by the brackets around it.
    let build = |text: &str| regex::RegexBuilder::new(text).size_limit(REGEX_LIMIT).build();
    build(expression)?;
    build(&format!("^(?s:{expression})$"))
}

impl Matcher {
    /// `name=value`.
    #[must_use]
    pub fn equal(name: impl Into<String>, value: impl Into<String>) -> Self {
        Self { name: name.into(), operation: Operation::Equal, value: value.into(), pattern: None }
    }

    /// A matcher of any kind.
    ///
    /// # Errors
    /// Where a regular expression does not parse or is too large.
    pub fn new(name: impl Into<String>, operation: Operation, value: impl Into<String>) -> Result<Self, regex::Error> {
        let value = value.into();
        let pattern = match operation {
            Operation::Regex | Operation::NotRegex => Some(anchored(&value)?),
            Operation::Equal | Operation::NotEqual => None,
        };
        Ok(Self { name: name.into(), operation, value, pattern })
    }

    /// Whether it holds for these labels.
    #[must_use]
    pub fn matches(&self, labels: &Labels) -> bool {
        self.holds(labels.get(&self.name).unwrap_or(""))
    }

    /// Whether it holds for a value.
    #[must_use]
    pub fn holds(&self, value: &str) -> bool {
        let found = self.pattern.as_ref().is_some_and(|pattern| pattern.is_match(value));
        match self.operation {
            Operation::Equal => value == self.value,
            Operation::NotEqual => value != self.value,
            Operation::Regex => found,
            Operation::NotRegex => !found,
        }
    }
}

impl fmt::Display for Matcher {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}{:?}", self.name, self.operation.sign(), self.value)
    }
}

/// Whether every matcher holds. An empty list matches nothing: it is never a silence of everything.
#[must_use]
pub fn all_match(matchers: &[Matcher], labels: &Labels) -> bool {
    !matchers.is_empty() && matchers.iter().all(|matcher| matcher.matches(labels))
}

/// Reads matchers as people type them: `service=checkout instance=~"db-.*" code!=500`, separated by spaces.
///
/// # Errors
/// In words, which part is wrong and why.
pub fn parse_list(text: &str) -> Result<Vec<Matcher>, String> {
    let mut matchers = Vec::new();
    let mut rest = text.trim_start();
    while !rest.is_empty() {
        let name_ends = rest.find(['=', '!']).ok_or_else(|| format!("'{rest}' has no value; write name=value"))?;
        let (name, after) = rest.split_at(name_ends);
        let (operation, after) = [Operation::Regex, Operation::NotRegex, Operation::NotEqual, Operation::Equal]
            .into_iter()
            .find_map(|operation| after.strip_prefix(operation.sign()).map(|after| (operation, after)))
            .ok_or_else(|| format!("'{rest}' has no sign; write =, !=, =~ or !~"))?;
        let name = name.trim();
        if name.is_empty() || name.contains(char::is_whitespace) {
            return Err(format!("'{rest}' has no label name before '{}'", operation.sign()));
        }
        let (value, after) = value(after.trim_start())?;
        matchers.push(Matcher::new(name, operation, value).map_err(|error| format!("{name}: {error}"))?);
        rest = after.trim_start();
    }
    Ok(matchers)
}

/// A value in double quotes with backslashes before quotes and backslashes, or up to the next space.
fn value(text: &str) -> Result<(String, &str), String> {
    let Some(quoted) = text.strip_prefix('"') else {
        let ends = text.find(char::is_whitespace).unwrap_or(text.len());
        let (value, after) = text.split_at(ends);
        return Ok((value.to_owned(), after));
    };
    let (mut value, mut escaped) = (String::new(), false);
    for (at, character) in quoted.char_indices() {
        match (escaped, character) {
            (false, '\\') => escaped = true,
            (false, '"') => return Ok((value, quoted.split_at(at + 1).1)),
            (true, 'n') => (value.push('\n'), escaped = false).1,
            (_, other) => (value.push(other), escaped = false).1,
        }
    }
    Err(format!("the quote before '{quoted}' is not closed"))
}

/// Writes matchers so that [`parse_list`] reads them back.
#[must_use]
pub fn text(matchers: &[Matcher]) -> String {
    let plain = |value: &str| {
        !value.is_empty()
            && !value.starts_with('~')
            && !value.contains(|c: char| c.is_whitespace() || c == '"' || c == '\\')
    };
    let one = |matcher: &Matcher| {
        let (name, sign, value) = (&matcher.name, matcher.operation.sign(), &matcher.value);
        if plain(value) { format!("{name}{sign}{value}") } else { format!("{name}{sign}{}", quoted(value)) }
    };
    matchers.iter().map(one).collect::<Vec<_>>().join(" ")
}

fn quoted(value: &str) -> String {
    let escaped: String = value
        .chars()
        .flat_map(|character| match character {
            '"' | '\\' => vec!['\\', character],
            '\n' => vec!['\\', 'n'],
            other => vec![other],
        })
        .collect();
    format!("\"{escaped}\"")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn expressions_are_anchored_and_an_empty_list_matches_nothing() {
        let labels: Labels = [("job", "api-7")].into();
        assert!(Matcher::new("job", Operation::Regex, "api-.*").unwrap().matches(&labels));
        assert!(!Matcher::new("job", Operation::Regex, "api").unwrap().matches(&labels));
        assert!(!Matcher::new("job", Operation::Regex, "x|api").unwrap().matches(&labels));
        assert!(Matcher::equal("missing", "").matches(&labels));
        assert!(!all_match(&[], &labels));
    }

    #[test]
    fn matchers_as_people_type_them() {
        let read = parse_list(r#"service=checkout instance=~"db \"x\" .*" code!=500 a!~b"#).unwrap();
        assert_eq!(read[1].value, r#"db "x" .*"#);
        assert_eq!(read.iter().map(|matcher| matcher.operation.sign()).collect::<Vec<_>>(), ["=", "=~", "!=", "!~"]);
        for wrong in ["service", "=x", "a=~(", "a=~a)(b", "a=\"x", "a b=c"] {
            assert!(parse_list(wrong).is_err(), "{wrong}");
        }
    }

    proptest::proptest! {
        #[test]
        fn text_is_read_back(values in proptest::collection::vec("[^\\p{Cc}]{0,12}|.{0,4}\n", 1..4)) {
            let matchers: Vec<Matcher> = values.iter().map(|value| Matcher::equal("name", value)).collect();
            proptest::prop_assert_eq!(parse_list(&text(&matchers)).unwrap(), matchers);
        }
    }
}
