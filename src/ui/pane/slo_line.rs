//! What is promised to a service's users, how much of the budget for failures is left, and how fast it goes.

use ratatui::text::Line;

use crate::domain::burn_rate::{BurnState, Gone, burn};
use crate::domain::slo::SloReading;
use crate::domain::{age, duration, quantity};
use crate::theme::Role;
use crate::ui::scene::Scene;
use crate::ui::widget::{bar, text};

/// The bar's width.
const BAR: usize = 12;

/// One line about one promise, as much of it as there is room for.
pub(in crate::ui) fn slo_line<'a>(scene: &Scene<'a>, reading: &'a SloReading, room: usize) -> Line<'a> {
    let burn = burn(reading);
    let stale = scene.health(&reading.source).is_missing();
    let role = match burn.state {
        _ if stale => Role::Stale,
        Some(BurnState::Critical) => Role::Critical,
        Some(BurnState::High) => Role::High,
        Some(BurnState::Recovering | BurnState::Acceptable) => Role::Text,
        None => Role::Stale,
    };
    let plain = if stale { Role::Stale } else { Role::Text };
    let promise = format!("SLO {} {}", quantity::text(Some(reading.objective), "%"), duration::text(reading.window));
    let left = match burn.budget_left {
        Some(left) if left < 0.0 => "budget overspent".to_owned(),
        Some(left) => format!("{} left", quantity::text(Some(left), "ratio")),
        None => "budget not known".to_owned(),
    };
    let gone = match burn.gone_1h.or(burn.gone_6h) {
        Some(Gone::In(span)) => format!(" · gone in {}", age::short(span)),
        Some(Gone::Already | Gone::Never) | None => String::new(),
    };
    let rate = |name: &str, rate: Option<f64>| match rate {
        Some(rate) => format!("{}× {name}", quantity::text(Some(rate), "")),
        None => format!("— {name}"),
    };
    let burning = format!(" · burn {} · {}", rate("1h", burn.rate_1h), rate("6h", burn.rate_6h));
    let series = if stale { Role::Stale } else { Role::Series };
    let mut whole = Line::from(scene.span(plain, format!("{promise}  ")));
    whole.extend(bar::bar(scene.theme, burn.budget_left.map(|left| left.max(0.0)), BAR, series).spans);
    whole.push_span(scene.span(role, format!(" {left}{gone}")));
    let mut longest = whole.clone();
    longest.push_span(scene.span(role, burning.clone()));
    let mut middle = Line::from(scene.span(plain, format!("{promise}  ")));
    middle.push_span(scene.span(role, format!("{left}{burning}")));
    let short = scene.line(role, format!("{promise}  {left}{gone}"));
    let said = [longest, whole, middle, short];
    let fits = said.iter().find(|line| text::line_width(line) <= room).or(said.last()).cloned();
    fits.unwrap_or_default()
}
