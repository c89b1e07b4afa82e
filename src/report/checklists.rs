//! `midwatch checklist …`: how checklists stand, what they hold, what walks of them found.
//!
//! What lives here: one file for each report, as text, Markdown and JSON. Text and Markdown of a page are one
//! document, written in two ways, so that both say the same. What must not: deciding what is due, what applies, or
//! what is good.

pub mod compared;
pub mod concerns;
pub mod history;
pub mod listed;
mod page;
pub mod probed;
mod short;
pub mod shown;
pub mod standing;
pub mod walk;
mod words;
mod yaml;

#[cfg(test)]
mod tests;

use chrono_tz::Tz;

use crate::domain::Moment;
use crate::domain::checklist::{Checklist, Standing, Walk, Walked};

pub use page::Shape;

/// How a checklist stands, as reports tell it.
#[derive(Debug, Clone, Copy)]
pub struct Listed<'a> {
    /// The list.
    pub list: &'a Checklist,
    /// How it stands; `None` if that is not known, because the store could not be read.
    pub standing: Option<&'a Standing>,
    /// The walk of it that is open.
    pub open: Option<UnderWay<'a>>,
    /// The last walk that ended.
    pub last: Option<&'a Walked>,
}

/// A walk that is open.
#[derive(Debug, Clone, Copy)]
pub struct UnderWay<'a> {
    /// It.
    pub walk: &'a Walk,
    /// How many items were looked at.
    pub looked_at: usize,
    /// How many items apply.
    pub of: usize,
}

/// When and where a report is read.
#[derive(Debug, Clone, Copy)]
pub struct Here {
    /// Now.
    pub now: Moment,
    /// The operator's zone.
    pub zone: Tz,
    /// How wide text may be.
    pub width: usize,
}
