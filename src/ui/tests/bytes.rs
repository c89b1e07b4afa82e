//! What reaches the terminal, byte by byte: whatever is told, nothing but text and our own sequences; and a terminal
//! that counts for itself shows each sign in the column it was drawn in.

mod columns;

use std::cell::RefCell;
use std::io::{self, Write};
use std::rc::Rc;

use chrono::TimeDelta;
use proptest::prelude::*;
use ratatui::backend::CrosstermBackend;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::{Terminal, TerminalOptions, Viewport};

use super::board::{ago, alert, answered, app, now};
use super::hostile::{TEXTS, all};
use super::recogniser::{Meant, read};
use crate::app::entry::TextEntry;
use crate::app::overlay::{Confirm, Overlay, Prompt, Purpose, Then};
use crate::app::toast::Tone;
use crate::app::{App, Place, View};
use crate::board::{Answer, SourceEvent, SourceReport};
use crate::domain::alert::AlertChanges;
use crate::domain::journal::{Entry, Outcome, Row};
use crate::domain::mute::Cover;
use crate::domain::{Alert, Labels, Level, LogLine, Matcher, Mute, MuteId, MuteKind, Operator, Severity, SignalKind};
use crate::theme::Theme;
use crate::ui::widget::Canvas;
use crate::ui::{alike, links, view};
use columns::{same_on_a_terminal, terminal};

const SIZES: [(u16, u16); 4] = [(200, 50), (120, 36), (80, 24), (40, 10)];

#[derive(Clone, Default)]
struct Sent(Rc<RefCell<Vec<u8>>>);

impl Write for Sent {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A terminal of a size, and what was sent to it.
struct Drawn {
    terminal: Terminal<CrosstermBackend<Sent>>,
    sent: Sent,
    area: Rect,
}

impl Drawn {
    fn new(width: u16, height: u16) -> Self {
        let (sent, area) = (Sent::default(), Rect::new(0, 0, width, height));
        let options = TerminalOptions { viewport: Viewport::Fixed(area) };
        let terminal = Terminal::with_options(CrosstermBackend::new(sent.clone()), options).unwrap();
        Self { terminal, sent, area }
    }

    /// Draws as the runtime does; the bytes of this frame.
    fn draw(&mut self, paint: impl FnOnce(&mut Buffer, Rect)) -> Vec<u8> {
        let area = self.area;
        self.terminal.draw(|frame| paint(frame.buffer_mut(), area)).unwrap();
        std::mem::take(&mut self.sent.0.borrow_mut())
    }

    fn app(&mut self, app: &App) -> Vec<u8> {
        self.draw(|buffer, area| {
            let _ = view(app, &Theme::plain(), area, buffer);
            links::apply(app, area, buffer);
        })
    }
}

/// Tells all that a source can tell with these words, past everything that makes words harmless.
fn poison(app: &mut App, words: &str) {
    let labels: Labels =
        [("alertname", words), ("service", words), ("instance", words), (words, words), ("severity", "critical")]
            .into();
    let base = alert("Poisoned", "svc", "i", Some(Severity::Critical), ago(3));
    let poisoned = Alert {
        fingerprint: crate::domain::Fingerprint::of(&labels),
        labels,
        annotations: [("summary", words), ("runbook_url", words), ("dashboard", words), (words, words)].into(),
        link: Some(words.into()),
        silenced_by: vec![words.to_owned()],
        inhibited_by: vec![words.to_owned()],
        ..Alert::clone(&base)
    };
    let mute = Mute {
        id: MuteId::new(words),
        kind: MuteKind::Silence,
        source: Some("am-eu".into()),
        cover: Cover::Matchers(vec![Matcher::equal(words, words)]),
        by: words.to_owned(),
        comment: words.to_owned(),
        starts: ago(3),
        ends: ago(-30),
        pending: false,
    };
    let line = LogLine { at: ago(2), level: Level::Error, origin: words.into(), text: words.into() };
    let signal = super::board::signal(words, SignalKind::Latency, words, words, [Some(0.4), None], &[Some(0.5), None]);
    let alerts = AlertChanges { told: vec![poisoned.into()], gone: Vec::new() };
    let answer = Answer {
        alerts: Some(alerts),
        mutes: Some(vec![mute]),
        logs: vec![line],
        signals: vec![crate::domain::signal::SignalUpdate { problem: Some(words.to_owned()), ..signal }],
        notes: vec![words.to_owned()],
        ..Answer::default()
    };
    app.board.apply(answered("am-eu", now(), answer));
    let event = SourceEvent::Failed { cause: words.to_owned(), retry: Some(now() + TimeDelta::seconds(30)) };
    let took = std::time::Duration::from_secs(1);
    app.board.apply(SourceReport { source: "loki".into(), at: now(), took, event });
    let entry = Entry {
        at: ago(1),
        operator: Operator::new(words, words),
        action: words.to_owned(),
        target: words.to_owned(),
        detail: words.to_owned(),
        outcome: Outcome::Failed(words.to_owned()),
    };
    app.board.take_journal(vec![Row { id: 99, entry, hash: String::new() }]);
    app.incidents.rebuild(&app.board, now());
    app.toasts.push(Tone::Failed, words, now());
    app.profile.environment = Some(words.to_owned());
}

fn overlay(which: usize, words: &str) -> Option<Overlay> {
    let text = words.to_owned();
    match which {
        0 => Some(Overlay::Card {
            title: text.clone(),
            lines: vec![text, "https://x.example/a".to_owned()],
            copy: None,
            top: 0,
        }),
        1 => Some(Overlay::Confirm(Confirm {
            question: text.clone(),
            consequences: vec![text],
            then: Then::Quit,
            yes: true,
        })),
        2 => Some(Overlay::Filter { entry: TextEntry::new(words), problem: Some(text.clone()), before: text }),
        3 => Some(Overlay::Prompt(Prompt {
            purpose: Purpose::Comment,
            incident: None,
            item: None,
            title: text.clone(),
            entry: TextEntry::new(words),
            problem: Some(text),
        })),
        _ => None,
    }
}

/// Every place that there is, the poisoned incident's page among them.
fn places(app: &App) -> Vec<Place> {
    let pages = app.board.incidents().filter(|incident| incident.title != "PaymentsDown").map(|incident| incident.id);
    View::ALL.into_iter().map(Place::View).chain(pages.map(Place::Incident)).collect()
}

fn told(words: &str) -> App {
    let mut app = app();
    poison(&mut app, words);
    app
}

fn clean(bytes: &[u8]) -> Vec<Meant> {
    read(bytes).unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn every_hostile_text_at_every_place_sends_text_and_our_sequences() {
    let texts = TEXTS.map(str::to_owned).into_iter().chain([all(), "long ".repeat(20_000)]);
    for (turn, words) in texts.enumerate() {
        let mut app = told(&words);
        // Every place meets a fifth of the texts, and every text a fifth of the places.
        for (round, place) in places(&app).into_iter().enumerate().skip(turn % 5).step_by(5) {
            app.places.push(place);
            app.focus = place.panes()[0];
            app.overlay = overlay(round % 6, &words);
            let (width, height) = SIZES[round % SIZES.len()];
            for meant in clean(&Drawn::new(width, height).app(&app)) {
                assert!(matches!(&meant, Meant::Link(_)), "{meant:?}");
            }
        }
    }
}

#[test]
fn addresses_of_other_schemes_are_no_links_and_ours_are() {
    let mut app = app();
    let id = app.board.incidents().find(|incident| incident.title == "CheckoutErrorsHigh").unwrap().id;
    app.places.push(Place::Incident(id));
    app.focus = Place::Incident(id).panes()[0];
    assert!(
        clean(&Drawn::new(120, 36).app(&app)).contains(&Meant::Link("https://wiki.example/checkout-errors".to_owned()))
    );
    for wrong in
        ["file:///etc/passwd-and-more", "javascript:alert(document.cookie)", "https://x.example/\u{1b}]8;;file:///a"]
    {
        app.overlay = Some(Overlay::Card { title: "x".to_owned(), lines: vec![wrong.to_owned()], copy: None, top: 0 });
        assert!(
            !clean(&Drawn::new(120, 36).app(&app))
                .iter()
                .any(|meant| matches!(meant, Meant::Link(to) if to.contains("file") || to.contains("java")))
        );
    }
}

fn hostile() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => prop::sample::select(TEXTS.to_vec()).prop_map(str::to_owned),
        2 => ".{0,20}",
        1 => prop::collection::vec(any::<char>(), 0..20).prop_map(|all| all.into_iter().collect()),
        1 => "[\u{1}-\u{1f}\u{7f}-\u{9f}\u{200b}-\u{206f}\u{300}-\u{36f}]{0,40}",
    ];
    prop::collection::vec(piece, 0..6).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_words_anywhere_send_text_and_our_sequences(
        words in hostile(), place in 0_usize..16, which in 0_usize..6, (width, height) in (1_u16..150, 1_u16..50),
    ) {
        let mut app = told(&words);
        let all = places(&app);
        let place = all[place % all.len()];
        app.places.push(place);
        app.focus = place.panes()[0];
        app.overlay = overlay(which, &words);
        let sent = Drawn::new(width, height).app(&app);
        prop_assert!(read(&sent).is_ok(), "{:?}", read(&sent));
    }

    #[test]
    fn any_symbol_in_any_cell_is_settled(
        symbols in prop::collection::vec((0_u16..20, 0_u16..3, hostile()), 0..20), words in hostile(),
    ) {
        let (mut drawn, mut parser) = (Drawn::new(20, 3), terminal(20, 3));
        let mut settled = Buffer::empty(drawn.area);
        for (x, y, symbol) in &symbols {
            settled[(*x, *y)].set_symbol(&symbol.replace('\u{fffd}', "?"));
        }
        Canvas::new(&mut settled, Rect::new(3, 1, 12, 1)).put(0, 0, &words.replace('\u{fffd}', "?").into());
        alike::settle(&mut settled, drawn.area);
        let sent = drawn.draw(|buffer, _| *buffer = settled.clone());
        prop_assert!(read(&sent).is_ok(), "{:?}", read(&sent));
        parser.process(&sent);
        same_on_a_terminal(&settled, &parser);
    }
}
