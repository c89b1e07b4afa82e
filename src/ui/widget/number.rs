//! Numbers as people read them: three significant digits and a unit, `612 ms`, `1.2 k/s`, `4.7 %`.

/// What stands where there is no number.
pub const NONE: &str = "—";

type Steps = &'static [(f64, &'static str)];

const TIME: Steps = &[(1e-6, "µs"), (1e-3, "ms"), (1.0, "s"), (60.0, "min"), (3600.0, "h"), (86_400.0, "d")];
const BYTES: Steps = &[
    (1.0, "B"),
    (1024.0, "KiB"),
    (1_048_576.0, "MiB"),
    (1_073_741_824.0, "GiB"),
    (1_099_511_627_776.0, "TiB"),
    (1_125_899_906_842_624.0, "PiB"),
];
const COUNT: Steps = &[(1.0, ""), (1e3, "k"), (1e6, "M"), (1e9, "G"), (1e12, "T"), (1e15, "P")];

/// A value in its unit: `s`, `ms`, `B`, `B/s`, `ratio`, `%`, `/s`, nothing, or any word. No value, NaN and the
/// infinities are [`NONE`].
#[must_use]
pub fn format(value: Option<f64>, unit: &str) -> String {
    let Some(value) = value.filter(|value| value.is_finite()) else { return NONE.to_owned() };
    match unit {
        "s" => scaled(value, TIME, ""),
        "ms" => scaled(value / 1e3, TIME, ""),
        "B" => scaled(value, BYTES, ""),
        "B/s" => scaled(value, BYTES, "/s"),
        "%" => format!("{} %", digits(value)),
        "ratio" => format!("{} %", digits(value * 100.0)),
        other => scaled(value, COUNT, other),
    }
}

fn scaled(value: f64, steps: Steps, unit: &str) -> String {
    // What would be rounded up to the next step is shown in it: 999.6 is 1 k.
    let size = value.abs() * 1.0005;
    let whole = (1.0, "");
    let (one, name) = match value {
        0.0 => steps.iter().copied().find(|(one, _)| *one >= 1.0).unwrap_or(whole),
        _ => steps.iter().rev().copied().find(|(one, _)| size >= *one).or(steps.first().copied()).unwrap_or(whole),
    };
    let number = digits(value / one);
    match format!("{name}{unit}") {
        tail if tail.is_empty() || tail.starts_with('/') => format!("{number}{tail}"),
        tail => format!("{number} {tail}"),
    }
}

/// Three significant digits, without zeros at the end; what is far below one as a power of ten.
fn digits(value: f64) -> String {
    let decimals = match value.abs() {
        size if size == 0.0 || size >= 99.95 => 0,
        size if size >= 9.995 => 1,
        size if size >= 0.9995 => 2,
        size if size >= 0.001 => 3,
        _ => return format!("{value:.0e}"),
    };
    let made = format!("{value:.decimals$}");
    if made.contains('.') { made.trim_end_matches('0').trim_end_matches('.').to_owned() } else { made }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_people_write_them() {
        let cases = [
            (0.612, "s", "612 ms"),
            (1234.0, "/s", "1.23 k/s"),
            (12.0, "/s", "12/s"),
            (4.7, "%", "4.7 %"),
            (0.047, "ratio", "4.7 %"),
            (71.04, "%", "71 %"),
            (999.7, "", "1 k"),
            (0.0, "s", "0 s"),
            (2_147_483_648.0, "B", "2 GiB"),
            (1536.0, "B/s", "1.5 KiB/s"),
            (-58.3, "%", "-58.3 %"),
            (90.0, "s", "1.5 min"),
        ];
        for (value, unit, expected) in cases {
            assert_eq!(format(Some(value), unit), expected, "{value} {unit}");
        }
        assert_eq!([None, Some(f64::NAN), Some(f64::INFINITY)].map(|value| format(value, "s")), [NONE; 3]);
    }
}
