//! Which known word was probably meant.

/// The longest word that is compared, in bytes. What is longer is no slip of the finger.
const LONGEST: usize = 64;

/// The known word that is nearest to `word`, if one is near enough to be worth saying: a third of its letters
/// may be wrong (a swap counts once), or one is the end or the beginning of the other. Case does not count.
#[must_use]
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    if word.is_empty() || word.len() > LONGEST {
        return None;
    }
    let word = word.to_lowercase();
    let allowed = word.chars().count().div_ceil(3).min(3);
    let rank = |candidate: &str| {
        let candidate = candidate.to_lowercase();
        let (short, long) = if word.len() < candidate.len() { (&word, &candidate) } else { (&candidate, &word) };
        let part = short.len() >= 3 && (long.starts_with(short.as_str()) || long.ends_with(short.as_str()));
        let distance = strsim::damerau_levenshtein(&word, &candidate);
        // A part is a good guess, but a near miss is a better one.
        (distance <= allowed).then_some(distance).or(part.then_some(allowed + 1))
    };
    known
        .into_iter()
        .filter_map(|candidate| Some((rank(candidate)?, candidate)))
        .min_by_key(|(rank, _)| *rank)
        .map(|(_, word)| word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_swaps_and_parts() {
        let known = ["cursor.down", "incident.ack", "help", "open"];
        assert_eq!(nearest("cursor.dwon", known), Some("cursor.down"));
        assert_eq!(nearest("ack", known), Some("incident.ack"));
        assert_eq!(nearest("HELP", known), Some("help"));
        assert_eq!(nearest("zebra", known), None);
        assert_eq!(nearest("", known), None);
    }
}
