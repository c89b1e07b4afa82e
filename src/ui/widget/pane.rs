//! The frame of a pane: title on the left, source, state and age on the right, the accent when focused.

use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::canvas::{Canvas, cells};
use super::text;
use crate::theme::{Role, Theme};

/// What stands on a frame.
#[derive(Debug, Clone, Default)]
pub struct Pane<'a> {
    /// What the pane shows.
    pub title: Line<'a>,
    /// From whom, in what state, how old; or how many.
    pub info: Line<'a>,
    /// Whether keys go to it.
    pub focused: bool,
}

/// Corners and edges: top left, top right, bottom left, bottom right, horizontal, vertical.
const ROUNDED: [char; 6] = ['╭', '╮', '╰', '╯', '─', '│'];
/// The same where the terminal has no more than ASCII.
const PLAIN: [char; 6] = ['+', '+', '+', '+', '-', '|'];

impl<'a> Pane<'a> {
    /// A frame with a title.
    pub fn titled(title: impl Into<Line<'a>>) -> Self {
        Self { title: title.into(), ..Self::default() }
    }

    /// With something on the right.
    #[must_use]
    pub fn info(self, info: impl Into<Line<'a>>) -> Self {
        Self { info: info.into(), ..self }
    }

    /// With the focus, or without.
    #[must_use]
    pub fn focused(self, focused: bool) -> Self {
        Self { focused, ..self }
    }

    /// Draws the frame and hands out what is inside. Where there is no room for a frame, everything is inside.
    pub fn draw<'c>(&self, theme: &Theme, canvas: &'c mut Canvas<'_>) -> Canvas<'c> {
        let (width, height) = (canvas.width(), canvas.height());
        if width < 4 || height < 3 {
            return canvas.again();
        }
        let role = if self.focused { Role::Accent } else { Role::Faint };
        let style = theme.style(role);
        let [left_top, right_top, left_bottom, right_bottom, flat, upright] =
            if theme.is_ascii() { PLAIN } else { ROUNDED };
        for x in 1..width - 1 {
            canvas.sign(x, 0, flat, style);
            canvas.sign(x, height - 1, flat, style);
        }
        for y in 1..height - 1 {
            canvas.sign(0, y, upright, style);
            canvas.sign(width - 1, y, upright, style);
        }
        canvas.sign(0, 0, left_top, style);
        canvas.sign(width - 1, 0, right_top, style);
        canvas.sign(0, height - 1, left_bottom, style);
        canvas.sign(width - 1, height - 1, right_bottom, style);
        self.draw_words(theme, canvas);
        canvas.part(1, 1, width - 2, height - 2)
    }

    fn draw_words(&self, theme: &Theme, canvas: &mut Canvas<'_>) {
        let room = canvas.columns().saturating_sub(4);
        let title_style = theme.style(if self.focused { Role::Accent } else { Role::Text });
        let title = spaced(&text::fit_line(&self.title, room), title_style);
        let taken = canvas.part(1, 0, cells(room) + 2, 1).put(0, 0, &title);
        // Between both stays at least a bit of the edge.
        let left = room.saturating_sub(usize::from(taken) + 1);
        if left < 6 || text::line_width(&self.info) == 0 {
            return;
        }
        let info = spaced(&text::fit_line(&self.info, left), Style::new());
        let wide = cells(text::line_width(&info));
        let at = canvas.width().saturating_sub(wide + 1);
        canvas.part(at, 0, wide, 1).put(0, 0, &info);
    }
}

/// A line with a space before and behind it; spans keep the style they have of their own.
fn spaced<'a>(line: &Line<'a>, style: Style) -> Line<'a> {
    if line.spans.is_empty() {
        return Line::default();
    }
    let inner =
        line.spans.iter().map(|span| Span::styled(span.content.clone(), style.patch(line.style).patch(span.style)));
    std::iter::once(Span::raw(" ")).chain(inner).chain([Span::raw(" ")]).collect()
}

#[cfg(test)]
mod tests;
