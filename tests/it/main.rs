//! The integration tests: one binary, one module for each thing that is promised.

#![cfg(test)]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    reason = "a test that cannot go on fails, and says why"
)]

mod architecture;
mod config_errors;
mod demo;
mod documents;
mod flows;
mod live;
mod screens;
mod shipped;
mod stage;
mod support;
mod terminal;
