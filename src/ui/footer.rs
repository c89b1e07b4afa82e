//! The two last lines: the sources and who acts; and the keys that do something here.

use ratatui::text::{Line, Span};

use super::scene::Scene;
use super::widget::{Canvas, age, text};
use crate::app::walks::Stop;
use crate::app::{Action, Overlay, Place, View};
use crate::domain::Health;
use crate::theme::{Glyph, Role};

/// Draws the sources with their state and age, and on the right who acts.
pub(super) fn sources(scene: &Scene<'_>, canvas: &mut Canvas<'_>) {
    let room = canvas.columns();
    let with_age = sources_line(scene, true);
    let line = if text::line_width(&with_age) <= room { with_age } else { sources_line(scene, false) };
    let taken = canvas.put(0, 0, &line);
    let room = canvas.width().saturating_sub(taken + 2);
    // What runs and who is asked for stands there as long as it fits, in words or as numbers.
    let badges = super::badges::now(scene);
    let said = badges.iter().map(|badge| badge.words.clone()).collect::<Vec<_>>();
    let short: Vec<String> = badges.into_iter().map(|badge| badge.short).collect();
    // Checklists that wait are the first to go.
    let walks = super::badges::walks(scene);
    for (badges, walks) in [(said, walks.clone()), (short.clone(), walks), (short, None)] {
        let who = who(scene, badges).into_iter().chain(walks).collect::<Vec<_>>();
        let who = scene.line(Role::Dim, format!("{} ", who.join(" · ")));
        if canvas.put_right(0, &who, room) {
            break;
        }
    }
}

/// Who acts, and what of theirs is under way.
fn who(scene: &Scene<'_>, badges: Vec<String>) -> Vec<String> {
    let mut who = badges;
    who.push(scene.app.profile.operator.name.clone());
    if scene.app.guard.allows(scene.app.now).is_err() {
        who.push("read-only".to_owned());
    }
    if !scene.app.pending.is_empty() {
        who.push(format!("{} under way", scene.app.pending.len()));
    }
    if !scene.app.incidents.marks.is_empty() {
        who.push(format!("{} marked", scene.app.incidents.marks.len()));
    }
    who
}

fn sources_line<'a>(scene: &Scene<'a>, with_age: bool) -> Line<'a> {
    let mut line = Line::from(" ");
    for status in scene.board.sources() {
        let health = status.health(scene.now);
        let said = age::source(status, scene.now);
        let sign = scene.glyph(Glyph::of_health(health));
        let words = if with_age { said.as_str() } else { health.words() };
        if health.is_missing() {
            line.push_span(scene.strong(Role::Stale, format!("{sign} {} {words}  ", status.name)));
            continue;
        }
        let role = if health == Health::Live { scene.good() } else { Role::Dim };
        line.push_span(scene.span(role, sign));
        line.push_span(scene.span(Role::Dim, format!(" {} {words}  ", status.name)));
    }
    line
}

/// What is most useful comes first; what is not here follows in the order of the keymap.
const FIRST: [Action; 52] = [
    Action::No,
    Action::Yes,
    Action::Accept,
    Action::Cancel,
    Action::RunbookTick,
    Action::RunbookNextStep,
    Action::RunbookOutline,
    Action::RemedyDryRun,
    Action::RemedyParams,
    Action::RunCancel,
    Action::RunApprove,
    Action::RunRefuse,
    Action::WalkDone,
    Action::WalkValue,
    Action::WalkProbe,
    Action::WalkFail,
    Action::WalkSkip,
    Action::WalkNext,
    Action::WalkUndo,
    Action::WalkNote,
    Action::WalkOpen,
    Action::WalkRemedy,
    Action::WalkComplete,
    Action::WalkConcern,
    Action::WalkOwner,
    Action::WalkHistory,
    Action::WalkCompare,
    Action::WalkGiveUp,
    Action::Ack,
    Action::AckMarked,
    Action::Runbook,
    Action::Remedy,
    Action::Open,
    Action::Link,
    Action::Logs,
    Action::Signals,
    Action::Timeline,
    Action::Silence,
    Action::Snooze,
    Action::Comment,
    Action::Mitigated,
    Action::RunbookWrong,
    Action::RunbookEdit,
    Action::Undo,
    Action::FindNext,
    Action::PaneNext,
    Action::Filter,
    Action::Mark,
    Action::OnlyCritical,
    Action::Copy,
    Action::Pause,
    Action::Refresh,
];

/// What is shown at the end of the line whatever else there is room for.
const ALWAYS: [Action; 3] = [Action::Back, Action::Palette, Action::Help];

/// What of that a place keeps whose own keys would have no room beside it: the keys that say how an item went are not
/// looked for in the help.
fn always(scene: &Scene<'_>, room: usize) -> &'static [Action] {
    match scene.app.place() {
        _ if scene.app.overlay.is_some() => &ALWAYS,
        Place::Walk(_) | Place::View(View::Checklists) | Place::History if room < 50 => &[Action::Help],
        Place::Walk(_) if room < 100 => &[Action::Back, Action::Help],
        _ => &ALWAYS,
    }
}

/// Draws the keys that work here, as many as there is room for.
pub(super) fn keys(scene: &Scene<'_>, canvas: &mut Canvas<'_>) {
    let room = canvas.columns().saturating_sub(1);
    let entries = entries(scene);
    let (always, mut first): (Vec<_>, Vec<_>) =
        entries.into_iter().partition(|entry| always(scene, room).contains(&entry.action));
    first.sort_by_key(|entry| (!is_next(scene, entry.action), place_of(entry.action)));
    let wide = |entry: &Entry| text::width(&entry.keys) + text::width(&entry.words) + 3;
    let mut left = room;
    let mut kept = Vec::new();
    // Help is the one key that must be found, so room is kept from the end.
    let mut last: Vec<Entry> = Vec::new();
    for entry in always.into_iter().rev() {
        if let Some(rest) = left.checked_sub(wide(&entry)) {
            left = rest;
            last.insert(0, entry);
        }
    }
    for entry in first {
        let Some(rest) = left.checked_sub(wide(&entry)) else { continue };
        left = rest;
        kept.push(entry);
    }
    let mut line = Line::from(" ");
    for entry in kept.into_iter().chain(last) {
        line.push_span(scene.strong(Role::Accent, entry.keys));
        line.push_span(scene.span(Role::Dim, format!(" {}  ", entry.words)));
    }
    trim_end(&mut line);
    canvas.put(0, 0, &line);
}

/// What is most likely pressed next: the step that is highlighted is run, the list walked.
fn is_next(scene: &Scene<'_>, action: Action) -> bool {
    matches!(
        (scene.app.place(), action),
        (Place::Runbook, Action::Remedy) | (Place::View(View::Checklists), Action::Open)
    )
}

fn place_of(action: Action) -> usize {
    FIRST.iter().position(|first| *first == action).unwrap_or(FIRST.len())
}

fn trim_end(line: &mut Line<'_>) {
    if let Some(last) = line.spans.pop() {
        line.spans.push(Span::styled(last.content.trim_end().to_owned(), last.style));
    }
}

struct Entry {
    action: Action,
    keys: String,
    words: String,
}

/// The keys of these contexts that do something now, each action once, innermost first.
fn entries(scene: &Scene<'_>) -> Vec<Entry> {
    let contexts = scene.app.contexts();
    let mut entries: Vec<Entry> = Vec::new();
    // A key belongs to the innermost context that knows it.
    let mut taken: Vec<&str> = Vec::new();
    for row in contexts.iter().flat_map(|context| scene.app.keys.of(*context)) {
        let known = entries.iter().any(|entry| entry.action == row.action);
        // Where there is a way back, Esc says it; leaving is a matter of the root.
        let back = row.action == Action::Quit && why_not(scene, Action::Back).is_none();
        if known
            || taken.contains(&row.keys.as_str())
            || goes_without_saying(scene, row.action)
            || back
            || matches!(row.action, Action::View(_))
            || why_not(scene, row.action).is_some()
        {
            continue;
        }
        taken.push(&row.keys);
        let own = here(scene, row.action).unwrap_or_else(|| short(row.action));
        let words = if row.words == row.action.spec().words { own } else { &row.words };
        entries.push(Entry { action: row.action, keys: row.keys.clone(), words: words.to_owned() });
    }
    entries
}

/// Moving is not said but where nothing else can be done; in a menu nothing is but to choose or to leave it.
fn goes_without_saying(scene: &Scene<'_>, action: Action) -> bool {
    match scene.app.overlay {
        Some(Overlay::Menu(_)) => !matches!(action, Action::Accept | Action::Cancel | Action::Leave),
        Some(Overlay::Card { .. } | Overlay::Help { .. }) => false,
        _ => action.spec().group == "move" && action != Action::PaneNext,
    }
}

/// What is said of an action that does something of its own at this place.
fn here(scene: &Scene<'_>, action: Action) -> Option<&'static str> {
    match (scene.app.overlay.is_none().then(|| scene.app.place()), action) {
        (_, Action::Filter) if scene.app.is_in_runbook() => Some("search"),
        // Nothing that was said in a walk is lost by leaving it.
        (Some(Place::Walk(_)), Action::Back) => Some("leave, kept"),
        (Some(Place::Walk(id)), Action::WalkNext) if scene.app.stop_of(id) == Stop::Completion => Some("sign off"),
        (Some(Place::View(View::Checklists)), Action::Open) => Some("walk"),
        _ => None,
    }
}

/// What is said of an action where every cell counts, if the keymap has no words of its own.
fn short(action: Action) -> &'static str {
    match action {
        Action::Link => "link",
        Action::PaneNext => "pane",
        Action::OnlyCritical => "critical",
        Action::Write => "write",
        Action::Quit => "leave",
        Action::RunbookWrong => "wrong",
        Action::RunbookEdit => "edit",
        Action::Cancel => "leave as it is",
        Action::RemedyDryRun => "dry run",
        Action::RemedyParams => "parameters",
        Action::RunCancel => "stop",
        Action::RunApprove => "agree",
        Action::RunRefuse => "refuse",
        Action::WalkProbe => "probe",
        Action::WalkOwner => "owner",
        Action::WalkConcern => "concern",
        Action::WalkUndo => "undo",
        Action::WalkOpen => "its view",
        Action::WalkRemedy => "remedy",
        Action::WalkGiveUp => "give up",
        Action::WalkCompare => "compare",
        other => other.spec().words,
    }
}

/// Why an action does nothing at the place behind an overlay: what help and palette say of it.
pub(super) fn why_not_behind(scene: &Scene<'_>, action: Action) -> Option<String> {
    // Moving, and leaving the overlay itself, are no matter of the place.
    if action == Action::Back { None } else { why_not(scene, action) }
}

/// Why an action does nothing here and now, in words; `None` if it does something.
pub(super) fn why_not(scene: &Scene<'_>, action: Action) -> Option<String> {
    scene.app.why_not(action)
}
