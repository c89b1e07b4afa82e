//! Which time zone was probably meant; for other words see [`nearest`].

pub use crate::rows::nearest::nearest;

/// The time zone that was probably meant: the city alone is enough.
#[must_use]
pub fn nearest_zone(word: &str) -> Option<&'static str> {
    let names = || chrono_tz::TZ_VARIANTS.iter().map(|zone| zone.name());
    let city = |name: &str| name.rsplit('/').next().unwrap_or_default().to_lowercase();
    let wanted = word.trim().replace(' ', "_");
    names()
        .find(|name| name.eq_ignore_ascii_case(&wanted))
        .or_else(|| names().find(|name| city(name) == city(&wanted)))
        .or_else(|| nearest(&wanted, names()))
        .or_else(|| {
            let cities: Vec<(String, &'static str)> = names().map(|name| (city(name), name)).collect();
            let near = nearest(&city(&wanted), cities.iter().map(|(city, _)| city.as_str()))?;
            cities.iter().find(|(city, _)| city == near).map(|(_, name)| *name)
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn slips_swaps_and_beginnings() {
        let known = ["every", "environment", "timeout", "prometheus"];
        assert_eq!(nearest("evry", known), Some("every"));
        assert_eq!(nearest("TIMOEUT", known), Some("timeout"));
        assert_eq!(nearest("prom", known), Some("prometheus"));
        assert_eq!(nearest("zebra", known), None);
        assert_eq!(nearest("", known), None);
    }

    #[test]
    fn a_city_names_its_zone() {
        assert_eq!(nearest_zone("Berlin"), Some("Europe/Berlin"));
        assert_eq!(nearest_zone("europe/berlin"), Some("Europe/Berlin"));
        assert_eq!(nearest_zone("Europe/Berln"), Some("Europe/Berlin"));
        assert_eq!(nearest_zone("new york"), Some("America/New_York"));
        assert_eq!(nearest_zone("Berln"), Some("Europe/Berlin"));
        assert_eq!(nearest_zone("qqqqqqqqqqq"), None);
    }

    proptest! {
        #[test]
        fn a_known_word_is_nearest_to_itself(at in 0_usize..4) {
            let known = ["every", "environment", "timeout", "prometheus"];
            prop_assert_eq!(nearest(known[at], known), Some(known[at]));
        }
    }
}
