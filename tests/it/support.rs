//! What tests that run the real binary share: a home of its own, a pseudo-terminal, real back ends, and waiting for
//! a condition. What must not live here: anything that knows how midwatch works inside.
#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    reason = "helpers of tests: what goes wrong here is a failed test, and what is left out is said"
)]

pub mod api;
pub mod home;
pub mod lab;
pub mod process;
pub mod pty;
pub mod wait;
