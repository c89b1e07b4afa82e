//! The fault laboratory, and every adapter × every fault with what the operator sees. `docs/operators.md` holds the
//! table that comes of it; `MIDWATCH_BLESS=1` rewrites it.
//!
//! What lives here: a server on loopback that misbehaves on command ([`lab`]), the faults ([`fault`]), the adapters
//! ([`adapters`] over HTTP, [`local`] of this machine), and one meeting of two of them ([`meeting`]). What must not:
//! anything that reaches beyond loopback.

mod adapters;
mod cases;
mod fault;
mod lab;
mod local;
mod meeting;
mod page;
mod program;
mod screen;
mod slow;
mod table;
mod watch;
mod writes;
