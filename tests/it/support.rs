//! What tests that run the real binary share: a home of its own, a pseudo-terminal, real back ends, and waiting for
//! a condition. What must not live here: anything that knows how midwatch works inside.

pub mod answers;
pub mod api;
pub mod counting;
pub mod home;
pub mod hostile;
pub mod lab;
pub mod process;
pub mod pty;
pub mod recogniser;
pub mod service;
pub mod sshd;
pub mod tmux;
pub mod usage;
pub mod wait;
