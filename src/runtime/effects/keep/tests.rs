//! What waits for the store is written in its order when it can be, with the moments at which it happened.

use super::*;
use crate::app::Msg;
use crate::board::Episode;
use crate::clock::Clock;
use crate::config::Settings;
use crate::domain::incident::GroupKey;
use crate::domain::{IncidentId, Operator, Severity, SourceName};
use crate::runtime::effects::Keeper;
use crate::runtime::effects::remedies::Toolbox;
use crate::runtime::open_store::OpenStore;
use crate::store::JournalQuery;

fn hands(store: OpenStore) -> Hands {
    Hands {
        store,
        mutings: std::sync::Arc::default(),
        remedies: Toolbox::new(&Settings::default_for_this_machine("bastion")),
        operator: Operator::new("ana", "bastion"),
        clock: Clock::Fixed("2026-11-21T03:12:00Z".parse().unwrap()),
        holder: "ana@bastion (1)".into(),
        since: crate::domain::Moment::UNIX_EPOCH,
    }
}

fn episode(name: &str) -> Episode {
    let since = "2026-11-21T03:11:30Z".parse().unwrap();
    let group = GroupKey([("alertname", name)].into());
    Episode {
        id: IncidentId::of(&group, since),
        group,
        title: name.to_owned(),
        service: None,
        severity: Severity::High,
        since,
        first_seen: since,
        last_seen: since,
        mitigated: false,
        resolved: None,
        sources: vec![SourceName::new("am")],
    }
}

async fn all_tried(keeper: &Keeper) {
    let (done, mut written) = mpsc::channel(1);
    keeper.order(Order::Done(done));
    tokio::time::timeout(Duration::from_mins(1), written.recv()).await.unwrap().unwrap();
}

#[tokio::test]
async fn what_happened_before_the_store_could_be_opened_is_in_it_afterwards() {
    let place = OpenStore::default();
    let (sender, mut told) = mpsc::channel(8);
    let hands = hands(place.clone());
    let (keeper, _task) = Keeper::start(hands.clone(), sender);
    keeper.order(Order::Episodes(vec![episode("First")]));
    let lost = fact(&hands, hands.clock.now(), "source.lost", "am".to_owned(), "refused".to_owned());
    keeper.order(Order::Note(vec![lost]));
    keeper.order(Order::RollUp);
    all_tried(&keeper).await;
    let store = Store::open_in_memory().await.unwrap();
    place.set(store.clone());
    keeper.order(Order::Episodes(vec![episode("Second")]));
    all_tried(&keeper).await;
    let query = JournalQuery { newest_first: false, ..JournalQuery::default() };
    let mut rows = store.journal(query).await.unwrap();
    rows.sort_by_key(|row| row.id);
    let said: Vec<(&str, &str)> =
        rows.iter().map(|row| (row.entry.action.as_str(), row.entry.detail.as_str())).collect();
    assert_eq!(said, [("incident.began", "First"), ("source.lost", "refused"), ("incident.began", "Second")]);
    assert!(rows.iter().all(|row| row.entry.at == hands.clock.now()), "when it happened, not when it was written");
    assert!(told.try_recv().is_err(), "nothing could not be written");
}

#[tokio::test]
async fn a_store_that_fails_is_said_once_however_much_waits() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("midwatch.db");
    let store = Store::open(&path).await.unwrap().store;
    // It was taken away: what is written now would be lost.
    std::fs::rename(&path, folder.path().join("elsewhere")).unwrap();
    let (sender, mut told) = mpsc::channel(8);
    let (keeper, _task) = Keeper::start(hands(store.into()), sender);
    for number in 0..50 {
        keeper.order(Order::Episodes(vec![episode(&format!("A{number}"))]));
    }
    all_tried(&keeper).await;
    let Some(Msg::Trouble { key: "store.write", words: Some(_) }) = told.recv().await else { panic!("it is said") };
    assert!(told.try_recv().is_err(), "once");
}

#[tokio::test]
async fn a_fault_while_something_is_kept_is_told_and_the_next_is_kept() {
    let (told, mut hears) = mpsc::channel(4);
    let store = Store::open_in_memory().await.unwrap();
    // A clock that stands at the beginning of all time: looking back from it is a fault.
    let clock = Clock::Fixed(Moment::MIN_UTC);
    let (keeper, _task) = Keeper::start(Hands { clock, ..hands(OpenStore::from(Some(store.clone()))) }, told);
    keeper.order(Order::RollUp);
    let Some(Msg::Trouble { words: Some(words), .. }) = hears.recv().await else { panic!("it is told") };
    assert!(words.contains("the store: a fault of midwatch") && words.contains("report"), "{words}");
    let entry = Entry {
        at: "2026-11-21T03:12:00Z".parse().unwrap(),
        operator: Operator::new("ana", "bastion"),
        action: "note".to_owned(),
        target: String::new(),
        detail: "after it".to_owned(),
        outcome: Outcome::Noted,
    };
    keeper.order(Order::Note(vec![entry]));
    assert!(matches!(hears.recv().await, Some(Msg::Trouble { words: None, .. })), "it is over");
    let rows = store.journal(JournalQuery { limit: 9, ..Default::default() }).await.unwrap();
    assert!(rows.iter().any(|row| row.entry.detail == "after it"), "{rows:?}");
}
