//! How numbers are shown: three significant digits and a unit, `612 ms`, `1.2 k/s`, `4.7 %`, `38.2 GiB`.

/// What is shown where there is no number.
pub const NONE: &str = "—";

/// One step of a ladder: what one of it is in the base unit, its name, and up to which count it is used.
type Step = (f64, &'static str, f64);

const TIME: [Step; 8] = [
    (1e-9, "ns", 1000.0),
    (1e-6, "µs", 1000.0),
    (1e-3, "ms", 1000.0),
    (1.0, "s", 120.0),
    (60.0, "min", 120.0),
    (3600.0, "h", 48.0),
    (86_400.0, "d", 1000.0),
    (31_557_600.0, "y", 1000.0),
];

const BYTES: [Step; 7] = [
    (1.0, "B", 1000.0),
    (1024.0, "KiB", 1000.0),
    (1_048_576.0, "MiB", 1000.0),
    (1_073_741_824.0, "GiB", 1000.0),
    (1_099_511_627_776.0, "TiB", 1000.0),
    (1_125_899_906_842_624.0, "PiB", 1000.0),
    (1_152_921_504_606_846_976.0, "EiB", 1000.0),
];

const COUNTS: [Step; 7] = [
    (1.0, "", 1000.0),
    (1e3, "k", 1000.0),
    (1e6, "M", 1000.0),
    (1e9, "G", 1000.0),
    (1e12, "T", 1000.0),
    (1e15, "P", 1000.0),
    (1e18, "E", 1000.0),
];

/// The smallest count that is written out; below it stands a power of ten, for what is not nothing must not
/// look like nothing.
const SMALLEST: f64 = 0.001;

/// A value with its unit.
///
/// Units: `s` and `ms` (scaled from `ns` to `y`), `B` and `B/s` (binary: `KiB`, `MiB` …), `ratio` (shown as
/// `%`, times 100), `%` (already per cent), `/s`, nothing; anything else is put behind the number as it is.
/// No value, NaN and the infinities are [`NONE`].
#[must_use]
pub fn text(value: Option<f64>, unit: &str) -> String {
    let Some(value) = value.filter(|value| value.is_finite()) else { return NONE.to_owned() };
    match unit {
        "s" => scaled(value, &TIME, ""),
        "ms" => scaled(value / 1000.0, &TIME, ""),
        "B" => scaled(value, &BYTES, ""),
        "B/s" => scaled(value, &BYTES, "/s"),
        "ratio" => scaled((value * 100.0).clamp(f64::MIN, f64::MAX), &COUNTS, "%"),
        other => scaled(value, &COUNTS, other),
    }
}

fn scaled(value: f64, ladder: &[Step], unit: &str) -> String {
    let size = value.abs();
    // Zero stands on the step that is the unit itself: `0 s`, not `0 ns`.
    let fits = |step: &&Step| if size == 0.0 { step.0 >= 1.0 } else { rounded(size / step.0) < step.2 };
    let Some((one, name, limit)) = ladder.iter().find(fits).or(ladder.last()) else { return NONE.to_owned() };
    let count = value / one;
    let number = if size != 0.0 && (count.abs() < SMALLEST || rounded(count.abs()) >= *limit) {
        power(count)
    } else {
        plain(count)
    };
    let gap = match (name.is_empty(), unit.chars().next()) {
        (true, None | Some('/')) => "",
        _ => " ",
    };
    // A prefix stands before a sign (`k/s`, `k%`), and apart from a word (`k req`).
    let join = if !name.is_empty() && unit.starts_with(char::is_alphanumeric) { " " } else { "" };
    format!("{number}{gap}{name}{join}{unit}")
}

/// How many decimals leave three significant digits.
fn decimals(size: f64) -> usize {
    match size {
        size if size >= 100.0 => 0,
        size if size >= 10.0 => 1,
        size if size >= 1.0 => 2,
        size if size >= 0.1 => 3,
        _ => 4,
    }
}

/// What a size is when it is shown.
fn rounded(size: f64) -> f64 {
    let factor = [1.0, 10.0, 100.0, 1000.0, 10_000.0].get(decimals(size)).copied().unwrap_or(1.0);
    (size * factor).round() / factor
}

fn plain(count: f64) -> String {
    // Rounding may bring a digit more in front: 9.996 is 10.
    let decimals = decimals(rounded(count.abs()));
    let made = format!("{:.decimals$}", if count == 0.0 { 0.0 } else { count });
    if !made.contains('.') {
        return made;
    }
    made.trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn power(count: f64) -> String {
    format!("{count:.0e}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn as_people_write_them() {
        let cases = [
            (0.612, "s", "612 ms"),
            (1.2, "s", "1.2 s"),
            (0.999_96, "s", "1 s"),
            (90.0, "s", "90 s"),
            (5000.0, "s", "83.3 min"),
            (200_000.0, "s", "2.31 d"),
            (0.000_002, "s", "2 µs"),
            (0.0, "s", "0 s"),
            (612.0, "ms", "612 ms"),
            (1234.0, "/s", "1.23 k/s"),
            (1200.0, "/s", "1.2 k/s"),
            (41.0, "/s", "41/s"),
            (4.7, "%", "4.7 %"),
            (71.04, "%", "71 %"),
            (0.047, "ratio", "4.7 %"),
            (0.0, "%", "0 %"),
            (-58.0, "%", "-58 %"),
            (0.012, "%", "0.012 %"),
            (0.000_012, "%", "1e-5 %"),
            (41_017_362_022.0, "B", "38.2 GiB"),
            (1000.0, "B", "0.977 KiB"),
            (999.0, "B", "999 B"),
            (2_097_152.0, "B/s", "2 MiB/s"),
            (14.2, "", "14.2"),
            (1_500_000.0, "", "1.5 M"),
            (9.996, "", "10"),
            (999.7, "", "1 k"),
            (-0.0, "", "0"),
            (71.3, "°C", "71.3 °C"),
            (1200.0, "req", "1.2 k req"),
            (1e30, "", "1e12 E"),
        ];
        for (value, unit, expected) in cases {
            assert_eq!(text(Some(value), unit), expected, "{value} {unit}");
        }
    }

    #[test]
    fn no_number_is_a_dash() {
        for value in [None, Some(f64::NAN), Some(f64::INFINITY), Some(f64::NEG_INFINITY)] {
            assert_eq!(text(value, "s"), NONE);
        }
    }

    fn unit() -> impl Strategy<Value = &'static str> {
        prop::sample::select(vec!["s", "ms", "B", "B/s", "%", "ratio", "/s", "", "°C"])
    }

    fn number(shown: &str) -> &str {
        let end = shown.find(|c: char| !(c.is_ascii_digit() || "-.e".contains(c))).unwrap_or(shown.len());
        &shown[..end]
    }

    proptest! {
        #[test]
        fn three_digits_few_columns_and_the_sign(value in prop_oneof![any::<f64>(), -1e6_f64..1e6, -1.0_f64..1.0], unit in unit()) {
            let shown = text(Some(value), unit);
            if !value.is_finite() {
                prop_assert_eq!(shown, NONE);
                return Ok(());
            }
            let number = number(&shown);
            let mantissa = number.split('e').next().unwrap_or(number);
            let digits = mantissa.chars().filter(char::is_ascii_digit).collect::<String>();
            prop_assert!(digits.trim_start_matches('0').len() <= 3, "{}", shown);
            prop_assert!(number.len() <= 7, "{}", shown);
            let columns = shown.chars().count();
            prop_assert!(columns <= if unit == "B/s" { 13 } else { 11 }, "{}", shown);
            prop_assert_eq!(number.starts_with('-'), value < 0.0, "{}", shown);
            let read: f64 = number.parse().unwrap();
            prop_assert_eq!(read == 0.0, value == 0.0, "{}", shown);
        }

        #[test]
        fn what_is_in_sight_is_near_the_truth(value in 0.001_f64..999.0) {
            let shown = text(Some(value), "%");
            let read: f64 = number(&shown).parse().unwrap();
            prop_assert!((read - value).abs() <= value * 0.005 + 0.000_05, "{value} {}", shown);
        }

        #[test]
        fn usual_sizes_take_nine_columns(value in -999_000.0_f64..999_000.0, unit in prop::sample::select(vec!["%", "/s", ""])) {
            prop_assume!(value.abs() > 0.001);
            prop_assert!(text(Some(value), unit).chars().count() <= 9, "{}", text(Some(value), unit));
        }
    }
}
