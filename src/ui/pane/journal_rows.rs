//! Rows of the journal as sentences: `03:12 ana acked PaymentsDown "db failover"`.

use std::borrow::Cow;

use ratatui::text::Line;

use crate::domain::IncidentId;
use crate::domain::journal::{Outcome, Row};
use crate::theme::{Glyph, Role};
use crate::ui::scene::Scene;

/// What is said for an action of the journal.
const WORDS: [(&str, &str); 19] = [
    ("ack", "acked"),
    ("ack.renewal", "ack not renewed"),
    ("unack", "un-acked"),
    ("silence", "silenced"),
    ("unmute", "ended the mute"),
    ("snooze", "snoozed"),
    ("comment", "said of"),
    ("mitigated", "mitigated"),
    ("not-mitigated", "took back: mitigated"),
    ("undo", "took back"),
    ("incident.began", "began"),
    ("incident.seen", "was firing already"),
    ("incident.refired", "fires again"),
    ("incident.joined", "more alerts"),
    ("incident.uncovered", "is uncovered again"),
    ("incident.resolved", "resolved"),
    ("incidents", ""),
    ("source.lost", "lost"),
    ("source.back", "is back"),
];

/// What is said of a row's action: only what was done is told as done.
pub(in crate::ui) fn verb(row: &Row) -> Cow<'_, str> {
    let action = row.entry.action.as_str();
    match row.entry.outcome {
        Outcome::Done | Outcome::Noted => {
            Cow::Borrowed(WORDS.iter().find(|(known, _)| *known == action).map_or(action, |(_, words)| words))
        }
        Outcome::Intent => Cow::Owned(format!("begins {action}")),
        Outcome::Failed(_) | Outcome::Unknown(_) => Cow::Owned(format!("tried {action}")),
    }
}

/// What a row is about: an incident's title where the target is one that is known.
pub(in crate::ui) fn target<'a>(scene: &Scene<'a>, row: &'a Row) -> Cow<'a, str> {
    let target = row.entry.target.as_str();
    let Some(id) = IncidentId::parse(target) else { return Cow::Borrowed(target) };
    if let Some(incident) = scene.board.incident(id) {
        return Cow::Borrowed(incident.title.as_str());
    }
    let remembered = scene.board.memory().episodes.iter().find(|episode| episode.id == id);
    remembered
        .map_or_else(|| Cow::Owned(format!("incident {}", id.short())), |episode| Cow::Borrowed(episode.title.as_str()))
}

/// How it went, where that is worth saying.
pub(in crate::ui) fn outcome<'a>(scene: &Scene<'a>, row: &'a Row) -> Line<'a> {
    match &row.entry.outcome {
        Outcome::Noted | Outcome::Done | Outcome::Intent => Line::default(),
        Outcome::Failed(why) => Line::from(scene.strong(Role::Failed, format!("failed: {why}"))),
        Outcome::Unknown(why) => Line::from(scene.strong(Role::Stale, format!("not known: {why}"))),
    }
}

/// Whether midwatch itself noticed it: a fact, not an act.
pub(in crate::ui) fn is_fact(row: &Row) -> bool {
    row.entry.outcome == Outcome::Noted
}

/// The sign of what an incident did by itself.
fn sign<'a>(scene: &Scene<'a>, row: &Row) -> Option<(&'a str, Role)> {
    if row.entry.action == "incident.resolved" {
        return Some((scene.glyph(Glyph::Done), Role::Resolved));
    }
    let incident = IncidentId::parse(&row.entry.target).and_then(|id| scene.board.incident(id))?;
    let severity = incident.rated.severity;
    Some((scene.glyph(Glyph::of_severity(severity)), Role::of_severity(severity)))
}

/// The newest rows, newest first; an intent that has its outcome is left out.
pub(in crate::ui) fn newest<'a>(scene: &Scene<'a>) -> impl Iterator<Item = &'a Row> {
    let rows = scene.board.journal();
    rows.iter()
        .enumerate()
        .rev()
        .filter(move |(at, row)| {
            let answered = |later: &Row| {
                (&later.entry.action, &later.entry.target, &later.entry.operator)
                    == (&row.entry.action, &row.entry.target, &row.entry.operator)
                    && later.entry.outcome != Outcome::Intent
            };
            row.entry.outcome != Outcome::Intent || !rows.range(at + 1..).take(50).any(answered)
        })
        .map(|(_, row)| row)
}

/// A row in one line; without its target where all rows are about the same.
pub(in crate::ui) fn sentence<'a>(scene: &Scene<'a>, row: &'a Row, with_target: bool) -> Line<'a> {
    let entry = &row.entry;
    let mut line = Line::from(scene.span(Role::Dim, format!("{} ", scene.day_hour(entry.at))));
    let verb = verb(row);
    let fact = is_fact(row);
    if !fact {
        line.push_span(scene.span(Role::Text, format!("{} ", entry.operator.name)));
        // What was said is said of something that stands elsewhere, or of what follows.
        let verb = if with_target { &*verb } else { verb.strip_suffix(" of").unwrap_or(&verb) };
        line.push_span(scene.span(Role::Dim, format!("{verb} ")));
    }
    if let Some((sign, role)) = sign(scene, row).filter(|_| fact) {
        line.push_span(scene.span(role, format!("{sign} ")));
    }
    if with_target {
        line.push_span(scene.span(Role::Text, format!("{} ", target(scene, row))));
    }
    if fact {
        line.push_span(scene.span(Role::Dim, format!("{verb} ")));
    }
    // A failure stands before the words, so that no narrow pane cuts it away.
    let outcome = outcome(scene, row);
    if !outcome.spans.is_empty() {
        line.extend(outcome.spans);
        line.push_span(" ");
    }
    let detail = words(scene, row);
    if !detail.is_empty() {
        let quoted = entry.action == "comment";
        line.push_span(scene.span(Role::Dim, if quoted { format!("\"{detail}\"") } else { detail.to_owned() }));
    }
    line
}

/// A row's words without the title that they begin with where the target says it already.
pub(in crate::ui) fn words<'a>(scene: &Scene<'a>, row: &'a Row) -> &'a str {
    let detail = row.entry.detail.as_str();
    let title = target(scene, row);
    match detail.strip_prefix(&*title) {
        Some(rest) => rest.strip_prefix(" · ").unwrap_or(if rest.is_empty() { "" } else { detail }),
        None => detail,
    }
}
