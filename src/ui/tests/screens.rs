//! Every screen at five sizes: what must be there.

use super::board::{ago, app, now};
use super::drawn::screen;
use crate::app::act::Act;
use crate::app::entry::TextEntry;
use crate::app::overlay::{Choice, Confirm, Overlay, Palette, Prompt, Purpose, SilenceForm, SilencePreview, Then};
use crate::app::toast::Tone;
use crate::app::{Action, App, Pane, Place, View};
use crate::domain::journal::{Entry, Outcome};

const SIZES: [(u16, u16); 5] = [(200, 50), (120, 36), (80, 24), (60, 16), (40, 10)];

fn at(place: Place) -> App {
    let mut app = app();
    app.focus = place.panes()[0];
    app.places.push(place);
    app
}

fn view(view: View) -> App {
    at(Place::View(view))
}

#[test]
fn watch() {
    for (width, height) in SIZES {
        let text = screen(&app(), width, height);
        for word in ["CheckoutErrors", "▲ C", "unacked", "ana 14m", "H?"] {
            assert!(text.contains(word), "{word} at {width}x{height}");
        }
        assert!(text.lines().last().unwrap().contains("? keys"));
        assert!(text.lines().next().unwrap().contains("◌"));
    }
    let wide = screen(&app(), 120, 36);
    for word in [
        "03:12 UTC · 04:12 Berlin",
        "loki late 40s",
        "over 500 ms",
        "SLO 99.9 %",
        "Timeline",
        "resolved in the last 20 min",
        "✓ C  CartDown",
    ] {
        assert!(wide.contains(word), "{word}");
    }
}

#[test]
fn incidents() {
    for (width, height) in SIZES {
        let text = screen(&view(View::Incidents), width, height);
        assert!(text.contains("DiskFillsIn4h"), "{width}x{height}");
    }
    assert!(screen(&view(View::Incidents), 200, 50).contains("silenced by bo until 04:10"));
}

#[test]
fn incident() {
    let id = app().incidents.selected().unwrap();
    for (width, height) in SIZES {
        let text = screen(&at(Place::Incident(id)), width, height);
        assert!(text.contains("CheckoutErrorsHigh"), "{width}x{height}");
        assert!(text.contains("unacked"), "{width}x{height}");
    }
    let text = screen(&at(Place::Incident(id)), 120, 36);
    for word in [
        "✓ Detect 03:08",
        "● Assess",
        "checkout-2, checkout-5, checkout-7",
        "12 Nov 03:12",
        "began together",
        "the alert began",
        "pool is full on 2 and 7",
        "2 times before",
        "▲03:08",
    ] {
        assert!(text.contains(word), "{word}");
    }
}

#[test]
fn the_other_views() {
    let expected = [
        (View::Signals, "the query answered nothing"),
        (View::Logs, "upstream timeout after 5000 ms"),
        (View::Mutes, "QueueDepth"),
        (View::Journal, "db failover"),
        (View::Sources, "prom-eu"),
        (View::Checklists, "No checklist is offered"),
        (View::Remedies, "No remedy is declared"),
    ];
    for (place, word) in expected {
        for (width, height) in [(120, 30), (80, 24), (40, 10)] {
            let text = screen(&view(place), width, height);
            let small = width == 40;
            assert!(small || text.contains(word), "{word} at {width}x{height}");
        }
    }
}

#[test]
fn a_wide_watch_column_shows_the_pane_with_the_focus() {
    let mut app = app();
    app.focus = Pane::Logs;
    assert!(screen(&app, 80, 24).contains("errors each 10 s"));
    app.full = true;
    assert!(!screen(&app, 120, 36).contains("DiskFillsIn4h"));
}

#[test]
fn an_act_under_way_and_what_is_marked_are_seen() {
    let mut app = app();
    let id = app.incidents.selected().unwrap();
    let operator = app.profile.operator.clone();
    let entry = Entry {
        at: now(),
        operator,
        action: "ack".into(),
        target: id.to_string(),
        detail: String::new(),
        outcome: Outcome::Intent,
    };
    app.pending.push(Act { token: 1, entry, incident: Some(id), deeds: Vec::new(), undoes: false });
    app.incidents.marks.insert(id);
    let text = screen(&app, 120, 36);
    assert!(text.contains("acking…") && text.contains("▌◉▲ C  CheckoutErrorsHigh"));
}

fn over(overlay: Overlay) -> App {
    App { overlay: Some(overlay), ..app() }
}

fn silence(app: &App) -> Overlay {
    let preview = SilencePreview {
        matchers: Vec::new(),
        ends: ago(-58),
        covers: vec![("CheckoutErrorsHigh".to_owned(), 3)],
        count: 3,
        warning: Some("it also covers alerts of another service".to_owned()),
    };
    Overlay::Silence(Box::new(SilenceForm {
        incident: app.incidents.selected().unwrap(),
        title: "CheckoutErrorsHigh".to_owned(),
        source: "am-eu".into(),
        matchers: TextEntry::new("alertname=CheckoutErrorsHigh service=checkout"),
        span: TextEntry::new("1h"),
        reason: TextEntry::new("deploy"),
        field: 2,
        preview: Ok(preview),
    }))
}

fn question() -> Overlay {
    Overlay::Confirm(Confirm {
        question: "Silence 3 alerts of CheckoutErrorsHigh in prod-eu for 1h?".to_owned(),
        consequences: vec![
            "Nobody is paged for them until 05:10 your time.".to_owned(),
            "am-eu will hold the silence.".to_owned(),
        ],
        then: Then::Act(Vec::new()),
        yes: false,
    })
}

#[test]
fn prompts_are_readable_at_40_by_10() {
    let prompt = |problem: Option<&str>| {
        Overlay::Prompt(Prompt {
            purpose: Purpose::Snooze,
            incident: None,
            item: None,
            title: "CheckoutErrorsHigh".to_owned(),
            entry: TextEntry::new("until 9"),
            problem: problem.map(str::to_owned),
        })
    };
    let words: [(Overlay, &[&str]); 4] = [
        (prompt(None), &["CheckoutErrorsHigh", "› until 9"]),
        (prompt(Some("'until 9' is no time")), &["› until 9", "is no time"]),
        (question(), &["Silence 3 alerts", "[ No ]", "Yes"]),
        (silence(&app()), &["deploy", "matches 3 now: CheckoutErrorsHigh", "05:10 your"]),
    ];
    for (overlay, words) in words {
        for (width, height) in [(120, 36), (40, 10)] {
            let text = screen(&over(overlay.clone()), width, height);
            for word in words {
                assert!(text.contains(word), "{word} at {width}x{height}");
            }
        }
    }
}

#[test]
fn the_overlays_that_only_show() {
    let help = Overlay::Help { contexts: app().contexts(), top: 0 };
    let text = screen(&over(help), 120, 36);
    assert!(text.contains("on the highlighted incident") && text.contains("later version"));
    let found = [Action::Ack, Action::Silence, Action::View(View::Sources)];
    let found = found.into_iter().map(|action| Choice { action, at: vec![0, 1] }).collect();
    let palette = Palette { entry: TextEntry::new("in"), found, ..Palette::default() };
    assert!(screen(&over(Overlay::Palette(palette)), 120, 36).contains("incident.silence"));
    let filter = Overlay::Filter {
        entry: TextEntry::new("servce=x"),
        problem: Some("unknown field".to_owned()),
        before: String::new(),
    };
    assert!(screen(&over(filter), 80, 24).contains("/ servce=x"));
    let card = Overlay::Card {
        title: "Link".to_owned(),
        lines: vec!["https://wiki.example/x".to_owned()],
        copy: None,
        top: 0,
    };
    assert!(screen(&over(card), 80, 24).contains("https://wiki.example/x"));
}

#[test]
fn toasts_and_banners() {
    let mut app = app();
    app.toasts.push(Tone::Done, "acked CheckoutErrorsHigh; u takes it back", now());
    app.toasts.push(Tone::Failed, "am-eu: silence refused with 500: the cluster has no quorum; ask again in a minute, or ack in the store with :ack-here", now());
    app.toasts.banner("store", Some("the store cannot be written: disk full; acks are not kept".to_owned()));
    app.paused = Some(Box::new((ago(3), app.board.clone())));
    app.guard = crate::app::guard::Guard { read_only: true, may_write: true, write_until: Some(ago(-12)) };
    let text = screen(&app, 120, 36);
    for word in ["✓ acked", "PAUSED", "write 12m left", "disk full"] {
        assert!(text.contains(word), "{word}");
    }
}
