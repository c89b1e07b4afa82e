//! The integration tests: one binary, one module for each thing that is promised.
#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    reason = "a test fails by panicking, and says what it leaves out"
)]

mod documents;
mod live;
mod support;
mod terminal;
