//! A series in one row of cells.

use crate::theme::Theme;

const STEPS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
const ASCII: [char; 5] = ['_', '.', '-', '=', '#'];

/// One cell for each value between 0 (or the lowest, if that is below) and the highest of `ceiling` and the
/// values. A gap is a space: what was not measured is not drawn as nothing.
#[must_use]
pub fn sparkline(theme: &Theme, values: &[Option<f64>], ceiling: Option<f64>) -> String {
    let steps: &[char] = if theme.is_ascii() { &ASCII } else { &STEPS };
    let known = || values.iter().flatten().copied().filter(|value| value.is_finite());
    let low = known().fold(0.0, f64::min);
    let high = known().chain(ceiling.filter(|ceiling| ceiling.is_finite())).fold(low, f64::max);
    values.iter().map(|value| value.and_then(|value| step(steps, value, low, high)).unwrap_or(' ')).collect()
}

fn step(steps: &[char], value: f64, low: f64, high: f64) -> Option<char> {
    if !value.is_finite() {
        return None;
    }
    // Halves, because the span of two finite numbers may not be finite.
    let span = high / 2.0 - low / 2.0;
    let share = if span > 0.0 { ((value / 2.0 - low / 2.0) / span).clamp(0.0, 1.0) } else { 0.0 };
    let last = steps.len() - 1;
    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a share of 0 to 1 of a handful of steps"
    )]
    let at = (share * last as f64).round() as usize;
    steps.get(at.min(last)).copied()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn gaps_stay_gaps_and_a_ceiling_gives_the_scale() {
        let theme = Theme::plain();
        let values = [Some(0.0), None, Some(5.0), Some(f64::NAN), Some(10.0)];
        assert_eq!(sparkline(&theme, &values, None), "▁ ▅ █");
        assert_eq!(sparkline(&theme, &[Some(10.0)], Some(20.0)), "▅");
        assert_eq!(sparkline(&theme, &[Some(0.0), Some(0.0)], None), "▁▁");
    }

    proptest! {
        #[test]
        fn any_values_make_one_sign_each(values in prop::collection::vec(prop::option::of(any::<f64>()), 0..30)) {
            prop_assert_eq!(sparkline(&Theme::plain(), &values, None).chars().count(), values.len());
        }
    }
}
