//! Reading runbooks: Markdown to a document, placeholders to values, files and addresses to text.
//!
//! What lives here: the parser, filling, the shipped library, the kept answers of addresses. What must not: which
//! runbook belongs to which alert (`domain::runbook::find`), drawing, running a step.

pub mod fill;
pub mod front;
pub mod markdown;
pub mod shipped;
pub mod text;

#[cfg(test)]
mod tests;

pub use crate::domain::runbook::plain::document as plain;
