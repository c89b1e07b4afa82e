//! Two people: one asks, the other agrees in their own midwatch, and the first one's runs it, once.

use super::prompts::gos;
use super::remedies::remedy;
use super::*;
use crate::app::desk::DeskRow;
use crate::domain::remediation::run::{Request, RunId, RunNews};
use crate::domain::remediation::{Remedy, RemedyId};

const REQUEST: RunId = RunId(0x4f2a_0000_0000_0002);

fn ana() -> Operator {
    Operator::new("ana", "bastion")
}

fn bo() -> Operator {
    Operator::new("bo", "laptop")
}

fn request(watch: &Watch, asked_by: Operator) -> Request {
    Request {
        id: REQUEST,
        plan: "a".repeat(64),
        remedy: RemedyId::new("restart-checkout"),
        title: "Title of restart-checkout".to_owned(),
        target: "checkout-7".to_owned(),
        incident: Some(watch.the_incident()),
        subject: Some("CheckoutErrorsHigh".to_owned()),
        command: "/usr/bin/systemctl restart checkout@checkout-7".to_owned(),
        asked_by,
        asked: watch.now,
        expires: watch.now + TimeDelta::minutes(15),
        approved_by: None,
        closed: false,
    }
}

fn four_eyes() -> Watch {
    Watch::with(vec![Remedy { approvals: 2, ..remedy("restart-checkout", Vec::new()) }], &["pod-1"])
}

impl Watch {
    fn remember(&mut self, requests: Vec<Request>) -> Update {
        self.tell(Msg::Memory(Box::new(Memory { requests, ..Memory::default() })))
    }

    /// Asked, and kept: the request waits.
    fn asked() -> (Self, Request) {
        let mut watch = four_eyes();
        let wish = Self::wished(&watch.press(Action::Remedy));
        watch.planned(&wish, &[]);
        watch.type_text("restart-checkout");
        let update = watch.press(Action::Accept);
        assert!(gos(&update).is_empty(), "one person is not enough");
        let [Effect::AskApproval(go)] = &update.effects[..] else { panic!("asked: {update:?}") };
        let request = Request { plan: go.plan.hash.clone(), ..request(&watch, ana()) };
        watch.news(RunNews::Waits(request.clone()));
        assert!(watch.said().contains("waits for a second person (request 4f2a)"), "{}", watch.said());
        watch.remember(vec![request.clone()]);
        (watch, request)
    }
}

fn approved(request: &Request) -> Request {
    Request { approved_by: Some(bo()), ..request.clone() }
}

#[test]
fn when_the_other_agrees_it_runs_exactly_once() {
    let (mut watch, request) = Watch::asked();
    let update = watch.remember(vec![approved(&request)]);
    let [go] = gos(&update)[..] else { panic!("one run: {update:?}") };
    assert_eq!((go.request, &go.plan.hash), (Some(REQUEST), &request.plan));
    assert!(watch.said().contains("bo agreed: restart-checkout begins"), "{}", watch.said());
    let again = Request { asked: watch.now + TimeDelta::seconds(1), ..approved(&request) };
    assert!(gos(&watch.remember(vec![again])).is_empty());
    assert!(gos(&watch.tell(Msg::Tick)).is_empty());
    assert_eq!(watch.app.place(), Place::View(View::Watch), "no page opens while one looks elsewhere");
}

#[test]
fn an_approval_of_another_plan_of_another_host_or_by_oneself_runs_nothing() {
    let (mut watch, request) = Watch::asked();
    let wrong = [
        Request { plan: "b".repeat(64), ..approved(&request) },
        Request { asked_by: Operator::new("ana", "elsewhere"), ..approved(&request) },
        Request { approved_by: Some(ana()), ..request.clone() },
    ];
    for request in wrong {
        assert!(gos(&watch.remember(vec![request.clone()])).is_empty(), "{request:?}");
    }
}

#[test]
fn an_approval_that_comes_when_it_is_not_right_any_more_waits_for_a_hand() {
    let (mut watch, request) = Watch::asked();
    watch.resolve(&["pod-1"]);
    assert!(gos(&watch.remember(vec![approved(&request)])).is_empty());
    assert!(watch.said().contains("CheckoutErrorsHigh does not fire any more: it was not run"), "{}", watch.said());
    watch.answer(am(), vec![errors_on("pod-1")], None);
    assert!(gos(&watch.tell(Msg::Tick)).is_empty(), "nothing begins by itself later on");
    watch.press(Action::View(View::Remedies));
    assert_eq!(gos(&watch.press(Action::Remedy)).len(), 1, "by hand it does");
}

#[test]
fn a_request_that_is_over_is_given_up_and_told() {
    let (mut watch, _) = Watch::asked();
    watch.remember(Vec::new());
    assert!(watch.said().contains("restart-checkout was not run: request 4f2a was refused"), "{}", watch.said());
    assert!(watch.app.desk.waiting.is_empty());
    let (mut watch, request) = Watch::asked();
    watch.now += TimeDelta::minutes(15);
    watch.tell(Msg::Tick);
    assert!(watch.said().contains("request 4f2a ran out"), "{}", watch.said());
    assert!(gos(&watch.remember(vec![approved(&request)])).is_empty());
}

#[test]
fn leaving_with_a_request_that_waits_asks() {
    let (mut watch, _) = Watch::asked();
    assert!(watch.press(Action::Quit).effects.is_empty());
    let Some(Overlay::Confirm(confirm)) = &watch.app.overlay else { panic!("a question") };
    assert!(confirm.question.contains("waits for a second person"));
}

#[test]
fn the_other_operator_sees_it_first_and_agrees_by_typing_the_id() {
    let mut watch = four_eyes();
    let asked = request(&watch, bo());
    watch.remember(vec![asked]);
    assert!(watch.said().contains("bo asks for a second person: restart-checkout on checkout-7"), "{}", watch.said());
    watch.press(Action::View(View::Remedies));
    assert_eq!(watch.app.desk_row(), Some(DeskRow::Request(REQUEST)));
    assert!(watch.press(Action::RunApprove).effects.is_empty());
    watch.type_text("yes");
    assert!(watch.press(Action::Accept).effects.is_empty());
    assert!(watch.prompt().problem.as_ref().unwrap().contains("'yes' is not restart-checkout"));
    watch.tell(Msg::Edit(Edit::DeleteToStart));
    watch.type_text("restart-checkout");
    let update = watch.press(Action::Accept);
    assert!(gos(&update).is_empty(), "the asker's midwatch runs it, not this one");
    let [act] = acts(&update)[..] else { panic!("one act: {update:?}") };
    assert_eq!(act.deeds, [Deed::Approve(REQUEST)]);
    assert_eq!((act.entry.action.as_str(), &act.entry.target), ("remedy.approve", &watch.the_incident().to_string()));
}

#[test]
fn what_changed_before_one_agrees_is_seen_and_nothing_is_agreed_to() {
    let mut watch = four_eyes();
    let asked = request(&watch, bo());
    watch.remember(vec![asked.clone()]);
    watch.press(Action::View(View::Remedies));
    watch.press(Action::Open);
    watch.type_text("restart-checkout");
    watch.remember(vec![Request { closed: true, ..asked.clone() }]);
    assert!(watch.press(Action::Accept).effects.is_empty());
    assert!(watch.app.hurdles(watch.prompt())[0].contains("taken back or refused"));
    watch.remember(vec![Request { approved_by: Some(Operator::new("cy", "x")), ..asked.clone() }]);
    assert!(watch.app.hurdles(watch.prompt())[0].contains("cy has agreed to it already"));
    watch.remember(vec![asked]);
    watch.now += TimeDelta::minutes(16);
    assert!(watch.press(Action::Accept).effects.is_empty());
    assert!(watch.app.hurdles(watch.prompt())[0].contains("ran out"));
}

#[test]
fn nobody_agrees_to_their_own_request_or_while_read_only() {
    let (mut watch, _) = Watch::asked();
    watch.press(Action::View(View::Remedies));
    watch.press(Action::RunApprove);
    assert!(matches!(watch.app.overlay, Some(Overlay::Card { .. })), "one's own is only shown");
    let mut watch = four_eyes();
    let asked = request(&watch, bo());
    watch.remember(vec![asked]);
    watch.press(Action::View(View::Remedies));
    watch.press(Action::Open);
    watch.app.guard = Guard { read_only: true, may_write: true, write_until: None };
    watch.type_text("restart-checkout");
    assert!(watch.press(Action::Accept).effects.is_empty());
}

#[test]
fn refusing_and_taking_back_ask_first() {
    for (by, action) in [(bo(), "remedy.refuse"), (ana(), "remedy.withdraw")] {
        let mut watch = four_eyes();
        let asked = request(&watch, by);
        watch.remember(vec![asked]);
        watch.press(Action::View(View::Remedies));
        assert!(watch.press(Action::RunRefuse).effects.is_empty());
        assert!(watch.press(Action::Accept).effects.is_empty(), "No is the default");
        watch.press(Action::RunRefuse);
        let update = watch.press(Action::Yes);
        assert_eq!(acts(&update)[0].deeds, [Deed::CloseRequest(REQUEST)]);
        assert_eq!(acts(&update)[0].entry.action, action);
    }
}
