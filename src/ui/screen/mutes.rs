//! What keeps alerts quiet: by whom, until when, what it hides now; the oldest first.

use ratatui::text::Line;

use super::{framed, owned, window};
use crate::app::Pane;
use crate::domain::mute::Cover;
use crate::domain::{Moment, Mute, MuteKind};
use crate::theme::{Glyph, Role};
use crate::ui::scene::Scene;
use crate::ui::widget::table::{self, Column};
use crate::ui::widget::{Canvas, age, canvas::cells, text};

/// Draws the view.
pub(super) fn draw(scene: &Scene<'_>, canvas: &mut Canvas<'_>) {
    let rows = scene.app.mute_rows();
    let count = |kind: MuteKind| rows.iter().filter(|mute| mute.kind == kind).count();
    let info = [MuteKind::Ack, MuteKind::Silence, MuteKind::Snooze].map(|kind| match count(kind) {
        1 => format!("1 {}", kind.word()),
        count => format!("{count} {}s", kind.word()),
    });
    let info = info.join(" · ");
    let mut inner = framed(scene, canvas, Pane::Whole, "Mutes · oldest first", owned(scene.line(Role::Dim, info)));
    if rows.is_empty() {
        inner.put(1, 0, &scene.line(Role::Dim, "nothing is muted"));
        return;
    }
    let columns = Columns::of(inner.columns());
    let heading = u16::from(inner.height() > 4 && inner.width() >= 60);
    if heading > 0 {
        let words = ["kind", "by", "left", "until (local)", "hides", "covers"];
        draw_cells(&mut inner.strip(0, 1), columns, &words.map(|word| scene.line(Role::Dim, word)));
    }
    let chosen = scene.app.mutes.cursor.key();
    let is_chosen = |mute: &Mute| chosen.is_some_and(|(source, id)| *source == mute.source && *id == mute.id);
    let place = rows.iter().position(|mute| is_chosen(mute)).unwrap_or(0);
    let range = window(rows.len(), place, inner.rows() - usize::from(heading));
    for (y, mute) in (heading..).zip(rows.get(range).unwrap_or_default()) {
        let mut strip = inner.strip(y, 1);
        if is_chosen(mute) {
            strip.put(0, 0, &scene.line(Role::Accent, scene.glyph(Glyph::Cursor)));
        }
        draw_cells(&mut strip, columns, &words(scene, mute));
        if is_chosen(mute) {
            strip.tint(0, scene.style(Role::Selection));
        }
    }
}

/// The widths of kind, by, left, until, hides, and what it covers.
#[derive(Debug, Clone, Copy)]
struct Columns([usize; 6]);

impl Columns {
    fn of(wide: usize) -> Self {
        let columns = [Column::new(7, 0), Column::new(10, 3), Column::new(5, 0), Column::new(13, 2), Column::new(6, 1)];
        let (covers, [kind, by, left, until, hides]) = table::widths(wide.saturating_sub(2), 20, columns);
        Self([kind, by, left, until, hides, covers])
    }
}

fn draw_cells(row: &mut Canvas<'_>, columns: Columns, words: &[Line<'_>; 6]) {
    let mut x = 1;
    for (wide, line) in columns.0.into_iter().zip(words) {
        if wide > 0 {
            row.part(x, 0, cells(wide), 1).put(0, 0, line);
            x += cells(wide) + 1;
        }
    }
}

fn words<'a>(scene: &Scene<'a>, mute: &'a Mute) -> [Line<'a>; 6] {
    let begins = mute.pending || mute.starts > scene.now;
    let role = if begins { Role::Dim } else { Role::Text };
    let left = if begins { "later".to_owned() } else { age::left(mute.ends, scene.now) };
    let until = if begins { format!("from {}", scene.local(mute.starts)) } else { scene.local(mute.ends) };
    let hides = if begins { "—".to_owned() } else { hides(scene, mute, scene.now) };
    let stale = mute.source.as_ref().is_some_and(|source| scene.health(source).is_missing());
    let role = if stale { Role::Stale } else { role };
    [
        scene.line(role, mute.kind.word()),
        scene.line(Role::Owned, mute.by.as_str()),
        scene.line(role, left),
        scene.line(Role::Dim, until),
        scene.line(role, text::pad_left(&hides, 5)),
        covers(scene, mute, stale),
    ]
}

/// How many alerts (or incidents) it hides now.
fn hides(scene: &Scene<'_>, mute: &Mute, now: Moment) -> String {
    let count = match &mute.cover {
        Cover::Incident(id) => usize::from(scene.board.incident(*id).is_some_and(crate::domain::Incident::is_open)),
        Cover::Matchers(matchers) if mute.in_force(now) => scene.board.matched(mute.source.as_ref(), matchers).count(),
        Cover::Matchers(_) => 0,
    };
    count.to_string()
}

fn covers<'a>(scene: &Scene<'a>, mute: &'a Mute, stale: bool) -> Line<'a> {
    let words = match &mute.cover {
        Cover::Incident(id) => scene
            .board
            .incident(*id)
            .map_or_else(|| format!("incident {}", id.short()), |incident| incident.title.clone()),
        Cover::Matchers(matchers) => matchers.iter().map(ToString::to_string).collect::<Vec<_>>().join(" "),
    };
    let mut line = scene.line(Role::Text, words);
    if !mute.comment.is_empty() {
        line.push_span(scene.span(Role::Dim, format!("  \"{}\"", mute.comment)));
    }
    if let Some(source) = &mute.source {
        line.push_span(scene.span(Role::Dim, format!("  at {source}")));
    }
    if stale {
        line.push_span(scene.span(Role::Stale, " · not known whether it still holds"));
    }
    line
}
