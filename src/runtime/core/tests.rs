//! Any key stops what is announced, through the real keymap; what one watch stopped holds in every other. And what
//! the screen says meanwhile.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use std::time::Duration;

use chrono::TimeDelta;

use super::*;
use crate::app::staged::healing::{entry, healer, noted, wishes};
use crate::app::staged::prompts::gos;
use crate::app::staged::{Watch, acts};
use crate::app::{Effect, Place, View};
use crate::domain::remediation::{Remedy, RemedyId};
use crate::keymap;
use crate::theme::Theme;
use crate::ui::{next_frame, view};

fn key(character: char) -> Typed {
    Typed::Key(KeyEvent::new(KeyCode::Char(character), KeyModifiers::NONE))
}

/// The watch under its real keys, at its own time.
fn core(watch: Watch) -> Core {
    let (keymap, problems) = keymap::load("default", None);
    assert_eq!(problems, []);
    Core::new(watch.app, keymap, Clock::Fixed(watch.now))
}

fn announced() -> Watch {
    let mut watch = Watch::healing(healer());
    watch.announced();
    watch
}

fn first_rows(watch: &Watch, (width, height): (u16, u16)) -> String {
    let area = Rect::new(0, 0, width, height);
    let mut buffer = Buffer::empty(area);
    let _ = view(&watch.app, &Theme::plain(), area, &mut buffer);
    let cells = |y| (0..width).map(|x| buffer[(x, y)].symbol().to_owned()).collect::<String>();
    (0..2).map(cells).collect::<Vec<_>>().join("\n")
}

#[test]
fn any_key_stops_it_and_means_nothing_else() {
    let quits = KeyEvent::new(KeyCode::Esc, KeyModifiers::NONE);
    for typed in [key('q'), key('a'), key('x'), key('Ä'), Typed::Key(quits), Typed::Paste("restart-checkout".into())] {
        let mut core = core(announced());
        let update = core.take(typed.clone());
        assert_eq!(noted(&update), [("remedy.held", "restart-checkout: ana stopped it before it ran")], "{typed:?}");
        assert_eq!(update.effects.len(), 1, "it means nothing else: {update:?}");
        assert!(core.app.overlay.is_none() && core.app.place() == Place::View(View::Watch), "{typed:?}");
        assert!(core.app.announces().is_none());
    }
}

#[test]
fn the_next_key_is_a_key_again_and_nothing_runs() {
    let mut core = core(announced());
    core.take(key('j'));
    assert_eq!(acts(&core.take(key('a'))).len(), 1, "acked");
    let mut now = announced().now;
    for _ in 0..100 {
        now += TimeDelta::minutes(1);
        let update = core.app.update(now, Msg::Tick);
        assert_eq!((wishes(&update), gos(&update).len()), (0, 0));
    }
}

#[test]
fn leaving_leaves_all_the_same() {
    let mut core = core(announced());
    let update = core.take(Typed::Key(KeyEvent::new(KeyCode::Char('c'), KeyModifiers::CONTROL)));
    assert_eq!(noted(&update)[0].0, "remedy.held");
    assert!(update.effects.contains(&Effect::Quit), "{update:?}");
}

#[test]
fn before_it_is_announced_a_key_is_a_key() {
    let mut watch = Watch::healing(healer());
    watch.due();
    assert_eq!(acts(&core(watch).take(key('a'))).len(), 1);
}

#[test]
fn what_one_watch_stopped_no_other_runs() {
    let mut here = announced();
    let update = here.tell(Msg::StopHealing);
    let Some(Effect::Note(rows)) = update.effects.first() else { panic!("a row: {update:?}") };
    let mut counting = announced();
    counting.reads(rows[0].clone());
    assert!(counting.app.announces().is_none(), "at once, not at the end of the countdown");
    assert!(counting.said().contains("ana stopped it before it ran"), "{}", counting.said());
    assert!(gos(&counting.later(30)).is_empty());
    let mut fresh = Watch::healing(healer());
    fresh.reads(rows[0].clone());
    assert_eq!(wishes(&fresh.later(3600)), 0, "nor one that is started later");
    let other = entry("remedy.held", here.the_incident().to_string(), "drain-checkout: bo stopped it", here.now);
    let mut elsewhere = Watch::healing(healer());
    elsewhere.reads(other);
    assert_eq!(wishes(&elsewhere.later(120)), 1, "another remedy was stopped");
}

#[test]
fn the_countdown_and_the_way_out_are_seen_at_every_size() {
    let long = Remedy { id: RemedyId::new("restart-the-checkout-of-the-whole-shop"), ..healer() };
    for remedy in [healer(), long] {
        for size in [(120, 36), (80, 24), (40, 10)] {
            let mut watch = Watch::healing(remedy.clone());
            watch.announced();
            let begins = remedy.id.as_str()[..12].to_owned();
            for (later, left) in [(0, "in 30 s"), (1, "in 29 s"), (28, "in 1 s")] {
                watch.later(later);
                let rows = first_rows(&watch, size);
                for words in [&*begins, left, "any key stops it"] {
                    assert!(rows.contains(words), "{size:?}: '{words}' in\n{rows}");
                }
            }
            watch.later(1);
            assert!(!first_rows(&watch, size).contains("any key"));
        }
    }
}

#[test]
fn the_screen_ticks_each_second_while_it_lasts_and_not_after() {
    let mut watch = announced();
    for _ in 0..29 {
        assert_eq!(next_frame(&watch.app), Some(Duration::from_secs(1)), "{}", watch.now);
        watch.later(1);
    }
    watch.now += TimeDelta::milliseconds(300);
    watch.tell(Msg::Tick);
    assert_eq!(next_frame(&watch.app), Some(Duration::from_millis(700)));
    watch.tell(Msg::StopHealing);
    assert!(next_frame(&watch.app).unwrap() > Duration::from_secs(5), "{:?}", next_frame(&watch.app));
}
