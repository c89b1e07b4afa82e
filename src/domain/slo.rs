//! What is promised to users, and how fast the promise is being used up.

use serde::Serialize;

use super::{Moment, SourceName};

/// The burn of one service's error budget at one moment. Shares are 0 to 1; `None` is not known.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SloReading {
    /// The service.
    pub service: String,
    /// Who tells it.
    pub source: SourceName,
    /// When it was measured.
    pub at: Moment,
    /// The promise in per cent: `99.9`.
    pub objective: f64,
    /// Over how long.
    pub window: chrono::TimeDelta,
    /// The share of bad events over the last hour.
    pub errors_1h: Option<f64>,
    /// The share of bad events over the last six hours.
    pub errors_6h: Option<f64>,
    /// The share of bad events over the whole window.
    pub errors_window: Option<f64>,
}
