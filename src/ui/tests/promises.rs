//! What holds for every board and every size.

use chrono::TimeDelta;
use proptest::prelude::*;
use ratatui::buffer::Buffer;
use ratatui::style::Style;

use super::board::{ago, alert, answered, app, app_over, board, failed, now, signal, status, told};
use super::drawn::{frame, rows, screen};
use crate::app::entry::TextEntry;
use crate::app::overlay::{Confirm, Overlay, Palette, Prompt, Purpose, SilenceForm, Then};
use crate::app::{App, Pane, Place, View};
use crate::board::{Answer, Board, BoardRules};
use crate::domain::{Level, LogLine, Severity, SignalKind};
use crate::theme::{Role, Theme};
use crate::ui::next_frame;

/// A theme in which every role has a colour of its own.
fn coloured(ascii: bool) -> Theme {
    Theme::of(|role| Style::new().fg(ratatui::style::Color::Indexed(u8::try_from(role as usize).unwrap() + 1)), ascii)
}

fn has(buffer: &Buffer, role: Role) -> bool {
    let colour = coloured(false).style(role).fg;
    buffer.content().iter().any(|cell| Some(cell.fg) == colour)
}

/// One thing that a source tells.
#[derive(Debug, Clone)]
enum Told {
    Alerts(Vec<(u8, String, u8, i64)>),
    Signal(Vec<Option<f64>>),
    Line(String, i64),
    Fails,
}

fn told_by() -> impl Strategy<Value = (usize, Told)> {
    let alert = (0_u8..5, "\\PC{0,30}", 0_u8..6, 0_i64..100_000);
    let told = prop_oneof![
        prop::collection::vec(alert, 0..12).prop_map(Told::Alerts),
        prop::collection::vec(prop::option::of(any::<f64>()), 0..60).prop_map(Told::Signal),
        ("\\PC{0,200}", 0_i64..2_000).prop_map(|(text, at)| Told::Line(text, at)),
        Just(Told::Fails),
    ];
    (0_usize..3, told)
}

const NAMES: [&str; 3] = ["prom-eu", "am-eu", "loki"];

fn built(told_by: Vec<(usize, Told)>) -> Board {
    let mut board = Board::new(BoardRules::default(), NAMES.map(|name| status(name, "any")).to_vec());
    for (source, what) in told_by {
        let source = NAMES[source];
        let report = match what {
            Told::Fails => failed(source, ago(1)),
            Told::Alerts(alerts) => {
                let make = |(severity, name, instance, minutes): (u8, String, u8, i64)| {
                    let severity = Severity::ALL.get(usize::from(severity)).copied();
                    alert(&name, "svc", &instance.to_string(), severity, ago(minutes))
                };
                answered(source, ago(0), told(alerts.into_iter().map(make).collect()))
            }
            Told::Signal(values) => {
                let signals = vec![signal("svc", SignalKind::Latency, "p95", "s", [Some(0.4), None], &values)];
                answered(source, ago(0), Answer { signals, ..told(Vec::new()) })
            }
            Told::Line(text, seconds) => {
                let at = now() - TimeDelta::seconds(seconds);
                let logs = vec![LogLine { at, level: Level::Error, origin: "svc-1".into(), text: text.into() }];
                answered(source, ago(0), Answer { logs, ..told(Vec::new()) })
            }
        };
        board.apply(report);
    }
    board
}

fn overlays() -> impl Strategy<Value = Option<Overlay>> {
    let prompt = |text: String| Prompt {
        purpose: Purpose::Comment,
        incident: None,
        item: None,
        title: text.clone(),
        entry: TextEntry::new(text),
        problem: None,
    };
    prop_oneof![
        Just(None),
        "\\PC{0,60}".prop_map(move |text| Some(Overlay::Prompt(prompt(text)))),
        "\\PC{0,60}".prop_map(|text| Some(Overlay::Filter {
            entry: TextEntry::new(text.clone()),
            problem: Some(text),
            before: String::new()
        })),
        "\\PC{0,90}".prop_map(|text| Some(Overlay::Confirm(Confirm {
            question: text.clone(),
            consequences: vec![text],
            then: Then::Quit,
            yes: true
        }))),
        (0_usize..90).prop_map(|top| Some(Overlay::Help { contexts: crate::app::Context::ALL.to_vec(), top })),
        Just(Some(Overlay::Palette(Palette::default()))),
        ("\\PC{0,60}", 0_usize..3).prop_map(|(text, field)| Some(silence(&text, field))),
        ("\\PC{0,200}", 0_usize..9).prop_map(|(text, top)| Some(Overlay::Card {
            title: text.clone(),
            lines: vec![text],
            copy: None,
            top
        })),
    ]
}

fn silence(text: &str, field: usize) -> Overlay {
    let entry = || TextEntry::new(text);
    Overlay::Silence(Box::new(SilenceForm {
        incident: crate::domain::IncidentId(0),
        title: text.to_owned(),
        source: "am-eu".into(),
        matchers: entry(),
        span: entry(),
        reason: entry(),
        field,
        preview: Err(text.to_owned()),
    }))
}

fn somewhere(board: Board, place: usize, pane: usize, full: bool, overlay: Option<Overlay>) -> App {
    let mut app = app_over(board);
    let incident = app.incidents.selected().map(Place::Incident);
    let place = View::ALL.get(place).map(|view| Place::View(*view)).or(incident);
    if let Some(place) = place {
        app.places.push(place);
        let panes = place.panes();
        app.focus = panes[pane % panes.len()];
    }
    App { full, overlay, ..app }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(160))]

    #[test]
    fn no_size_and_no_board_is_too_much(
        told in prop::collection::vec(told_by(), 0..8),
        (width, height) in (0_u16..=200, 0_u16..=60),
        (place, pane, full) in (0_usize..=9, 0_usize..4, any::<bool>()),
        overlay in overlays(),
        ascii in any::<bool>(),
    ) {
        let app = somewhere(built(told), place, pane, full, overlay);
        let theme = coloured(ascii);
        let (first, cursor) = frame(&app, &theme, width, height);
        prop_assert_eq!(&first, &frame(&app, &theme, width, height).0);
        prop_assert!(cursor.is_none_or(|at| at.x < width && at.y < height));
        prop_assert!(!ascii || first.content().iter().all(|cell| cell.symbol().is_ascii()));
        prop_assert!(next_frame(&app).is_some_and(|wait| !wait.is_zero()));
    }

    #[test]
    fn nothing_is_green_while_a_source_is_missing(
        told in prop::collection::vec(told_by(), 0..8),
        (width, height) in (20_u16..=200, 5_u16..=60),
        (place, pane) in (0_usize..=9, 0_usize..4),
        which in 0_usize..3,
    ) {
        let mut board = built(told);
        board.apply(failed(NAMES[which], now()));
        let mut app = somewhere(board, place, pane, false, None);
        app.toasts.push(crate::app::toast::Tone::Done, "done", now());
        prop_assert!(!has(&frame(&app, &coloured(false), width, height).0, Role::Good));
    }
}

#[test]
fn quiet_and_whole_is_said_and_may_be_green() {
    let mut board = Board::new(BoardRules::default(), NAMES.map(|name| status(name, "any")).to_vec());
    let waiting = screen(&app_over(board.clone()), 120, 36);
    assert!(waiting.contains("waiting for the first answers: prom-eu, am-eu, loki"));
    for name in NAMES {
        board.apply(answered(name, now(), told(Vec::new())));
    }
    let quiet = app_over(board.clone());
    assert!(screen(&quiet, 120, 36).contains("0 firing · 3/3 sources live"));
    assert!(has(&frame(&quiet, &coloured(false), 120, 36).0, Role::Good));
    board.apply(failed("am-eu", now()));
    let partial = app_over(board.clone());
    assert!(screen(&partial, 120, 36).contains("0 known · 1 source unreachable: am-eu"));
    assert!(!screen(&partial, 120, 36).contains("0 firing"));
    assert!(!has(&frame(&partial, &coloured(false), 120, 36).0, Role::Good));
    board.apply(failed("loki", now()));
    assert!(screen(&app_over(board), 120, 36).contains("0 known · 2 sources unreachable: am-eu, loki"));
}

#[test]
fn what_a_lost_source_told_is_dated() {
    let mut board = board(false);
    board.apply(failed("am-eu", now() + TimeDelta::minutes(3)));
    let mut app = app_over(board);
    app.now = now() + TimeDelta::minutes(4);
    assert!(screen(&app, 120, 36).contains("as of 03:12"));
}

#[test]
fn ten_thousand_incidents_keep_the_cursor_in_sight() {
    let alerts = (0..10_000).map(|at| alert(&format!("Alert{at:05}"), "svc", "i", Some(Severity::High), ago(at % 90)));
    let mut board = Board::new(BoardRules::default(), vec![status("am-eu", "alertmanager")]);
    board.apply(answered("am-eu", now(), told(alerts.collect())));
    let mut app = app_over(board);
    for steps in [0, 5_000, 9_999] {
        app.incidents.step(crate::app::cursor::Step::First);
        app.incidents.step(crate::app::cursor::Step::By(steps));
        let chosen = app.board.incident(app.incidents.selected().unwrap()).unwrap().title.clone();
        let text = rows(&frame(&app, &Theme::plain(), 120, 36).0);
        assert!(text.iter().any(|row| row.contains("▌") && row.contains(&chosen)), "{steps}");
    }
}

#[test]
fn idle_changes_nothing_until_the_next_frame_is_due() {
    let page = Place::Incident(app().incidents.selected().unwrap());
    let views = [View::Watch, View::Mutes, View::Sources, View::Signals, View::Logs, View::Journal].map(Place::View);
    for place in views.into_iter().chain([page]) {
        let mut app = app();
        app.places.push(place);
        app.focus = place.panes().first().copied().unwrap_or(Pane::Whole);
        app.size = crate::app::model::Size { columns: 120, rows: 36 };
        app.now += TimeDelta::milliseconds(700);
        let before = frame(&app, &Theme::plain(), 120, 36).0;
        let wait = next_frame(&app).unwrap();
        app.now += TimeDelta::from_std(wait).unwrap() - TimeDelta::milliseconds(1);
        assert_eq!(before, frame(&app, &Theme::plain(), 120, 36).0, "{place:?}");
        assert!(wait.as_millis() > 50, "{wait:?}");
    }
}
