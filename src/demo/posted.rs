//! What clients send to the simulated Alertmanager: silences and filters, read and refused as the real one
//! does. The first thing that is wrong is told; codes are those of its `OpenAPI` layer.

use chrono::DateTime;
use hyper::StatusCode;
use serde::{Deserialize, Serialize};

use super::http::Answered;
use super::silences::{self, Wish};
use crate::domain::{Matcher, Moment, Operation};

/// A silence as a client posts it.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Posted {
    id: Option<String>,
    comment: Option<String>,
    created_by: Option<String>,
    ends_at: Option<String>,
    matchers: Option<Vec<PostedMatcher>>,
    starts_at: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct PostedMatcher {
    name: Option<String>,
    value: Option<String>,
    is_regex: Option<bool>,
    is_equal: Option<bool>,
}

/// What the `OpenAPI` layer answers.
#[derive(Debug, Serialize)]
struct Invalid {
    code: u16,
    message: String,
}

const REQUIRED: u16 = 602;
const TOO_FEW: u16 = 612;

/// An answer of the `OpenAPI` layer: an object with a code, status 422 for its own codes.
#[must_use]
pub fn invalid(code: u16, message: impl Into<String>) -> Answered {
    let status = StatusCode::from_u16(code).ok().filter(|_| code < 600).unwrap_or(StatusCode::UNPROCESSABLE_ENTITY);
    Answered::json(status, &Invalid { code, message: message.into() })
}

fn missing(field: &str) -> Answered {
    invalid(REQUIRED, format!("{field} in body is required"))
}

/// Reads a posted silence: the id to change, if any, and what it says.
///
/// # Errors
/// The answer that says what is wrong.
pub fn silence(body: &[u8]) -> Result<(Option<String>, Wish), Answered> {
    let posted: Posted = serde_json::from_slice(body)
        .map_err(|error| invalid(400, format!(r#"parsing silence body from "" failed, because {error}"#)))?;
    let comment = posted.comment.ok_or_else(|| missing("comment"))?;
    let by = posted.created_by.ok_or_else(|| missing("createdBy"))?;
    let ends = moment("endsAt", posted.ends_at)?;
    let rows = posted.matchers.ok_or_else(|| missing("matchers"))?;
    if rows.is_empty() {
        return Err(invalid(TOO_FEW, "matchers in body should have at least 1 items"));
    }
    let matchers: Vec<Matcher> =
        rows.into_iter().enumerate().map(|(at, row)| row.read(at)).collect::<Result<_, _>>()?;
    let starts = moment("startsAt", posted.starts_at)?;
    Ok((posted.id.filter(|id| !id.is_empty()), Wish { matchers, starts, ends, by, comment }))
}

fn moment(field: &str, text: Option<String>) -> Result<Moment, Answered> {
    let text = text.ok_or_else(|| missing(field))?;
    let broken =
        || invalid(400, format!(r#"parsing silence body from "" failed, because parsing time {text:?} failed"#));
    DateTime::parse_from_rfc3339(&text).map(|at| at.to_utc()).map_err(|_| broken())
}

impl PostedMatcher {
    fn read(self, at: usize) -> Result<Matcher, Answered> {
        let is_regex = self.is_regex.ok_or_else(|| missing(&format!("matchers.{at}.isRegex")))?;
        let name = self.name.ok_or_else(|| missing(&format!("matchers.{at}.name")))?;
        let value = self.value.ok_or_else(|| missing(&format!("matchers.{at}.value")))?;
        let wrong = |why: String| {
            Answered::json(StatusCode::BAD_REQUEST, &format!("invalid silence: invalid label matcher {at}: {why}"))
        };
        if !is_label_name(&name) {
            return Err(wrong(format!("invalid label name {name:?}")));
        }
        // Servers before 0.22 did not send the flag: without it, the matcher compares for equality.
        let operation = silences::operation(self.is_equal.unwrap_or(true), is_regex);
        Matcher::new(name, operation, value)
            .map_err(|_| wrong("invalid regular expression: error parsing regexp".to_owned()))
    }
}

fn is_label_name(name: &str) -> bool {
    let word = |character: char| character == '_' || character.is_ascii_alphanumeric();
    name.starts_with(|first: char| first == '_' || first.is_ascii_alphabetic()) && name.chars().all(word)
}

/// Reads a filter: `name="value"`, `name=value` or with `!=`, `=~`, `!~`.
///
/// # Errors
/// In Alertmanager's words, that it is none.
pub fn filter(text: &str) -> Result<Matcher, String> {
    let bad = || format!("bad matcher format: {text}");
    let at = text.find(['=', '!']).ok_or_else(bad)?;
    let (name, rest) = text.split_at(at);
    let signs = [Operation::Regex, Operation::NotRegex, Operation::NotEqual, Operation::Equal];
    let (operation, value) = signs
        .into_iter()
        .find_map(|operation| rest.strip_prefix(operation.sign()).map(|value| (operation, value)))
        .ok_or_else(bad)?;
    let name = unquoted(name.trim()).ok_or_else(bad)?;
    if !is_label_name(&name) {
        return Err(bad());
    }
    let value = unquoted(value.trim()).ok_or_else(bad)?;
    Matcher::new(name, operation, value).map_err(|error| error.to_string())
}

/// The text without the quotes around it, escapes resolved; `None` if a quote is left alone.
fn unquoted(text: &str) -> Option<String> {
    if text.starts_with('"') {
        return serde_json::from_str(text).ok();
    }
    (!text.contains('"')).then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn filters() {
        let said = |text| filter(text).map(|matcher| matcher.to_string());
        assert_eq!(said(r#"alertname="A \"b\"""#), Ok(r#"alertname="A \"b\"""#.to_owned()));
        assert_eq!(said("severity=~crit.*"), Ok(r#"severity=~"crit.*""#.to_owned()));
        assert_eq!(said(r#""region" != eu-1"#), Ok(r#"region!="eu-1""#.to_owned()));
        assert_eq!(said("foo"), Err("bad matcher format: foo".to_owned()));
        for wrong in ["", "=x", "a!x", "a=\"x", "a-b=c"] {
            assert!(filter(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn the_first_thing_that_is_wrong_is_told() {
        let told = |body: &str| {
            let answer = silence(body.as_bytes()).unwrap_err();
            (answer.status.as_u16(), String::from_utf8(answer.body.to_vec()).unwrap())
        };
        assert_eq!(told("{}"), (422, r#"{"code":602,"message":"comment in body is required"}"#.to_owned()));
        let head = r#""comment":"","createdBy":"","endsAt":"2026-11-21T01:36:14Z""#;
        assert_eq!(
            told(&format!(r#"{{{head},"matchers":[]}}"#)),
            (422, r#"{"code":612,"message":"matchers in body should have at least 1 items"}"#.to_owned())
        );
        let bad_regex = r#"[{"name":"a","value":"(","isRegex":true}]"#;
        let (status, text) = told(&format!(r#"{{{head},"matchers":{bad_regex}}}"#));
        assert_eq!(status, 400);
        assert!(text.starts_with(r#""invalid silence: invalid label matcher 0"#), "{text}");
        assert_eq!(told("nonsense").0, 400);
    }

    proptest! {
        #[test]
        fn no_bytes_break_it(body in prop::collection::vec(any::<u8>(), 0..200), text in ".*") {
            let _ = silence(&body);
            let _ = filter(&text);
        }
    }
}
