//! The first line: what fires, what is missing, what time it is; and the banner below it while something
//! unusual is so.

use chrono::TimeDelta;
use ratatui::text::{Line, Span};

use super::scene::Scene;
use super::widget::{Canvas, age, text};
use super::words;
use crate::app::desk::Countdown;
use crate::board::Summary;
use crate::domain::maintenance::Window;
use crate::domain::{Health, Severity};
use crate::theme::{Glyph, Role};

/// How much is said; the widest that fits is taken.
#[derive(Debug, Clone, Copy)]
#[expect(clippy::struct_excessive_bools, reason = "a row of a table: what is said and what is left out")]
struct Saying {
    product: bool,
    environment: bool,
    words: Words,
    hidden: Hidden,
    missing: Missing,
    local: bool,
    clock: bool,
    badges: Badges,
    walks: bool,
}

/// What runs and who is asked for: in words, or as numbers. They never go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Badges {
    Words,
    Numbers,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Words {
    Whole,
    Letters,
    Tight,
}

/// Of what is hidden, the snoozed are always counted: nobody else knows of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Hidden {
    All,
    Snoozed,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Missing {
    Aged,
    Named,
    Counted,
}

const MOST: Saying = Saying {
    product: true,
    environment: true,
    words: Words::Whole,
    hidden: Hidden::All,
    missing: Missing::Aged,
    local: true,
    clock: true,
    badges: Badges::Words,
    walks: true,
};
/// What is left where every word is short.
const SHORT: Saying = Saying {
    words: Words::Letters,
    missing: Missing::Named,
    local: false,
    badges: Badges::Numbers,
    walks: false,
    ..MOST
};
/// What is left where there is hardly any room.
const TIGHT: Saying = Saying { words: Words::Tight, hidden: Hidden::Snoozed, product: false, ..SHORT };

const SAYINGS: [Saying; 12] = [
    MOST,
    Saying { walks: false, ..MOST },
    Saying { missing: Missing::Named, walks: false, ..MOST },
    Saying { missing: Missing::Named, badges: Badges::Numbers, walks: false, ..MOST },
    Saying { local: true, ..SHORT },
    SHORT,
    Saying { hidden: Hidden::Snoozed, ..SHORT },
    Saying { hidden: Hidden::Snoozed, product: false, ..SHORT },
    TIGHT,
    Saying { clock: false, ..TIGHT },
    Saying { clock: false, environment: false, ..TIGHT },
    Saying { clock: false, environment: false, missing: Missing::Counted, ..TIGHT },
];

/// Draws the first line.
pub(super) fn draw(scene: &Scene<'_>, canvas: &mut Canvas<'_>) {
    let summary = scene.board.summary(scene.now);
    let made = SAYINGS.iter().map(|saying| (left(scene, &summary, *saying), right(scene, *saying)));
    let room = canvas.columns();
    let wide = |line: &Line<'_>| text::line_width(line);
    let mut last = None;
    for (left, right) in made {
        let fits = wide(&left) + wide(&right) + 2 <= room;
        last = Some((left, right));
        if fits {
            break;
        }
    }
    if let Some((left, right)) = last {
        let taken = canvas.put(0, 0, &left);
        let room = canvas.width().saturating_sub(taken + 2);
        canvas.put_right(0, &right, room);
    }
    canvas.tint(0, scene.style(Role::Header));
}

fn left<'a>(scene: &Scene<'a>, summary: &Summary, saying: Saying) -> Line<'a> {
    let mut line = Line::from(" ");
    let environment = scene.app.profile.environment.as_deref().filter(|_| saying.environment);
    if saying.product {
        line.push_span(scene.strong(Role::Accent, "midwatch"));
        line.push_span(if environment.is_some() { scene.span(Role::Dim, " · ") } else { Span::raw("  ") });
    }
    if let Some(environment) = environment {
        line.push_span(scene.strong(Role::Text, environment));
        line.push_span("  ");
    }
    if scene.app.guard.allows(scene.app.now).is_err() {
        let words = if saying.product { "read-only  " } else { "ro  " };
        line.push_span(scene.span(Role::Owned, words));
    }
    badges(scene, saying.badges, &mut line);
    if summary.firing.iter().sum::<usize>() == 0 {
        line.extend(words::calm(scene, summary).spans);
        walks(scene, saying, &mut line);
        return line;
    }
    severities(scene, summary, saying.words, &mut line);
    hidden(scene, summary, saying.hidden, &mut line);
    missing(scene, saying.missing, &mut line);
    walks(scene, saying, &mut line);
    line
}

/// Checklists that wait are told quietly, and only where there is room for everything else.
fn walks<'a>(scene: &Scene<'a>, saying: Saying, line: &mut Line<'a>) {
    if let Some(words) = super::badges::walks(scene).filter(|_| saying.walks) {
        line.push_span(scene.span(Role::Dim, format!("  {words}")));
    }
}

fn badges<'a>(scene: &Scene<'a>, saying: Badges, line: &mut Line<'a>) {
    for badge in super::badges::now(scene) {
        let words = if saying == Badges::Words { badge.words } else { badge.short };
        line.push_span(scene.strong(badge.role, format!("{words}  ")));
    }
}

fn severities<'a>(scene: &Scene<'a>, summary: &Summary, words: Words, line: &mut Line<'a>) {
    for severity in Severity::ALL {
        let count = summary.firing.get(severity as usize).copied().unwrap_or(0);
        if count == 0 {
            continue;
        }
        let (sign, role) = (scene.glyph(Glyph::of_severity(severity)), Role::of_severity(severity));
        let said = match words {
            Words::Whole => format!("{sign} {count} {}  ", severity.word()),
            Words::Letters => format!("{sign} {count} {}  ", severity.letter()),
            Words::Tight => format!("{sign}{count}{} ", severity.letter()),
        };
        let waiting = summary.waiting.get(severity as usize).is_some_and(|waiting| *waiting > 0);
        line.push_span(if waiting { scene.strong(role, said) } else { scene.span(role, said) });
    }
}

fn hidden<'a>(scene: &Scene<'a>, summary: &Summary, saying: Hidden, line: &mut Line<'a>) {
    let others = |count: usize| if saying == Hidden::All { count } else { 0 };
    let counts = [(others(summary.acked), "acked"), (summary.snoozed, "snoozed"), (others(summary.quiet), "quiet")];
    let said: Vec<String> =
        counts.iter().filter(|(count, _)| *count > 0).map(|(count, word)| format!("{count} {word}")).collect();
    if !said.is_empty() {
        line.push_span(scene.span(Role::Dim, format!(" {}  ", said.join(" · "))));
    }
}

fn missing<'a>(scene: &Scene<'a>, saying: Missing, line: &mut Line<'a>) {
    let missing = words::missing(scene);
    let Some((first, health)) = missing.first() else { return };
    let sign = scene.glyph(Glyph::of_health(*health));
    let words = match saying {
        Missing::Aged if missing.len() <= 3 => {
            let one = |(status, health): &(&crate::domain::SourceStatus, Health)| {
                format!("{} {} {}", scene.glyph(Glyph::of_health(*health)), status.name, age::source(status, scene.now))
            };
            missing.iter().map(one).collect::<Vec<_>>().join("  ")
        }
        Missing::Counted => format!("{sign} {} missing", missing.len()),
        _ if missing.len() == 1 => format!("{sign} {} {}", first.name, health.words()),
        _ => format!("{sign} {} sources missing", missing.len()),
    };
    line.push_span(scene.strong(Role::Stale, words));
}

fn right<'a>(scene: &Scene<'a>, saying: Saying) -> Line<'a> {
    if !saying.clock {
        return Line::default();
    }
    let now = scene.app.now;
    let zone = scene.app.profile.timezone;
    let mut line = Line::from(scene.span(Role::Text, format!("{} UTC", Scene::hour(now))));
    let is_utc = now.with_timezone(&zone).format("%Z").to_string() == "UTC";
    if saying.local && !is_utc {
        let name = zone.name().rsplit('/').next().unwrap_or_default().replace('_', " ");
        let local = now.with_timezone(&zone).format("%H:%M");
        line.push_span(scene.span(Role::Dim, format!(" · {local} {name}")));
    }
    line.push_span(" ");
    line
}

/// Whether something unusual is so.
pub(super) fn has_banner(scene: &Scene<'_>) -> bool {
    let app = scene.app;
    app.paused.is_some()
        || app.guard.lifted(app.now).is_some()
        || app.toasts.banners().len() > 0
        || app.windows_now().next().is_some()
        || app.announces().is_some()
}

/// Draws the banner: updates paused, read-only lifted, troubles of midwatch itself.
pub(super) fn banner(scene: &Scene<'_>, canvas: &mut Canvas<'_>) {
    if canvas.is_empty() {
        return;
    }
    let app = scene.app;
    let mut said = Vec::new();
    said.extend(app.announces().map(|countdown| announced(scene, countdown, canvas.columns())));
    if let Some(paused) = &app.paused {
        said.push(format!("PAUSED: this is {} UTC, {} ago", Scene::hour(paused.0), age::since(paused.0, app.now)));
    }
    if let Some(until) = app.guard.lifted(app.now) {
        said.push(format!("read-only lifted: write {} left", countdown(until - app.now)));
    }
    said.extend(app.windows_now().map(|window| maintenance(scene, window)));
    said.extend(app.toasts.banners().map(str::to_owned));
    let line = scene.line(Role::Banner, format!(" {}", said.join(" · ")));
    canvas.put(0, 0, &line);
    canvas.tint(0, scene.style(Role::Banner));
}

/// A remedy that is about to run by itself: how long until then, and what stops it, before anything else.
fn announced(scene: &Scene<'_>, countdown: &Countdown, room: usize) -> String {
    let left = age::seconds_left(countdown.at, scene.app.now);
    let on = countdown.prepared.as_ref().and_then(|prepared| prepared.plan.as_ref().ok());
    let on = on.map(|plan| format!(" on {}", plan.target)).unwrap_or_default();
    let remedy = countdown.remedy.as_str();
    let whole = format!("{remedy} runs in {left} s by itself{on}: any key stops it");
    let shorter = format!("{remedy} runs in {left} s by itself: any key stops it");
    let rest = format!(" in {left} s: any key stops it");
    let said = [whole, shorter].into_iter().find(|words| text::width(words) < room);
    let name = room.saturating_sub(text::width(&rest) + 1);
    said.unwrap_or_else(|| format!("{}{rest}", text::fit(remedy, name)))
}

/// A service that is worked on: until when, why, by whom.
fn maintenance(scene: &Scene<'_>, window: &Window) -> String {
    let until = scene.local(window.ends);
    format!("maintenance of {} until {until} your time: {} ({})", window.service, window.reason, window.by.name)
}

/// Minutes, and seconds in the last one: the moment it ends matters.
pub(super) fn countdown(left: TimeDelta) -> String {
    crate::domain::age::short(left)
}
