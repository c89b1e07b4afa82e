//! The integration tests: one binary, one module for each thing that is promised.

mod documents;
mod live;
mod support;
mod terminal;
