//! What is made of what was found out.

use super::*;
use crate::domain::journal::Outcome;
use crate::domain::mute::NewSilence;
use crate::domain::{Matcher, MuteId, Operator, SourceName};

fn took() -> Came {
    Came::Took("found".to_owned())
}

fn not() -> Came {
    Came::Not("away".to_owned())
}

#[test]
fn one_that_is_uncertain_makes_all_uncertain_and_a_part_is_told_as_one() {
    let unknown = Came::Unknown("no answer".to_owned());
    let table: [(&[Came], &str); 6] = [
        (&[took(), took()], "done found"),
        (&[not(), not()], "failed nothing was done: away; away"),
        (&[took(), not()], "unknown it was done in part: away"),
        (&[Came::Part("one of two".to_owned())], "unknown it was done in part: one of two"),
        (&[took(), unknown.clone()], "open no answer"),
        (&[not(), unknown], "open no answer"),
    ];
    for (came, expected) in table {
        let said = match weigh(came) {
            Verdict::Known(outcome, words) => format!("{} {words}", outcome.word()),
            Verdict::Open(why) => format!("open {why}"),
        };
        assert_eq!(said, expected);
    }
}

fn act(deeds: serde_json::Value) -> OpenAct {
    let entry = Entry {
        at: Moment::UNIX_EPOCH,
        operator: Operator::new("ana", "bastion"),
        action: "ack".to_owned(),
        target: "t".to_owned(),
        detail: "CheckoutDown · until 03:20".to_owned(),
        outcome: Outcome::Intent,
    };
    OpenAct { id: 1, holder: "ana@bastion (4711)".to_owned(), entry, deeds, begun: 0, touched: Moment::UNIX_EPOCH }
}

#[test]
fn an_act_is_over_when_its_process_has_ended_or_it_cannot_take_so_long() {
    let (act, soon) = (act(serde_json::Value::Null), Moment::UNIX_EPOCH + TimeDelta::seconds(5));
    assert!(is_over(&act, "bo@bastion (1)", soon, |holder| holder == "ana@bastion (4711)"));
    assert!(!is_over(&act, "bo@bastion (1)", soon, |_| false), "somebody carries it out");
    assert!(
        is_over(&act, "bo@bastion (1)", soon + TimeDelta::hours(2), |_| false),
        "its number is somebody else's now"
    );
    assert!(!is_over(&act, &act.holder, soon + TimeDelta::hours(2), |_| true), "it is our own");
    assert!(named(&act).starts_with("ack CheckoutDown by ana at 00:00 UTC"), "{}", named(&act));
}

#[test]
fn what_is_to_be_done_is_read_back_as_it_was_written() {
    let silence = NewSilence {
        matchers: vec![
            Matcher::equal("alertname", "Check\"out"),
            Matcher::new("pod", crate::domain::Operation::NotRegex, "a|b").unwrap(),
        ],
        starts: Moment::UNIX_EPOCH,
        ends: Moment::UNIX_EPOCH + TimeDelta::minutes(15),
        by: "ana".to_owned(),
        comment: "ACK! on it".to_owned(),
    };
    let source = SourceName::new("am");
    let deeds = vec![
        Deed::CreateSilence { source: source.clone(), silence, ack: None },
        Deed::ExpireSilence { source, id: MuteId::new("x") },
        Deed::Comment,
    ];
    let written = serde_json::to_value(&deeds).unwrap();
    let Ok(read) = serde_json::from_value::<Vec<Deed>>(written.clone()) else { panic!("{written}") };
    assert_eq!(read, deeds);
    let Deed::CreateSilence { silence, .. } = &read[0] else { panic!("{read:?}") };
    assert!(silence.matchers[1].holds("c") && !silence.matchers[1].holds("a"), "its expression works");
}
