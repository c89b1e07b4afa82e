//! Walks by keys, against a store that answers, fails, answers twice, or is another process's too.

mod ends;
mod flow;
mod interrupted;
mod kept;
mod probes;
mod property;
mod shared;
pub(crate) mod stage;
