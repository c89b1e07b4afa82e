//! Secrets: nothing that midwatch says or writes holds one, what it writes is for its owner alone, and what would give one
//! away is refused.

mod canaries;
mod canary;
mod inline;
mod rights;
mod server;
