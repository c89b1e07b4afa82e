//! Which known word was probably meant.

/// The longest word that is compared, in bytes. What is longer is no slip of the finger.
const LONGEST: usize = 64;

/// The known word that is nearest to `word`, if one is near enough to be worth saying: a third of its letters
/// may be wrong (a swap counts once), or one is the beginning of the other. Case does not count.
#[must_use]
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    if word.is_empty() || word.len() > LONGEST {
        return None;
    }
    let word = word.to_lowercase();
    let allowed = word.chars().count().div_ceil(3).min(3);
    let rank = |candidate: &str| {
        let candidate = candidate.to_lowercase();
        let begins =
            word.len() >= 3 && candidate.starts_with(&word) || candidate.len() >= 3 && word.starts_with(&candidate);
        let distance = strsim::damerau_levenshtein(&word, &candidate);
        // A beginning is a good guess, but a near miss is a better one.
        (distance <= allowed).then_some(distance).or(begins.then_some(allowed + 1))
    };
    known
        .into_iter()
        .filter_map(|candidate| Some((rank(candidate)?, candidate)))
        .min_by_key(|(rank, _)| *rank)
        .map(|(_, word)| word)
}

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
