//! What is promised to a service's users, and how much of what may fail has failed.

use ratatui::text::Line;

use crate::domain::duration;
use crate::domain::slo::SloReading;
use crate::theme::Role;
use crate::ui::scene::Scene;
use crate::ui::widget::{bar, number, text};

/// The bar's width.
const BAR: usize = 12;

/// One line about one promise, as much of it as there is room for.
pub(in crate::ui) fn slo_line<'a>(scene: &Scene<'a>, reading: &'a SloReading, room: usize) -> Line<'a> {
    let stale = scene.health(&reading.source).is_missing();
    let role = if stale { Role::Stale } else { Role::Text };
    let promise = format!("SLO {} {}", number::format(Some(reading.objective), "%"), duration::text(reading.window));
    let allowed = (100.0 - reading.objective) / 100.0;
    let used = reading.errors_window.filter(|_| allowed > 0.0).map(|errors| errors / allowed);
    let share = |name: &str, share| format!("{name} {}", number::format(share, "ratio"));
    let window = match reading.errors_window {
        Some(errors) => {
            let (errors, allowed) = (number::format(Some(errors), "ratio"), number::format(Some(allowed), "ratio"));
            format!("{errors} of {allowed} used")
        }
        None => "errors over it not known".to_owned(),
    };
    let burning = format!("{} · {}", share("1h", reading.errors_1h), share("6h", reading.errors_6h));
    let series = if stale { Role::Stale } else { Role::Series };
    let mut whole = Line::from(scene.span(role, format!("{promise}  ")));
    whole.extend(bar::bar(scene.theme, used, BAR, series).spans);
    whole.push_span(scene.span(role, format!(" {window}")));
    let mut longest = whole.clone();
    longest.push_span(scene.span(Role::Dim, format!(" · {burning}")));
    let short = scene.line(role, format!("{promise}  {window}"));
    let said = [longest, whole, short];
    let fits = said.iter().find(|line| text::line_width(line) <= room).or(said.last()).cloned();
    fits.unwrap_or_default()
}
