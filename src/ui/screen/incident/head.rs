//! The head of an incident's page: how bad, what, since when, from whom, who is on it; and the steps.

use std::collections::BTreeSet;

use ratatui::text::{Line, Span};

use crate::domain::journal::Outcome;
use crate::domain::{Incident, Moment, SourceName};
use crate::theme::{Glyph, Role};
use crate::ui::pane::who;
use crate::ui::scene::Scene;
use crate::ui::widget::{Canvas, text};

/// The most rows of a summary that is wrapped.
const SUMMARY: usize = 4;

/// Draws three lines, or as many as there are rows.
pub(super) fn draw(scene: &Scene<'_>, canvas: &mut Canvas<'_>, incident: &Incident) {
    let room = canvas.columns();
    canvas.put(0, 0, &title(scene, incident, room));
    canvas.put(0, 1, &summary(scene, incident));
    canvas.put(0, 2, &steps(scene, incident, room));
}

/// The same where columns are few and rows are not: the summary is wrapped, not cut.
pub(super) fn wrapped<'a>(scene: &Scene<'a>, incident: &'a Incident, room: usize) -> Vec<Line<'a>> {
    let mut lines = vec![title(scene, incident, room)];
    let says = summary(scene, incident);
    let style = says.spans.first().map(|span| span.style).unwrap_or_default();
    let words = text::wrap(&says.to_string(), room).into_iter().take(SUMMARY);
    lines.extend(words.map(|words| Line::from(Span::styled(words, style))));
    lines.push(steps(scene, incident, room));
    lines
}

/// Parts that give way, the last first; what must be known is never among them.
pub(super) fn title<'a>(scene: &Scene<'a>, incident: &'a Incident, room: usize) -> Line<'a> {
    let most = 4;
    let made = (0..=most).rev().map(|detail| title_with(scene, incident, detail));
    let mut last = Line::default();
    for line in made {
        let fits = text::line_width(&line) <= room;
        last = line;
        if fits {
            break;
        }
    }
    last
}

fn title_with<'a>(scene: &Scene<'a>, incident: &'a Incident, detail: u8) -> Line<'a> {
    let severity = incident.rated.severity;
    let role = if incident.stale { Role::Stale } else { Role::of_severity(severity) };
    let doubt = if incident.rated.known { "" } else { "?" };
    let word = if detail > 0 { capital(severity.word()) } else { severity.letter().to_string() };
    let dot = || scene.span(Role::Faint, " · ");
    let mut line = Line::from_iter([
        scene.strong(role, format!("{} {word}{doubt} ", scene.glyph(Glyph::of_severity(severity)))),
        scene.strong(Role::Strong, incident.title.as_str()),
        dot(),
    ]);
    line.extend(who::who(scene, incident, 48).spans);
    if let Some(service) = &incident.service {
        line.push_span(dot());
        line.push_span(scene.span(Role::Text, service.as_str()));
    }
    line.push_span(dot());
    let age = scene.since(incident.since);
    line.push_span(scene.span(
        Role::Dim,
        if detail > 1 { format!("since {} UTC ({age})", day_second(scene, incident.since)) } else { age },
    ));
    if detail > 2 {
        let count = if incident.is_open() { incident.alerts.len() } else { incident.most };
        line.push_span(dot());
        line.push_span(scene.span(Role::Dim, format!("{count} alert{}", if count == 1 { "" } else { "s" })));
    }
    if detail > 3 {
        let sources: BTreeSet<&SourceName> =
            incident.alerts.iter().flat_map(|alert| scene.board.told_by(*alert)).collect();
        if !sources.is_empty() {
            let names: Vec<&str> = sources.iter().map(|source| source.as_str()).collect();
            line.push_span(scene.span(Role::Dim, format!(" from {}", names.join(", "))));
        }
    }
    line
}

fn day_second(scene: &Scene<'_>, at: Moment) -> String {
    if scene.day_hour(at).len() > 5 { scene.day_hour(at) } else { Scene::second(at) }
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| format!("{}{}", first.to_uppercase(), letters.as_str()))
}

/// The one line that says what is wrong; a gap is named, so that it can be filled.
fn summary<'a>(scene: &Scene<'a>, incident: &'a Incident) -> Line<'a> {
    match scene.board.alerts_of(incident).find_map(|alert| alert.summary()) {
        Some(summary) => scene.line(Role::Text, summary),
        None if incident.is_open() => scene.line(Role::Dim, "its alerts say nothing: no summary and no description"),
        None => scene.line(Role::Dim, "it does not fire any more"),
    }
}

/// One step and when it was taken, as far as that is known.
struct Step {
    name: &'static str,
    done: bool,
    at: Option<Moment>,
}

fn taken(scene: &Scene<'_>, incident: &Incident) -> [Step; 6] {
    let id = incident.id.to_string();
    let rows =
        || scene.board.journal().iter().filter(|row| row.entry.target == id && row.entry.outcome != Outcome::Intent);
    let first = |action: &str| rows().find(|row| row.entry.action == action).map(|row| row.entry.at);
    let comments = scene.board.memory().comments.get(&incident.id);
    let said = comments.and_then(|comments| comments.first()).map(|(at, ..)| *at).or(first("comment"));
    let reviewed =
        incident.resolved.and_then(|resolved| comments?.iter().map(|(at, ..)| *at).find(|at| *at > resolved));
    let acked = first("ack");
    [
        Step { name: "Detect", done: true, at: Some(incident.since) },
        Step { name: "Assess", done: incident.owner.is_some() || acked.is_some(), at: acked },
        Step { name: "Communicate", done: said.is_some(), at: said },
        Step { name: "Mitigate", done: incident.mitigated || !incident.is_open(), at: first("mitigated") },
        Step { name: "Resolve", done: !incident.is_open(), at: incident.resolved },
        Step { name: "Review", done: reviewed.is_some(), at: reviewed },
    ]
}

fn steps<'a>(scene: &Scene<'a>, incident: &Incident, room: usize) -> Line<'a> {
    let steps = taken(scene, incident);
    let next = steps.iter().position(|step| !step.done);
    let mut said = [(" ─── ", true), (" ── ", false), (" ", false)].map(|(between, times)| {
        let mut line = Line::default();
        for (at, step) in steps.iter().enumerate() {
            if at > 0 {
                line.push_span(scene.span(Role::Faint, between));
            }
            line.push_span(step_span(scene, step, next == Some(at), times));
        }
        line
    });
    if let Some(line) = said.iter_mut().find(|line| text::line_width(line) <= room) {
        return std::mem::take(line);
    }
    let at = next.unwrap_or(steps.len() - 1);
    let name = steps.get(at).map_or("", |step| step.name);
    Line::from_iter([
        scene.span(Role::Dim, format!("step {} of {}: ", at + 1, steps.len())),
        scene.strong(Role::Accent, name),
    ])
}

fn step_span<'a>(scene: &Scene<'a>, step: &Step, is_next: bool, times: bool) -> Span<'a> {
    let at = step.at.filter(|_| times && step.done).map(|at| format!(" {}", scene.day_hour(at))).unwrap_or_default();
    if step.done {
        return scene.span(scene.good(), format!("{} {}{at}", scene.glyph(Glyph::Done), step.name));
    }
    let sign = if is_next { Glyph::Medium } else { Glyph::Low };
    let words = format!("{} {}", scene.glyph(sign), step.name);
    if is_next { scene.strong(Role::Accent, words) } else { scene.span(Role::Dim, words) }
}
