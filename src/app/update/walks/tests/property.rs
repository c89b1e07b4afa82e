//! Whatever is pressed, and however the store fails, answers twice or is restarted under it: nothing that was entered
//! is lost or doubled, and in the end the screen shows what the store holds.

use std::collections::BTreeSet;

use chrono::TimeDelta;
use proptest::prelude::*;

use super::stage::*;
use crate::app::overlay::Purpose;
use crate::app::walks::AGAIN;
use crate::app::{Action, Msg, Overlay, Place, View};
use crate::domain::checklist::probe::Held;
use crate::domain::checklist::{Outcome, UpdateId, Walk};

#[derive(Debug, Clone, Copy)]
enum Step {
    Press(Action),
    Type(&'static str),
    Keep,
    Fail,
    /// The store kept it, and the answer is lost: it is handed over again.
    Silent,
    Read,
    Wait(i64),
    Probed(Held),
    Ben(usize, Outcome),
    Come,
    Restart,
}

fn step() -> impl Strategy<Value = Step> {
    let keys = vec![
        Action::WalkDone,
        Action::WalkDone,
        Action::WalkValue,
        Action::WalkSkip,
        Action::WalkFail,
        Action::WalkNote,
        Action::WalkOwner,
        Action::WalkProbe,
        Action::WalkNext,
        Action::WalkUndo,
        Action::Up,
        Action::Down,
        Action::Bottom,
        Action::Accept,
        Action::Accept,
        Action::Cancel,
        Action::Back,
        Action::View(View::Watch),
    ];
    let items = 0..5_usize;
    prop_oneof![
        8 => prop::sample::select(keys).prop_map(Step::Press),
        2 => prop::sample::select(vec!["0.4", "7", "words", "0.2 %"]).prop_map(Step::Type),
        4 => Just(Step::Keep),
        1 => Just(Step::Fail),
        1 => Just(Step::Silent),
        1 => Just(Step::Read),
        1 => (0..600_i64).prop_map(Step::Wait),
        1 => prop::sample::select(vec![Held::Good, Held::Bad, Held::Unknown]).prop_map(Step::Probed),
        1 => (items, prop::sample::select(Outcome::ALL.to_vec())).prop_map(|(at, outcome)| Step::Ben(at, outcome)),
        2 => Just(Step::Come),
        1 => Just(Step::Restart),
    ]
}

/// The updates that this watch's screen shows and this operator entered, and how many.
fn entered(stage: &Stage) -> BTreeSet<UpdateId> {
    let walks = stage.watch.app.walks.open.values();
    let updates = walks.flat_map(|walk| walk.updates().iter().filter(|update| update.by.name == "ana"));
    updates.map(|update| update.id).collect()
}

fn signs(stage: &Stage) -> bool {
    matches!(&stage.watch.app.overlay, Some(Overlay::Prompt(prompt)) if prompt.purpose == Purpose::SignOff)
}

fn take(stage: &mut Stage, step: Step, number: u64) {
    match step {
        // Signing is the one way to the end.
        Step::Press(Action::Accept) if signs(stage) => drop(stage.press(Action::Cancel)),
        Step::Press(action) => drop(stage.press(action)),
        Step::Type(text) => stage.watch.type_text(text),
        Step::Keep => stage.keep(),
        Step::Fail => stage.fail(),
        Step::Silent => {
            if let Some(order) = stage.orders.front().cloned() {
                stage.store.keep(&order);
                stage.fail();
            }
        }
        Step::Read => stage.read(),
        Step::Wait(seconds) => stage.wait(TimeDelta::seconds(seconds)),
        Step::Probed(held) => {
            if let Some(wish) = stage.probes.pop() {
                stage.probed(&wish, held, 0.3);
            }
        }
        Step::Ben(at, outcome) if !stage.store.walks.is_empty() => {
            let item = daily().items().nth(at).unwrap().id.clone();
            let now = stage.watch.now;
            stage.store.ben(now, number, item.as_str(), outcome);
        }
        Step::Ben(..) => {}
        Step::Come => stage.open(),
        Step::Restart => {
            // Who leaves while the store fails is asked first; here it answers again before they go.
            stage.press(Action::Leave);
            stage.restart();
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn nothing_entered_is_lost_or_doubled(steps in prop::collection::vec(step(), 1..80)) {
        let mut stage = Stage::begun();
        let mut said = BTreeSet::new();
        for (number, step) in steps.into_iter().enumerate() {
            take(&mut stage, step, number as u64);
            said.extend(entered(&stage));
            prop_assert!(stage.store.walks.iter().all(Walk::is_open), "nothing ends without being signed");
        }
        // The store answers again, and is read.
        for _ in 0..200 {
            stage.wait(AGAIN);
            stage.keep_all();
        }
        stage.tell(Msg::Tick);
        said.extend(entered(&stage));
        stage.read();
        prop_assert_eq!(stage.watch.app.walks.sent.len(), 0);
        let kept = stage.store.only();
        let mine: Vec<UpdateId> =
            kept.updates().iter().filter(|update| update.by.name == "ana").map(|update| update.id).collect();
        prop_assert_eq!(mine.iter().copied().collect::<BTreeSet<_>>().len(), mine.len(), "doubled");
        prop_assert_eq!(mine.into_iter().collect::<BTreeSet<_>>(), said, "lost, or never shown");
        let shown = stage.watch.app.walks.open.values().next().unwrap();
        prop_assert_eq!(&**shown, kept);
        if let Place::Walk(id) = stage.watch.app.place() {
            prop_assert_eq!(id, kept.id);
        }
    }
}
