//! The map of the house.

pub mod app;
pub mod board;
pub mod demo;
pub mod domain;
pub mod report;
pub mod source;
pub mod theme;
