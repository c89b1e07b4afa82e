//! One signal over time: a line of dots, its threshold, and the moment something began.

use ratatui::text::{Line, Span};

use super::canvas::{Canvas, cells};
use super::series::{self, Columns};
use super::text;
use crate::domain::quantity;
use crate::domain::{Moment, Reading, SignalLevel, threshold};
use crate::theme::{Glyph, Role, Theme};

/// What is drawn.
#[derive(Debug, Clone, Copy)]
pub struct Chart<'a> {
    /// The readings, oldest first.
    pub readings: &'a [Reading],
    /// The unit of the values.
    pub unit: &'a str,
    /// The thresholds, first and second.
    pub warn: Option<f64>,
    /// See `warn`.
    pub critical: Option<f64>,
    /// The moment that is marked on the time axis.
    pub began: Option<Moment>,
}

/// Dots of a braille cell by row and column, as bits over U+2800.
const DOTS: [[u8; 2]; 4] = [[0x01, 0x08], [0x02, 0x10], [0x04, 0x20], [0x40, 0x80]];

/// The place of the dots: how many cells there are, and which values the lowest and highest dot stand for.
#[derive(Debug, Clone, Copy)]
struct Plot {
    wide: usize,
    high: usize,
    low: f64,
    top: f64,
}

impl Chart<'_> {
    /// Draws the chart over the whole canvas. Gaps stay gaps; without any number it says so.
    pub fn draw(&self, theme: &Theme, canvas: &mut Canvas<'_>) {
        let (low, top) = self.bounds();
        let labels = [top, low + (top - low) / 2.0, low].map(|value| quantity::text(Some(value), self.unit));
        let gutter = labels.iter().map(|label| text::width(label)).max().unwrap_or(0) + 2;
        let (Some(high), Some(wide)) = (canvas.rows().checked_sub(1), canvas.columns().checked_sub(gutter)) else {
            return;
        };
        if high < 2 || wide < 8 {
            return;
        }
        let plot = Plot { wide, high, low, top };
        let Some(columns) = series::columns(self.readings, wide * 2, self.low_is_bad()) else {
            canvas.put(1, 0, &Line::styled("no reading yet", theme.style(Role::Stale)));
            return;
        };
        draw_axis(theme, canvas, gutter, &labels, plot);
        self.draw_threshold(theme, canvas, gutter, plot);
        let signs = self.draw_dots(theme, canvas, gutter, plot, &columns);
        self.draw_bound(theme, canvas, gutter, plot, &signs);
        self.draw_times(theme, canvas, gutter, plot, &columns);
    }

    fn low_is_bad(&self) -> bool {
        matches!((self.warn, self.critical), (Some(warn), Some(critical)) if critical < warn)
    }

    /// From zero (or the lowest value below it) to a little over the highest value and the first threshold.
    fn bounds(&self) -> (f64, f64) {
        let values = || self.readings.iter().filter_map(|reading| reading.value).filter(|value| value.is_finite());
        let low = values().fold(0.0, f64::min);
        let line = self.line().map(|(value, _)| value);
        let top = values().chain(line).fold(low, f64::max);
        // An axis without a span would divide by nothing.
        let top = if top - low > f64::MIN_POSITIVE && (top - low).is_finite() { top } else { low + 1.0 };
        (low, top)
    }

    /// The threshold that is drawn: the second that is set, else the first.
    fn line(&self) -> Option<(f64, Role)> {
        let critical = self.critical.map(|value| (value, Role::Critical));
        critical.or(self.warn.map(|value| (value, Role::High))).filter(|(value, _)| value.is_finite())
    }

    fn draw_threshold(&self, theme: &Theme, canvas: &mut Canvas<'_>, gutter: usize, plot: Plot) {
        let Some((value, _)) = self.line() else { return };
        let row = cells(plot.dot(value) / 4);
        let sign = if theme.is_ascii() { '-' } else { '╌' };
        for x in 0..plot.wide {
            canvas.sign(cells(gutter + x), row, sign, theme.style(Role::Threshold));
        }
    }

    /// The threshold's number, above (or below) its line, on the side where no dot is.
    fn draw_bound(&self, theme: &Theme, canvas: &mut Canvas<'_>, gutter: usize, plot: Plot, signs: &[u8]) {
        let Some((value, _)) = self.line() else { return };
        let line = plot.dot(value) / 4;
        let row = if line > 0 { line - 1 } else { line + 1 };
        let words = format!(" {} ", quantity::text(Some(value), self.unit));
        let wide = text::width(&words);
        let Some(right) = plot.wide.checked_sub(wide) else { return };
        let free = |x: &usize| {
            let from = row * plot.wide + x;
            signs.get(from..from + wide).is_some_and(|signs| signs.iter().all(|bits| *bits == 0))
        };
        let x = [0, right].into_iter().find(free).unwrap_or(0);
        canvas.put(cells(gutter + x), cells(row), &Line::styled(words, theme.style(Role::Threshold)));
    }

    fn draw_dots(
        &self,
        theme: &Theme,
        canvas: &mut Canvas<'_>,
        gutter: usize,
        plot: Plot,
        columns: &Columns,
    ) -> Vec<u8> {
        let mut signs = vec![0_u8; plot.wide * plot.high];
        let mut before = None;
        for (x, value) in columns.values.iter().enumerate() {
            let dot = value.map(|value| plot.dot(value));
            if let Some(dot) = dot {
                let from = before.unwrap_or(dot);
                // The jump from one column to the next is drawn in the later one.
                let (upper, lower) = (dot.min(from), dot.max(from));
                let rows = if dot < from {
                    upper..=lower.saturating_sub(1).max(upper)
                } else {
                    (upper + 1).min(lower)..=lower
                };
                for y in rows {
                    let bit = DOTS.get(y % 4).and_then(|row| row.get(x % 2)).copied().unwrap_or(0);
                    if let Some(sign) = signs.get_mut(y / 4 * plot.wide + x / 2) {
                        *sign |= bit;
                    }
                }
            }
            before = dot;
        }
        for (at, bits) in signs.iter().enumerate().filter(|(_, bits)| **bits != 0) {
            let (x, y) = (at % plot.wide, at / plot.wide);
            let sign = if theme.is_ascii() { '*' } else { char::from_u32(0x2800 + u32::from(*bits)).unwrap_or('*') };
            let level = columns
                .values
                .get(2 * x..=2 * x + 1)
                .into_iter()
                .flatten()
                .flatten()
                .map(|value| threshold::level(Some(*value), self.warn, self.critical))
                .find(|level| *level != SignalLevel::Ok);
            let role = level.map_or(Role::Series, Role::of_signal);
            canvas.sign(cells(gutter + x), cells(y), sign, theme.style(role));
        }
        signs
    }

    fn draw_times(&self, theme: &Theme, canvas: &mut Canvas<'_>, gutter: usize, plot: Plot, columns: &Columns) {
        let row = cells(plot.high);
        let hour = |at: Moment| at.format("%H:%M").to_string();
        let dim = theme.style(Role::Dim);
        let mark = self.began.and_then(|began| Some((began, columns.share(began)?)));
        let marked = mark.map(|(began, share)| {
            #[expect(
                clippy::cast_precision_loss,
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "a share of 0 to 1 of a terminal's width"
            )]
            let at = (share * (plot.wide - 1) as f64) as usize;
            (at.min(plot.wide.saturating_sub(6)), format!("{}{}", theme.glyph(Glyph::Critical), hour(began)))
        });
        let free = |from: usize, until: usize| marked.as_ref().is_none_or(|(at, _)| until < *at || from > at + 6);
        if free(0, 5) {
            canvas.put(cells(gutter), row, &Line::styled(hour(columns.from), dim));
        }
        if plot.wide >= 16 && free(plot.wide - 5, plot.wide) {
            canvas.put(cells(gutter + plot.wide - 5), row, &Line::styled(hour(columns.until), dim));
        }
        if let Some((at, words)) = &marked {
            canvas.put(cells(gutter + at), row, &Line::styled(words.clone(), theme.style(Role::Strong)));
        }
    }
}

fn draw_axis(theme: &Theme, canvas: &mut Canvas<'_>, gutter: usize, labels: &[String; 3], plot: Plot) {
    let (tick, line) = if theme.is_ascii() { ("+", "|") } else { ("┤", "│") };
    let rows = [0, plot.high / 2, plot.high - 1];
    for y in 0..plot.high {
        let label = rows.iter().position(|row| *row == y).and_then(|at| labels.get(at));
        let sign = if label.is_some() { tick } else { line };
        let words = text::pad_left(label.map_or("", String::as_str), gutter - 1);
        let spans = [Span::styled(words, theme.style(Role::Dim)), Span::styled(sign, theme.style(Role::Faint))];
        canvas.put(0, cells(y), &Line::from_iter(spans));
    }
}

impl Plot {
    /// On which row of dots a value stands, counted from the top.
    fn dot(&self, value: f64) -> usize {
        let rows = self.high * 4;
        let share = ((value - self.low) / (self.top - self.low)).clamp(0.0, 1.0);
        #[expect(
            clippy::cast_precision_loss,
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a share of 0 to 1 of a terminal's height"
        )]
        let up = (share * (rows - 1) as f64).round() as usize;
        (rows - 1).saturating_sub(up)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::TimeDelta;
    use proptest::prelude::*;
    use ratatui::buffer::Buffer;
    use ratatui::layout::Rect;

    fn readings(values: &[Option<f64>]) -> Vec<Reading> {
        let at = |second: i64| Moment::UNIX_EPOCH + TimeDelta::seconds(15 * second);
        (0..).zip(values).map(|(second, value)| Reading { at: at(second), value: *value }).collect()
    }

    fn drawn(values: &[Option<f64>], width: u16, height: u16) -> Vec<String> {
        let mut buffer = Buffer::empty(Rect::new(0, 0, width, height));
        let area = buffer.area;
        let readings = readings(values);
        let chart = Chart { readings: &readings, unit: "%", warn: None, critical: Some(5.0), began: None };
        chart.draw(&Theme::plain(), &mut Canvas::new(&mut buffer, area));
        let row = |y| (0..width).map(|x| buffer[(x, y)].symbol().to_owned()).collect::<String>();
        (0..height).map(row).collect()
    }

    #[test]
    fn a_step_with_a_gap() {
        let mut values = vec![Some(0.0); 10];
        values.extend([None; 6]);
        values.extend([Some(10.0); 10]);
        let rows = drawn(&values, 19, 4);
        assert_eq!(rows[0].chars().next_back(), Some('⠉'), "{rows:#?}");
        assert_eq!(rows[2].chars().nth(6), Some('⣀'), "{rows:#?}");
        assert_eq!(rows[0].chars().nth(11), Some(' '), "{rows:#?}");
        assert_eq!(rows[2].chars().nth(12), Some(' '), "{rows:#?}");
    }

    proptest! {
        #[test]
        fn any_values_at_any_size(values in prop::collection::vec(prop::option::of(any::<f64>()), 0..40), width in 0_u16..40, height in 0_u16..12) {
            drawn(&values, width, height);
        }
    }
}
