//! A request with its placeholders filled: a value never chooses where it goes, and never adds a header or a field.

use std::fmt::Write as _;

use url::Url;

use crate::domain::remediation::Template;
use crate::domain::remediation::kind::{Body, Http, Poll};
use crate::domain::remediation::plan::HttpCall;

use super::bench::Bench;
use super::told;
use super::values::{Part, Values};

const METHODS: &[&str] = &["GET", "POST", "PUT", "PATCH", "DELETE"];

/// Plans a request.
pub(super) fn plan(bench: &Bench<'_>, http: &Http) -> Result<HttpCall, String> {
    if !METHODS.contains(&http.method.as_str()) {
        return Err(format!("'{}' is no method; write one of {}", told(&http.method), METHODS.join(", ")));
    }
    let values = bench.values;
    let headers = http.headers.iter().map(|(name, value)| header(values, name, value)).collect::<Result<_, _>>()?;
    let poll = http.poll.as_ref().map(|poll| followed(values, poll)).transpose()?;
    Ok(HttpCall {
        dialect: http.dialect,
        method: http.method.clone(),
        url: address(values, &http.url).map_err(|words| format!("the address: {words}"))?,
        headers,
        body: http
            .body
            .as_ref()
            .map(|part| body(values, part))
            .transpose()
            .map_err(|words| format!("the body: {words}"))?,
        expect: http.expect.clone(),
        poll,
    })
}

fn followed(values: &Values<'_>, poll: &Poll) -> Result<Poll, String> {
    let url = poll.url.as_ref().map(|url| address(values, url)).transpose();
    let url = url.map_err(|words| format!("the address to follow: {words}"))?;
    Ok(Poll { url: url.map(|url| Template::literal(&url)), ..poll.clone() })
}

/// An address: scheme, user, host and port as they were written, values percent-encoded in path and query.
fn address(values: &Values<'_>, template: &Template) -> Result<String, String> {
    let mut made = String::new();
    for part in values.parts(template)? {
        match part {
            Part::Own(text) => made.push_str(text),
            Part::Value(value) => {
                if !ends_behind_the_host(&made) {
                    return Err(format!(
                        "'{}' has a placeholder before its path; write scheme, host and port out",
                        template.source()
                    ));
                }
                if made.contains('#') {
                    return Err(format!(
                        "'{}' has a placeholder behind '#', which is never sent; take it out",
                        template.source()
                    ));
                }
                encode(value, &mut made);
            }
        }
    }
    let made = made.replace('{', "%7B").replace('}', "%7D");
    if crate::domain::harmless::line(&made, usize::MAX) != made || made.contains([' ', '\\']) {
        return Err(format!("'{}' holds a character that no address may hold; percent-encode it", told(&made)));
    }
    let parsed =
        Url::parse(&made).map_err(|error| format!("'{}': {error}; write one like https://host/path", told(&made)))?;
    if !matches!(parsed.scheme(), "http" | "https") {
        return Err(format!("'{}' is neither http nor https; write one of them", told(&made)));
    }
    if !parsed.username().is_empty() || parsed.password().is_some() {
        return Err("it holds a user or a password; they belong into `auth`".to_owned());
    }
    let has_value = template.params().next().is_some();
    if has_value && path(&made).split('/').any(is_dots) {
        return Err(format!("'{}' climbs in its path; use a value that is no '.' or '..'", told(&made)));
    }
    Ok(made)
}

/// Whether a value that follows stands in the path or the query.
fn ends_behind_the_host(before: &str) -> bool {
    let rest = before.get(..8).filter(|start| start.eq_ignore_ascii_case("https://")).and_then(|_| before.get(8..));
    let rest = rest.or_else(|| {
        before.get(..7).filter(|start| start.eq_ignore_ascii_case("http://")).and_then(|_| before.get(7..))
    });
    rest.is_some_and(|rest| rest.find(['/', '?']).is_some_and(|at| at > 0))
}

fn path(address: &str) -> &str {
    let behind = address.split_once("://").map_or(address, |(_, rest)| rest);
    behind.split(['?', '#']).next().unwrap_or_default()
}

/// A segment that a server or a client takes for a step within folders.
fn is_dots(segment: &str) -> bool {
    let segment = segment.to_ascii_lowercase().replace("%2e", ".");
    segment == "." || segment == ".."
}

/// Everything but RFC 3986's unreserved characters, percent-encoded.
fn encode(value: &str, made: &mut String) {
    for byte in value.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            made.push(char::from(byte));
        } else {
            // Writing to a String cannot fail.
            let _ = write!(made, "%{byte:02X}");
        }
    }
}

/// A header: its name a token of RFC 9110, its value one line.
fn header(values: &Values<'_>, name: &str, value: &Template) -> Result<(String, String), String> {
    let token = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c);
    if name.is_empty() || !name.chars().all(token) {
        return Err(format!("'{}' cannot name a header; use letters, digits and '-'", told(name)));
    }
    let value = values.text(value).map_err(|words| format!("the header {name}: {words}"))?;
    Ok((name.to_owned(), value))
}

/// A body whose texts are filled; they stay texts.
fn body(values: &Values<'_>, part: &Body) -> Result<Body, String> {
    Ok(match part {
        Body::Text(template) => {
            let filled: String = values.parts(template)?.iter().map(Part::text).collect();
            Body::Text(Template::literal(&filled))
        }
        Body::Plain(text) => Body::Plain(text.clone()),
        Body::List(parts) => Body::List(parts.iter().map(|part| body(values, part)).collect::<Result<_, _>>()?),
        Body::Object(fields) => {
            let field = |(name, part): &(String, Body)| Ok((name.clone(), body(values, part)?));
            Body::Object(fields.iter().map(field).collect::<Result<_, String>>()?)
        }
    })
}
