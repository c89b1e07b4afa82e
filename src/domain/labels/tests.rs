//! Tests of `labels`.

use std::collections::BTreeMap;

use proptest::prelude::*;

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

proptest! {
    #[test]
    fn a_set_is_the_map_it_was_made_of(pairs in prop::collection::vec(("[a-c]{1,3}|ü", "[x-z]{0,3}|漢字"), 0..12)) {
        let labels: Labels = pairs.iter().map(|(name, value)| (name, value)).collect();
        let mut map: BTreeMap<&str, &str> = pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        map.retain(|_, value| !value.is_empty());
        prop_assert_eq!(labels.iter().collect::<Vec<_>>(), map.iter().map(|(name, value)| (*name, *value)).collect::<Vec<_>>());
        prop_assert_eq!((labels.len(), labels.is_empty()), (map.len(), map.is_empty()));
        for name in ["a", "abc", "ü", "none"] {
            prop_assert_eq!(labels.get(name), map.get(name).copied());
        }
        prop_assert_eq!(labels.without(|_| false), labels.clone());
        prop_assert_eq!(labels.shared_with(&labels), labels);
    }

    #[test]
    fn sets_are_in_the_order_of_their_pairs(
        one in prop::collection::btree_map("[ab]{1,2}", "[xy]{1,2}", 0..4),
        other in prop::collection::btree_map("[ab]{1,2}", "[xy]{1,2}", 0..4),
    ) {
        let labels = |map: &BTreeMap<String, String>| map.iter().collect::<Labels>();
        prop_assert_eq!(labels(&one).cmp(&labels(&other)), one.iter().cmp(other.iter()));
        prop_assert_eq!(labels(&one) == labels(&other), one == other);
    }
}
