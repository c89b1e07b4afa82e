//! What stands inside panes, wherever a screen puts them.

pub(super) mod incident_rows;
pub(super) mod journal_rows;
pub(super) mod log_rows;
pub(super) mod run_words;
pub(super) mod signal_rows;
pub(super) mod slo_line;
pub(super) mod who;
