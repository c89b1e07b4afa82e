//! What stands inside panes, wherever a screen puts them.

pub(super) mod days;
pub(super) mod incident_rows;
pub(super) mod item_words;
pub(super) mod journal_rows;
pub(super) mod list_words;
pub(super) mod log_rows;
pub(super) mod past;
pub(super) mod run_words;
pub(super) mod schedule;
pub(super) mod signal_rows;
pub(super) mod slo_line;
pub(super) mod who;
