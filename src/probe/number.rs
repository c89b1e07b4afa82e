//! The first number of a text, read plainly: `-1.5e3`, with a point and without a thousands separator.

/// The first number that stands at the beginning of a word. What follows it (`%`, `ms`) is its unit's business. A number
/// with a comma behind it and a digit behind that (`1,234`) can be read in two ways and is none.
pub(super) fn first(text: &str) -> Option<f64> {
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let inside_a_word = at > 0 && bytes.get(at - 1).is_some_and(|before| is_of_a_word(*before));
        if !inside_a_word && let Some(end) = end_of(bytes, at) {
            if bytes.get(end) == Some(&b',') && bytes.get(end + 1).is_some_and(u8::is_ascii_digit) {
                return None;
            }
            return text.get(at..end)?.parse().ok().filter(|value: &f64| value.is_finite());
        }
        at += 1;
    }
    None
}

/// Letters, digits and what joins them; every byte of a character that is not ASCII counts as one of a letter.
fn is_of_a_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.') || !byte.is_ascii()
}

/// Where the number that begins here ends.
fn end_of(bytes: &[u8], begin: usize) -> Option<usize> {
    let digits = |from: usize| from + bytes.iter().skip(from).take_while(|byte| byte.is_ascii_digit()).count();
    let sign = usize::from(matches!(bytes.get(begin), Some(b'-' | b'+')));
    let whole = digits(begin + sign);
    let mut end = whole;
    if bytes.get(whole) == Some(&b'.') {
        let fraction = digits(whole + 1);
        if fraction > whole + 1 {
            end = fraction;
        }
    }
    if end == begin + sign {
        return None;
    }
    if matches!(bytes.get(end), Some(b'e' | b'E')) {
        let sign = usize::from(matches!(bytes.get(end + 1), Some(b'-' | b'+')));
        let exponent = digits(end + 1 + sign);
        if exponent > end + 1 + sign {
            end = exponent;
        }
    }
    Some(end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_first_number_is_found_and_names_are_none() {
        let cases = [
            ("42", Some(42.0)),
            ("used: 85%", Some(85.0)),
            ("/dev/sda1 12.5 of 30", Some(12.5)),
            ("load=-1.5e3 x", Some(-1500.0)),
            ("v2.3 .5", Some(0.5)),
            ("+7ms", Some(7.0)),
            ("3 e5", Some(3.0)),
            ("2e", Some(2.0)),
            ("1,234", None),
            ("1, 2", Some(1.0)),
            ("nothing", None),
            ("1e999", None),
            ("é1 - 4", Some(4.0)),
            ("", None),
        ];
        for (text, number) in cases {
            assert_eq!(first(text), number, "{text}");
        }
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(value in any::<f64>().prop_filter("finite", |value| value.is_finite()), before in "[a-z ]{0,9} ") {
            prop_assert_eq!(first(&format!("{before}{value:e} %")), Some(value));
        }

        #[test]
        fn any_text_is_survived(text in ".*") {
            prop_assert!(first(&text).is_none_or(f64::is_finite));
        }
    }
}
