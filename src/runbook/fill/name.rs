//! Finds placeholders in text: `{{labels.instance}}`, also `{{ $labels.instance }}` as Prometheus writes it. Other
//! double braces (of Go's, Jinja's or Helm's templates) are text.

use super::Values;

/// What names begin with.
const ROOTS: [&str; 5] = ["labels", "annotations", "incident", "environment", "operator"];
/// The most bytes of a name.
const LONGEST: usize = 200;

/// A piece of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Found<'a> {
    /// Text without a placeholder.
    Text(&'a str),
    /// A placeholder.
    Name {
        /// `labels.instance`.
        name: &'a str,
        /// With its braces.
        written: &'a str,
    },
}

/// The pieces of a text in order; together they are the text.
pub(super) fn all<'a>(text: &'a str, values: &Values) -> impl Iterator<Item = Found<'a>> {
    let mut rest = text;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let mut from = 0;
        while let Some(at) = rest.get(from..).and_then(|rest| rest.find("{{")).map(|at| at + from) {
            let Some((name, length)) = rest.get(at..).and_then(|rest| placeholder(rest, values)) else {
                from = at + 1;
                continue;
            };
            if at > 0 {
                let (text, after) = rest.split_at(at);
                rest = after;
                return Some(Found::Text(text));
            }
            let (written, after) = rest.split_at(length);
            rest = after;
            return Some(Found::Name { name, written });
        }
        Some(Found::Text(std::mem::take(&mut rest)))
    })
}

/// The name and the length of the placeholder that a text begins with.
fn placeholder<'a>(text: &'a str, values: &Values) -> Option<(&'a str, usize)> {
    let inside = text.strip_prefix("{{")?;
    // A brace ends it: a text of braces alone is read once.
    let end = inside.bytes().take(LONGEST).position(|b| !(is_plain(b) || matches!(b, b' ' | b'$')))?;
    inside.get(end..)?.strip_prefix("}}")?;
    let name = inside.get(..end)?.trim_matches(' ');
    let name = name.strip_prefix('$').unwrap_or(name);
    let plain = !name.is_empty() && name.bytes().all(is_plain);
    let root = name.split('.').next().unwrap_or_default();
    let known = ROOTS.contains(&root) || values.others.iter().any(|(other, _)| other == name);
    (plain && known).then_some((name, end + 4))
}

fn is_plain(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"_.:-".contains(&byte)
}
