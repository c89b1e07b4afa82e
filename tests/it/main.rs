//! The integration tests.
mod documents;
