//! `midwatch runbook`: a document as wrapped text, and as Markdown with its placeholders filled.

mod inline;
pub mod markdown;
pub mod text;

#[cfg(test)]
mod tests;
