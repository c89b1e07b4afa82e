//! Runbooks: where one comes from, what is in it, which alerts it is for.
//!
//! What lives here: plain types, and the pure rule that finds the runbook of an alert. What must not: reading
//! Markdown (the room `runbook`), files, requests, drawing.

pub mod document;
pub mod find;
pub mod laid;
pub mod page;
pub mod plain;

pub use document::{Block, Document, Inline, Item, Step};
pub use find::{Catalogue, Found};
pub use page::{Runbook, Tick, WrongStep};
