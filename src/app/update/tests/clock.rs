//! The clock of this machine jumps, back and forth: nothing freezes, nothing waits for hours, nothing runs unseen.

use super::*;
use crate::board::Edge;
use crate::domain::Health;
use crate::domain::source_health::Failure;

const BACK: TimeDelta = TimeDelta::hours(3);

fn health(watch: &Watch, source: &SourceName) -> Health {
    watch.app.board.source(source).unwrap().health(watch.app.now)
}

impl Watch {
    fn jump(&mut self, by: TimeDelta) -> Update {
        self.now += by;
        self.tell(Msg::Tick)
    }
}

#[test]
fn a_clock_that_is_set_back_freezes_nothing() {
    let mut watch = Watch::new();
    watch.answer(am(), vec![errors_on("pod-1")], None);
    watch.app.guard = Guard { read_only: true, may_write: true, write_until: None };
    watch.app.guard.lift(TimeDelta::minutes(15), watch.now).unwrap();
    watch.press(Action::Refresh);
    watch.jump(-BACK);
    assert_eq!(watch.app.now, watch.now, "the screen's clock is the machine's");
    assert_eq!(health(&watch, &am()), Health::Live, "it answered a moment ago");
    assert_eq!(watch.app.guard.write_until, Some(watch.now + TimeDelta::minutes(15)), "not 3 h longer");
    assert!(watch.app.time_to_change(watch.now).unwrap() <= Duration::from_secs(5), "the toast is not for hours");
    watch.jump(TimeDelta::seconds(6));
    assert_eq!(watch.said(), "");
    watch.jump(TimeDelta::seconds(30));
    assert_eq!(health(&watch, &am()), Health::Late, "a source that falls silent is late as soon as before");
    assert!(watch.app.board.incidents().all(crate::domain::Incident::is_open), "nothing resolves");
}

#[test]
fn a_failure_keeps_its_age_when_the_clock_is_set_back() {
    let mut watch = Watch::new();
    watch.answer(am(), vec![errors_on("pod-1")], None);
    watch.fail(am());
    watch.jump(TimeDelta::minutes(4));
    watch.jump(-BACK);
    let Some(Failure { since, .. }) = watch.app.board.source(&am()).unwrap().failure.clone() else { panic!() };
    assert_eq!(watch.app.now - since, TimeDelta::minutes(4));
    assert_eq!(health(&watch, &am()), Health::Unreachable);
}

#[test]
fn readings_of_this_machine_go_on_after_the_clock_was_set_back() {
    use crate::domain::Reading;
    use crate::domain::signal::{Signal, SignalKey, SignalKind, SignalUpdate};
    let mut watch = Watch::new();
    let read = |watch: &mut Watch, value: f64| {
        let key = SignalKey { service: "bastion".to_owned(), kind: SignalKind::Saturation, part: "cpu".to_owned() };
        let (label, unit, source) = (String::new(), "%".to_owned(), am());
        let signal = Signal { key, label, unit, warn: None, critical: None, source };
        let readings = vec![Reading { at: watch.now, value: Some(value) }];
        let signal = SignalUpdate { signal, readings, problem: None };
        watch.report(am(), Answer { signals: vec![signal], ..Answer::default() });
    };
    read(&mut watch, 1.0);
    watch.jump(-BACK);
    watch.now += TimeDelta::seconds(5);
    read(&mut watch, 2.0);
    let latest = watch.app.board.signals().iter().next().unwrap().latest().unwrap();
    assert_eq!((latest.value, latest.at), (Some(2.0), watch.now));
}

#[test]
fn messages_that_come_a_little_out_of_order_are_no_step_of_the_clock() {
    let mut watch = Watch::new();
    watch.jump(TimeDelta::seconds(10));
    let before = watch.app.now;
    watch.jump(TimeDelta::seconds(-4));
    assert_eq!(watch.app.now, before);
}

#[test]
fn a_jump_ahead_is_time_that_passed_and_resolves_nothing() {
    let mut watch = Watch::new();
    watch.answer(am(), vec![errors_on("pod-1")], None);
    let update = watch.jump(TimeDelta::hours(5));
    assert_eq!(health(&watch, &am()), Health::Late, "what is five hours old is not shown as new");
    assert!(watch.app.board.incidents().all(crate::domain::Incident::is_open));
    assert!(!update.effects.iter().any(|effect| matches!(effect, Effect::Notice { .. })), "{update:?}");
    watch.answer(am(), vec![errors_on("pod-1")], None);
    assert_eq!(health(&watch, &am()), Health::Live);
}

#[test]
fn a_server_that_is_an_hour_ahead_gives_no_age_below_zero() {
    let mut watch = Watch::new();
    let ahead = Alert { since: start() + TimeDelta::hours(1), ..errors_on("pod-1") };
    watch.answer(am(), vec![ahead], None);
    let incident = watch.app.board.incidents().next().unwrap();
    assert_eq!(crate::domain::age::since(incident.since, watch.now), "0s");
    assert!(incident.is_open() && incident.needs_somebody());
    let change = watch.app.board.tick(watch.now);
    assert!(!change.edges.iter().any(|edge| matches!(edge, Edge::Resolved(_))));
}

#[test]
fn a_countdown_that_ended_while_the_machine_slept_is_begun_again_and_can_be_stopped() {
    let mut watch = Watch::healing(healing::healer());
    watch.announced();
    let update = watch.later(3 * 3_600);
    assert!(prompts::gos(&update).is_empty(), "nobody could have stopped it: {update:?}");
    assert_eq!(watch.app.announces().unwrap().at, watch.now + TimeDelta::seconds(30));
    assert!(update.effects.iter().any(|effect| matches!(effect, Effect::Notice { .. })), "and it is announced");
    watch.tell(Msg::StopHealing);
    assert!(prompts::gos(&watch.later(31)).is_empty());
}

#[test]
fn nothing_runs_by_itself_unseen_when_the_clock_is_set_back() {
    let mut watch = Watch::healing(healing::healer());
    watch.announced();
    watch.now -= BACK;
    let update = watch.tell(Msg::Tick);
    assert!(
        prompts::gos(&update).is_empty() && watch.app.announces().is_none(),
        "by this clock it is not due: {update:?}"
    );
    assert_eq!(healing::noted(&update)[0].0, "remedy.dropped", "and that is told");
    assert!(prompts::gos(&watch.later(31)).is_empty());
}
