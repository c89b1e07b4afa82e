//! What is made of what was found out.

use std::sync::Arc;

use futures_util::future::BoxFuture;

use super::*;
use crate::board::Snoozed;
use crate::clock::Clock;
use crate::config::Settings;
use crate::domain::journal::Outcome;
use crate::domain::mute::NewSilence;
use crate::domain::runbook::Tick;
use crate::domain::{IncidentId, Matcher, Mute, MuteId, Operator, SourceName};
use crate::runtime::effects::{Mutings, remedies};
use crate::source::{Muting, SourceError};

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
    assert!(is_over(&act, ("bo@bastion (1)", soon), soon, |holder| holder == "ana@bastion (4711)"));
    assert!(!is_over(&act, ("bo@bastion (1)", soon), soon, |_| false), "somebody carries it out");
    assert!(
        is_over(&act, ("bo@bastion (1)", soon), soon + TimeDelta::hours(2), |_| false),
        "its number is somebody else's now"
    );
    assert!(!is_over(&act, (&act.holder, soon), soon, |_| true), "it is our own");
    let (before, later) = (act.touched - TimeDelta::seconds(1), soon + TimeDelta::hours(2));
    assert!(is_over(&act, (&act.holder, soon), later, |_| false), "a container that began again");
    assert!(!is_over(&act, (&act.holder, before), later, |_| false), "the machine slept in the midst of it");
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

async fn settled(hands: &Hands) -> Aftermath {
    let mut found = Aftermath::default();
    assert!(hands.settle_acts(&mut found).await);
    found
}

fn hands(store: &Store, mutings: Mutings, now: Moment) -> Hands {
    Hands {
        store: Some(store.clone()).into(),
        mutings: Arc::new(mutings),
        remedies: remedies::Toolbox::new(&Settings::default_for_this_machine("bastion")),
        operator: Operator::new("bo", "bastion"),
        clock: Clock::Fixed(now),
        holder: "bo@bastion (1)".into(),
        since: crate::domain::Moment::UNIX_EPOCH,
    }
}

/// What only this machine keeps is known by the store, which keeps whole milliseconds of times that are finer.
#[tokio::test]
async fn what_the_store_kept_is_told_as_done_and_what_it_did_not_keep_is_not() {
    let at: Moment = "2026-11-21T03:12:00.123456789Z".parse().unwrap();
    let snoozed = |incident| Snoozed {
        incident: IncidentId(incident),
        operator: "ana".to_owned(),
        starts: at,
        until: at + TimeDelta::days(1),
    };
    let tick = |task: &str| Tick {
        incident: IncidentId(7),
        runbook: "shipped:disk".to_owned(),
        task: task.to_owned(),
        by: "ana".to_owned(),
        at,
    };
    let store = Store::open_in_memory().await.unwrap();
    store.snooze(&snoozed(1)).await.unwrap();
    store.tick(&tick("kept")).await.unwrap();
    let table = [
        (Deed::Snooze(snoozed(1)), "done"),
        (Deed::Snooze(snoozed(2)), "failed"),
        (Deed::Tick(tick("kept")), "done"),
        (Deed::Tick(tick("other")), "failed"),
        (Deed::Untick(tick("kept")), "failed"),
        (Deed::Untick(tick("other")), "done"),
    ];
    let hands = hands(&store, Mutings::new(), at + TimeDelta::hours(2));
    for (deed, expected) in table {
        let entry = Entry { at, ..act(serde_json::Value::Null).entry };
        let deeds = serde_json::to_value([&deed]).unwrap();
        store.begin_act(&entry, false, "ana@elsewhere (4711)", &deeds).await.unwrap();
        let found = settled(&hands).await;
        assert_eq!((found.settled.len(), found.uncertain.len()), (1, 0), "{deed:?}: {found:?}");
        let rows = store.journal(crate::store::JournalQuery { limit: 1, ..Default::default() }).await.unwrap();
        assert_eq!((rows[0].entry.outcome.word(), rows[0].entry.operator.name.as_str()), (expected, "ana"), "{deed:?}");
        assert_eq!(store.open_acts().await.unwrap(), []);
    }
}

/// A way to mute with a fault of ours in it.
struct Faulty;

impl Muting for Faulty {
    fn create(&self, _: NewSilence) -> BoxFuture<'_, Result<MuteId, SourceError>> {
        panic!("index out of bounds")
    }

    fn find(&self, _: NewSilence) -> BoxFuture<'_, Result<Option<Mute>, SourceError>> {
        panic!("index out of bounds")
    }

    fn read(&self, _: MuteId) -> BoxFuture<'_, Result<Option<Mute>, SourceError>> {
        panic!("index out of bounds")
    }

    fn extend(&self, _: MuteId, _: Moment) -> BoxFuture<'_, Result<MuteId, SourceError>> {
        panic!("index out of bounds")
    }

    fn expire(&self, _: MuteId) -> BoxFuture<'_, Result<(), SourceError>> {
        panic!("index out of bounds")
    }
}

/// A fault in the midst, and a store that cannot be read after it: the other acts are settled and said, and nothing that
/// was uncertain is called certain.
#[tokio::test]
async fn an_act_that_cannot_be_looked_at_stays_uncertain_and_the_others_are_settled() {
    let at: Moment = "2026-11-21T03:12:00Z".parse().unwrap();
    let source = SourceName::new("am");
    let store = Store::open_in_memory().await.unwrap();
    let faulty = Deed::ExpireSilence { source: source.clone(), id: MuteId::new("x") };
    for deed in [Deed::Unsnooze { incident: IncidentId(1), operator: "ana".to_owned() }, faulty, Deed::Comment] {
        let entry = Entry { at, ..act(serde_json::Value::Null).entry };
        let deeds = serde_json::to_value([&deed]).unwrap();
        let id = store.begin_act(&entry, false, "ana@elsewhere (4711)", &deeds).await.unwrap();
        store.begin_deed(id, 1, at).await.unwrap();
    }
    let hands = hands(&store, Mutings::from([(source, Arc::new(Faulty) as Arc<dyn Muting>)]), at + TimeDelta::hours(2));
    let found = settled(&hands).await;
    assert_eq!(found.settled.len(), 2, "{found:?}");
    let [words] = found.uncertain.as_slice() else { panic!("{found:?}") };
    assert!(words.contains("it cannot be looked at") && words.contains("index out of bounds"), "{words}");
    assert_eq!(store.open_acts().await.unwrap().len(), 1);
    store.close().await;
    assert!(!hands.settle_acts(&mut Aftermath::default()).await, "what was said stays");
}
