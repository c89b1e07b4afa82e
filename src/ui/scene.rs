//! What every view function is given: the model, the theme, and the words and styles that follow from both.

use chrono::TimeDelta;
use ratatui::style::{Modifier, Style};
use ratatui::text::{Line, Span};

use crate::app::{App, Pane, Place};
use crate::board::Board;
use crate::domain::{Health, Moment, SourceName, SourceStatus};
use crate::theme::{Glyph, Role, Theme};
use crate::ui::widget::age;

/// The model and the theme, and what is asked of them again and again.
#[derive(Clone, Copy)]
pub(super) struct Scene<'a> {
    pub(super) app: &'a App,
    pub(super) board: &'a Board,
    pub(super) theme: &'a Theme,
    /// What ages are counted to.
    pub(super) now: Moment,
    /// Whether some source's word is missing: then nothing is green.
    pub(super) partial: bool,
    /// Whether the screen has only room for one thing: then panes have no frames.
    pub(super) small: bool,
}

impl<'a> Scene<'a> {
    pub(super) fn new(app: &'a App, theme: &'a Theme) -> Self {
        let (board, now) = (app.shown(), app.shown_now());
        let missing = |status: &SourceStatus| status.health(now).is_missing();
        // A board that was paused may have been whole; what is so now counts as well.
        let partial =
            board.sources().any(missing) || app.board.sources().any(|status| status.health(app.now).is_missing());
        Self { app, board, theme, now, partial: partial || board.sources().len() == 0, small: false }
    }

    pub(super) fn style(&self, role: Role) -> Style {
        self.theme.style(role)
    }

    /// A role for what needs a decision.
    pub(super) fn bold(&self, role: Role) -> Style {
        self.theme.style(role).add_modifier(Modifier::BOLD)
    }

    /// The role for done and live: not green while a source is missing.
    pub(super) fn good(&self) -> Role {
        if self.partial { Role::Dim } else { Role::Good }
    }

    pub(super) fn glyph(&self, glyph: Glyph) -> &'static str {
        self.theme.glyph(glyph)
    }

    pub(super) fn span(&self, role: Role, words: impl Into<std::borrow::Cow<'a, str>>) -> Span<'a> {
        Span::styled(words, self.style(role))
    }

    pub(super) fn strong(&self, role: Role, words: impl Into<std::borrow::Cow<'a, str>>) -> Span<'a> {
        Span::styled(words, self.bold(role))
    }

    pub(super) fn line(&self, role: Role, words: impl Into<std::borrow::Cow<'a, str>>) -> Line<'a> {
        Line::from(self.span(role, words))
    }

    /// A moment by the clock, in UTC.
    pub(super) fn hour(at: Moment) -> String {
        at.format("%H:%M").to_string()
    }

    /// The same with seconds.
    pub(super) fn second(at: Moment) -> String {
        at.format("%H:%M:%S").to_string()
    }

    /// A moment that may be far off: the hour, and the day where it is another one.
    pub(super) fn day_hour(&self, at: Moment) -> String {
        let format = if (at - self.now).abs() < TimeDelta::hours(20) { "%H:%M" } else { "%-d %b %H:%M" };
        at.format(format).to_string()
    }

    /// A moment in the operator's zone.
    pub(super) fn local(&self, at: Moment) -> String {
        let format = if (at - self.now).abs() < TimeDelta::hours(20) { "%H:%M" } else { "%-d %b %H:%M" };
        at.with_timezone(&self.app.profile.timezone).format(format).to_string()
    }

    pub(super) fn since(&self, at: Moment) -> String {
        age::since(at, self.now)
    }

    pub(super) fn health(&self, source: &SourceName) -> Health {
        self.board.source(source).map_or(Health::NeverAnswered, |status| status.health(self.now))
    }

    /// A source's name, state and age, as it stands in a title.
    pub(super) fn source_info(&self, source: &SourceName) -> Line<'a> {
        let Some(status) = self.board.source(source) else { return Line::default() };
        let health = status.health(self.now);
        let words = format!("{source} {}", age::source(status, self.now));
        if !health.is_missing() {
            return self.line(Role::Dim, words);
        }
        let sign = self.glyph(Glyph::of_health(health));
        Line::from(self.strong(Role::Stale, format!("{sign} {words}")))
    }

    /// Whether a pane has the focus. Nothing has it while something lies over the screen.
    pub(super) fn focused(&self, pane: Pane) -> bool {
        self.app.overlay.is_none() && self.app.focus == pane
    }

    /// How far a pane that only scrolls is scrolled.
    pub(super) fn scrolled(&self, pane: Pane) -> usize {
        let place = match self.app.place() {
            Place::View(view) => view as u8,
            Place::Incident(_) => u8::MAX,
            Place::Runbook => u8::MAX - 1,
            Place::Run(_) => u8::MAX - 2,
            Place::Walk(_) => u8::MAX - 3,
            Place::History => u8::MAX - 4,
        };
        self.app.scroll.get(&(place, pane as u8)).copied().unwrap_or(0)
    }
}
