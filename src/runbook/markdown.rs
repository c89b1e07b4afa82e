//! `CommonMark` with GitHub's tables, task lists, strikethrough, footnotes and alerts, to a document.
//!
//! What lives here: which extensions are read, and the way from events to blocks. What must not: filling, drawing.

mod build;
pub(super) mod clean;
mod fence;
mod frame;
mod key;
mod tangle;
#[cfg(test)]
mod tests;

use pulldown_cmark::{Options, Parser};

use self::build::Builder;
use super::front;
use crate::domain::runbook::Document;
use crate::domain::runbook::document::{Block, Inline};

/// Reads a text. Every text is a document; nothing of its words is lost. The titles of links, which a browser shows
/// under the pointer alone, and definitions of links are no words of the text. Front matter is not part of it.
///
/// Text that is nested so deeply that laying it out would cost more than reading it is shown as it is written.
#[must_use]
pub fn parse(text: &str) -> Document {
    let front = front::read(text);
    let text = clean::source(front::body(text));
    let mut document = if tangle::is_tangled(&text) { as_written(&text) } else { laid_out(&text) };
    document.title = document.title.or(front.title);
    document
}

fn laid_out(text: &str) -> Document {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_GFM;
    let mut builder = Builder::default();
    for event in Parser::new_ext(text, options) {
        builder.take(event);
    }
    builder.finish()
}

fn as_written(text: &str) -> Document {
    let why =
        "This text is nested too deeply to be laid out. It is shown as it is written, and its steps cannot be run.";
    let words = Block::Paragraph(vec![Inline::Text(why.to_owned())]);
    let code = Block::Code { info: String::new(), text: clean::lines(text) };
    Document { title: None, blocks: vec![words, code] }
}
