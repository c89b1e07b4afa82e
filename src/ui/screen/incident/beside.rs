//! What happened before, and what began at the same time: so that nobody believes the first thing they think.

use chrono::TimeDelta;
use ratatui::text::Line;

use crate::board::Episode;
use crate::domain::Incident;
use crate::theme::{Glyph, Role};
use crate::ui::scene::Scene;
use crate::ui::widget::text;

/// What counts as began together.
const TOGETHER: TimeDelta = TimeDelta::minutes(15);
/// How many incidents are looked at, and how many are shown.
const LOOKED_AT: usize = 1_000;
const SHOWN: usize = 8;

/// How often it happened before, in words, and the lines.
pub(super) fn lines<'a>(scene: &Scene<'a>, incident: &'a Incident, wide: usize) -> (String, Vec<Line<'a>>) {
    let earlier: Vec<&Episode> = earlier(scene, incident);
    let mut lines: Vec<Line<'a>> = earlier.iter().take(SHOWN).map(|episode| before(scene, episode)).collect();
    if earlier.is_empty() {
        lines.push(scene.line(Role::Dim, "it has not happened before, as far as is known"));
    }
    lines.push(Line::default());
    let together = together(scene, incident);
    lines.push(Line::from(scene.strong(Role::Text, "began together")));
    if together.is_empty() {
        lines.push(scene.line(Role::Dim, "nothing else began within 15 min"));
    }
    lines.extend(together.into_iter().map(|other| aside(scene, incident, other, wide)));
    let info = match earlier.len() {
        0 => String::new(),
        1 => "once before".to_owned(),
        count => format!("{count} times before"),
    };
    (info, lines)
}

fn earlier<'a>(scene: &Scene<'a>, incident: &Incident) -> Vec<&'a Episode> {
    let episodes = &scene.board.memory().episodes;
    let mut earlier: Vec<&Episode> =
        episodes.iter().filter(|episode| episode.id != incident.id && episode.group == incident.group).collect();
    earlier.sort_by_key(|episode| std::cmp::Reverse(episode.since));
    earlier
}

fn before<'a>(scene: &Scene<'a>, episode: &'a Episode) -> Line<'a> {
    let lasted = match episode.resolved {
        Some(resolved) => crate::domain::age::short(resolved - episode.since),
        None => "no end known".to_owned(),
    };
    Line::from_iter([
        scene.span(Role::Text, format!("{} ", episode.since.format("%-d %b %H:%M"))),
        scene.span(Role::Dim, format!("{} {lasted}", episode.title)),
        scene.span(Role::Dim, if episode.mitigated { " · mitigated by hand" } else { "" }),
    ])
}

fn together<'a>(scene: &Scene<'a>, incident: &Incident) -> Vec<&'a Incident> {
    let near = |other: &&Incident| other.id != incident.id && (other.since - incident.since).abs() <= TOGETHER;
    scene.board.incidents().take(LOOKED_AT).filter(near).take(SHOWN).collect()
}

fn aside<'a>(scene: &Scene<'a>, incident: &Incident, other: &'a Incident, wide: usize) -> Line<'a> {
    let severity = other.rated.severity;
    let (sign, role) = if other.is_open() {
        (scene.glyph(Glyph::of_severity(severity)), Role::of_severity(severity))
    } else {
        (scene.glyph(Glyph::Done), Role::Resolved)
    };
    let apart = crate::domain::age::short((other.since - incident.since).abs());
    let order = match other.since.cmp(&incident.since) {
        std::cmp::Ordering::Less => format!("{apart} before"),
        std::cmp::Ordering::Equal => "at the same time".to_owned(),
        std::cmp::Ordering::Greater => format!("{apart} after"),
    };
    let (name, service) = if wide >= 52 { (22, 12) } else { (16, 9) };
    Line::from_iter([
        scene.span(role, format!("{sign} {} ", severity.letter())),
        scene.span(Role::Text, format!("{} ", text::pad(&other.title, name))),
        scene.span(Role::Dim, format!("{} ", text::pad(other.service.as_deref().unwrap_or("—"), service))),
        scene.span(Role::Dim, order),
    ])
}
