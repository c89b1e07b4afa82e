//! A small board on many screens: what must be there, and what must never be.

mod board;
mod checklists;
mod drawn;
mod promises;
mod remedies;
mod runbook;
mod screens;
mod windows;
