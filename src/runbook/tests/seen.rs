//! What a reader of HTML sees: words without tags.

use crate::domain::runbook::document::{Block, Document, Inline, Item};

/// The words of HTML: tags, comments and declarations taken out, images replaced by their text, references decoded.
pub(super) fn of_html(html: &str) -> String {
    decoded(&stripped(html, true))
}

/// A document whose pieces of HTML are replaced by what a reader sees of them.
pub(super) fn without_html(document: Document) -> Document {
    Document { blocks: document.blocks.into_iter().map(block).collect(), ..document }
}

fn block(block: Block) -> Block {
    match block {
        Block::Html(html) => Block::Html(of_html(&html)),
        Block::Quote(inside) => Block::Quote(inside.into_iter().map(self::block).collect()),
        Block::List { first, items } => {
            let item = |item: Item| Item { blocks: item.blocks.into_iter().map(self::block).collect(), ..item };
            Block::List { first, items: items.into_iter().map(item).collect() }
        }
        Block::Paragraph(text) => Block::Paragraph(inlines(text)),
        Block::Heading { level, text } => Block::Heading { level, text: inlines(text) },
        other => other,
    }
}

fn inlines(all: Vec<Inline>) -> Vec<Inline> {
    all.into_iter().map(inline).collect()
}

fn inline(one: Inline) -> Inline {
    match one {
        Inline::Html(html) => Inline::Html(of_html(&html)),
        Inline::Strong(inside) => Inline::Strong(inlines(inside)),
        Inline::Emphasis(inside) => Inline::Emphasis(inlines(inside)),
        Inline::Link { target, text } => Inline::Link { target, text: inlines(text) },
        Inline::Image { target, text } => Inline::Image { target, text: inlines(text) },
        other => other,
    }
}

fn stripped(html: &str, images: bool) -> String {
    let mut made = String::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        made.push_str(&rest[..at]);
        rest = &rest[at..];
        let closes = [("<!--", "-->"), ("<![CDATA[", "]]>"), ("<?", "?>")];
        let close = closes.iter().find(|(open, _)| rest.starts_with(open)).map_or(">", |(_, close)| close);
        let end = if close == ">" { tag_end(rest) } else { rest.find(close).map(|at| at + close.len()) };
        let Some(end) = end else {
            // Nothing closes it: the rest is inside of it.
            return made;
        };
        if images && rest.starts_with("<img") {
            made.push_str(attribute(&rest[..end], "alt").unwrap_or_default());
        }
        rest = &rest[end..];
    }
    made + rest
}

/// Where a tag ends; what is in quotes does not end it.
fn tag_end(tag: &str) -> Option<usize> {
    let mut quote = None;
    for (at, c) in tag.char_indices() {
        match (quote, c) {
            (None, '"' | '\'') if tag[..at].ends_with('=') => quote = Some(c),
            (Some(open), c) if open == c => quote = None,
            (None, '>') => return Some(at + 1),
            _ => {}
        }
    }
    None
}

fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let start = tag.find(&format!("{name}=\""))? + name.len() + 2;
    tag[start..].split('"').next()
}

/// The four references that the specification's HTML has.
fn decoded(text: &str) -> String {
    [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&amp;", "&")]
        .iter()
        .fold(text.to_owned(), |text, (reference, character)| text.replace(reference, character))
}
