//! The integration tests: one binary, one module for each thing that is promised.

#![cfg(test)]

mod architecture;
mod checklists;
mod config_errors;
mod demo;
mod documents;
mod faults;
mod flows;
mod live;
mod remedies;
mod screens;
mod shipped;
mod stage;
mod support;
mod terminal;
