//! What is asked before there is a store, and without one.

use std::collections::BTreeMap;
use std::sync::Arc;

use tokio::sync::mpsc;

use super::plan;
use crate::app::effect::Go;
use crate::app::{Effect, Msg};
use crate::clock::Clock;
use crate::config::Settings;
use crate::domain::remediation::run::RunNews;
use crate::domain::remediation::wish::{What, Wish};
use crate::domain::remediation::{Plan, RemedyId, RunId};
use crate::domain::{Labels, Operator};
use crate::runtime::effects::Hands;
use crate::runtime::effects::remedies::{Toolbox, asked};

fn hands() -> Hands {
    let settings = Settings::default_for_this_machine("bastion");
    Hands {
        store: crate::runtime::open_store::OpenStore::default(),
        mutings: Arc::default(),
        remedies: Toolbox::new(&settings),
        operator: Operator::new("ana", "bastion"),
        clock: Clock::System,
        holder: "ana@bastion (1)".into(),
        since: crate::domain::Moment::UNIX_EPOCH,
    }
}

fn wish(id: &str) -> Wish {
    Wish {
        token: 5,
        what: What::Remedy(RemedyId::new(id)),
        incident: None,
        subject: None,
        labels: Labels::default(),
        values: BTreeMap::new(),
        secrets: BTreeMap::new(),
        signals: Vec::new(),
        auto: false,
    }
}

async fn refused(go: Go, allowed: Result<(), String>) -> String {
    let (told, mut heard) = mpsc::channel(8);
    Box::pin(hands().run(go, allowed, told)).await;
    let Some(Msg::Run(news)) = heard.recv().await else { panic!("nothing was told") };
    let RunNews::Refused(5, words) = *news else { panic!("{news:?}") };
    words
}

#[tokio::test]
async fn nothing_runs_that_is_forbidden_unknown_or_not_recorded() {
    let go = || Go { wish: wish("no-such"), plan: plan(), request: None };
    assert_eq!(Box::pin(refused(go(), Err("read-only".to_owned()))).await, "read-only");
    assert!(Box::pin(refused(go(), Ok(()))).await.contains("no remedy is called 'no-such'"));
    let prepared = hands().prepare(wish("no-such")).await;
    assert!(prepared.hurdles.iter().any(|words| words.contains("the store")), "{prepared:?}");
    let dry = hands().dry_run(plan(), Err("read-only".to_owned())).await;
    assert_eq!((dry.ok, dry.words.as_str()), (false, "read-only"));
    let dry = hands().dry_run(plan(), Ok(())).await;
    assert!(!dry.ok && dry.words.contains("has no dry run"), "{dry:?}");
    let web = crate::domain::remediation::Origin::Web("https://wiki/x".to_owned());
    let strange = Plan { origin: web, dry_run: Some(super::call(&["true"])), ..plan() };
    let dry = hands().dry_run(strange, Ok(())).await;
    assert!(!dry.ok && dry.words.contains("accepted"), "{dry:?}");
}

#[test]
fn every_question_is_answered_while_the_store_is_being_opened() {
    let go = || Box::new(Go { wish: wish("x"), plan: plan(), request: None });
    let words = |answer: Option<Msg>| format!("{:?}", answer.unwrap());
    for effect in [
        Effect::Prepare(Box::new(wish("x"))),
        Effect::DryRun(Box::new(plan())),
        Effect::Run(go()),
        Effect::AskApproval(go()),
        Effect::CancelRun(RunId(1)),
        Effect::LoadOutput(RunId(1)),
    ] {
        assert!(words(asked::not_yet(effect)).contains("still being opened"));
    }
    assert_eq!(asked::not_yet(Effect::Quit), None);
}
