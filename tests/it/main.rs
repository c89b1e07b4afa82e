//! The integration tests.

#[cfg(test)]
mod demo;
