//! Log lines: when, how serious, who, what.

use ratatui::text::{Line, Span};

use crate::board::logs::{Bar, Kept};
use crate::domain::quantity;
use crate::domain::{Level, Moment};
use crate::theme::Role;
use crate::ui::scene::Scene;
use crate::ui::widget::{Canvas, sparkline, text};

/// How many of the kept lines are looked at for those that are shown: a frame must not cost what is kept.
const LOOKED_AT: usize = 4_000;

/// Which lines are shown.
#[derive(Debug, Clone, Copy)]
pub(in crate::ui) struct Shown<'a> {
    /// Of which service; `None` for all.
    pub(in crate::ui) service: Option<&'a str>,
    /// The least level.
    pub(in crate::ui) level: Level,
    /// What was typed to narrow them by.
    pub(in crate::ui) filter: &'a str,
}

impl<'a> Shown<'a> {
    /// What the log pane shows here: lines of the service at hand if there are any, else all.
    pub(in crate::ui) fn here(scene: &Scene<'a>) -> Self {
        let view = &scene.app.logs;
        Self { service: scene.app.log_service(), level: view.level, filter: &view.filter_text }
    }

    /// Whether a line is shown.
    pub(in crate::ui) fn holds(&self, scene: &Scene<'_>, kept: &Kept) -> bool {
        scene.app.shows_line(kept, self.service)
    }

    /// The newest lines up to one (or to the newest of all) with their numbers, oldest first.
    pub(in crate::ui) fn until(scene: &Scene<'a>, last: Option<u64>, count: usize) -> Vec<(u64, &'a Kept)> {
        let mut found: Vec<(u64, &Kept)> = scene.app.log_rows_until(last).take(count).collect();
        found.reverse();
        found
    }

    /// The lines before and from a moment on, so many of each, oldest first.
    pub(in crate::ui) fn around(&self, scene: &Scene<'a>, at: Moment, count: usize) -> (Vec<&'a Kept>, Vec<&'a Kept>) {
        let lines = scene.board.logs().lines();
        let split = lines.partition_point(|kept| kept.at < at);
        let holds = |kept: &&Kept| self.holds(scene, kept);
        let mut before: Vec<&Kept> = lines.range(..split).rev().take(LOOKED_AT).filter(holds).take(count).collect();
        before.reverse();
        let after = lines.range(split..).take(LOOKED_AT).filter(holds).take(count).collect();
        (before, after)
    }

    /// What the title says of it.
    pub(in crate::ui) fn words(&self) -> String {
        let mut words = String::new();
        if let Some(service) = self.service {
            words = format!(" · {service}");
        }
        if self.level > Level::Trace {
            words = format!("{words} · {}+", self.level.word().to_lowercase());
        }
        if !self.filter.is_empty() {
            words = format!("{words} · /{}", self.filter);
        }
        words
    }
}

/// One line as a row. The words that were searched for stand out.
pub(in crate::ui) fn row<'a>(scene: &Scene<'a>, kept: &'a Kept, search: &str) -> Line<'a> {
    let role = Role::of_level(kept.level);
    let level = format!("{:<5} ", kept.level.word());
    let level = if kept.level.is_error() { scene.strong(role, level) } else { scene.span(role, level) };
    let quiet = kept.level < Level::Unknown;
    let mut spans = vec![
        scene.span(Role::Dim, format!("{} ", Scene::second(kept.at))),
        level,
        scene.span(Role::Dim, format!("{} ", text::fit(kept.origin(), 20))),
    ];
    spans.extend(found(scene, &kept.text, search, if quiet { Role::Dim } else { Role::Text }));
    Line::from(spans)
}

fn found<'a>(scene: &Scene<'a>, words: &'a str, search: &str, role: Role) -> Vec<Span<'a>> {
    let mut spans = Vec::new();
    let mut rest = words;
    while !search.is_empty()
        && let Some((before, after)) = rest.split_once(search)
        && spans.len() < 64
    {
        spans.push(scene.span(role, before));
        spans.push(scene.strong(Role::Found, search.to_owned()));
        rest = after;
    }
    spans.push(scene.span(role, rest));
    spans
}

/// Draws the bars of the last minutes: how many errors came in each ten seconds.
pub(in crate::ui) fn draw_bars(scene: &Scene<'_>, row: &mut Canvas<'_>) {
    let room = row.columns().saturating_sub(18).min(60);
    if room < 6 {
        return;
    }
    let bars: Vec<Bar> = scene.board.logs().bars(scene.now, room).collect();
    #[expect(clippy::cast_precision_loss, reason = "counts of ten seconds")]
    let values: Vec<Option<f64>> = bars.iter().map(|bar| Some(bar.errors as f64)).collect();
    let any = bars.iter().any(|bar| bar.errors > 0);
    let role = if any { Role::LogError } else { Role::Faint };
    let taken = row.put(0, 0, &scene.line(role, sparkline::sparkline(scene.theme, &values, None)));
    row.put(taken + 2, 0, &scene.line(Role::Dim, "errors each 10 s"));
}

/// How many lines come in a second, and how many were dropped.
pub(in crate::ui) fn pace(scene: &Scene<'_>) -> String {
    let logs = scene.board.logs();
    let mut said = Vec::new();
    if let Some((lines, _)) = logs.rate(scene.now) {
        // 5 in a minute can be seen before the mind's eye, 0.0833 in a second cannot.
        let seldom = lines > 0.0 && lines < 0.95;
        said.push(quantity::text(Some(if seldom { lines * 60.0 } else { lines }), if seldom { "/min" } else { "/s" }));
    }
    if logs.dropped() > 0 {
        said.push(format!("{} dropped", logs.dropped()));
    }
    said.join(" · ")
}

/// The sources that told lines, those in trouble first, for a title.
pub(in crate::ui) fn info<'a>(scene: &Scene<'a>) -> Line<'a> {
    let mut line = Line::default();
    let newest = scene.board.logs().lines().back().map(Kept::source);
    let of_logs =
        |name: &crate::domain::SourceName| scene.app.profile.service_logs.values().any(|source| source == name);
    let missing = scene.board.sources().find(|status| {
        (of_logs(&status.name) || newest == Some(&status.name)) && status.health(scene.now).is_missing()
    });
    if let Some(source) = missing.map(|status| &status.name).or(newest) {
        line.extend(scene.source_info(source).spans);
    }
    let pace = pace(scene);
    if !pace.is_empty() {
        let gap = if line.spans.is_empty() { "" } else { " · " };
        line.push_span(scene.span(Role::Dim, format!("{gap}{pace}")));
    }
    line
}
