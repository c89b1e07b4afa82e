//! How often: at most so many in a span, stopped after failures, free again by hand. And whatever happens, never more,
//! and never one that was not announced.

use proptest::prelude::*;

use super::*;

/// A run by itself that ended then, about another incident.
fn ran(watch: &Watch, id: u64, minutes_ago: i64, ending: Ending) -> Run {
    let started = watch.now - TimeDelta::minutes(minutes_ago);
    Run {
        auto: true,
        incident: None,
        started,
        ended: Some(started + TimeDelta::seconds(4)),
        ending: Some(ending),
        cooldown_until: started,
        ..run(watch, RunId(id))
    }
}

fn failed() -> Ending {
    Ending::Failed("exit 1".to_owned())
}

#[test]
fn it_runs_at_most_so_often_within_its_span_wherever_it_ran() {
    let mut watch = Watch::healing(healer());
    let runs = [50, 30, 10].iter().zip(1..).map(|(ago, id)| ran(&watch, id, *ago, Ending::Ok)).collect();
    watch.remembers(Memory { runs, ..Memory::default() });
    assert_eq!(
        watch.app.desk.heal_at,
        Some(watch.now + TimeDelta::minutes(10)),
        "when the first of three is an hour old"
    );
    assert_eq!(wishes(&watch.later(599)), 0);
    assert_eq!(wishes(&watch.later(1)), 1);
}

#[test]
fn after_failures_in_a_row_it_stops_and_says_so_once() {
    let mut watch = Watch::healing(healer());
    let runs = vec![ran(&watch, 1, 30, failed()), ran(&watch, 2, 20, Ending::TimedOut)];
    let update = watch.remembers(Memory { runs: runs.clone(), ..Memory::default() });
    let words = "restart-checkout failed 2 times in a row: it does not run by itself until it was run by hand";
    assert_eq!(noted(&update), [("remedy.stopped", words)]);
    assert!(watch.said().contains(words));
    for _ in 0..10 {
        let update = watch.later(600);
        assert_eq!((wishes(&update), noted(&update)), (0, Vec::new()));
    }
    let row = entry("remedy.stopped", ID.to_owned(), words, watch.now);
    let mut other = Watch::healing(healer());
    other.reads(row);
    let update = other.remembers(Memory { runs, ..Memory::default() });
    assert!(noted(&update).is_empty(), "the journal says so already");
    assert_eq!(wishes(&other.later(600)), 0);
}

#[test]
fn a_success_between_failures_and_a_run_by_hand_set_it_free() {
    let mut watch = Watch::healing(healer());
    let between = vec![ran(&watch, 1, 30, failed()), ran(&watch, 2, 20, Ending::Ok), ran(&watch, 3, 10, failed())];
    watch.remembers(Memory { runs: between, ..Memory::default() });
    assert!(watch.app.desk.stopped.is_empty());
    let mut runs = vec![ran(&watch, 1, 30, failed()), ran(&watch, 2, 20, failed())];
    watch.remembers(Memory { runs: runs.clone(), ..Memory::default() });
    assert_eq!(watch.app.desk.stopped.len(), 1);
    runs.push(Run { auto: false, ..ran(&watch, 3, 5, failed()) });
    watch.remembers(Memory { runs, ..Memory::default() });
    assert!(watch.app.desk.stopped.is_empty(), "somebody looked after it");
    assert_eq!(wishes(&watch.later(120)), 1);
}

#[test]
fn one_whose_outcome_nobody_knows_is_not_run_again_by_itself() {
    let mut watch = Watch::healing(healer());
    let lapsed = Run { ended: None, ending: None, lease: watch.now, ..ran(&watch, 1, 5, Ending::Ok) };
    watch.remembers(Memory { runs: vec![lapsed.clone()], ..Memory::default() });
    assert_eq!(wishes(&watch.later(600)), 0, "nobody vouches for it, and nobody has said how it ended");
    let unknown = Ending::Unknown("midwatch ended while it ran".to_owned());
    watch.remembers(Memory {
        runs: vec![Run { ended: Some(watch.now), ending: Some(unknown), ..lapsed }],
        ..Memory::default()
    });
    assert!(watch.said().contains("nobody knows what came of it"), "{}", watch.said());
    assert_eq!(wishes(&watch.later(6000)), 0);
}

/// What may happen.
#[derive(Debug, Clone)]
enum Event {
    Passes(i64),
    Planned,
    Key,
    Begins,
    Ends(bool),
    Refused,
    Resolves,
    Fires,
    Away,
    Tells,
}

fn events() -> impl Strategy<Value = Vec<Event>> {
    let event = prop_oneof![
        8 => (1_i64..400).prop_map(Event::Passes),
        8 => Just(Event::Planned),
        1 => Just(Event::Key),
        6 => Just(Event::Begins),
        6 => any::<bool>().prop_map(Event::Ends),
        1 => Just(Event::Refused),
        2 => Just(Event::Resolves),
        4 => Just(Event::Fires),
        1 => Just(Event::Away),
        3 => Just(Event::Tells),
    ];
    prop::collection::vec(event, 20..160)
}

/// The world around the watch: what was asked for, what runs, when what happened.
#[derive(Default)]
struct World {
    wish: Option<Wish>,
    asked: Vec<Wish>,
    runs: Vec<Run>,
    began: Vec<Moment>,
    announced: Option<Moment>,
}

impl World {
    /// Hears what the watch wants; every run was announced long enough before, once for each.
    fn hear(&mut self, now: Moment, update: &Update) -> Result<(), TestCaseError> {
        for effect in &update.effects {
            match effect {
                Effect::Prepare(wish) => self.wish = Some((**wish).clone()),
                Effect::Note(facts) if facts.iter().any(|fact| fact.action == "remedy.announced") => {
                    self.announced = Some(now);
                }
                Effect::Run(go) => {
                    let announced = self.announced.take();
                    prop_assert!(
                        announced.is_some_and(|at| at + auto().notice <= now),
                        "announced {announced:?}, ran {now}"
                    );
                    self.began.push(now);
                    self.asked.push(go.wish.clone());
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// Lets one thing happen.
    fn happens(&mut self, watch: &mut Watch, event: &Event) -> Update {
        match event {
            Event::Passes(seconds) => watch.later(*seconds),
            Event::Planned => self.wish.take().map(|wish| watch.planned(&wish, &[])).unwrap_or_default(),
            Event::Key if watch.app.announces().is_some() => watch.tell(Msg::StopHealing),
            Event::Begins => {
                let Some(wish) = self.asked.pop() else { return Update::default() };
                let id = RunId(100 + u64::try_from(self.began.len()).unwrap());
                let begun = Run { auto: true, incident: wish.incident, ..run(watch, id) };
                self.runs.push(begun.clone());
                watch.news(RunNews::Began(begun))
            }
            Event::Ends(well) => {
                let now = watch.now;
                let Some(run) = self.runs.iter_mut().find(|run| run.ended.is_none()) else { return Update::default() };
                let ending = if *well { Ending::Ok } else { failed() };
                (run.ended, run.ending) = (Some(now), Some(ending));
                let run = run.clone();
                watch.news(RunNews::Ended(run))
            }
            Event::Refused => {
                let Some(wish) = self.asked.pop() else { return Update::default() };
                self.began.pop();
                watch.news(RunNews::Refused(wish.token, "somebody else runs it".to_owned()))
            }
            Event::Resolves => watch.resolve(&["pod-1"]),
            Event::Fires => {
                let since = watch.now;
                watch.answer(am(), vec![Alert { since, ..errors_on("pod-1") }], None)
            }
            Event::Away => watch.fail(am()),
            Event::Tells => watch.remembers(Memory { runs: self.runs.clone(), ..Memory::default() }),
            Event::Key => Update::default(),
        }
    }
}

proptest! {
    #[test]
    fn never_more_than_it_may_and_never_one_that_was_not_announced(events in events(), max in 1_u32..4) {
        let bound = Auto { max, after: TimeDelta::seconds(60), failures: 100, ..auto() };
        let free = Remedy { auto: Some(bound), cooldown: TimeDelta::zero(), ..remedy(ID, Vec::new()) };
        let mut watch = Watch::healing(free);
        let mut world = World::default();
        for event in &events {
            let update = world.happens(&mut watch, event);
            world.hear(watch.now, &update)?;
            let within = world.began.iter().filter(|at| **at + TimeDelta::hours(1) > watch.now).count();
            prop_assert!(within <= usize::try_from(max).unwrap(), "{within} within an hour: {:?}", world.began);
        }
    }
}

#[test]
fn the_property_is_not_empty() {
    let mut watch = Watch::healing(healer());
    let mut world = World::default();
    let story = [Event::Passes(120), Event::Planned, Event::Passes(30), Event::Begins, Event::Ends(true), Event::Tells];
    for event in story {
        let update = world.happens(&mut watch, &event);
        world.hear(watch.now, &update).unwrap();
    }
    assert_eq!((world.began.len(), world.runs.len()), (1, 1));
}
