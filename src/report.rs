//! What is known, for people and programs without the screen: text and JSON of the board and the journal.
//!
//! What lives here: functions that write to a writer they are handed. What must not: asking a source,
//! opening a file, printing, or deciding anything that the board has not decided. JSON is a contract: fields
//! are added to it, never renamed; what is not known is `null`.

pub mod checklists;
pub mod incidents;
pub mod journal;
pub mod json;
pub mod line;
pub mod remedies;
pub mod runbook;
mod stamp;
pub mod status;
pub mod table;
pub mod words;

#[cfg(test)]
mod tests;

use crate::board::Verdict;

/// What the process ends with after one look: 0 quiet and all live, 1 something below critical waits, 2
/// something critical waits, 3 a source is not live.
#[must_use]
pub fn exit_code(verdict: Verdict) -> u8 {
    match verdict {
        Verdict::Quiet => 0,
        Verdict::Firing => 1,
        Verdict::Critical => 2,
        Verdict::Unknown => 3,
    }
}
