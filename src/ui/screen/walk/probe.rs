//! What a probe asks, in a line, and whether it was answered.

use ratatui::text::Line;

use super::page::Page;
use crate::domain::checklist::probe::Held;
use crate::domain::checklist::{Evidence, Expect, Item, Probe};
use crate::domain::{age, quantity};
use crate::theme::Role;
use crate::ui::scene::Scene;
use crate::ui::widget::flow;

/// `probe prom-eu · rate(…) must be < 1 · answered in 0.3 s at 03:12:41 UTC`.
pub(super) fn lines(scene: &Scene<'_>, page: &Page<'_>, item: &Item, wide: usize) -> Vec<Line<'static>> {
    let Some(probe) = &item.probe else { return Vec::new() };
    let entry = page.walk.entry(&item.id);
    let asked = scene.app.walks.asked.contains_key(&(page.walk.id, item.id.clone()));
    let found = entry.and_then(|entry| entry.evidence.as_ref());
    let (whom, what) = asks(probe, found);
    let (role, state) = match found {
        _ if asked => (Role::Accent, "asking…".to_owned()),
        Some(found) if found.held == Held::Unknown => (Role::Stale, format!("no answer to build on {}", at(found))),
        Some(found) => (Role::Dim, format!("answered {}", at(found))),
        None => (Role::Dim, "not asked yet".to_owned()),
    };
    let (dim, text) = (scene.style(Role::Dim), scene.style(Role::Text));
    flow::flow([(text, "probe "), (dim, &format!("{whom} · {what} · ")), (scene.style(role), &state)], wide)
}

/// When that was, and how long it took where that is worth saying.
fn at(found: &Evidence) -> String {
    let took = chrono::TimeDelta::milliseconds(i64::try_from(found.took_ms).unwrap_or(i64::MAX / 2));
    let took = if found.took_ms < 100 { String::new() } else { format!("in {} ", age::spoken(took)) };
    format!("{took}at {} UTC", Scene::second(found.at))
}

/// What is good: `<= 10`, `0`.
fn must(expect: Expect) -> String {
    let words = expect.to_string();
    words.strip_prefix("== ").map(str::to_owned).unwrap_or(words)
}

/// Who is asked what. An answer says who was.
fn asks(probe: &Probe, found: Option<&Evidence>) -> (String, String) {
    let (whom, what) = match probe {
        Probe::Query { source, query, expect, unit } => {
            let bound = quantity::text(Some(expect.bound), unit);
            let sign = expect.to_string();
            let sign = sign.split(' ').next().filter(|sign| *sign != "==").map(|sign| format!("{sign} "));
            let must = format!("{}{bound}", sign.unwrap_or_default());
            (source.as_ref().map(ToString::to_string), format!("{query} must be {must}"))
        }
        Probe::Logs { source, contains, level, within, expect } => {
            let which = if contains.is_empty() { "lines".to_owned() } else { format!("lines with \"{contains}\"") };
            let which = format!("{which} from {level} on in {}, must be {}", age::coarse(*within), must(*expect));
            (source.as_ref().map(ToString::to_string), which)
        }
        Probe::Command { argv, expect, .. } => {
            let must = expect.map(|expect| format!(", must be {}", must(expect))).unwrap_or_default();
            (Some("this machine".to_owned()), format!("{}{must}", argv.join(" ")))
        }
        Probe::Http { url, .. } => (Some("http".to_owned()), url.clone()),
        Probe::Certificate { host, port, days } => {
            (Some(format!("{host}:{port}")), format!("certificate lasts at least {days} d"))
        }
        Probe::File { path, .. } => (Some("file".to_owned()), path.display().to_string()),
        Probe::Known { what, expect } => {
            (Some("midwatch".to_owned()), format!("{} must be {}", what.word(), must(*expect)))
        }
    };
    let told = found.map(|found| found.from.clone()).filter(|from| !from.is_empty() && whom.is_none());
    (whom.or(told).unwrap_or_else(|| "whoever can tell".to_owned()), what)
}
