//! One line of text for an act.

mod walk;

use ratatui::layout::Position;
use ratatui::text::Line;

use super::{inner_width, modal};
use crate::app::overlay::{Prompt, Purpose};
use crate::theme::Role;
use crate::ui::scene::Scene;
use crate::ui::widget::{Canvas, canvas::cells, field, text};

const WIDTH: u16 = 72;

/// Draws what it is about, the line, and what is wrong with it.
pub(super) fn draw(scene: &Scene<'_>, canvas: &mut Canvas<'_>, prompt: &Prompt) -> Option<Position> {
    let (title, asks, hint) = match prompt.purpose {
        Purpose::Comment => ("Comment", "what you saw or did; everybody can read it", "Esc leaves everything as it is"),
        Purpose::Snooze => {
            ("Snooze", "hides it from your view alone: 30m, 2h, until 09:00", "nothing changes at the source")
        }
        Purpose::WrongStep => {
            ("This was wrong", "what was wrong; the weekly list gathers these notes", "Esc leaves everything as it is")
        }
        Purpose::Value => ("Value", "what you read, as a number", "Esc leaves everything as it is"),
        Purpose::Note => ("Note", "what you saw; it stays with the walk", "Esc leaves everything as it is"),
        Purpose::Skip => ("Skip", "why it is left out", "Esc leaves everything as it is"),
        Purpose::Fail => ("Fail", "what is wrong", "Esc leaves everything as it is"),
        Purpose::Owner => ("Owner", "who answers for it", "Esc leaves everything as it is"),
        Purpose::SignOff => ("Complete", "the name that the walk is signed off with", "Enter closes the walk"),
        Purpose::Declare => {
            ("Declare an incident", "a severity (C, H, M or L), then what is wrong", "everybody on this store sees it")
        }
        Purpose::Write => ("Lift read-only", "for how long: 15m, 1h; at most 4h", "a banner counts down"),
    };
    let told = walk::asks(scene, prompt);
    let asks = told.as_deref().unwrap_or(asks);
    let wide = inner_width(canvas, WIDTH);
    let environment = scene.app.profile.environment.as_deref().unwrap_or("");
    let mut above = vec![about(scene, &prompt.title, environment)];
    if !scene.small {
        above.push(Line::default());
    }
    above.extend(text::wrap(asks, wide).into_iter().map(|words| scene.line(Role::Dim, words)));
    let below: Vec<Line<'_>> = match &prompt.problem {
        Some(problem) => text::wrap(problem, wide).into_iter().map(|words| scene.line(Role::Failed, words)).collect(),
        None if scene.small => Vec::new(),
        None => vec![Line::default(), scene.line(Role::Dim, hint)],
    };
    let mut inner = modal(scene, canvas, title, (WIDTH, above.len() + 1 + below.len()));
    // The line itself is never without room: what stands above it gives way.
    let room = inner.height().saturating_sub(1 + cells(below.len()).min(1));
    let y = inner.strip(0, room).put_all(0, 0, above);
    inner.put(0, y, &scene.line(Role::Accent, "›"));
    let (entered, at) = (prompt.entry.text(), prompt.entry.cursor());
    let cursor = field::field(&mut inner, 2, y, entered, at, scene.bold(Role::Strong));
    inner.put_all(0, y + 1, below);
    cursor
}

/// What it is about: the title that was highlighted, and the environment.
pub(super) fn about<'a>(scene: &Scene<'a>, title: &str, environment: &str) -> Line<'a> {
    Line::from_iter([
        scene.strong(Role::Strong, title.to_owned()),
        scene.span(Role::Dim, if environment.is_empty() { String::new() } else { format!("  {environment}") }),
    ])
}
