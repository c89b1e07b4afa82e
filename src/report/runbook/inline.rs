//! Inline text of a document: for people, and as Markdown.

use crate::domain::harmless;
use crate::domain::runbook::Inline;

/// The longest piece of text.
const LONGEST: usize = 1 << 20;

/// As it is read. Where a link leads stands behind it; what nothing filled stays as it was written.
pub(super) fn text(all: &[Inline]) -> String {
    let mut made = String::new();
    for one in all {
        match one {
            Inline::Text(text) | Inline::Html(text) => push(&mut made, text),
            Inline::Filled { value, .. } => push(&mut made, value),
            Inline::Missing(name) => push(&mut made, &format!("{{{{{name}}}}}")),
            Inline::Code(inside) => wrap(&mut made, "`", &text(inside)),
            Inline::Strong(inside) | Inline::Emphasis(inside) | Inline::Strike(inside) => made.push_str(&text(inside)),
            Inline::Link { target, text: inside } => behind(&mut made, "", target, &text(inside)),
            Inline::Image { target, text: inside } => behind(&mut made, "image: ", target, &text(inside)),
            Inline::Break => made.push('\n'),
        }
    }
    made
}

/// As Markdown.
pub(super) fn markdown(all: &[Inline]) -> String {
    let mut made = String::new();
    for one in all {
        match one {
            Inline::Text(text) => made.push_str(&escaped(&harmless::line(text, LONGEST))),
            Inline::Filled { value, .. } => made.push_str(&escaped(&harmless::line(value, LONGEST))),
            Inline::Html(html) => push(&mut made, html),
            Inline::Missing(name) => push(&mut made, &format!("{{{{{name}}}}}")),
            Inline::Code(inside) => made.push_str(&code(&text(inside))),
            Inline::Strong(inside) => wrap(&mut made, "**", &markdown(inside)),
            Inline::Emphasis(inside) => wrap(&mut made, "*", &markdown(inside)),
            Inline::Strike(inside) => wrap(&mut made, "~~", &markdown(inside)),
            Inline::Link { target, text } => link(&mut made, "", target, &markdown(text)),
            Inline::Image { target, text } => link(&mut made, "!", target, &markdown(text)),
            Inline::Break => made.push_str("\\\n"),
        }
    }
    made
}

fn push(made: &mut String, text: &str) {
    made.push_str(&harmless::line(text, LONGEST));
}

fn wrap(made: &mut String, mark: &str, inside: &str) {
    made.extend([mark, inside, mark]);
}

fn behind(made: &mut String, what: &str, target: &str, text: &str) {
    let target = harmless::line(target, LONGEST);
    if text == target {
        made.extend([what, text]);
    } else {
        made.extend([what, text, " <", &*target, ">"]);
    }
}

fn link(made: &mut String, mark: &str, target: &str, text: &str) {
    let target = harmless::line(target, LONGEST).replace('<', "%3C").replace('>', "%3E");
    made.extend([mark, "[", text, "](<", target.as_str(), ">)"]);
}

/// A code span that holds its text, whatever backticks are in it.
fn code(text: &str) -> String {
    let mut longest = 0;
    let mut run = 0;
    for character in text.chars() {
        run = if character == '`' { run + 1 } else { 0 };
        longest = longest.max(run);
    }
    let fence = "`".repeat(longest + 1);
    let room = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    format!("{fence}{room}{text}{room}{fence}")
}

/// Text whose marks are no Markdown.
fn escaped(text: &str) -> String {
    let mut made = String::with_capacity(text.len());
    for character in text.chars() {
        if matches!(character, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '~' | '&') {
            made.push('\\');
        }
        made.push(character);
    }
    made
}
