//! Tests of `watch`.

use super::*;

#[test]
fn a_trembling_value_is_told_once() {
    assert!((steady(None, 71.4, 1.0) - 71.0).abs() < 1e-9);
    assert!((steady(Some(71.0), 71.9, 1.0) - 71.0).abs() < 1e-9);
    assert!((steady(Some(71.0), 72.0, 1.0) - 72.0).abs() < 1e-9);
    assert_eq!(steady(None, 1.234, 0.1).to_string(), "1.2");
    assert_eq!(steady(None, 87.0, 10.0).to_string(), "90");
}
