//! A small board on many screens: what must be there, and what must never be.

mod board;
mod bytes;
mod checklists;
mod drawn;
#[path = "../../tests/it/support/hostile.rs"]
mod hostile;
mod promises;
#[path = "../../tests/it/support/recogniser.rs"]
mod recogniser;
mod remedies;
mod runbook;
mod screens;
mod windows;
