//! What holds for every state and every size.

use ratatui::style::{Color, Style};

use super::super::drawn::frame;
use super::made::{
    WALK, app, assessment, at_completion, at_history, at_item, at_list, evidence, under_way, update, went,
};
use crate::app::walks::Shows;
use crate::app::{App, Pane};
use crate::domain::checklist::probe::Held;
use crate::domain::checklist::{Outcome, Walk, WalkId};
use crate::theme::{Role, Theme};
use crate::ui::next_frame;

/// A theme in which every role has a colour of its own.
fn coloured() -> Theme {
    Theme::of(|role| Style::new().fg(Color::Indexed(u8::try_from(role as usize).unwrap() + 1)), false)
}

fn states() -> Vec<App> {
    let long = "a very long line of evidence with numbers 5000 ms ".repeat(6);
    let lost = evidence(Held::Unknown, None, "", &long, &[long.as_str(); 40]);
    let mut gone = at_item("slow", []);
    gone.walks.open.clear();
    let mut empty = at_list();
    empty.walks.rows = [].into();
    let mut none = at_history(Shows::Comparison);
    none.walks.history = None;
    let mut unmarked = at_history(Shows::Comparison);
    if let Some(history) = &mut unmarked.walks.history {
        history.marked.clear();
        history.cursor.set(WalkId(1));
    }
    let mut full = at_item("slow", []);
    full.full = true;
    full.focus = Pane::Items;
    vec![
        app(),
        at_list(),
        empty,
        at_item("slow", [update(50, Some("slow"), "ana", 0, lost)]),
        at_item("nothing-of-that-name", []),
        at_completion(under_way()),
        at_completion(assessment()),
        at_history(Shows::Trend),
        at_history(Shows::Walk),
        at_history(Shows::Comparison),
        unmarked,
        none,
        gone,
        full,
    ]
}

#[test]
fn no_size_is_too_small() {
    for app in states() {
        for width in (0..=12).chain([39, 40, 59, 60, 79, 99, 110, 160]) {
            for height in (0..=12).chain([16, 21, 24, 30, 50]) {
                let (first, cursor) = frame(&app, &coloured(), width, height);
                assert_eq!(first, frame(&app, &coloured(), width, height).0);
                assert!(cursor.is_none_or(|at| at.x < width && at.y < height));
            }
        }
        assert!(next_frame(&app).is_some_and(|wait| !wait.is_zero()));
    }
}

/// A walk in which nothing was said but this of one item.
fn only(item: &str, changes: Vec<crate::domain::checklist::Change>) -> App {
    let begun = under_way();
    let walk = Walk::new(WALK, std::sync::Arc::clone(&begun.list), begun.turn, begun.begun, begun.by.clone());
    let said = (1..).zip(changes).map(|(id, change)| update(id, Some(item), "ana", 0, change));
    let mut app = at_item(item, []);
    app.walks.past.clear();
    app.walks.open.insert(WALK, std::sync::Arc::new(walk.with(said)));
    app
}

/// Whether anything between header and sources has the colour of what is good.
fn is_green(app: &App, width: u16, height: u16) -> bool {
    let (buffer, _) = frame(app, &coloured(), width, height);
    let good = coloured().style(Role::Good).fg;
    let last = height.saturating_sub(2);
    (1..last).any(|y| (0..width).any(|x| Some(buffer[(x, y)].fg) == good))
}

#[test]
fn nothing_is_green_while_the_answer_is_not_known() {
    let lost = || evidence(Held::Unknown, None, "", "no series", &[]);
    for (width, height) in [(200, 50), (120, 36), (80, 24), (40, 10)] {
        assert!(!is_green(&only("targets", vec![lost()]), width, height));
        let called_fine = only("targets", vec![lost(), went(Outcome::Done, "looked myself")]);
        assert!(!is_green(&called_fine, width, height), "a tick does not make it known");
    }
    let fine = only("targets", vec![evidence(Held::Good, Some(118.0), "", "118", &[]), went(Outcome::Done, "")]);
    assert!(is_green(&fine, 120, 36), "else this test could not fail");
}

#[test]
fn what_is_shown_stands_still_until_the_next_frame_is_due() {
    use chrono::TimeDelta;
    for made in [app, at_list, || at_item("slow", [])] {
        let mut app = made();
        app.now += TimeDelta::milliseconds(700);
        app.size = crate::app::model::Size { columns: 120, rows: 36 };
        let before = frame(&app, &Theme::plain(), 120, 36).0;
        let wait = next_frame(&app).unwrap();
        app.now += TimeDelta::from_std(wait).unwrap() - TimeDelta::milliseconds(1);
        assert_eq!(before, frame(&app, &Theme::plain(), 120, 36).0);
    }
}
