//! Which runbook is read, what fills it, and what is shown when it cannot be.

use chrono::TimeDelta;
use proptest::prelude::*;

use super::{Watch, alert, checkout, file, runbook, start, wishes};
use crate::app::{Action, Overlay, Place};
use crate::app::{Changed, Msg};
use crate::domain::alert::AlertChanges;
use crate::domain::runbook::{Found, laid::made};

#[test]
fn r_on_an_incident_asks_for_its_runbook_with_what_fills_it() {
    let mut watch = Watch::new();
    watch.highlight("CheckoutErrorsHigh");
    let update = watch.press(Action::Runbook);
    let [wish] = wishes(&update)[..] else { panic!("one wish: {:?}", update.effects) };
    assert_eq!((&wish.found, wish.incident, wish.afresh), (&file(), Some(watch.incident("CheckoutErrorsHigh")), false));
    assert_eq!(wish.labels.get("service"), Some("checkout"));
    assert!(wish.labels.get("instance").is_some_and(|instance| instance.starts_with("checkout-")), "of one alert");
    assert_eq!(wish.annotations.get("summary"), Some("customers cannot pay"));
    let other = |name: &str| wish.others.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str());
    assert_eq!(other("incident.title"), Some("CheckoutErrorsHigh"));
    assert_eq!(other("incident.severity"), Some("critical"));
    assert_eq!(other("incident.since"), Some("2026-11-21 03:12:00 UTC"));
    assert_eq!((other("environment"), other("operator")), (Some("prod-eu"), Some("ana")));
    assert_eq!(watch.app.place(), Place::Runbook);
    assert!(watch.page().is_reading() && watch.page().read.is_none());
    watch.answer(file());
    assert!(!watch.page().is_reading() && watch.page().laid.lines.len() > 20);
    watch.press(Action::Back);
    assert_ne!(watch.app.place(), Place::Runbook);
}

#[test]
fn r_works_the_same_on_the_page_of_an_incident_and_esc_goes_back_to_it() {
    let mut watch = Watch::new();
    watch.highlight("CheckoutErrorsHigh");
    watch.press(Action::Open);
    let page = watch.app.place();
    assert_eq!(wishes(&watch.press(Action::Runbook)).len(), 1);
    watch.answer(file());
    watch.press(Action::Back);
    assert_eq!(watch.app.place(), page);
}

#[test]
fn a_gap_is_said_with_what_to_do_and_counted() {
    let mut watch = Watch::new();
    watch.fire(vec![alert("PaymentsDown", "payments", "p-1")]);
    watch.highlight("QueueStuck");
    assert!(watch.press(Action::Runbook).effects.is_empty());
    let Some(Overlay::Card { lines, copy, .. }) = &watch.app.overlay else { panic!("a card") };
    assert!(
        lines[0].contains("write runbooks/queue-stuck.md beside the configuration, or set runbook_url"),
        "{lines:?}"
    );
    assert!(lines.iter().any(|line| line == "2 incidents that fire have no runbook"), "{lines:?}");
    assert_eq!(copy.as_deref(), Some("runbooks/queue-stuck.md"));
    assert_eq!(watch.app.runbook_gaps(), 2);
}

#[test]
fn an_incident_that_resolved_still_has_its_runbook() {
    let mut watch = Watch::new();
    let gone = vec![checkout("checkout-7").fingerprint, checkout("checkout-2").fingerprint];
    watch.change(AlertChanges { told: Vec::new(), gone });
    watch.highlight("CheckoutErrorsHigh");
    assert_eq!(wishes(&watch.press(Action::Runbook))[0].found, file());
}

#[test]
fn r_on_the_page_reads_afresh_and_keeps_the_place() {
    let mut watch = Watch::new();
    watch.open();
    watch.go_to("wait a minute");
    let update = watch.press(Action::Runbook);
    assert!(wishes(&update)[0].afresh);
    assert!(watch.page().runbook().is_some(), "what was read stays in sight");
    assert!(wishes(&watch.press(Action::Runbook)).is_empty(), "the same question is not put twice");
    watch.answer(file());
    assert!(watch.line().contains("wait a minute"));
}

#[test]
fn a_failure_says_why_and_one_after_a_success_takes_nothing_away() {
    let mut watch = Watch::new();
    watch.highlight("CheckoutErrorsHigh");
    watch.press(Action::Runbook);
    watch.tell(Msg::Runbook(file(), Err("it is not there: check [[runbook]] path".to_owned())));
    assert_eq!(watch.page().read, Some(Err("it is not there: check [[runbook]] path".to_owned())));
    watch.press(Action::Runbook);
    watch.answer(file());
    watch.press(Action::Runbook);
    watch.tell(Msg::Runbook(file(), Err("permission denied".to_owned())));
    assert!(watch.page().runbook().is_some());
    assert!(
        watch.page().laid.lines[0].text().contains("could not be read again"),
        "{}",
        watch.page().laid.lines[0].text()
    );
    assert!(watch.said().contains("permission denied"));
}

#[test]
fn an_answer_that_was_filled_for_another_incident_is_never_shown() {
    let mut watch = Watch::new();
    watch.app.open_runbook_at(file(), None, &mut Vec::new());
    watch.press(Action::Back);
    watch.highlight("CheckoutErrorsHigh");
    let update = watch.press(Action::Runbook);
    assert!(wishes(&update).is_empty(), "the first answer is still to come, and could not be told apart");
    let update = watch.answer(file());
    assert!(watch.page().read.is_none(), "it was read for no incident");
    assert_eq!(wishes(&update)[0].incident, Some(watch.incident("CheckoutErrorsHigh")));
    watch.answer(file());
    assert!(watch.page().runbook().is_some());
}

#[test]
fn an_answer_that_nobody_waits_for_changes_nothing() {
    let mut watch = Watch::new();
    assert_eq!(watch.answer(file()).changed, Changed::No);
    watch.open();
    let before = watch.page().clone();
    watch.answer(Found::Shipped("disk-full".to_owned()));
    assert_eq!(*watch.page(), before);
}

#[test]
fn an_edited_file_is_read_again_and_another_is_not() {
    let mut watch = Watch::new();
    watch.open();
    assert!(watch.tell(Msg::Edited("/etc/passwd".into())).effects.is_empty());
    let update = watch.tell(Msg::Edited("/etc/midwatch/runbooks/checkout-errors.md".into()));
    assert!(wishes(&update)[0].afresh);
}

#[test]
fn a_runbook_that_is_open_again_is_as_it_was_left() {
    let mut watch = Watch::new();
    watch.open();
    watch.go_to("wait a minute");
    watch.press(Action::Back);
    watch.highlight("CheckoutErrorsHigh");
    watch.press(Action::Runbook);
    assert!(watch.line().contains("wait a minute"));
}

#[test]
fn what_must_be_known_stands_above_the_text() {
    let mut watch = Watch::new();
    watch.open();
    watch.press(Action::Runbook);
    let mut read = runbook(file());
    read.untrusted = Some("others can write it: chmod go-w".to_owned());
    read.kept = Some("wiki.example did not answer".to_owned());
    read.dated = Some(start() - TimeDelta::days(2));
    watch.tell(Msg::Runbook(file(), Ok(read)));
    let text: Vec<String> = watch.page().laid.lines.iter().map(crate::domain::runbook::laid::Line::text).collect();
    assert_eq!(text[0], "its steps cannot be run: others can write it: chmod go-w");
    assert_eq!(text[1], "a kept copy of 19 Nov 03:12: wiki.example did not answer");
    assert!(text.iter().any(|line| line == "▸ step 1 · sh · cannot be run"));
}

#[test]
fn the_text_is_laid_out_for_the_room_it_has() {
    let mut watch = Watch::new();
    watch.open();
    let wide = |watch: &Watch| watch.page().around.width;
    assert_eq!(wide(&watch), 68);
    watch.press(Action::FullScreen);
    assert_eq!(wide(&watch), 116);
    watch.press(Action::FullScreen);
    watch.tell(Msg::Resize { columns: 40, rows: 10 });
    assert_eq!(wide(&watch), 39);
    let before = std::sync::Arc::clone(&watch.page().laid);
    watch.tell(Msg::Tick);
    assert!(std::sync::Arc::ptr_eq(&before, &watch.page().laid), "nothing changed, nothing is laid out");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn no_key_and_no_document_is_too_much(
        document in made::documents(),
        (columns, rows) in (0_u16..200, 0_u16..60),
        keys in prop::collection::vec(0_usize..200, 0..40),
    ) {
        let mut watch = Watch::new();
        watch.tell(Msg::Resize { columns, rows });
        watch.open();
        watch.press(Action::Runbook);
        let mut read = runbook(file());
        read.document = document;
        watch.tell(Msg::Runbook(file(), Ok(read)));
        let all: Vec<Action> = Action::all().collect();
        for key in keys {
            watch.press(all[key % all.len()]);
            let page = watch.page();
            prop_assert!(page.laid.lines.is_empty() || page.at < page.laid.lines.len());
        }
    }
}
