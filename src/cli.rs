//! The command line: its arguments, and one file for each command.
//!
//! What lives here: reading arguments, choosing what runs, and what a process says when it ends. What must
//! not: rules about incidents (the domain's and the board's) and anything that draws.

pub mod args;
pub mod exit;
