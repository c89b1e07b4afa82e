//! Self-healing: due, announced, stopped by any key, run once; and everything that keeps it from running.

mod bounds;

use super::prompts::gos;
use super::remedies::{plan, remedy};
use super::runs::run;
use super::*;
use crate::domain::journal::{Entry, Outcome, Row};
use crate::domain::maintenance::Window;
use crate::domain::remediation::plan::Check;
use crate::domain::remediation::run::{Ending, Run, RunId, RunNews};
use crate::domain::remediation::wish::Prepared;
use crate::domain::remediation::{Auto, Remedy, Wish};

const ID: &str = "restart-checkout";

pub(crate) fn auto() -> Auto {
    Auto {
        after: TimeDelta::minutes(2),
        max: 3,
        within: TimeDelta::hours(1),
        only_if: Vec::new(),
        notice: TimeDelta::seconds(30),
        failures: 2,
    }
}

pub(crate) fn healer() -> Remedy {
    Remedy { auto: Some(auto()), ..remedy(ID, Vec::new()) }
}

pub(crate) fn wishes(update: &Update) -> usize {
    update.effects.iter().filter(|effect| matches!(effect, Effect::Prepare(_))).count()
}

/// What is kept about it in the journal: actions and details.
pub(crate) fn noted(update: &Update) -> Vec<(&str, &str)> {
    let notes = update.effects.iter().filter_map(|effect| match effect {
        Effect::Note(facts) => Some(facts),
        _ => None,
    });
    let told = notes.flatten().map(|fact| (fact.action.as_str(), fact.detail.as_str()));
    told.filter(|(action, _)| action.starts_with("remedy.")).collect()
}

pub(crate) fn entry(action: &str, target: String, detail: &str, at: Moment) -> Entry {
    let operator = Operator::new("bo", "laptop");
    Entry { at, operator, action: action.into(), target, detail: detail.into(), outcome: Outcome::Noted }
}

impl Watch {
    /// The alert just began; one remedy heals it by itself.
    pub(crate) fn healing(remedy: Remedy) -> Self {
        let mut watch = Self::new();
        watch.app.profile.remedies = vec![remedy].into();
        watch.fires();
        watch
    }

    /// The alert fires, as the source tells it now.
    pub(crate) fn fires(&mut self) -> Update {
        let fires = Alert { since: start(), ..errors_on("pod-1") };
        self.answer(am(), vec![fires], None)
    }

    /// So much later, with a source that has just answered.
    pub(crate) fn later(&mut self, seconds: i64) -> Update {
        self.now += TimeDelta::seconds(seconds);
        let mut update = self.report(am(), Answer::default());
        let ticked = self.tell(Msg::Tick);
        update.effects.extend(ticked.effects);
        update
    }

    /// It is due, and the runtime is asked to plan it.
    pub(crate) fn due(&mut self) -> Wish {
        Self::wished(&self.later(120))
    }

    /// It is announced.
    pub(crate) fn announced(&mut self) -> Wish {
        let wish = self.due();
        let update = self.planned(&wish, &[]);
        assert_eq!(noted(&update)[0].0, "remedy.announced", "{update:?}");
        assert!(self.app.announces().is_some());
        wish
    }

    /// It runs by itself, and the run begins.
    pub(crate) fn ran_by_itself(&mut self, id: u64) -> Run {
        let update = self.later(30);
        assert_eq!(gos(&update).len(), 1, "{update:?} {}", self.said());
        let begun = Run { auto: true, ..run(self, RunId(id)) };
        self.news(RunNews::Began(begun.clone()));
        begun
    }

    /// A run ends, and the store tells of it as well.
    pub(crate) fn ended(&mut self, run: &Run, ending: Ending) {
        let ended = Run { ended: Some(self.now), ending: Some(ending), ..run.clone() };
        self.news(RunNews::Ended(ended.clone()));
        let mut memory = self.app.board.memory().clone();
        memory.runs.push(ended);
        self.remembers(memory);
    }

    pub(crate) fn remembers(&mut self, memory: Memory) -> Update {
        self.tell(Msg::Memory(Box::new(memory)))
    }

    /// A row of another watch comes in through the journal.
    pub(crate) fn reads(&mut self, entry: Entry) -> Update {
        let id = self.app.board.journal().iter().map(|row| row.id).max().unwrap_or(0) + 1;
        self.tell(Msg::Journal(vec![Row { id, entry, hash: String::new() }]))
    }
}

#[test]
fn it_is_due_only_after_the_alert_has_fired_long_enough() {
    let mut watch = Watch::healing(healer());
    assert_eq!(wishes(&watch.later(119)), 0);
    assert_eq!(watch.app.next_change(), Some(start() + TimeDelta::minutes(2)));
    let wish = Watch::wished(&watch.later(1));
    assert!(wish.auto && wish.incident == Some(watch.the_incident()));
    assert_eq!(wishes(&watch.later(1)), 0, "it is being planned");
    assert!(watch.app.announces().is_none(), "nothing is announced that cannot be planned");
}

#[test]
fn it_is_announced_counted_down_and_run_exactly_once() {
    let mut watch = Watch::healing(healer());
    let wish = watch.announced();
    assert_eq!(watch.app.desk.heal_at, Some(watch.now + TimeDelta::seconds(30)));
    assert!(gos(&watch.later(29)).is_empty());
    let update = watch.later(1);
    let [go] = gos(&update)[..] else { panic!("one run: {update:?}") };
    assert!(go.wish.auto && go.wish.token == wish.token && go.request.is_none());
    // Before anything is heard of it, while it runs, and before the store tells of it.
    for _ in 0..3 {
        let update = watch.later(1);
        assert_eq!((gos(&update).len(), wishes(&update)), (0, 0));
    }
    let begun = Run { auto: true, ..run(&watch, RunId(7)) };
    watch.news(RunNews::Began(begun.clone()));
    assert_eq!(wishes(&watch.later(1)), 0);
    watch.news(RunNews::Ended(Run { ended: Some(watch.now), ending: Some(Ending::Ok), ..begun }));
    assert_eq!(wishes(&watch.later(1)), 0);
    assert!(watch.app.announces().is_none());
}

#[test]
fn after_it_ran_it_waits_for_its_span_and_its_cool_down() {
    let mut watch = Watch::healing(healer());
    watch.announced();
    let begun = watch.ran_by_itself(7);
    watch.later(5);
    watch.ended(&begun, Ending::Ok);
    assert_eq!(wishes(&watch.later(10 * 60 - 6)), 0, "it cools down for 10 minutes from its begin");
    assert_eq!(wishes(&watch.later(1)), 1);
}

#[test]
fn what_does_not_wait_for_somebody_is_left_alone() {
    type Makes = fn(&mut Watch);
    let quiet: [(&str, Makes); 7] = [
        ("acked", |watch| {
            let covered =
                Alert { state: AlertState::Silenced, silenced_by: vec!["s1".to_owned()], ..errors_on("pod-1") };
            watch.answer(am(), vec![covered], Some(vec![ack_of("s1", "bo")]));
        }),
        ("silenced", |watch| {
            let covered =
                Alert { state: AlertState::Silenced, silenced_by: vec!["s1".to_owned()], ..errors_on("pod-1") };
            let silence = Mute { kind: MuteKind::Silence, ..ack_of("s1", "bo") };
            watch.answer(am(), vec![covered], Some(vec![silence]));
        }),
        ("snoozed", |watch| {
            watch.press(Action::Snooze);
            let update = watch.press(Action::Accept);
            let [Deed::Snooze(snoozed)] = acts(&update)[0].deeds.as_slice() else { panic!("a snooze") };
            watch.remembers(Memory { snoozes: vec![snoozed.clone()], ..Memory::default() });
        }),
        ("mitigated", |watch| {
            let incident = watch.app.board.incidents().next().unwrap().clone();
            let mut episode = watch.app.board.episode_of(&incident);
            episode.mitigated = true;
            watch.remembers(Memory { episodes: vec![episode], ..Memory::default() });
        }),
        ("away", |watch| {
            watch.fail(am());
        }),
        ("in maintenance", |watch| {
            let windows = vec![window(watch, "checkout")];
            watch.remembers(Memory { windows, ..Memory::default() });
        }),
        ("read-only", |watch| {
            watch.app.guard = Guard { read_only: true, may_write: true, write_until: None };
        }),
    ];
    for (why, makes) in quiet {
        let mut watch = Watch::healing(healer());
        makes(&mut watch);
        watch.now += TimeDelta::seconds(121);
        assert_eq!(wishes(&watch.tell(Msg::Tick)), 0, "{why}");
        let mut watch = Watch::healing(healer());
        watch.announced();
        makes(&mut watch);
        watch.tell(Msg::Tick);
        assert!(watch.app.announces().is_none(), "{why}");
        assert!(watch.said().contains("is not run by itself: "), "{why}: {}", watch.said());
        watch.now += TimeDelta::seconds(30);
        assert!(gos(&watch.tell(Msg::Tick)).is_empty(), "{why}");
    }
}

pub(crate) fn window(watch: &Watch, service: &str) -> Window {
    Window {
        id: RunId(9),
        service: service.to_owned(),
        reason: "new version".to_owned(),
        rollback: "helm rollback".to_owned(),
        by: Operator::new("bo", "laptop"),
        starts: watch.now,
        ends: watch.now + TimeDelta::hours(1),
        silences: vec![(am(), MuteId::new("s1"))],
        ended: None,
    }
}

#[test]
fn the_maintenance_of_another_service_keeps_nothing_from_running() {
    let mut watch = Watch::healing(healer());
    let windows = vec![window(&watch, "search")];
    watch.remembers(Memory { windows, ..Memory::default() });
    watch.announced();
}

#[test]
fn what_may_lose_data_is_for_people() {
    let mut watch = Watch::new();
    watch.app.profile.remedies = vec![healer()].into();
    let labels = [("alertname", "Replica"), ("service", "checkout"), ("data_loss", "possible")];
    watch.answer(am(), vec![Alert { since: start(), ..alert(&labels) }], None);
    assert_eq!(wishes(&watch.later(600)), 0);
    assert_eq!(watch.app.desk.heal_at, None);
}

#[test]
fn an_alert_that_the_remedy_is_not_for_makes_it_due_no_sooner() {
    let only = Remedy { matchers: vec![Matcher::equal("pod", "pod-2")], ..healer() };
    let mut watch = Watch::healing(only);
    assert_eq!(wishes(&watch.later(600)), 0);
    let joined = Alert { since: watch.now, ..errors_on("pod-2") };
    watch.answer(am(), vec![joined], None);
    assert_eq!(wishes(&watch.later(119)), 0, "counted from the alert that it is for");
    assert_eq!(wishes(&watch.later(1)), 1);
}

#[test]
fn what_cannot_be_planned_or_is_not_trusted_is_held_with_the_reason_and_not_tried_again() {
    for hurdle in [None, Some("the file can be written by others")] {
        let mut watch = Watch::healing(healer());
        let wish = watch.due();
        let (plan, hurdles) = match hurdle {
            None => (Err("instance is missing".to_owned()), Vec::new()),
            Some(words) => (Ok(plan(&watch, &wish)), vec![words.to_owned()]),
        };
        let update = watch.tell(Msg::Prepared(Box::new(Prepared { wish, plan, hurdles, last: None })));
        let why = hurdle.unwrap_or("instance is missing");
        assert_eq!(noted(&update), [("remedy.held", &*format!("{ID}: it does not run by itself: {why}"))]);
        assert!(watch.said().contains(why), "{}", watch.said());
        for _ in 0..20 {
            let update = watch.later(60);
            assert_eq!((wishes(&update), gos(&update).len()), (0, 0));
        }
        assert_eq!(watch.app.desk.heal_at, None, "no time will change that");
    }
}

#[test]
fn what_only_time_stands_in_the_way_of_is_looked_at_again() {
    let mut watch = Watch::healing(healer());
    let wish = watch.due();
    let cools = Run { cooldown_until: watch.now + TimeDelta::minutes(6), incident: None, ..run(&watch, RunId(3)) };
    let cools = Run { ended: Some(watch.now), ending: Some(Ending::Ok), ..cools };
    let hurdles = vec!["cools down for another 6 min".to_owned()];
    let prepared = Prepared { plan: Ok(plan(&watch, &wish)), wish, hurdles, last: Some(cools) };
    assert!(noted(&watch.tell(Msg::Prepared(Box::new(prepared)))).is_empty(), "that is no reason to give up");
    assert_eq!(wishes(&watch.later(359)), 0);
    let wish = Watch::wished(&watch.later(1));
    let mut unmet = plan(&watch, &wish);
    unmet.checks = vec![Check::Signal { words: "errors 4 %, must be > 5 %".to_owned(), holds: false }];
    let hurdles = vec!["errors 4 %, must be > 5 %".to_owned()];
    watch.tell(Msg::Prepared(Box::new(Prepared { plan: Ok(unmet), wish, hurdles, last: None })));
    assert_eq!((wishes(&watch.later(59)), wishes(&watch.later(1))), (0, 1));
}

#[test]
fn what_was_refused_in_the_end_is_announced_anew_and_not_at_once() {
    let mut watch = Watch::healing(healer());
    let wish = watch.announced();
    assert_eq!(gos(&watch.later(30)).len(), 1);
    watch.news(RunNews::Refused(wish.token, "bo runs it right now".to_owned()));
    assert_eq!(wishes(&watch.later(59)), 0);
    let wish = Watch::wished(&watch.later(1));
    watch.planned(&wish, &[]);
    assert!(gos(&watch.later(29)).is_empty());
    assert_eq!(gos(&watch.later(1)).len(), 1);
}

#[test]
fn one_that_resolves_during_the_countdown_is_dropped() {
    let mut watch = Watch::healing(healer());
    watch.announced();
    let update = watch.resolve(&["pod-1"]);
    assert_eq!(noted(&update), [("remedy.dropped", "restart-checkout: not run by itself: it has resolved")]);
    assert!(watch.app.announces().is_none());
    assert!(gos(&watch.later(60)).is_empty());
}

#[test]
fn somebody_who_ran_it_during_the_countdown_makes_it_needless() {
    let mut watch = Watch::healing(healer());
    watch.announced();
    watch.later(10);
    let by_hand = Run { ended: Some(watch.now), ending: Some(Ending::Ok), ..run(&watch, RunId(8)) };
    watch.remembers(Memory { runs: vec![by_hand], ..Memory::default() });
    assert!(watch.said().contains("it ran meanwhile"), "{}", watch.said());
    assert!(gos(&watch.later(20)).is_empty());
}

#[test]
fn without_remedies_that_run_by_themselves_time_changes_nothing() {
    let mut watch = Watch::healing(remedy(ID, Vec::new()));
    assert_eq!(wishes(&watch.later(3600)), 0);
    assert_eq!((watch.app.desk.heal_at, watch.app.desk.countdown.as_ref()), (None, None));
}
