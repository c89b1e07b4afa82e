//! The integration tests: one binary, one module for each kind.

mod demo;
mod documents;
