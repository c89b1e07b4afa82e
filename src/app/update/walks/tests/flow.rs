//! A walk by keys, item by item.

use super::stage::*;
use crate::app::overlay::{MenuChoice, Purpose};
use crate::app::update::tests::Watch;
use crate::app::{Action, Effect, Overlay, Place, View};
use crate::domain::checklist::concern::{Priority, Verdict};
use crate::domain::checklist::item::{NoteRule, Opens};
use crate::domain::checklist::probe::Held;
use crate::domain::checklist::{Answer, Checklist, Mode, Outcome};

fn prompt(stage: &Stage) -> (Purpose, Option<String>) {
    let Some(Overlay::Prompt(prompt)) = &stage.watch.app.overlay else {
        panic!("no line is open: {:?}", stage.watch.app.overlay)
    };
    (prompt.purpose, prompt.problem.clone())
}

fn menu(stage: &Stage) -> Vec<MenuChoice> {
    let Some(Overlay::Menu(menu)) = &stage.watch.app.overlay else {
        panic!("no menu is open: {:?}", stage.watch.app.overlay)
    };
    menu.rows.iter().map(|row| row.choice.clone()).collect()
}

#[test]
fn space_is_done_and_goes_on_and_a_value_is_asked_for() {
    let mut stage = Stage::begun();
    assert_eq!(stage.at(), "logs");
    stage.press(Action::WalkDone);
    assert_eq!((stage.outcome("logs"), stage.at().as_str()), (Some(Outcome::Done), "errors"));
    stage.press(Action::WalkDone);
    assert_eq!(prompt(&stage), (Purpose::Value, None));
    stage.enter("lots");
    assert!(prompt(&stage).1.is_some_and(|problem| problem.contains("no number")));
    stage.press(Action::Cancel);
    stage.press(Action::WalkValue);
    stage.enter("0.4 %");
    assert_eq!(stage.entry("errors").answer, Some(Answer::Number(0.4)));
    assert_eq!((stage.outcome("errors"), stage.at().as_str()), (Some(Outcome::Done), "latency"));
    stage.keep_all();
    assert_eq!(stage.store.only(), stage.walk(), "the store holds what the screen shows");
}

#[test]
fn a_value_out_of_range_and_a_word_that_is_not_good_fail_and_something_is_offered() {
    let mut stage = Stage::begun();
    stage.goes_to("errors");
    stage.press(Action::WalkValue);
    stage.enter("4.7");
    assert_eq!((stage.outcome("errors"), stage.at().as_str()), (Some(Outcome::Failed), "errors"));
    assert!(menu(&stage).contains(&MenuChoice::Nothing));
    stage.press(Action::Cancel);
    assert_eq!(stage.at(), "latency", "after the offers");
    stage.goes_to("alerts");
    stage.press(Action::WalkDone);
    stage.press(Action::Down);
    stage.press(Action::Accept);
    assert_eq!(stage.entry("alerts").answer, Some(Answer::Choice("amber".to_owned())));
    assert_eq!(stage.outcome("alerts"), Some(Outcome::Failed));
    stage.press(Action::Accept);
    assert_eq!((stage.at().as_str(), stage.watch.app.overlay.is_none()), ("backup", true));
}

#[test]
fn a_probe_that_does_not_bear_it_out_wants_a_note_before_an_item_is_done() {
    for held in [Some(Held::Bad), Some(Held::Unknown), None] {
        let mut stage = Stage::begun();
        stage.goes_to("latency");
        if let Some(held) = held {
            let wish = stage.probes[0].clone();
            stage.probed(&wish, held, 0.9);
        }
        stage.press(Action::WalkDone);
        assert_eq!((prompt(&stage).0, stage.outcome("latency")), (Purpose::Note, None), "{held:?}");
        stage.press(Action::Accept);
        assert!(prompt(&stage).1.is_some(), "an empty note does not do");
        stage.enter("one slow customer, OPS-311");
        assert_eq!(stage.outcome("latency"), Some(Outcome::Done));
        assert_eq!(
            (stage.entry("latency").note.as_str(), stage.at().as_str()),
            ("one slow customer, OPS-311", "alerts")
        );
    }
    let mut stage = Stage::begun();
    stage.goes_to("latency");
    let wish = stage.probes[0].clone();
    stage.probed(&wish, Held::Good, 0.2);
    assert_eq!(stage.outcome("latency"), None, "the operator agrees, not the probe");
    stage.press(Action::WalkDone);
    assert_eq!(stage.outcome("latency"), Some(Outcome::Done));
}

#[test]
fn a_note_that_was_left_with_esc_does_not_make_the_next_note_an_answer() {
    let mut stage = Stage::begun();
    stage.goes_to("latency");
    stage.press(Action::WalkDone);
    stage.press(Action::Cancel);
    stage.press(Action::WalkNote);
    stage.enter("looks odd");
    assert_eq!((stage.outcome("latency"), stage.entry("latency").note.as_str()), (None, "looks odd"));
}

#[test]
fn skipping_wants_a_reason_and_failing_a_note_where_the_item_says_so() {
    let mut stage = Stage::begun();
    stage.press(Action::WalkSkip);
    stage.press(Action::Accept);
    assert_eq!((prompt(&stage).0, prompt(&stage).1.is_some()), (Purpose::Skip, true));
    stage.enter("freeze");
    assert_eq!((stage.outcome("logs"), stage.at().as_str()), (Some(Outcome::Skipped), "errors"));
    stage.goes_to("backup");
    stage.press(Action::WalkFail);
    stage.press(Action::Accept);
    assert_eq!((prompt(&stage).0, stage.outcome("backup")), (Purpose::Fail, None));
    stage.enter("\u{1b}[31mno dump since Monday");
    assert_eq!(stage.outcome("backup"), Some(Outcome::Failed));
    assert_eq!(stage.entry("backup").note, "[31mno dump since Monday");
    stage.press(Action::Accept);
    assert_eq!(stage.at(), "", "behind the last item is the completion");
}

#[test]
fn enter_goes_over_what_applies_and_read_do_says_what_is_left_open() {
    let mut list = Checklist { mode: Mode::ReadDo, ..daily() };
    let when = crate::domain::checklist::When {
        not: false,
        is: crate::domain::checklist::when::Condition::Environment("staging".to_owned()),
    };
    list.sections[0].items[1].when = Some(when);
    let mut stage = Stage::walking(list);
    stage.press(Action::WalkNext);
    assert_eq!(stage.at(), "latency");
    assert!(stage.watch.said().contains("left open: logs"), "{}", stage.watch.said());
    stage.press(Action::Up);
    assert_eq!(stage.at(), "logs");
}

#[test]
fn o_opens_the_view_over_the_walk_and_esc_comes_back_to_it() {
    let mut list = daily();
    list.sections[0].items[0].open = Some(Opens::Mutes);
    list.sections[0].items[1].link = Some("https://wiki.example/errors".to_owned());
    let mut stage = Stage::walking(list);
    stage.press(Action::WalkDone);
    stage.goes_to("logs");
    stage.press(Action::WalkOpen);
    assert_eq!(stage.watch.app.place(), Place::View(View::Mutes));
    stage.press(Action::Back);
    assert_eq!((stage.at().as_str(), stage.watch.app.interruptions(stage.walk()).len()), ("logs", 0));
    stage.goes_to("errors");
    stage.press(Action::WalkOpen);
    let Some(Overlay::Card { copy: Some(link), .. }) = &stage.watch.app.overlay else { panic!("a card") };
    assert_eq!(link, "https://wiki.example/errors");
}

#[test]
fn what_always_wants_a_note_is_open_until_it_is_written() {
    let mut list = daily();
    list.sections[0].items[1].note = NoteRule::Always;
    let mut stage = Stage::walking(list);
    stage.goes_to("errors");
    stage.press(Action::WalkValue);
    stage.enter("0.2");
    assert_eq!((prompt(&stage).0, stage.outcome("errors")), (Purpose::Note, None));
    stage.enter("quiet night");
    assert_eq!(stage.outcome("errors"), Some(Outcome::Done));
    assert_eq!(stage.entry("errors").answer, Some(Answer::Number(0.2)));
}

#[test]
fn in_an_assessment_a_failure_is_a_concern_and_taking_it_back_reopens_the_item() {
    let mut stage = Stage::walking(Checklist { assessment: true, ..daily() });
    stage.press(Action::WalkFail);
    let Some(Overlay::Concern(form)) = &stage.watch.app.overlay else { panic!("a form") };
    assert_eq!((form.texts[1].text(), form.priority), ("not met: logs looked at", Priority::Medium));
    stage.press(Action::Accept);
    assert!(
        matches!(&stage.watch.app.overlay, Some(Overlay::Concern(form)) if form.problem.is_some() && form.field == 0)
    );
    stage.watch.type_text("observability");
    (0..5).for_each(|_| drop(stage.press(Action::PaneNext)));
    stage.watch.type_text("y");
    stage.press(Action::PaneNext);
    stage.watch.type_text("h");
    stage.press(Action::Accept);
    stage.press(Action::Accept);
    let concerns = stage.walk().concerns();
    let (_, concern) = &concerns[0];
    assert_eq!(
        (concern.sort.as_str(), concern.deployment_blocker, concern.priority),
        ("observability", true, Priority::High)
    );
    assert_eq!(stage.walk().verdict(|_| true), Verdict::Block);
    stage.press(Action::WalkUndo);
    assert_eq!((stage.outcome("logs"), stage.walk().concerns().len()), (None, 0));
}

#[test]
fn the_remedy_of_an_item_is_wished_for_and_kept_only_when_it_is_agreed_to() {
    let mut stage = Stage::begun();
    stage.watch.app.profile.remedies =
        vec![crate::app::update::tests::remedies::remedy("restart-checkout", Vec::new())].into();
    stage.goes_to("backup");
    let update = stage.press(Action::WalkRemedy);
    assert!(update.effects.iter().any(|effect| matches!(effect, Effect::Prepare(_))));
    stage.press(Action::Cancel);
    assert!(stage.entry("backup").followed.is_empty(), "nothing was done");
    let update = stage.press(Action::WalkRemedy);
    stage.watch.planned(&Watch::wished(&update), &[]);
    stage.watch.type_text("restart-checkout");
    let update = stage.press(Action::Accept);
    assert!(update.effects.iter().any(|effect| matches!(effect, Effect::Run(_))), "{:?}", stage.watch.app.overlay);
    assert_eq!(stage.entry("backup").followed, ["remedy restart-checkout was started"]);
}

#[test]
fn a_key_of_the_walk_says_why_it_does_nothing() {
    let mut stage = Stage::begun();
    for action in [Action::WalkValue, Action::WalkProbe, Action::WalkOpen, Action::WalkRemedy, Action::WalkConcern] {
        assert!(stage.watch.app.why_not(action).is_some(), "{action}");
        let update = stage.press(action);
        assert!(update.effects.is_empty() && stage.watch.app.overlay.is_none(), "{action}");
    }
    stage.press(Action::Bottom);
    assert!(stage.watch.app.why_not(Action::WalkDone).is_some());
    stage.press(Action::View(View::Watch));
    stage.press(Action::WalkDone);
    assert!(stage.watch.said().contains("no walk is open here"), "{}", stage.watch.said());
}

#[test]
fn a_tick_needs_no_more_than_space_and_the_owner_is_kept() {
    let list = daily();
    let mut stage = Stage::walking(list);
    stage.press(Action::WalkOwner);
    stage.enter("platform-team");
    stage.press(Action::WalkDone);
    assert_eq!((stage.entry("logs").owner.as_str(), stage.outcome("logs")), ("platform-team", Some(Outcome::Done)));
}
