//! Hexadecimal digits, as ids are written. What must not live here: what an id stands for.

/// What exactly 16 hexadecimal digits come to. `from_str_radix` would take a sign as well.
pub(super) fn sixteen(text: &str) -> Option<u64> {
    let are_digits = text.len() == 16 && text.bytes().all(|digit| digit.is_ascii_hexdigit());
    are_digits.then(|| u64::from_str_radix(text, 16).ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sixteen_digits_and_nothing_else() {
        assert_eq!(sixteen("00000000000000ff"), Some(255));
        assert_eq!(sixteen("FFFFFFFFFFFFFFFF"), Some(u64::MAX));
        for text in ["+0000000000000ff", "-0000000000000ff", " 0000000000000ff", "ff", "00000000000000fff", ""] {
            assert_eq!(sixteen(text), None, "{text}");
        }
    }
}
