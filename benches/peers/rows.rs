//! The rows of the table, one file each.

pub mod binary;
pub mod change;
pub mod flood;
pub mod idle;
pub mod keys;
pub mod live;
pub mod memory;
pub mod startup;
pub mod storm;

use std::time::Duration;

/// In milliseconds.
pub fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1_000.0
}

/// In megabytes.
pub fn mb(bytes: f64) -> f64 {
    bytes / 1_000_000.0
}
