//! How a value stands to its thresholds.

use super::SignalLevel;

/// The level of a value. `warn` and `critical` are in the value's unit; where `critical < warn`, low values
/// are the bad ones. No value, NaN and the infinities are unknown, never fine.
#[must_use]
pub fn level(value: Option<f64>, warn: Option<f64>, critical: Option<f64>) -> SignalLevel {
    let Some(value) = value.filter(|value| value.is_finite()) else { return SignalLevel::Unknown };
    let low_is_bad = matches!((warn, critical), (Some(warn), Some(critical)) if critical < warn);
    let crosses =
        |bound: Option<f64>| bound.is_some_and(|bound| if low_is_bad { value < bound } else { value > bound });
    if crosses(critical) {
        SignalLevel::Critical
    } else if crosses(warn) {
        SignalLevel::Warn
    } else {
        SignalLevel::Ok
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_directions_and_what_is_not_known() {
        assert_eq!(level(Some(0.6), Some(0.4), Some(0.5)), SignalLevel::Critical);
        assert_eq!(level(Some(0.5), Some(0.4), Some(0.5)), SignalLevel::Warn);
        assert_eq!(level(Some(3.0), Some(10.0), Some(5.0)), SignalLevel::Critical);
        assert_eq!(level(Some(20.0), Some(10.0), Some(5.0)), SignalLevel::Ok);
        assert_eq!(level(Some(f64::NAN), Some(1.0), None), SignalLevel::Unknown);
        assert_eq!(level(None, None, None), SignalLevel::Unknown);
    }
}
