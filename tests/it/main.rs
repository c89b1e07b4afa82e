//! The integration tests: one binary, one module for each thing that is promised.

#![cfg(test)]

mod architecture;
mod checklists;
mod config_errors;
mod crash;
mod demo;
mod documents;
mod faults;
mod flows;
mod hostile;
mod live;
mod memory;
mod packages;
mod readiness;
mod remedies;
mod screens;
mod secrets;
mod shipped;
mod stage;
mod support;
mod terminal;
