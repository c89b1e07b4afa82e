//! Tests of `labels`.

use super::*;

#[test]
fn the_later_of_two_equal_names_wins_and_empty_values_are_absent() {
    let labels: Labels = [("b", "1"), ("a", "x"), ("b", "2"), ("c", "")].into();
    assert_eq!(labels.iter().collect::<Vec<_>>(), [("a", "x"), ("b", "2")]);
    assert_eq!(labels.get("c"), None);
}

#[test]
fn json_keeps_the_order_of_names() {
    let labels: Labels = serde_json::from_str(r#"{"z":"1","a":"2"}"#).unwrap();
    assert_eq!(serde_json::to_string(&labels).unwrap(), r#"{"a":"2","z":"1"}"#);
}
