//! What is told of two answers is exactly what differs between them.

use proptest::prelude::*;

use super::*;
use crate::domain::{AlertState, Labels, Moment, Rated, Severity};

fn alert(name: &str, state: AlertState) -> Alert {
    let labels: Labels = [("alertname", name)].into();
    Alert {
        fingerprint: Fingerprint::of(&labels),
        labels,
        annotations: Labels::default(),
        since: Moment::UNIX_EPOCH,
        state,
        rated: Rated::known(Severity::High),
        silenced_by: vec![],
        inhibited_by: vec![],
        value: None,
        link: None,
    }
}

fn firing(names: &[&str]) -> Observation {
    let alerts = names.iter().map(|name| alert(name, AlertState::Firing)).collect();
    Observation { alerts: Part::Now(alerts), ..Observation::default() }
}

fn changes(event: SourceEvent) -> AlertChanges {
    match event {
        SourceEvent::Answered(answer) => answer.alerts.unwrap(),
        other => panic!("no answer: {other:?}"),
    }
}

#[test]
fn the_first_answer_is_news_even_if_empty_and_the_second_is_a_heartbeat() {
    for observation in [firing(&[]), Observation::default()] {
        let mut difference = Difference::default();
        assert!(changes(difference.take(observation.clone()).unwrap()).is_empty());
        assert_eq!(difference.take(observation).unwrap(), SourceEvent::Heartbeat);
    }
}

#[test]
fn told_and_gone_and_what_stays_keeps_its_allocation() {
    let mut difference = Difference::default();
    let first = changes(difference.take(firing(&["a", "b"])).unwrap());
    let mut next = firing(&["b", "c"]);
    if let Part::Now(alerts) = &mut next.alerts {
        alerts.push(alert("a", AlertState::Silenced));
    }
    let second = changes(difference.take(next).unwrap());
    let told: Vec<_> = second.told.iter().map(|alert| (alert.name(), alert.state)).collect();
    assert_eq!(told, [("c", AlertState::Firing), ("a", AlertState::Silenced)]);
    assert!(second.gone.is_empty());
    let known = difference.alerts.as_ref().unwrap();
    assert!(Arc::ptr_eq(&known[&first.told[1].fingerprint], &first.told[1]));
    let third = changes(difference.take(firing(&["b", "c"])).unwrap());
    assert_eq!((third.told.len(), third.gone), (0, vec![first.told[0].fingerprint]));
}

#[test]
fn same_is_believed_only_after_something_was_told() {
    let same = Observation { alerts: Part::Same, mutes: Part::Absent, ..Observation::default() };
    let mut difference = Difference::default();
    assert_eq!(difference.take(same.clone()).unwrap_err().kind, ErrorKind::Internal);
    difference.take(firing(&["a"])).unwrap();
    assert_eq!(difference.take(same).unwrap(), SourceEvent::Heartbeat);
}

#[test]
fn notes_are_news_when_they_change_and_always_whole_and_harmless() {
    let with =
        |notes: &[&str]| Observation { notes: notes.iter().map(|note| (*note).to_owned()).collect(), ..firing(&[]) };
    let mut difference = Difference::default();
    difference.take(with(&["one"])).unwrap();
    assert_eq!(difference.take(with(&["one"])).unwrap(), SourceEvent::Heartbeat);
    let SourceEvent::Answered(answer) = difference.take(with(&["one", "t\u{1b}[2Jwo"])).unwrap() else { panic!() };
    assert_eq!(answer.notes, ["one", "two"]);
    let SourceEvent::Answered(answer) = difference.take(with(&[])).unwrap() else { panic!() };
    assert!(answer.notes.is_empty() && answer.alerts.is_none());
}

proptest! {
    /// Whoever applies every difference knows what the source knows.
    #[test]
    fn differences_add_up(polls in prop::collection::vec(prop::collection::btree_map("[a-e]", any::<bool>(), 0..5), 1..12)) {
        let (mut difference, mut known) = (Difference::default(), HashMap::new());
        for poll in polls {
            let state = |silenced| if silenced { AlertState::Silenced } else { AlertState::Firing };
            let alerts: Vec<_> = poll.iter().map(|(name, silenced)| alert(name, state(*silenced))).collect();
            let observation = Observation { alerts: Part::Now(alerts.clone()), ..Observation::default() };
            if let SourceEvent::Answered(answer) = difference.take(observation).unwrap() {
                let changes = answer.alerts.unwrap();
                for fingerprint in changes.gone {
                    prop_assert!(known.remove(&fingerprint).is_some());
                }
                for told in changes.told {
                    prop_assert_ne!(known.get(&told.fingerprint), Some(&told));
                    known.insert(told.fingerprint, told);
                }
            }
            prop_assert_eq!(known.len(), alerts.len());
            for alert in &alerts {
                prop_assert_eq!(&**known.get(&alert.fingerprint).unwrap(), alert);
            }
        }
    }
}

#[test]
fn what_a_forgetful_source_does_not_tell_stays_known_until_it_may_be_believed() {
    let mut difference = Difference::default();
    difference.take(firing(&["A", "B"])).unwrap();
    let young = Observation { forgetful: true, ..firing(&["A"]) };
    assert_eq!(difference.take(young).unwrap(), SourceEvent::Heartbeat, "B is missing and not gone");
    let SourceEvent::Answered(answer) = difference.take(firing(&["A"])).unwrap() else { panic!("B is gone now") };
    assert_eq!(answer.alerts.unwrap().gone.len(), 1);
}

#[test]
fn what_is_the_same_as_an_answer_that_was_never_taken_is_not_known() {
    let mut difference = Difference::default();
    difference.take(firing(&["a"])).unwrap();
    // A fault in the midst of the next one.
    difference.half_taken.alerts = true;
    let same = || Observation { alerts: Part::Same, mutes: Part::Same, ..Observation::default() };
    assert_eq!(difference.take(same()).unwrap_err().kind, ErrorKind::Internal);
    let next = changes(difference.take(firing(&["b"])).unwrap());
    assert_eq!((next.told.len(), next.gone.len()), (1, 1), "what was known is compared with");
    let mutes = Observation { alerts: Part::Same, mutes: Part::Now(Vec::new()), ..Observation::default() };
    difference.take(mutes).unwrap();
    assert_eq!(difference.take(same()).unwrap(), SourceEvent::Heartbeat);
}
