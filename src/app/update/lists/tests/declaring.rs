//! Incidents that are declared, and declared over.

use std::sync::Arc;

use super::{Watch, am, ana, daily, errors_on, orders, start};
use crate::app::overlay::{Overlay, Purpose};
use crate::app::walks::WalkOrder;
use crate::app::{Action, Effect, Update};
use crate::board::Memory;
use crate::domain::checklist::{ItemId, UpdateId, Walk, WalkId};
use crate::domain::declared::DeclaredIncident;
use crate::domain::{Operator, Severity};

pub(super) fn payments_down(severity: Severity) -> DeclaredIncident {
    DeclaredIncident {
        id: UpdateId(7),
        title: "Payments down".to_owned(),
        service: Some("payments".to_owned()),
        severity,
        detail: "nobody can\u{1b}[31m pay".to_owned(),
        by: Operator::new("bo", "desk"),
        at: start(),
        from: None,
        over: None,
    }
}

pub(super) fn declared(one: DeclaredIncident) -> Memory {
    Memory { declared: vec![one], ..Memory::default() }
}

fn order(update: &Update) -> DeclaredIncident {
    match orders(update).as_slice() {
        [WalkOrder::Declare(one)] => (**one).clone(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn i_asks_what_is_wrong_and_takes_the_service_at_hand() {
    let mut watch = Watch::new();
    watch.answer(am(), vec![errors_on("pod-1")], None);
    watch.press(Action::Declare);
    assert!(orders(&watch.press(Action::Accept)).is_empty());
    let Some(Overlay::Prompt(prompt)) = &watch.app.overlay else { panic!("still asked") };
    assert!(prompt.problem.as_ref().is_some_and(|words| words.contains("say what is wrong")));
    watch.type_text("C Payments down");
    let one = order(&watch.press(Action::Accept));
    assert_eq!((one.title.as_str(), one.severity, one.by), ("Payments down", Severity::Critical, ana()));
    assert_eq!((one.service.as_deref(), one.at, one.over), (Some("checkout"), start(), None));
    assert!(watch.app.overlay.is_none());
}

#[test]
fn two_declared_ones_have_ids_of_their_own() {
    let mut watch = Watch::new();
    for _ in 0..2 {
        watch.press(Action::Declare);
        watch.type_text("odd");
        watch.press(Action::Accept);
    }
    let declared = watch.app.walks.sent.iter().map(|sent| match &sent.order {
        WalkOrder::Declare(one) => one,
        other => panic!("{other:?}"),
    });
    let [one, other] = declared.collect::<Vec<_>>()[..] else { panic!("two wait for the store") };
    assert_ne!(one.id, other.id);
    assert_eq!((one.severity, one.service.as_deref()), (Severity::High, None));
}

#[test]
fn what_came_of_an_item_says_where_from() {
    let mut watch = Watch::new();
    let mut list = daily("a");
    list.sections[0].items[1].blocker = true;
    let walk = Walk::new(WalkId(1), Arc::new(list), None, start(), ana());
    watch.app.walks.open.insert(walk.id, Arc::new(walk));
    watch.app.declare_for(WalkId(1), &ItemId::new("disk"));
    let Some(Overlay::Prompt(prompt)) = &watch.app.overlay else { panic!("a line") };
    assert_eq!((prompt.purpose, prompt.entry.text()), (Purpose::Declare, "C Look at disk"));
    let one = order(&watch.press(Action::Accept));
    assert_eq!(one.from, Some((WalkId(1), ItemId::new("disk"))));
    assert_eq!(one.detail, "List a · Look at disk");
}

#[test]
fn it_is_an_incident_until_it_is_declared_over_and_rings_like_others() {
    let mut watch = Watch::new();
    let update = watch.remember_lists(declared(payments_down(Severity::Critical)));
    assert!(update.effects.iter().any(|effect| matches!(effect, Effect::Notice { .. })));
    assert!(update.effects.iter().any(|effect| matches!(effect, Effect::KeepEpisodes(_))));
    let incident = watch.app.board.incidents().next().unwrap();
    assert_eq!((incident.title.as_str(), incident.service.as_deref()), ("Payments down", Some("payments")));
    let alert = watch.app.board.alerts_of(incident).next().unwrap();
    assert_eq!(alert.summary(), Some("nobody can pay"));
    watch.press(Action::Resolve);
    let Some(Overlay::Confirm(confirm)) = &watch.app.overlay else { panic!("a question") };
    assert!(!confirm.yes && confirm.question.contains("prod-eu") && confirm.consequences[0].contains("bo"));
    let update = watch.press(Action::Yes);
    assert_eq!(orders(&update), [&WalkOrder::Over { id: UpdateId(7), at: start(), by: ana() }]);
    let over = DeclaredIncident { over: Some((start(), ana())), ..payments_down(Severity::Critical) };
    watch.remember_lists(declared(over));
    assert!(watch.titles_firing().is_empty());
}

#[test]
fn what_a_source_tells_cannot_be_declared_over_whatever_its_labels_say() {
    let mut watch = Watch::new();
    let mut forged = errors_on("pod-1");
    forged.labels = [("alertname", "X"), ("declared", "0000000000000007")].into();
    watch.answer(am(), vec![forged], None);
    watch.press(Action::Resolve);
    assert!(watch.app.overlay.is_none());
    assert!(watch.said().contains("no source can be told"), "{}", watch.said());
}

#[test]
fn where_sources_tell_of_it_too_that_is_said() {
    let mut watch = Watch::new();
    let mut same = errors_on("pod-1");
    same.labels = [("alertname", "Payments down"), ("service", "payments")].into();
    watch.answer(am(), vec![same], None);
    watch.remember_lists(declared(payments_down(Severity::High)));
    let asked = watch.app.over_asked(watch.the_incident()).unwrap();
    assert!(asked.still_fires);
    assert!(asked.consequences.iter().any(|line| line.contains("sources still tell 1 alert")));
}

#[test]
fn read_only_declares_nothing() {
    let mut watch = Watch::new();
    watch.remember_lists(declared(payments_down(Severity::High)));
    watch.press(Action::Resolve);
    watch.app.guard.read_only = true;
    assert!(orders(&watch.press(Action::Yes)).is_empty());
    watch.press(Action::Declare);
    assert!(watch.app.overlay.is_none());
}
