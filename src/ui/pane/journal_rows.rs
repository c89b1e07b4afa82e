//! Rows of the journal as sentences: `03:12 ana acked PaymentsDown "db failover"`.

use std::borrow::Cow;

use ratatui::text::Line;

use crate::domain::IncidentId;
use crate::domain::journal::{Outcome, Row};
use crate::theme::{Glyph, Role};
use crate::ui::scene::Scene;

/// What is said for an action of the journal.
const WORDS: [(&str, &str); 46] = [
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
    ("remedy.run", "ran"),
    ("remedy.request", "asked for a second person to run"),
    ("remedy.approve", "agreed to"),
    ("remedy.refuse", "refused"),
    ("remedy.withdraw", "took back the request for"),
    ("remedy.accept", "accepted for running"),
    ("remedy.worked", "remedy worked"),
    ("remedy.no-effect", "remedy had no effect"),
    ("remedy.not-known", "effect not known"),
    ("remedy.announced", "remedy announced"),
    ("remedy.dropped", "remedy not run"),
    ("remedy.held", "remedy held"),
    ("remedy.stopped", "remedy stopped"),
    ("maintenance", "planned work on"),
    ("maintenance.end", "ended work on"),
    ("runbook.tick", "ticked"),
    ("runbook.untick", "took back the tick of"),
    ("runbook.wrong", "found wrong"),
    ("runbook.edit", "edited"),
    ("walk.began", "began the walk of"),
    ("walk.failed", "found failing"),
    ("walk.skipped", "left out"),
    ("walk.undone", "took back"),
    ("walk.completed", "completed"),
    ("walk.given-up", "gave up"),
    ("incident.declared", "declared"),
    ("incident.over", "declared over"),
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
        // What ran did run, however it ended; one without an outcome may have run.
        Outcome::Intent if is_run(row) => Cow::Borrowed("began"),
        Outcome::Failed(_) | Outcome::Unknown(_) if is_run(row) => Cow::Borrowed("ran"),
        Outcome::Intent => Cow::Owned(format!("begins {action}")),
        Outcome::Failed(_) | Outcome::Unknown(_) => Cow::Owned(format!("tried {action}")),
    }
}

/// What a row is about: an incident's title where the target is one that is known.
pub(in crate::ui) fn target<'a>(scene: &Scene<'a>, row: &'a Row) -> Cow<'a, str> {
    let target = row.entry.target.as_str();
    if is_told_in_words(row) {
        return Cow::Borrowed("");
    }
    let Some(id) = IncidentId::parse(target) else { return Cow::Borrowed(target) };
    if let Some(incident) = scene.board.incident(id) {
        return Cow::Borrowed(incident.title.as_str());
    }
    let remembered = scene.board.memory().episodes.iter().find(|episode| episode.id == id);
    remembered
        .map_or_else(|| Cow::Owned(format!("incident {}", id.short())), |episode| Cow::Borrowed(episode.title.as_str()))
}

/// How it went, where that is worth saying.
fn outcome<'a>(scene: &Scene<'a>, row: &'a Row) -> Line<'a> {
    match &row.entry.outcome {
        Outcome::Noted | Outcome::Done | Outcome::Intent => Line::default(),
        Outcome::Failed(why) => Line::from(scene.strong(Role::Failed, format!("failed: {why}"))),
        Outcome::Unknown(why) => Line::from(scene.strong(Role::Stale, format!("not known: {why}"))),
    }
}

/// Whether it is a run of a remedy.
fn is_run(row: &Row) -> bool {
    row.entry.action == "remedy.run"
}

/// Whether its words begin with what it is about: of a walk the list and the item, of what was declared its title.
fn is_told_in_words(row: &Row) -> bool {
    let action = row.entry.action.as_str();
    action.starts_with("walk.") || matches!(action, "incident.declared" | "incident.over")
}

/// Whether its words are a sentence about the incident: what the alert did after a remedy.
fn tells_itself(row: &Row) -> bool {
    is_fact(row) && row.entry.action.starts_with("remedy.")
}

/// A run's words: what ran on what, and how it ended: `restart-checkout on checkout-7: ok, 4.1 s`. The exact command
/// stands in the row itself.
fn run_line<'a>(scene: &Scene<'a>, row: &'a Row) -> Line<'a> {
    let detail = row.entry.detail.as_str();
    let (what, rest) = detail.split_once(" · ").unwrap_or((detail, ""));
    let last = rest.rsplit_once(" · ").map_or("", |(_, last)| last);
    let mut line = Line::from(scene.span(Role::Text, what));
    let (role, words) = match &row.entry.outcome {
        Outcome::Failed(why) => (Role::Failed, why.as_str()),
        Outcome::Unknown(why) => (Role::Stale, why.as_str()),
        Outcome::Done => (Role::Dim, last),
        Outcome::Intent | Outcome::Noted => (Role::Dim, ""),
    };
    if !words.is_empty() {
        line.push_span(scene.span(Role::Dim, ": "));
        let bold = role != Role::Dim;
        line.push_span(if bold { scene.strong(role, words) } else { scene.span(role, words) });
    }
    line
}

/// Whether midwatch itself noticed it: a fact, not an act.
pub(in crate::ui) fn is_fact(row: &Row) -> bool {
    row.entry.outcome == Outcome::Noted
}

/// The sign of what an incident did by itself.
fn sign<'a>(scene: &Scene<'a>, row: &Row) -> Option<(&'a str, Role)> {
    if matches!(row.entry.action.as_str(), "incident.resolved" | "remedy.worked") {
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
    if with_target && !is_told_in_words(row) {
        line.push_span(scene.span(Role::Text, format!("{} ", target(scene, row))));
    }
    if fact && !tells_itself(row) {
        line.push_span(scene.span(Role::Dim, format!("{verb} ")));
    }
    if is_run(row) {
        line.extend(run_line(scene, row).spans);
        return line;
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

/// What is said beside the target in a table: how it went where that is worth saying, then the words.
pub(in crate::ui) fn told<'a>(scene: &Scene<'a>, row: &'a Row) -> Line<'a> {
    if is_run(row) {
        return run_line(scene, row);
    }
    let mut line = outcome(scene, row);
    if !line.spans.is_empty() {
        line.push_span("  ");
    }
    line.push_span(scene.span(Role::Dim, words(scene, row)));
    line
}

/// A row's words without the title that they begin with where the target says it already.
fn words<'a>(scene: &Scene<'a>, row: &'a Row) -> &'a str {
    let detail = row.entry.detail.as_str();
    let title = target(scene, row);
    match detail.strip_prefix(&*title) {
        Some(rest) if tells_itself(row) => rest.trim_start(),
        Some(rest) => rest.strip_prefix(" · ").unwrap_or(if rest.is_empty() { "" } else { detail }),
        None => detail,
    }
}
