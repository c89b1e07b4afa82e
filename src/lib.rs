//! The map of the house.

pub mod app;
pub mod board;
pub mod cli;
pub mod clock;
pub mod config;
pub mod demo;
pub mod domain;
pub mod keymap;
pub mod logging;
pub mod report;
pub mod rows;
pub mod runtime;
pub mod source;
pub mod store;
pub mod theme;
pub mod ui;
