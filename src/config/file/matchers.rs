//! `match` tables: labels that are equal to a text or match an expression.

use crate::config::reader::Item;
use crate::domain::matcher::anchored;
use crate::domain::remediation::pattern::Pattern;
use crate::domain::{Matcher, Operation};

/// The matchers of a table such as `{ service = "checkout", pod = { re = "web-.*" } }`; never none.
pub(super) fn matchers(item: &Item<'_>) -> Option<Vec<Matcher>> {
    let table = item.table("a table of labels, such as { service = \"checkout\" }")?;
    let rows = table.items();
    if rows.is_empty() {
        item.wrong("a match without a label would match nothing; name at least one");
        return None;
    }
    // Every row is read, so that every wrong one is noted.
    let read: Vec<Option<Matcher>> = rows.iter().map(|(label, item)| matcher(label, item)).collect();
    let mut matchers: Vec<Matcher> = read.into_iter().collect::<Option<_>>()?;
    // In an order of their own, so that the same labels are the same match.
    matchers.sort_by(|a, b| a.name.cmp(&b.name));
    Some(matchers)
}

fn matcher(label: &str, item: &Item<'_>) -> Option<Matcher> {
    if let Some(value) = item.as_text() {
        return Some(Matcher::equal(label, value));
    }
    let table = item.table("text or { re = \"…\" }")?;
    let made = table.need("re", |item| expression(label, item));
    table.finish(&["expression"]);
    made
}

fn expression(label: &str, item: &Item<'_>) -> Option<Matcher> {
    let text = item.text()?;
    // On its own first: what only balances between the anchors is no good expression.
    let alone = regex::Regex::new(text);
    match alone.and_then(|_| Matcher::new(label, Operation::Regex, text)) {
        Ok(matcher) => Some(matcher),
        Err(error) => {
            item.wrong(&format!("{} is no regular expression: {}", item.quote(), reason(&error)));
            None
        }
    }
}

/// An expression that a value must match whole.
pub(super) fn pattern(item: &Item<'_>) -> Option<Pattern> {
    let text = item.text()?;
    if let Err(error) = anchored(text) {
        item.wrong(&format!("{} is no regular expression: {}", item.quote(), reason(&error)));
        return None;
    }
    let read = Pattern::new(text);
    if read.is_err() {
        item.wrong(&format!("{} is no regular expression that could match a value whole", item.quote()));
    }
    read.ok()
}

/// The expression that only this text matches.
pub(super) fn exactly(text: &str) -> Option<Pattern> {
    Pattern::new(&regex::escape(text)).ok()
}

/// The last line of what the parser of expressions says; the lines above draw the expression.
fn reason(error: &regex::Error) -> String {
    let text = error.to_string();
    let last = text.lines().rev().find(|line| !line.trim().is_empty()).unwrap_or_default().trim();
    last.strip_prefix("error: ").unwrap_or(last).to_owned()
}
