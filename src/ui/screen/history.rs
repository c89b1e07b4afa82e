//! The history of a checklist: earlier walks, a calendar strip, the trend of each item, two walks compared.
//!
//! What lives here: which parts are drawn where. What must not: what follows from earlier walks, which is the domain's.

mod comparison;
mod table;
mod trend;
mod whole;

use ratatui::text::Line;

use super::{framed, owned, scrolling, window};
use crate::app::Pane;
use crate::app::walks::{History, Shows};
use crate::domain::checklist::{Checklist, Walk};
use crate::theme::Role;
use crate::ui::pane::days;
use crate::ui::scene::Scene;
use crate::ui::widget::{Canvas, canvas::cells, text};

/// From this width on what a walk found stands beside the table.
const TWO_COLUMNS: u16 = 110;
/// The rows of a calendar: the months, seven days, what the signs say, a free one.
const CALENDAR: u16 = 10;
/// The days that are shown at most: half a year.
const DAYS: usize = crate::app::strip::SHOWN_DAYS;

/// Draws a history.
pub(super) fn draw(scene: &Scene<'_>, canvas: &mut Canvas<'_>) {
    let Some(history) = &scene.app.walks.history else {
        let mut inner = framed(scene, canvas, Pane::Whole, "History", "");
        inner.put(1, 0, &scene.line(Role::Dim, "no list was chosen"));
        return;
    };
    let (width, height) = (canvas.width(), canvas.height());
    let walks = match walks(scene, history) {
        Ok(walks) => walks,
        Err((role, words)) => {
            let mut inner = framed(scene, canvas, Pane::Whole, title(scene, history), "");
            let lines = text::wrap(&words, inner.columns().saturating_sub(2));
            inner.put_all(1, 0, lines.into_iter().map(|words| scene.line(role, words)));
            return;
        }
    };
    if scene.app.full || scene.small || (width < TWO_COLUMNS && height < 20) {
        if scene.app.focus == Pane::Beside {
            return draw_beside(scene, canvas, history, walks);
        }
        return draw_table(scene, canvas, history, walks);
    }
    if width >= TWO_COLUMNS {
        let left = width / 2;
        draw_table(scene, &mut canvas.part(0, 0, left, height), history, walks);
        return draw_beside(scene, &mut canvas.part(left, 0, width - left, height), history, walks);
    }
    let top = if scene.app.focus == Pane::Beside { height * 2 / 5 } else { height * 3 / 5 };
    draw_table(scene, &mut canvas.strip(0, top), history, walks);
    draw_beside(scene, &mut canvas.strip(top, height - top), history, walks);
}

/// The walks that were read, newest first; in words, why there are none.
fn walks<'a>(scene: &Scene<'a>, history: &History) -> Result<&'a [Walk], (Role, String)> {
    match scene.app.walks.past.get(&history.checklist) {
        None => Err((Role::Dim, "earlier walks are being read …".to_owned())),
        Some(Err(why)) => Err((Role::Stale, format!("earlier walks are not known: {why}"))),
        Some(Ok(walks)) if walks.is_empty() => Err((Role::Dim, "no walk of this list has ended yet".to_owned())),
        Some(Ok(walks)) => Ok(walks),
    }
}

/// The list as it is declared now, else as it was in the newest walk.
fn list<'a>(scene: &Scene<'a>, history: &History) -> Option<&'a Checklist> {
    let row = scene.app.walks.rows.iter().find(|row| row.list.id == history.checklist);
    let walked = || walks(scene, history).ok()?.first().map(|walk| &*walk.list);
    row.map(|row| &*row.list).or_else(walked)
}

fn title(scene: &Scene<'_>, history: &History) -> String {
    let name = list(scene, history).map_or_else(|| history.checklist.to_string(), |list| list.title.clone());
    format!("History · {name}")
}

fn draw_table(scene: &Scene<'_>, canvas: &mut Canvas<'_>, history: &History, walks: &[Walk]) {
    let count = if walks.len() == 1 { "1 walk".to_owned() } else { format!("{} walks", walks.len()) };
    let info = owned(scene.line(Role::Dim, count));
    let mut inner = framed(scene, canvas, Pane::Whole, title(scene, history), info);
    let mut inner = inner.inset(u16::from(!scene.small));
    let height = inner.height();
    let strip = scene.app.strip(&history.checklist, DAYS);
    // The walks themselves come first: at least as many rows are theirs.
    let above = match height {
        _ if strip.is_empty() => 0,
        23.. => CALENDAR,
        7.. => 2,
        _ => 0,
    };
    let wide = inner.columns();
    if above == CALENDAR {
        let lines = days::calendar(scene, &strip, wide);
        let next = inner.put_all(0, 0, lines);
        inner.put(0, next, &days::legend(scene));
    } else if above > 0 {
        inner.put(0, 0, &days::row(scene, &strip, wide));
    }
    table::draw(scene, &mut inner.strip(above, height - above), history, walks);
}

fn draw_beside(scene: &Scene<'_>, canvas: &mut Canvas<'_>, history: &History, walks: &[Walk]) {
    let (title, info) = match history.shows {
        Shows::Trend => ("Trend", "oldest left"),
        Shows::Walk => ("Walk", ""),
        Shows::Comparison => ("Comparison", "what differs first"),
    };
    let mut inner = framed(scene, canvas, Pane::Beside, title, owned(scene.line(Role::Dim, info)));
    let mut inner = inner.inset(1);
    let wide = inner.columns();
    let lines: Vec<Line<'static>> = match history.shows {
        Shows::Trend => trend::lines(scene, history, wide),
        Shows::Walk => {
            let here = history.cursor.key().and_then(|id| walks.iter().find(|walk| walk.id == *id));
            here.or_else(|| walks.first()).map(|walk| whole::lines(scene, walk, wide)).unwrap_or_default()
        }
        Shows::Comparison => comparison::lines(scene, history, walks, wide),
    };
    scrolling(scene, &mut inner, lines, scene.scrolled(Pane::Beside));
}

/// A row of cells, each in its width.
fn put_cells(row: &mut Canvas<'_>, widths: &[usize], words: &[Line<'_>]) {
    let mut x = 0;
    for (wide, line) in widths.iter().zip(words).filter(|(wide, _)| **wide > 0) {
        row.part(x, 0, cells(*wide), 1).put(0, 0, line);
        x += cells(*wide) + 1;
    }
}
