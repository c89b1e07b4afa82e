//! Reminders of checklists that are overdue.

use chrono::TimeDelta;
use proptest::prelude::*;

use super::declaring::{declared, payments_down};
use super::{Watch, am, daily, ended, errors_on, in_short, on_demand, start};
use crate::app::{Action, Msg};
use crate::board::{Answer, Memory};
use crate::domain::alert::AlertChanges;
use crate::domain::checklist::Checklist;
use crate::domain::checklist::standing::State;
use crate::domain::{Severity, SourceName};

/// A watch whose sources answered and whose store was read.
fn watching(lists: &[Checklist]) -> Watch {
    let mut watch = Watch::offering_lists(lists);
    watch.answer(am(), Vec::new(), None);
    watch.answer(SourceName::new("prom"), Vec::new(), None);
    watch.remember_lists(Memory::default());
    watch
}

fn gone(watch: &mut Watch) {
    let gone = AlertChanges { told: Vec::new(), gone: vec![errors_on("pod-1").fingerprint] };
    watch.report(am(), Answer { alerts: Some(gone), ..Answer::default() });
}

#[test]
fn an_overdue_list_is_a_low_incident_and_does_not_ring() {
    let mut watch = watching(&[daily("a")]);
    let update = watch.list_stands("a", State::Overdue);
    assert_eq!(watch.titles_firing(), ["List a overdue"]);
    assert!(update.effects.iter().all(|effect| !matches!(effect, crate::app::Effect::Notice { .. })));
    let incident = watch.app.board.incidents().next().unwrap();
    let alert = watch.app.board.alerts_of(incident).next().unwrap();
    assert_eq!(alert.summary(), Some("due Sat 21 Nov 01:12; missed 3"));
    assert_eq!((incident.rated.severity, incident.since), (Severity::Low, start() - TimeDelta::hours(2)));
    watch.list_stands("a", State::Ahead);
    assert!(watch.titles_firing().is_empty());
}

#[test]
fn nobody_is_reminded_of_what_is_not_theirs_or_does_not_remind() {
    let shipped = Checklist { adopted: false, ..daily("a") };
    let quiet = Checklist { remind: None, ..daily("b") };
    let mut watch = watching(&[shipped, quiet, on_demand("c")]);
    watch.list_stands("a", State::Overdue);
    watch.list_stands("b", State::Overdue);
    assert!(watch.titles_firing().is_empty());
    let walked = Memory { walked: vec![in_short(&ended(1, &daily("a"), 9, Vec::new()))], ..Memory::default() };
    watch.remember_lists(walked);
    watch.list_stands("a", State::Overdue);
    assert_eq!(watch.titles_firing(), ["List a overdue"], "it was walked before");
}

#[test]
fn a_new_one_waits_while_something_critical_is_open_and_one_before_stays() {
    let mut watch = watching(&[daily("a"), daily("b")]);
    watch.list_stands("a", State::Overdue);
    watch.answer(am(), vec![errors_on("pod-1")], None);
    watch.list_stands("b", State::Overdue);
    assert_eq!(watch.titles_firing(), ["CheckoutErrorsHigh", "List a overdue"]);
    gone(&mut watch);
    assert_eq!(watch.titles_firing(), ["List a overdue", "List b overdue"]);
}

#[test]
fn one_that_was_declared_critical_holds_them_back_too() {
    let mut watch = watching(&[daily("a")]);
    watch.remember_lists(declared(payments_down(Severity::Critical)));
    watch.list_stands("a", State::Overdue);
    assert_eq!(watch.titles_firing(), ["Payments down"]);
}

#[test]
fn before_every_source_was_asked_nobody_knows_whether_something_is_critical() {
    let mut watch = Watch::offering_lists(&[daily("a")]);
    watch.remember_lists(Memory::default());
    watch.list_stands("a", State::Overdue);
    watch.answer(am(), Vec::new(), None);
    assert!(watch.titles_firing().is_empty());
    watch.fail(SourceName::new("prom"));
    assert_eq!(watch.titles_firing(), ["List a overdue"], "one that cannot be reached holds nothing back");
}

#[test]
fn over_a_restart_it_is_the_same_one_and_is_not_held_back() {
    let mut watch = watching(&[daily("a")]);
    watch.list_stands("a", State::Overdue);
    let kept = watch.app.board.episode_of(watch.app.board.incidents().next().unwrap());
    let mut again = watching(&[daily("a")]);
    again.answer(am(), vec![errors_on("pod-1")], None);
    again.remember_lists(Memory { episodes: vec![kept.clone()], ..Memory::default() });
    again.list_stands("a", State::Overdue);
    assert_eq!(again.titles_firing(), ["CheckoutErrorsHigh", "List a overdue"]);
    assert!(again.app.board.incident(kept.id).is_some());
}

#[test]
fn it_is_acked_in_the_store_like_any_other() {
    let mut watch = watching(&[daily("a")]);
    watch.list_stands("a", State::Overdue);
    let update = watch.press(Action::Ack);
    let acts = crate::app::update::tests::acts(&update);
    assert!(matches!(acts[0].deeds.as_slice(), [crate::app::Deed::KeepAck(_)]));
}

proptest! {
    /// However criticals come and go, a turn that is overdue is raised once and stays.
    #[test]
    fn a_reminder_is_raised_at_most_once_for_a_turn(steps in prop::collection::vec(0..4_u8, 1..25)) {
        let mut watch = watching(&[daily("a")]);
        let mut raised = 0;
        for step in steps {
            let before = watch.titles_firing().contains(&"List a overdue");
            match step {
                0 => { watch.answer(am(), vec![errors_on("pod-1")], None); }
                1 => gone(&mut watch),
                2 => { watch.list_stands("a", State::Overdue); }
                _ => {
                    watch.now += TimeDelta::minutes(1);
                    watch.tell(Msg::Tick);
                }
            }
            let after = watch.titles_firing().contains(&"List a overdue");
            prop_assert!(after || !before, "it ended although nobody walked");
            raised += usize::from(after && !before);
        }
        prop_assert!(raised <= 1);
    }
}
