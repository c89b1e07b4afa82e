//! Every checklist that ships, at every item and at its completion, on the screens that it must fit.

use std::sync::Arc;

use midwatch::app::walks::Stop;
use midwatch::app::{Action, App, Msg, Pane, Place, View};
use midwatch::config::checklist::{read, shipped};
use midwatch::domain::checklist::{Checklist, Item, Walk, WalkId};
use midwatch::theme::Theme;
use ratatui::buffer::{Buffer, CellWidth as _};
use ratatui::layout::Rect;

use crate::stage::story;
use crate::stage::watch::Watch;

const LISTS: [(u16, u16); 2] = [(80, 24), (40, 10)];
const WALK: WalkId = WalkId(1);

fn lists() -> impl Iterator<Item = Checklist> {
    shipped().iter().map(|(name, text)| read(None, text).0.unwrap_or_else(|| panic!("{name}")))
}

/// A walk of the list that nobody has said anything in.
fn begun(list: &Checklist) -> App {
    let mut app = Watch::waiting(Vec::new(), "").core.app;
    let walk = Walk::new(WALK, Arc::new(list.clone()), None, story::ago(1), story::ana());
    app.places = vec![Place::View(View::Watch), Place::Walk(WALK)];
    app.focus = Pane::Item;
    app.walks.open.insert(WALK, Arc::new(walk));
    app
}

fn at(app: &mut App, stop: Stop) {
    app.walks.at.insert(WALK, stop);
    app.scroll.clear();
}

/// The rows of a screen; the second cell of a wide character is left out.
fn rows(app: &App, width: u16, height: u16) -> Vec<String> {
    let area = Rect::new(0, 0, width, height);
    let mut buffer = Buffer::empty(area);
    let _cursor = midwatch::ui::view(app, &Theme::plain(), area, &mut buffer);
    let row = |y| {
        let mut text = String::new();
        let mut x = 0;
        while x < width {
            let symbol = buffer[(x, y)].symbol();
            text.push_str(symbol);
            x += symbol.cell_width().max(1);
        }
        text
    };
    (0..height).map(row).collect()
}

/// The words of a screen between its header and its footer, as they are read: without frames, and without breaks.
fn read_off(app: &App, width: u16, height: u16) -> Vec<String> {
    let drawn = rows(app, width, height);
    let inner = drawn.into_iter().skip(1).take(usize::from(height) - 3);
    inner.map(|row| words(row.trim_matches(['│', '╭', '╮', '╰', '╯', '─', ' ']))).collect()
}

fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Letters alone: a line may break between words, and within a long one.
fn bare(text: &str) -> String {
    text.split_whitespace().collect()
}

/// Whether a text stands there whole, broken into lines or not.
fn holds(rows: &[String], text: &str) -> bool {
    bare(&rows.concat()).contains(&bare(text))
}

/// Every screen that is seen while the pane is scrolled down by `j`, as its letters.
fn scrolled_through(app: &mut App, width: u16, height: u16) -> Vec<String> {
    let mut seen = Vec::new();
    for _ in 0..200 {
        let rows = read_off(app, width, height);
        let is_more = rows.iter().any(|row| row.contains('↓') && row.ends_with("more"));
        let words = rows.iter().map(|row| row.split('↓').next().unwrap_or_default());
        seen.push(bare(&words.collect::<String>()));
        if !is_more {
            return seen;
        }
        let _ = app.update(story::now(), Msg::Action(Action::Down));
    }
    panic!("there is always more below: {seen:#?}");
}

/// Whether all of a text is read in these screens, each few words of it together in one.
fn is_read(seen: &[String], text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let few = words.len().min(5);
    words.windows(few).all(|words| seen.iter().any(|screen| screen.contains(&words.concat())))
}

#[test]
fn every_item_that_ships_is_read_whole() {
    for list in lists() {
        let mut app = begun(&list);
        for item in list.items() {
            for (width, height) in LISTS {
                at(&mut app, Stop::Item(item.id.clone()));
                let rows = read_off(&app, width, height);
                assert!(holds(&rows, &item.text), "{} · {} at {width}×{height}\n{rows:#?}", list.id, item.id);
                if height >= 24 {
                    first_of_help(&rows, &list, item);
                }
            }
        }
    }
}

/// The beginning of its help is in sight without a key.
fn first_of_help(rows: &[String], list: &Checklist, item: &Item) {
    let first: Vec<&str> = item.help.split_whitespace().take(6).collect();
    assert!(holds(rows, &first.concat()), "{} · {}\n{rows:#?}", list.id, item.id);
}

#[test]
fn all_of_the_help_that_ships_is_found_by_scrolling() {
    for list in lists() {
        let mut app = begun(&list);
        for item in list.items() {
            for (width, height) in LISTS {
                at(&mut app, Stop::Item(item.id.clone()));
                let seen = scrolled_through(&mut app, width, height);
                assert!(is_read(&seen, &item.help), "{} · {} at {width}×{height}\n{seen:#?}", list.id, item.id);
            }
        }
    }
}

#[test]
fn every_completion_names_each_item_that_nobody_looked_at() {
    for list in lists() {
        let mut app = begun(&list);
        for (width, height) in LISTS {
            at(&mut app, Stop::Completion);
            assert!(read_off(&app, width, height).iter().any(|row| row.contains("Enter asks for a name")));
            let seen = scrolled_through(&mut app, width, height);
            let walk = app.walk(WALK).unwrap();
            for item in list.items().filter(|item| app.applies(walk, item)) {
                assert!(is_read(&seen, &item.text), "{} · {} at {width}×{height}\n{seen:#?}", list.id, item.id);
            }
        }
    }
}
