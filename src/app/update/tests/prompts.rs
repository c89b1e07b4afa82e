//! The prompt: nothing runs but what was shown, agreed to, and is still right.

use super::remedies::remedy;
use super::*;
use crate::app::effect::Go;
use crate::app::update::Question;
use crate::domain::remediation::wish::{DryRun, Prepared, What};
use crate::domain::remediation::{Confirm, Remedy, Template, Wish};
use crate::domain::runbook::Step;
use crate::domain::runbook::document::Runs;

/// What is to be run.
pub(crate) fn gos(update: &Update) -> Vec<&Go> {
    fn go(effect: &Effect) -> Option<&Go> {
        match effect {
            Effect::Run(go) => Some(&**go),
            _ => None,
        }
    }
    update.effects.iter().filter_map(go).collect()
}

/// A watch whose prompt for `restart-checkout` is planned.
fn at_prompt(remedy: Remedy, hurdles: &[&str]) -> (Watch, Wish, Update) {
    let mut watch = Watch::with(vec![remedy], &["pod-1"]);
    let wish = Watch::wished(&watch.press(Action::Remedy));
    let update = watch.planned(&wish, hurdles);
    (watch, wish, update)
}

fn restart() -> Remedy {
    remedy("restart-checkout", Vec::new())
}

#[test]
fn the_right_word_runs_what_was_shown_once() {
    let (mut watch, wish, _) = at_prompt(restart(), &[]);
    watch.type_text("restart-checkout");
    let update = watch.press(Action::Accept);
    let [go] = gos(&update)[..] else { panic!("one run: {update:?}") };
    assert_eq!((&go.wish, go.request), (&wish, None));
    assert_eq!(go.plan.hash, super::remedies::plan(&watch, &wish).hash);
    assert!(watch.app.overlay.is_none());
    assert!(gos(&watch.press(Action::Accept)).is_empty(), "Enter once more is nothing");
}

#[test]
fn a_wrong_word_runs_nothing_and_says_so() {
    let (mut watch, ..) = at_prompt(restart(), &[]);
    for typed in ["", "restart-chekout", " y"] {
        watch.type_text(typed);
        assert!(watch.press(Action::Accept).effects.is_empty(), "{typed}");
        let problem = watch.prompt().problem.clone().unwrap();
        assert!(problem.contains("restart-checkout") && problem.contains("nothing was run"), "{problem}");
    }
    watch.type_text("x");
    assert_eq!(watch.prompt().problem, None, "typing on takes the complaint away");
    watch.press(Action::Cancel);
    assert!(watch.app.overlay.is_none());
}

#[test]
fn nothing_runs_before_it_is_planned_and_another_plan_is_not_heard() {
    let mut watch = Watch::with(vec![restart()], &["pod-1"]);
    let wish = Watch::wished(&watch.press(Action::Remedy));
    watch.type_text("restart-checkout");
    assert!(gos(&watch.press(Action::Accept)).is_empty());
    assert!(watch.prompt().problem.as_ref().unwrap().contains("still being planned"));
    let stranger = Wish { token: wish.token + 7, ..wish.clone() };
    assert_eq!(watch.planned(&stranger, &[]), Update::default());
    assert!(watch.prompt().prepared.is_none());
    watch.planned(&wish, &[]);
    assert_eq!(watch.app.question(watch.prompt()), Question::Type("restart-checkout".to_owned()));
}

#[test]
fn while_something_stands_in_the_way_there_is_no_line_and_nothing_runs() {
    let (mut watch, ..) = at_prompt(restart(), &["cools down for another 6 min"]);
    assert_eq!(watch.app.question(watch.prompt()), Question::Barred);
    watch.type_text("restart-checkout");
    assert_eq!(watch.prompt().entry.text(), "");
    assert!(watch.press(Action::Accept).effects.is_empty());
    let wish = watch.prompt().wish.clone();
    let refused = Prepared { wish, plan: Err("pod must match".to_owned()), hurdles: Vec::new(), last: None };
    watch.tell(Msg::Prepared(Box::new(refused)));
    assert_eq!(watch.app.hurdles(watch.prompt()), ["pod must match"]);
    assert!(watch.press(Action::Accept).effects.is_empty());
}

#[test]
fn read_only_stands_in_the_way_and_is_looked_at_once_more_at_the_end() {
    let mut watch = Watch::with(vec![Remedy { dry_run: Some(vec![]), ..restart() }], &["pod-1"]);
    watch.app.guard = Guard { read_only: true, may_write: true, write_until: None };
    let wish = Watch::wished(&watch.press(Action::Remedy));
    assert!(watch.planned(&wish, &[]).effects.is_empty(), "a dry run is a process too");
    assert!(watch.app.hurdles(watch.prompt())[0].contains(":write 15m"));
    watch.app.guard.write_until = Some(watch.now + TimeDelta::minutes(15));
    watch.type_text("restart-checkout");
    watch.now += TimeDelta::minutes(16);
    assert!(gos(&watch.press(Action::Accept)).is_empty());
    assert!(watch.app.hurdles(watch.prompt())[0].contains("read-only"));
}

#[test]
fn an_incident_that_resolves_meanwhile_stands_in_the_way() {
    let (mut watch, ..) = at_prompt(restart(), &[]);
    watch.type_text("restart-checkout");
    watch.resolve(&["pod-1"]);
    assert!(gos(&watch.press(Action::Accept)).is_empty());
    assert!(watch.app.hurdles(watch.prompt())[0].contains("resolved meanwhile"));
    watch.now += TimeDelta::minutes(30);
    watch.tell(Msg::Tick);
    assert!(watch.app.hurdles(watch.prompt())[0].contains("gone from the board"));
}

#[test]
fn ask_takes_a_yes_and_enter_alone_is_no() {
    let ask = || Remedy { confirm: Confirm::Ask, ..restart() };
    let (mut watch, ..) = at_prompt(ask(), &[]);
    assert!(watch.press(Action::Accept).effects.is_empty());
    assert!(watch.app.overlay.is_none());
    assert!(watch.said().contains("No: restart-checkout was not run"), "{}", watch.said());
    let (mut watch, ..) = at_prompt(ask(), &[]);
    watch.type_text("y");
    assert_eq!(gos(&watch.press(Action::Accept)).len(), 1);
    let (mut watch, ..) = at_prompt(Remedy { confirm: Confirm::None, ..restart() }, &[]);
    assert_eq!(gos(&watch.press(Action::Accept)).len(), 1, "what only looks runs with Enter");
}

#[test]
fn the_dry_run_begins_by_itself_and_again_by_key() {
    let tried = Remedy { dry_run: Some(vec![Template::parse("true").unwrap()]), ..restart() };
    let (mut watch, _, update) = at_prompt(tried, &[]);
    let [Effect::DryRun(plan)] = &update.effects[..] else { panic!("a dry run: {update:?}") };
    assert!(watch.prompt().trying);
    assert!(watch.press(Action::RemedyDryRun).effects.is_empty(), "one at a time");
    let said = DryRun { plan: plan.hash.clone(), ok: true, took_ms: 200, words: "ok".to_owned(), lines: Vec::new() };
    watch.tell(Msg::DryRun(Box::new(DryRun { plan: "of another plan".to_owned(), ..said.clone() })));
    assert!(watch.prompt().trying && watch.prompt().dry_run.is_none());
    watch.tell(Msg::DryRun(Box::new(said)));
    assert!(!watch.prompt().trying && watch.prompt().dry_run.is_some());
    assert!(matches!(watch.press(Action::RemedyDryRun).effects[..], [Effect::DryRun(_)]));
}

#[test]
fn what_stands_in_the_way_of_running_stands_in_the_way_of_trying() {
    let tried = Remedy { dry_run: Some(Vec::new()), ..restart() };
    let (mut watch, _, update) = at_prompt(tried, &["the file can be written by others"]);
    assert!(update.effects.is_empty());
    assert!(watch.press(Action::RemedyDryRun).effects.is_empty());
    assert!(watch.prompt().problem.as_ref().unwrap().contains("written by others"));
}

#[test]
fn a_step_of_a_runbook_is_planned_with_all_shared_labels_and_runs_after_the_end_too() {
    let mut watch = Watch::with(Vec::new(), &["pod-1", "pod-2"]);
    let runs = Runs::Shell("sh".to_owned());
    let (under, text, key) = ("Checks".to_owned(), "df -h".to_owned(), String::new());
    let step =
        What::Step("checkout".to_owned(), Box::new(Step { number: 2, runs, under, text, key, shown: Vec::new() }));
    let mut effects = Vec::new();
    let incident = watch.the_incident();
    watch.app.wish_step(step, Some(incident), &mut effects);
    let wish = Watch::wished(&Update { changed: Changed::Input, effects });
    assert_eq!((wish.labels.get("service"), wish.labels.get("pod")), (Some("checkout"), None));
    assert_eq!(watch.prompt().title, "Step 2 · Checks");
    watch.planned(&wish, &[]);
    watch.resolve(&["pod-1", "pod-2"]);
    watch.type_text("y");
    assert_eq!(gos(&watch.press(Action::Accept)).len(), 1);
}
