//! Who is on an incident: the column that says whether somebody has to move.

use ratatui::text::{Line, Span};

use crate::app::act::Act;
use crate::domain::Incident;
use crate::domain::incident::{Ownership, Quiet};
use crate::theme::Role;
use crate::ui::scene::Scene;
use crate::ui::widget::{age, text};

/// What is said, longest first; the first that fits is taken.
pub(in crate::ui) fn who<'a>(scene: &Scene<'a>, incident: &'a Incident, wide: usize) -> Line<'a> {
    let mut said = sayings(scene, incident);
    let at = said.iter().position(|line| text::line_width(line) <= wide).unwrap_or(said.len().saturating_sub(1));
    let line = said.swap_remove(at.min(said.len().saturating_sub(1)));
    text::fit_line(&line, wide)
}

fn sayings<'a>(scene: &Scene<'a>, incident: &'a Incident) -> Vec<Line<'a>> {
    let mut said = state(scene, incident);
    if incident.stale {
        // An answer that says what the last one said is a sight of it too.
        let seen = scene.day_hour(scene.board.last_seen(incident));
        let as_of = format!("as of {seen}");
        let mut dated: Vec<Line<'a>> =
            said.iter().map(|line| scene.line(Role::Stale, format!("{line} · {as_of}"))).collect();
        dated.push(scene.line(Role::Stale, as_of));
        dated.push(scene.line(Role::Stale, format!("at {seen}")));
        said = dated;
    }
    said
}

fn state<'a>(scene: &Scene<'a>, incident: &'a Incident) -> Vec<Line<'a>> {
    if let Some(words) = under_way(scene, incident) {
        return vec![Line::from(scene.strong(Role::Owned, words))];
    }
    if let Some(resolved) = incident.resolved {
        let ago = age::since(resolved, scene.now);
        return vec![scene.line(Role::Resolved, format!("resolved {ago} ago")), scene.line(Role::Resolved, "resolved")];
    }
    if let Some(until) = incident.snoozed_until {
        let until = scene.day_hour(until);
        return vec![
            scene.line(Role::Owned, format!("snoozed until {until}")),
            scene.line(Role::Owned, format!("snoozed {until}")),
            scene.line(Role::Owned, "snoozed"),
        ];
    }
    match (&incident.owner, &incident.quiet) {
        (Some(owner), _) => owned(scene, incident, owner),
        (None, Some(quiet)) => hushed(scene, quiet),
        (None, None) if incident.mitigated => vec![scene.line(Role::Owned, "mitigated")],
        (None, None) => unowned(scene, incident),
    }
}

fn under_way(scene: &Scene<'_>, incident: &Incident) -> Option<String> {
    let mine = |act: &&Act| act.incident == Some(incident.id);
    let act = scene.app.pending.iter().rev().find(mine)?;
    let word = match act.entry.action.as_str() {
        "ack" => "acking",
        "unack" => "un-acking",
        "silence" => "silencing",
        "snooze" => "snoozing",
        _ => "saving",
    };
    Some(format!("{word}…"))
}

fn owned<'a>(scene: &Scene<'a>, incident: &Incident, owner: &'a Ownership) -> Vec<Line<'a>> {
    let left = age::left(owner.until, scene.now);
    let by = scene.span(Role::Owned, format!("{} {left}", owner.by));
    let done = if incident.mitigated { " · mitigated" } else { "" };
    let mut said = Vec::new();
    let mut with = |tail: Vec<Span<'a>>| said.push(std::iter::once(by.clone()).chain(tail).collect());
    let joined = owner.joined_since;
    if joined > 0 {
        // What joined after the ack was never looked at: it stands out.
        let role = Role::of_severity(incident.rated.severity);
        with(vec![scene.strong(role, format!(" +{joined} since the ack")), scene.span(Role::Owned, done)]);
        with(vec![scene.strong(role, format!(" +{joined} since the ack"))]);
        with(vec![scene.strong(role, format!(" +{joined}"))]);
    } else {
        with(vec![scene.span(Role::Owned, done)]);
        with(Vec::new());
    }
    said.push(scene.line(Role::Owned, owner.by.as_str()));
    said
}

fn hushed<'a>(scene: &Scene<'a>, quiet: &'a Quiet) -> Vec<Line<'a>> {
    let say = |words: String| scene.line(Role::Dim, words);
    match quiet {
        Quiet::Inhibited => vec![say("inhibited".to_owned())],
        // The source says that it is silenced, and has not said yet by what.
        Quiet::Silenced { until: None, .. } => vec![say("silenced".to_owned())],
        Quiet::Silenced { by, until: Some(until) } => {
            let until = scene.day_hour(*until);
            vec![
                say(format!("silenced by {by} until {until}")),
                say(format!("silenced until {until}")),
                say(format!("silenced {until}")),
                say("silenced".to_owned()),
            ]
        }
    }
}

fn unowned<'a>(scene: &Scene<'a>, incident: &Incident) -> Vec<Line<'a>> {
    let style = scene.bold(Role::of_severity(incident.rated.severity));
    let say = |words: String| Line::from(Span::styled(words, style));
    match incident.refired {
        0 => vec![say("unacked".to_owned())],
        times => vec![
            // It fired once before it came back.
            say(format!("unacked ×{} re-fired", times + 1)),
            say(format!("unacked ×{}", times + 1)),
            say("unacked".to_owned()),
        ],
    }
}
