//! The silence form: what, until when, why, and what that would do as it stands.

use ratatui::layout::Position;
use ratatui::text::Line;

use super::prompt::about;
use super::{inner_width, modal};
use crate::app::overlay::{SilenceForm, SilencePreview};
use crate::theme::{Glyph, Role};
use crate::ui::scene::Scene;
use crate::ui::widget::{Canvas, age, canvas::cells, field, text};

const WIDTH: u16 = 84;
/// How wide the names of the fields are.
const NAME: u16 = 9;
/// How many names of covered alerts are spelled out.
const NAMED: usize = 4;

/// Draws the form.
pub(super) fn draw(scene: &Scene<'_>, canvas: &mut Canvas<'_>, form: &SilenceForm) -> Option<Position> {
    let wide = inner_width(canvas, WIDTH);
    let environment = scene.app.profile.environment.as_deref().unwrap_or("");
    // The frame says where, because it is there at every size.
    let title = match environment {
        "" => format!("Silence at {}", form.source),
        environment => format!("Silence at {} · {environment}", form.source),
    };
    let preview = preview(scene, form, wide);
    let gap = u16::from(!scene.small);
    let rows = 1 + 3 + preview.len() + usize::from(4 * gap);
    let mut inner = modal(scene, canvas, title, (WIDTH, rows));
    // The head gives way before the three fields and the preview do.
    let head = inner.rows() >= 4 + preview.len();
    let mut y = 0;
    if head {
        inner.put(0, y, &about(scene, &form.title, ""));
        y += 1 + gap;
    }
    let mut cursor = None;
    let fields = [("covers", &form.matchers), ("for", &form.span), ("because", &form.reason)];
    for (at, (name, entry)) in fields.into_iter().enumerate() {
        let active = form.field == at;
        let name = text::pad(name, usize::from(NAME) - 1);
        inner.put(
            0,
            y,
            &if active { Line::from(scene.strong(Role::Accent, name)) } else { scene.line(Role::Dim, name) },
        );
        let style = if active { scene.bold(Role::Strong) } else { scene.style(Role::Text) };
        let caret = if active { entry.cursor() } else { 0 };
        let position = field::field(&mut inner, NAME, y, entry.text(), caret, style);
        cursor = if active { position } else { cursor };
        y += 1;
    }
    let room = inner.height().saturating_sub(y);
    y += gap.min(room.saturating_sub(cells(preview.len())));
    let room = inner.rows().saturating_sub(usize::from(y));
    let hidden = preview.len() > room;
    y = inner.put_all(0, y, preview);
    if let Some(last) = inner.height().checked_sub(1).filter(|_| hidden) {
        let (room, more) = (inner.width(), scene.line(Role::Strong, text::MORE));
        inner.put_right(last, &more, room);
    }
    if gap > 0 && y + 1 < inner.height() {
        inner.put(
            0,
            y + 1,
            &scene.line(Role::Dim, "Tab next line · Enter asks once more · Esc leaves everything as it is"),
        );
    }
    cursor
}

fn preview<'a>(scene: &Scene<'a>, form: &'a SilenceForm, wide: usize) -> Vec<Line<'a>> {
    let say = |role, words: String| text::wrap(&words, wide).into_iter().map(move |words| (role, words));
    let said: Vec<(Role, String)> = match &form.preview {
        Err(problem) => say(Role::Failed, problem.clone()).collect(),
        Ok(preview) => {
            let warning = preview
                .warning
                .as_ref()
                .map(|warning| say(Role::High, format!("{} {warning}", scene.glyph(Glyph::High))).collect::<Vec<_>>());
            let partial = scene.health(&form.source).is_missing().then(|| {
                (Role::Stale, format!("{} is not live: what it would cover now is not known for sure", form.source))
            });
            say(Role::Text, matches(preview))
                .chain(say(Role::Text, ends(scene, preview)))
                .chain(warning.into_iter().flatten())
                .chain(partial)
                .collect()
        }
    };
    said.into_iter().map(|(role, words)| scene.line(role, words)).collect()
}

fn matches(preview: &SilencePreview) -> String {
    let mut names: Vec<String> = preview
        .covers
        .iter()
        .take(NAMED)
        .map(|(name, count)| if *count > 1 { format!("{name} ×{count}") } else { name.clone() })
        .collect();
    if preview.covers.len() > NAMED {
        names.push(format!("{} more names", preview.covers.len() - NAMED));
    }
    match names.as_slice() {
        [] => format!("matches {} now", preview.count),
        names => format!("matches {} now: {}", preview.count, names.join(", ")),
    }
}

fn ends(scene: &Scene<'_>, preview: &SilencePreview) -> String {
    format!("ends {} your time, in {}", scene.local(preview.ends), age::left(preview.ends, scene.now))
}
