//! What a run says, from its end: colours are the theme's own, standard error has a sign, midwatch's notes are dim.

use ratatui::style::{Modifier, Style};
use ratatui::text::{Line, Span};

use crate::app::Pane;
use crate::app::desk::Heard;
use crate::domain::remediation::output::{Output, OutputLine, Paint, Stream};
use crate::domain::remediation::run::Run;
use crate::theme::{Glyph, Role};
use crate::ui::scene::Scene;
use crate::ui::screen::{framed, owned};
use crate::ui::widget::{Canvas, canvas::cells, flow};

/// Draws the output of a run, following its end or scrolled back from it.
pub(super) fn draw(scene: &Scene<'_>, canvas: &mut Canvas<'_>, run: &Run) {
    let heard = scene.app.desk.runs.get(&run.id);
    let info = heard.map(|heard| info(scene, heard, run)).unwrap_or_default();
    let mut inner = framed(scene, canvas, Pane::Output, "Output", owned(info));
    let mut inner = inner.inset(1);
    match heard {
        Some(heard) if !heard.output.is_empty() => draw_lines(scene, &mut inner, heard),
        _ => {
            let words = nothing(scene, heard, run);
            inner.put_all(0, 0, flow::plain(scene.style(Role::Dim), &words, inner.columns()));
        }
    }
}

fn info<'a>(scene: &Scene<'a>, heard: &Heard, run: &Run) -> Line<'a> {
    let count = heard.output.len();
    let lines = if count == 1 { "1 line".to_owned() } else { format!("{count} lines") };
    let below = heard.back.min(count.saturating_sub(1));
    match (below, scene.app.is_under_way(run)) {
        (0, true) => scene.line(Role::Dim, format!("{lines} · follows")),
        (0, false) => scene.line(Role::Dim, lines),
        (below, _) => {
            let words = format!("{lines} · {} {below} below", scene.glyph(Glyph::Below));
            Line::from(scene.strong(Role::Accent, words))
        }
    }
}

/// Why there is nothing to see.
fn nothing(scene: &Scene<'_>, heard: Option<&Heard>, run: &Run) -> String {
    match (heard, scene.app.is_under_way(run)) {
        (Some(heard), _) if heard.is_live() => "it has said nothing yet".to_owned(),
        (_, true) => format!("{} runs it; what it says is kept when it ends", run.holder),
        (None, false) => "reading what it said …".to_owned(),
        (Some(_), false) => "it said nothing, or nothing was kept".to_owned(),
    }
}

fn draw_lines(scene: &Scene<'_>, canvas: &mut Canvas<'_>, heard: &Heard) {
    let (rows, wide) = (canvas.rows(), canvas.columns());
    let last = heard.output.len().saturating_sub(1).saturating_sub(heard.back);
    let mut lines: Vec<Line<'static>> = Vec::new();
    let mut first = last + 1;
    // From the last line in sight upwards, each broken into as many rows as it takes.
    while first > 0 && lines.len() < rows {
        first -= 1;
        let mut above = row(scene, &heard.output, first, wide);
        above.append(&mut lines);
        lines = above;
    }
    // Scrolled back to the beginning: what follows fills what is free below.
    let mut next = last + 1;
    while first == 0 && lines.len() < rows && next < heard.output.len() {
        lines.append(&mut row(scene, &heard.output, next, wide));
        next += 1;
    }
    let over = lines.len().saturating_sub(rows);
    let from = if first == 0 && next > last + 1 { 0 } else { over };
    canvas.put_all(0, 0, lines.into_iter().skip(from).take(rows));
    let below = cells(rows).saturating_sub(1);
    if heard.back > 0 && next < heard.output.len() {
        let room = canvas.width();
        canvas.put_right(below, &scene.line(Role::Strong, format!(" {} ", scene.glyph(Glyph::Below))), room);
    }
}

/// A row of the output, in lines that fit.
fn row(scene: &Scene<'_>, output: &Output, at: usize, wide: usize) -> Vec<Line<'static>> {
    let Some(line) = output.row(at) else {
        let words = format!("{0} {1} lines were left out {0}", scene.glyph(Glyph::More), output.left_out());
        return flow::plain(scene.style(Role::Stale), &words, wide);
    };
    let (sign, base) = match line.stream {
        Stream::Out => (Span::raw("  "), Style::new()),
        Stream::Error => {
            (Span::styled(format!("{} ", scene.glyph(Glyph::ErrorLine)), scene.style(Role::High)), Style::new())
        }
        Stream::Note => (Span::styled("  ", scene.style(Role::Dim)), scene.style(Role::Dim)),
    };
    let pieces = pieces(scene, line, base);
    let lines = flow::flow(pieces.iter().map(|(style, words)| (*style, &**words)), wide.saturating_sub(2));
    lines.into_iter().map(|line| std::iter::once(sign.clone()).chain(line.spans).collect()).collect()
}

fn pieces<'l>(scene: &Scene<'_>, line: &'l OutputLine, base: Style) -> Vec<(Style, &'l str)> {
    line.pieces.iter().map(|(paint, words)| (painted(scene, *paint).patch(base), &**words)).collect()
}

/// How a piece looks: a role of the theme stands for a colour, and nothing is green while a source is missing.
fn painted(scene: &Scene<'_>, paint: Paint) -> Style {
    let role = paint.colour.map(|colour| match Role::of_ansi(colour) {
        Role::Good => scene.good(),
        role => role,
    });
    let role = role.unwrap_or(if paint.dim { Role::Dim } else { Role::Text });
    let mut style = scene.style(role);
    if paint.bold {
        style = style.add_modifier(Modifier::BOLD);
    }
    if paint.underlined {
        style = style.add_modifier(Modifier::UNDERLINED);
    }
    style
}
