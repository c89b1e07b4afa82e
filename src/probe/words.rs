//! A value and what was expected, in words: `38 % · expected >= 20 %`.

use crate::domain::checklist::Expect;
use crate::domain::checklist::expect::Comparison;
use crate::domain::checklist::probe::Held;
use crate::domain::quantity;

/// Whether a value is as expected.
pub(super) fn held(expect: Expect, value: f64) -> Held {
    match (value.is_finite(), expect.holds(value)) {
        (false, _) => Held::Unknown,
        (true, true) => Held::Good,
        (true, false) => Held::Bad,
    }
}

/// Whether a count that may be larger than this one is as expected.
pub(super) fn held_at_least(expect: Expect, least: f64) -> Held {
    match expect.comparison {
        Comparison::More | Comparison::AtLeast if expect.holds(least) => Held::Good,
        Comparison::NotEqual if least > expect.bound => Held::Good,
        Comparison::Less | Comparison::AtMost if !expect.holds(least) => Held::Bad,
        Comparison::Equal if least > expect.bound => Held::Bad,
        _ => Held::Unknown,
    }
}

/// What was expected: `expected >= 20 %`.
pub(super) fn expected(expect: Expect, unit: &str) -> String {
    format!("expected {} {}", sign(expect), quantity::text(Some(expect.bound), unit))
}

/// Both. Where rounding would make a value look like the bound that it is not, it is written out.
pub(super) fn both(value: f64, expect: Expect, unit: &str) -> String {
    let (mut shown, mut bound) = (quantity::text(Some(value), unit), quantity::text(Some(expect.bound), unit));
    #[expect(clippy::float_cmp, reason = "only the very bound may look like it")]
    let looks_like_it = shown == bound && value != expect.bound;
    if looks_like_it {
        let gap = if unit.is_empty() { "" } else { " " };
        shown = format!("{value}{gap}{unit}");
        bound = format!("{}{gap}{unit}", expect.bound);
    }
    format!("{shown} · expected {} {bound}", sign(expect))
}

fn sign(expect: Expect) -> &'static str {
    Comparison::SIGNS.iter().find(|(_, known)| *known == expect.comparison).map_or("", |(sign, _)| sign)
}

/// `1 line`, `3 lines`.
pub(super) fn count(number: u64, one: &str, more: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { more })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn expect(text: &str) -> Expect {
        Expect::parse(text).unwrap()
    }

    #[test]
    fn value_and_bound_are_told_apart() {
        assert_eq!(both(38.2, expect(">= 20"), "%"), "38.2 % · expected >= 20 %");
        assert_eq!(both(0.047, expect("< 0.01"), "ratio"), "4.7 % · expected < 1 %");
        assert_eq!(both(80.0, expect("< 80"), "%"), "80 % · expected < 80 %");
        assert_eq!(both(80.000_4, expect("<= 80"), "%"), "80.0004 % · expected <= 80 %");
        assert_eq!(both(0.0, expect("== 0"), ""), "0 · expected == 0");
    }

    #[test]
    fn of_a_count_that_may_be_larger_only_what_is_certain_is_said() {
        let cases = [
            ("<= 10", 11.0, Held::Bad),
            ("<= 10", 10.0, Held::Unknown),
            ("< 10", 10.0, Held::Bad),
            (">= 3", 3.0, Held::Good),
            (">= 3", 2.0, Held::Unknown),
            ("> 3", 3.0, Held::Unknown),
            ("== 0", 1.0, Held::Bad),
            ("== 0", 0.0, Held::Unknown),
            ("!= 2", 3.0, Held::Good),
            ("!= 2", 1.0, Held::Unknown),
        ];
        for (text, least, held) in cases {
            assert_eq!(held_at_least(expect(text), least), held, "{text} with at least {least}");
        }
    }
}
