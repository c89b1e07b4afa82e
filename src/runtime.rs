//! The imperative shell: everything that waits, reads, writes or fails.
//!
//! What lives here: the event loop that owns the app, the terminal, input, frames, signals, and the carrying out
//! of effects. What must not: decisions. What a key means is the keymap's, what it does is `update`'s, how it
//! looks is the views'.

pub mod core;
pub mod effects;
pub mod event_loop;
pub mod frame;
pub mod guarded;
pub mod hangup;
pub mod holder;
pub mod input;
pub mod open_store;
pub mod outside;
pub mod picture;
pub mod session;
pub mod store_watch;
pub mod suspend;
pub mod terminal;
