//! The integration tests: one binary, one module for each thing that is promised.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    reason = "a test that cannot go on fails, and says why"
)]

mod demo;
mod documents;
mod live;
mod support;
mod terminal;
