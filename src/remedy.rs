//! Running what is declared: from parameters to a command line, what must hold before, and the process itself.
//!
//! What lives here: planning, trust in files, supervised processes, followed requests. What must not: the store (locks
//! and cool-downs are kept there, by the runtime), the screen, the question to the operator.

pub mod exec;
pub mod http;
pub mod plan;
pub mod trust;
