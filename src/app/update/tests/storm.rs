//! Storms: alerts ten times as many within a minute, and a source that fails for half an hour. And typed text that
//! could not be kept.

use super::*;
use crate::app::overlay::Prompt;

fn storming(number: usize) -> Alert {
    let severity =
        if number.is_multiple_of(100) { ("critical", Severity::Critical) } else { ("warning", Severity::High) };
    let name = format!("Storm{number:04}");
    let labels = [("alertname", name.as_str()), ("service", "checkout"), ("severity", severity.0)];
    Alert { rated: Rated::known(severity.1), since: start(), ..alert(&labels) }
}

fn notices(update: &Update) -> usize {
    update.effects.iter().filter(|effect| matches!(effect, Effect::Notice { .. })).count()
}

fn facts(update: &Update) -> usize {
    let notes = update.effects.iter().map(|effect| if let Effect::Note(facts) = effect { facts.len() } else { 0 });
    notes.sum()
}

#[test]
fn ten_times_as_many_alerts_within_a_minute_ring_a_few_times_and_the_worst_stands_first() {
    let mut watch = Watch::new();
    let mut rung = notices(&watch.answer(am(), (1..300).map(storming).collect(), None));
    let mut noted = 0;
    for second in 0..60 {
        watch.now += TimeDelta::seconds(1);
        let from = 300 + second * 45;
        let update = watch.answer(am(), (from..from + 45).map(storming).collect(), None);
        let ticked = watch.tell(Msg::Tick);
        rung += notices(&update) + notices(&ticked);
        noted += facts(&update) + facts(&ticked);
    }
    assert!((6..=9).contains(&rung), "at most every ten seconds, and once for the first critical one: {rung}");
    assert_eq!(noted, 0, "that incidents began is kept with them, as one row each time");
    assert_eq!(watch.app.board.incidents().count(), 2_999);
    let first: Vec<Severity> = watch.app.board.incidents().take(27).map(|incident| incident.rated.severity).collect();
    assert!(first.iter().all(|severity| *severity == Severity::Critical), "{first:?}");
    assert!(watch.app.toasts.iter().count() <= 3);
    let before = watch.app.incidents.place();
    watch.press(Action::Down);
    assert_eq!(watch.app.incidents.place(), before + 1, "keys work");
}

#[test]
fn what_waited_to_ring_rings_soon_unless_somebody_is_on_it() {
    let mut watch = Watch::new();
    assert_eq!(notices(&watch.answer(am(), vec![storming(1)], None)), 1);
    watch.now += TimeDelta::seconds(2);
    assert_eq!(notices(&watch.answer(am(), vec![storming(2)], None)), 0);
    assert_eq!(watch.app.bell.next_change(), Some(start() + TimeDelta::seconds(10)));
    watch.now += TimeDelta::seconds(1);
    let worse = watch.answer(am(), vec![storming(100)], None);
    assert_eq!(notices(&worse), 1, "what is worse does not wait");
    watch.now += TimeDelta::seconds(2);
    assert_eq!(notices(&watch.answer(am(), vec![storming(3)], None)), 0);
    watch.now += TimeDelta::seconds(8);
    assert_eq!(notices(&watch.tell(Msg::Tick)), 1);
    assert_eq!(notices(&watch.tell(Msg::Tick)), 0, "once");
    assert_eq!(watch.app.bell.next_change(), None);
}

#[test]
fn alerts_that_join_many_incidents_at_once_are_one_row_of_the_journal() {
    let mut watch = Watch::new();
    watch.answer(am(), (0..300).map(storming).collect(), None);
    watch.now += TimeDelta::seconds(1);
    let joining = |number: usize| {
        let name = format!("Storm{number:04}");
        alert(&[("alertname", name.as_str()), ("service", "checkout"), ("severity", "high"), ("pod", "second")])
    };
    assert_eq!(facts(&watch.answer(am(), (0..300).map(joining).collect(), None)), 1);
}

#[test]
fn half_an_hour_of_errors_is_one_row_one_ring_and_the_time_of_the_first() {
    let mut watch = Watch::new();
    watch.answer(am(), vec![errors_on("pod-1")], None);
    let (mut rung, mut noted) = (0, 0);
    watch.now += TimeDelta::seconds(18);
    let first = watch.now;
    for attempt in 0..100 {
        // Each says something else, as servers in trouble do.
        let event = SourceEvent::Failed { cause: format!("500, request {attempt}"), retry: None };
        let update = watch.tell(Msg::Source(SourceReport { source: am(), at: watch.now, took: Duration::ZERO, event }));
        rung += notices(&update);
        noted += facts(&update);
        watch.now += TimeDelta::seconds(18);
    }
    assert_eq!((rung, noted), (1, 1));
    let failure = watch.app.board.source(&am()).unwrap().failure.clone().unwrap();
    assert_eq!((failure.since, failure.cause.as_str()), (first, "500, request 99"));
    assert!(watch.app.board.incidents().all(|incident| incident.is_open() && incident.stale));
    let update = watch.answer(am(), vec![errors_on("pod-1")], None);
    assert_eq!((facts(&update), notices(&update)), (1, 0), "that it is back is noted");
    assert!(watch.app.board.source(&am()).unwrap().failure.is_none());
}

#[test]
fn a_comment_that_could_not_be_kept_stands_in_the_prompt_again() {
    let mut watch = Watch::new();
    watch.answer(am(), vec![errors_on("pod-1")], None);
    watch.press(Action::Comment);
    watch.type_text("restarted the pool by hand");
    let update = watch.press(Action::Accept);
    let token = acts(&update)[0].token;
    let failure = Some("the store: could not append: database or disk is full".to_owned());
    watch.tell(Msg::Done(Done { token, did: Vec::new(), failure, at: watch.now }));
    assert!(watch.said().contains("'c' brings the text back"), "{}", watch.said());
    watch.press(Action::Comment);
    let Some(Overlay::Prompt(Prompt { entry, .. })) = &watch.app.overlay else { panic!("a prompt") };
    assert_eq!(entry.text(), "restarted the pool by hand");
    let update = watch.press(Action::Accept);
    let act = acts(&update)[0].clone();
    let did = vec![Did { deed: Deed::Comment, id: None }];
    watch.tell(Msg::Done(Done { token: act.token, did, failure: None, at: watch.now }));
    watch.press(Action::Comment);
    let Some(Overlay::Prompt(Prompt { entry, .. })) = &watch.app.overlay else { panic!("a prompt") };
    assert_eq!(entry.text(), "", "what was kept does not come back");
}

fn kept(update: &Update) -> Vec<&crate::board::Episode> {
    fn kept(effect: &Effect) -> &[crate::board::Episode] {
        if let Effect::KeepEpisodes(episodes) = effect { episodes } else { &[] }
    }
    update.effects.iter().flat_map(kept).collect()
}

#[test]
fn an_answer_in_parts_is_kept_once_and_as_bad_as_its_last_part_made_it() {
    let mut watch = Watch::new();
    let joining = |pod: usize, severity| Alert {
        rated: Rated::known(severity),
        ..alert(&[("alertname", "Down"), ("service", "checkout"), ("pod", &pod.to_string())])
    };
    let part = |alerts: Vec<Alert>| {
        let told = alerts.into_iter().map(Arc::new).collect();
        Box::new(Answer { alerts: Some(AlertChanges { told, gone: Vec::new() }), ..Answer::default() })
    };
    let report = |event| SourceReport { source: am(), at: start(), took: Duration::ZERO, event };
    let first = part((0..9).map(|pod| joining(pod, Severity::High)).collect());
    assert!(kept(&watch.tell(Msg::Source(report(SourceEvent::Arriving(first))))).is_empty());
    let last = watch.tell(Msg::Source(report(SourceEvent::Answered(part(vec![joining(9, Severity::Critical)])))));
    let severities: Vec<Severity> = kept(&last).iter().map(|episode| episode.severity).collect();
    assert_eq!(severities, [Severity::High, Severity::Critical]);
    let better = watch.tell(Msg::Source(report(SourceEvent::Answered(part(vec![joining(9, Severity::Low)])))));
    assert_eq!(kept(&better).iter().map(|episode| episode.severity).collect::<Vec<_>>(), [Severity::High]);
}

#[test]
fn what_ended_unseen_is_closed_by_the_first_answer_after_it_although_that_says_the_same() {
    let mut other = Watch::new();
    let begun = kept(&other.answer(am(), vec![errors_on("pod-1")], None))[0].clone();
    let mut watch = Watch::new();
    watch.answer(am(), Vec::new(), None);
    let seen = begun.last_seen.max(start()) + TimeDelta::seconds(1);
    let begun = crate::board::Episode { last_seen: seen, ..begun };
    let memory = || Msg::Memory(Box::new(Memory { episodes: vec![begun.clone()], ..Memory::default() }));
    assert!(kept(&watch.tell(memory())).is_empty(), "the last answer is older");
    watch.now += TimeDelta::seconds(5);
    let same = |at| SourceReport { source: am(), at, took: Duration::ZERO, event: SourceEvent::Heartbeat };
    let update = watch.tell(Msg::Source(same(watch.now)));
    assert_eq!(kept(&update).iter().map(|episode| episode.resolved).collect::<Vec<_>>(), [Some(watch.now)]);
    watch.now += TimeDelta::seconds(5);
    assert!(kept(&watch.tell(Msg::Source(same(watch.now)))).is_empty(), "handed over once");
}
