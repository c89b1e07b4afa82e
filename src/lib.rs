//! The map of the house.

pub mod board;
pub mod cli;
pub mod config;
pub mod domain;
pub mod source;
