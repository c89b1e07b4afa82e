//! A runbook on the screen: beside its incident, below a line of it, and at 40 by 10.

use std::sync::Arc;

use chrono::TimeDelta;
use proptest::prelude::*;
use ratatui::layout::Rect;
use ratatui::style::Modifier;

use super::board::{ago, app, now};
use super::drawn::{frame, rows, screen};
use crate::app::desk::Heard;
use crate::app::page::address_of;
use crate::app::{Action, App, Msg, Pane};
use crate::domain::remediation::RemedyId;
use crate::domain::remediation::output::{Output, OutputLine};
use crate::domain::remediation::run::{Phase, Run, RunId};
use crate::domain::runbook::laid::made;
use crate::domain::runbook::{Catalogue, Document, Found, Runbook};
use crate::domain::{Matcher, Operator};
use crate::theme::Theme;
use crate::ui::{links, next_frame};

fn file() -> Found {
    Found::File("/etc/midwatch/runbooks/checkout-errors.md".into())
}

fn read(found: Found, document: Document) -> Box<Runbook> {
    let (dated, hash) = (Some(now() - TimeDelta::days(3)), "0".repeat(64));
    Box::new(Runbook { found, document, dated, kept: None, untrusted: None, hash })
}

/// The screen of somebody who pressed `r` on the worst incident, before any answer.
fn asked(width: u16, height: u16, found: &Found) -> App {
    let mut app = app();
    let matched = match found {
        Found::File(path) => vec![(vec![Matcher::equal("alertname", "CheckoutErrorsHigh")], path.clone())],
        _ => Vec::new(),
    };
    app.profile.catalogue = Arc::new(Catalogue { matched, ..Catalogue::default() });
    let _ = app.update(now(), Msg::Resize { columns: width, rows: height });
    let _ = app.update(now(), Msg::Action(Action::Runbook));
    app
}

fn told(mut app: App, runbook: Box<Runbook>) -> App {
    let found = runbook.found.clone();
    let _ = app.update(now(), Msg::Runbook(found, Ok(runbook)));
    app
}

fn open(width: u16, height: u16) -> App {
    told(asked(width, height, &file()), read(file(), made::document()))
}

fn at(mut app: App, words: &str) -> App {
    let page = app.desk.page.as_mut().unwrap();
    page.at = page.laid.lines.iter().position(|line| line.text().contains(words)).unwrap();
    app
}

#[test]
fn at_120_columns_it_stands_beside_what_the_incident_says() {
    let text = screen(&open(120, 36), 120, 36);
    for word in [
        "╭ Checkout errors high ─",
        "local, edited 3d ago ╮",
        "╭ What it says ─",
        "╭ Timeline ─",
        "▲ C CheckoutErrorsHigh",
        "customers cannot pay",
        "instance     checkout-2, checkout-5",
        "runbook      checkout-errors · local",
        "│▌# Checkout errors high",
        "{{labels.region}}?",
        "▸ step 1 · sh · x runs it",
        "┃ curl -fsS",
        "write │ 50 of 50 │ exhausted",
    ] {
        assert!(text.contains(word), "{word}");
    }
}

#[test]
fn at_80_by_24_the_incident_is_a_line_and_nothing_is_cut() {
    let top = screen(&open(80, 24), 80, 24);
    let mut lines = top.lines().skip_while(|line| !line.contains("▲ C"));
    assert!(lines.next().is_some_and(|line| line.contains("CheckoutErrorsHigh") && !line.contains('│')));
    assert!(top.contains("▌# Checkout errors high") && !top.contains("…  "));
    let bottom = screen(&at(open(80, 24), "payments-team"), 80, 24);
    assert!(bottom.contains("payments-team with `midwatch report`"));
    for line in &open(80, 24).desk.page.unwrap().laid.lines {
        let words = line.text();
        let shown = screen(&at(open(80, 24), words.trim_end()), 80, 24);
        assert!(shown.contains(words.trim_end()), "{words}");
    }
}

#[test]
fn at_40_by_10_every_line_can_be_read() {
    let app = open(40, 10);
    let laid = Arc::clone(&app.desk.page.as_ref().unwrap().laid);
    for at in 0..laid.lines.len() {
        let mut app = app.clone();
        app.desk.page.as_mut().unwrap().at = at;
        let shown = rows(&frame(&app, &Theme::plain(), 40, 10).0);
        let cursor = shown.iter().find(|row| row.starts_with('▌')).unwrap();
        assert_eq!(cursor.strip_prefix('▌').unwrap().trim_end(), laid.lines[at].text().trim_end());
    }
    let text = screen(&app, 40, 10);
    assert!(text.contains("CheckoutErrorsHigh") && text.contains("in use: 50") || laid.lines.len() > 20, "{text}");
}

#[test]
fn without_colours_what_matters_is_still_seen() {
    let app = at(open(120, 36), "The pool of");
    let buffer = frame(&app, &Theme::plain(), 120, 36).0;
    let underlined: String = buffer
        .content()
        .iter()
        .filter(|cell| cell.modifier.contains(Modifier::UNDERLINED))
        .map(ratatui::buffer::Cell::symbol)
        .collect();
    assert!(underlined.contains("checkout-7") && underlined.contains("dashboard"), "{underlined}");
    assert!(screen(&app, 120, 36).contains("│▌The pool of checkout-7"), "the cursor is a sign");
}

#[test]
fn while_it_is_read_and_when_it_cannot_be_its_address_is_told() {
    let found = Found::Web("https://wiki.example/checkout-errors".to_owned());
    for (width, height) in [(120, 36), (80, 24), (40, 10)] {
        let app = asked(width, height, &found);
        let text = screen(&app, width, height);
        assert!(text.contains("reading") && text.contains("wiki.example/checkout-errors"), "{width}x{height}");
        let mut failed = app;
        let why = "wiki.example did not answer within 5 s; check that this host may reach it".to_owned();
        let _ = failed.update(now(), Msg::Runbook(found.clone(), Err(why)));
        let text = screen(&failed, width, height);
        for word in ["cannot be read", "did not answer", &address_of(&found)] {
            assert!(text.contains(word), "{word} at {width}x{height}");
        }
    }
}

#[test]
fn from_where_it_is_and_how_old_is_told_on_the_right() {
    let found = Found::Web("https://wiki.example/checkout-errors".to_owned());
    let shown = |change: fn(&mut Runbook)| {
        let mut runbook = read(found.clone(), made::document());
        runbook.dated = Some(ago(4));
        change(&mut runbook);
        screen(&told(asked(200, 50, &found), runbook), 200, 50)
    };
    assert!(shown(|_| {}).contains("fetched 4m ago ╮"));
    let kept = shown(|runbook| {
        runbook.dated = Some(ago(2 * 1440));
        runbook.kept = Some("it did not answer".to_owned());
    });
    assert!(kept.contains("kept copy, 2d old: it did not answer ╮"));
    let untrusted = shown(|runbook| runbook.untrusted = Some("others can write it".to_owned()));
    assert!(untrusted.contains("▌its steps cannot be run: others can write it"));
    assert!(untrusted.contains("▸ step 1 · sh · cannot be run") && !untrusted.contains("runs it"));
}

#[test]
fn the_output_of_the_last_run_stands_where_the_timeline_was() {
    let mut app = open(120, 36);
    let run = Run {
        id: RunId(7),
        remedy: RemedyId::new("restart-checkout"),
        title: "Restart one instance".to_owned(),
        target: "checkout-7".to_owned(),
        incident: app.subject_id(),
        subject: None,
        operator: Operator::new("ana", "bastion"),
        holder: String::new(),
        process: None,
        command: "systemctl restart checkout@7".to_owned(),
        started: now(),
        ended: None,
        ending: None,
        lease: now(),
        cooldown_until: now(),
        auto: false,
        approved_by: None,
    };
    let mut output = Output::default();
    output.take(0, 0, (0..99).map(|at| OutputLine::note(at, &format!("line {at} of it"))));
    let mut heard = Heard::begun(run, TimeDelta::minutes(10), None);
    (heard.phase, heard.output) = (Some(Phase::Verifying), output);
    app.desk.runs.insert(RunId(7), heard);
    let text = screen(&app, 120, 36);
    for word in ["╭ Output · Restart one instance ─", "─ verifying ╮", "line 98 of it"] {
        assert!(text.contains(word), "{word}");
    }
    app.focus = Pane::Timeline;
    assert!(screen(&app, 120, 36).contains("╭ Timeline"), "Tab goes to the timeline all the same");
}

#[test]
fn an_incident_without_a_runbook_shows_the_gap() {
    let mut app = app();
    let fires = crate::domain::Alert {
        annotations: [("runbook_url", "see the wiki")].into(),
        ..crate::domain::Alert::clone(&super::board::alert(
            "NoBook",
            "svc",
            "i",
            Some(crate::domain::Severity::Critical),
            ago(1),
        ))
    };
    app.board.apply(super::board::answered("am-eu", now(), super::board::told(vec![Arc::new(fires)])));
    app.incidents.rebuild(&app.board, now());
    let id = app.board.incidents().find(|incident| incident.title == "NoBook").unwrap().id;
    app.incidents.select(id);
    let _ = app.update(now(), Msg::Action(Action::Open));
    assert!(screen(&app, 120, 36).contains("runbook      no runbook linked · the alert says"));
    let _ = app.update(now(), Msg::Action(Action::Runbook));
    assert!(screen(&app, 120, 36).contains("write runbooks/no-book.md beside the configuration"));
    assert!(screen(&app, 40, 10).contains("no-book.md"));
}

#[test]
fn the_outline_is_a_menu_that_fits_at_40_by_10() {
    for (width, height) in [(120, 36), (80, 24), (40, 10)] {
        let mut app = open(width, height);
        let _ = app.update(now(), Msg::Action(Action::RunbookOutline));
        let _ = app.update(now(), Msg::Action(Action::Down));
        let text = screen(&app, width, height);
        for word in ["Outline", "  Checkout errors high", "▌   Checks", "1 step", "    Mitigation"] {
            assert!(text.contains(word), "{word} at {width}x{height}");
        }
    }
}

#[test]
fn words_that_are_links_can_be_opened_and_other_schemes_cannot() {
    let mut blocks = made::document().blocks;
    blocks.insert(1, crate::domain::runbook::Block::Paragraph(vec![made::link("do not", "javascript:alert(1)")]));
    for (width, height) in [(120, 36), (80, 24), (40, 10)] {
        let document = Document { title: None, blocks: blocks.clone() };
        let app = at(told(asked(width, height, &file()), read(file(), document)), "dashboard");
        let mut buffer = frame(&app, &Theme::plain(), width, height).0;
        links::apply(&app, Rect::new(0, 0, width, height), &mut buffer);
        let cells = buffer.content().iter().map(ratatui::buffer::Cell::symbol);
        let opened: String = cells
            .filter(|symbol| symbol.contains(";https://grafana.example/d/chk?var=checkout\u{1b}\\"))
            .filter_map(|symbol| symbol.split("\u{1b}\\").nth(1)?.strip_suffix("\u{1b}]8;;"))
            .collect();
        assert!(opened.ends_with("dashboard"), "{opened} at {width}x{height}");
        assert!(!buffer.content().iter().any(|cell| cell.symbol().contains("javascript")));
    }
}

#[test]
fn idle_draws_nothing_until_an_age_changes() {
    let mut app = open(120, 36);
    app.now += TimeDelta::milliseconds(700);
    let before = frame(&app, &Theme::plain(), 120, 36).0;
    let wait = next_frame(&app).unwrap();
    app.now += TimeDelta::from_std(wait).unwrap() - TimeDelta::milliseconds(1);
    assert_eq!(before, frame(&app, &Theme::plain(), 120, 36).0);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(80))]

    #[test]
    fn any_document_is_drawn_at_any_size(
        document in made::documents(),
        (columns, rows) in (0_u16..200, 0_u16..60),
        (width, height) in (0_u16..200, 0_u16..60),
        (place, pane, full) in (0_usize..200, 0_usize..3, any::<bool>()),
        ascii in any::<bool>(),
    ) {
        let mut app = told(asked(columns, rows, &file()), read(file(), document));
        (app.focus, app.full) = (app.place().panes()[pane], full);
        let page = app.desk.page.as_mut().unwrap();
        page.at = place.min(page.laid.lines.len().saturating_sub(1));
        page.search = "a".to_owned();
        let theme = Theme::of(|_| ratatui::style::Style::new(), ascii);
        let (mut first, _) = frame(&app, &theme, width, height);
        prop_assert_eq!(&first, &frame(&app, &theme, width, height).0);
        prop_assert!(!ascii || first.content().iter().all(|cell| cell.symbol().is_ascii()));
        links::apply(&app, Rect::new(0, 0, width, height), &mut first);
    }
}
