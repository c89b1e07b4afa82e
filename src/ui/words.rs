//! The truth in one line: what fires, and whether that is all there is to know.

use ratatui::text::Line;

use super::scene::Scene;
use crate::board::Summary;
use crate::domain::{Health, SourceStatus};
use crate::theme::Role;

/// What is said where nothing is known to fire.
pub(super) fn calm<'a>(scene: &Scene<'a>, summary: &Summary) -> Line<'a> {
    let hidden = hidden(summary);
    if summary.sources == 0 {
        return scene.line(Role::Stale, format!("0 known{hidden} · no source is configured"));
    }
    let missing = missing(scene);
    if missing.is_empty() {
        let words = format!("0 firing{hidden} · {}/{} sources live", summary.live, summary.sources);
        return scene.line(scene.good(), words);
    }
    if missing.len() == summary.sources && missing.iter().all(|(_, health)| *health == Health::NeverAnswered) {
        let names: Vec<&str> = missing.iter().map(|(status, _)| status.name.as_str()).collect();
        return scene.line(Role::Stale, format!("waiting for the first answers: {}", names.join(", ")));
    }
    scene.line(Role::Stale, format!("0 known{hidden} · {}", missing_words(&missing)))
}

/// What is missing, where something else was said already.
pub(super) fn only_missing<'a>(scene: &Scene<'a>) -> Line<'a> {
    scene.line(Role::Stale, missing_words(&missing(scene)))
}

/// The sources whose word is missing, the worst off first.
pub(super) fn missing<'a>(scene: &Scene<'a>) -> Vec<(&'a SourceStatus, Health)> {
    let told = scene.board.sources().map(|status| (status, status.health(scene.now)));
    let mut missing: Vec<_> = told.filter(|(_, health)| health.is_missing()).collect();
    missing.sort_by_key(|(_, health)| match health {
        Health::Unreachable => 0,
        Health::NeverAnswered => 1,
        _ => 2,
    });
    missing
}

/// `1 source unreachable: am-eu`, `2 sources missing: am-eu unreachable, loki late`.
fn missing_words(missing: &[(&SourceStatus, Health)]) -> String {
    let same = missing.windows(2).all(|pair| pair.first().map(|one| one.1) == pair.last().map(|one| one.1));
    let count = if missing.len() == 1 { "1 source".to_owned() } else { format!("{} sources", missing.len()) };
    let names: Vec<String> = missing
        .iter()
        .map(
            |(status, health)| {
                if same { status.name.to_string() } else { format!("{} {}", status.name, health.words()) }
            },
        )
        .collect();
    let state = missing.first().filter(|_| same).map_or("missing", |(_, health)| health.words());
    format!("{count} {state}: {}", names.join(", "))
}

fn hidden(summary: &Summary) -> String {
    let some = |count: usize, word: &str| if count > 0 { format!(" · {count} {word}") } else { String::new() };
    format!("{}{}", some(summary.snoozed, "snoozed"), some(summary.quiet, "quiet"))
}
