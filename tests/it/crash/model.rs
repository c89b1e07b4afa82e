//! The store itself: random work, of which some is refused in its midst and some is dropped while it is under way. Each
//! piece is there as a whole or not at all, and what comes after it works.

use std::future::Future;
use std::task::Poll;

use midwatch::board::{LocalAck, Snoozed};
use midwatch::domain::journal::{Entry, Outcome};
use midwatch::domain::{IncidentId, Moment, MuteId, Operator};
use midwatch::store::{JournalQuery, Proof, Store};
use proptest::prelude::*;
use serde_json::json;
use sqlx::{Connection as _, SqliteConnection};

use super::scene::runtime;

/// What is done.
#[derive(Debug, Clone, Copy)]
enum Work {
    Note,
    NoteThree,
    Begin { felt: bool },
    End,
    Settle,
    Ack,
    DropAck,
    Snooze,
}

/// What becomes of it.
#[derive(Debug, Clone, Copy)]
enum Fate {
    Whole,
    /// The database refuses a row in its midst.
    Refused,
    /// Nobody waits for it any more after so many steps.
    Dropped(usize),
}

/// What can be seen of a store: rows of the journal, open acts, acks, snoozes.
type Seen = (usize, Vec<i64>, usize, usize);

fn steps() -> impl Strategy<Value = Vec<(Work, Fate)>> {
    let work = prop_oneof![
        Just(Work::Note),
        Just(Work::NoteThree),
        any::<bool>().prop_map(|felt| Work::Begin { felt }),
        Just(Work::End),
        Just(Work::Settle),
        Just(Work::Ack),
        Just(Work::DropAck),
        Just(Work::Snooze),
    ];
    let fate =
        prop_oneof![2 => Just(Fate::Whole), 1 => Just(Fate::Refused), 3 => (0..12_usize).prop_map(Fate::Dropped)];
    prop::collection::vec((work, fate), 1..40)
}

fn entry(refused: bool) -> Entry {
    Entry {
        at: Moment::UNIX_EPOCH,
        operator: Operator::new("ana", "bastion"),
        action: "ack".to_owned(),
        target: "t".to_owned(),
        detail: if refused { "refuse me" } else { "plain" }.to_owned(),
        outcome: Outcome::Done,
    }
}

async fn seen(store: &Store) -> Seen {
    let proof = store.verify().await.expect("the journal can be read");
    assert!(matches!(proof, Proof::Sound { .. }), "{proof:?}");
    let all = JournalQuery { limit: usize::MAX, ..JournalQuery::default() };
    let rows = store.journal(all).await.expect("the journal can be read").len();
    let acts = store.open_acts().await.expect("acts can be read").iter().map(|act| act.id).collect();
    let memory = store.memory(Moment::UNIX_EPOCH).await.expect("the store can be read");
    (rows, acts, memory.acks.len(), memory.snoozes.len())
}

/// Drops the work where it would have gone on for the so manyth time, unless it is done before.
async fn within<T>(work: impl Future<Output = T>, fate: Fate) -> Option<T> {
    let Fate::Dropped(mut steps) = fate else { return Some(work.await) };
    let mut work = std::pin::pin!(work);
    std::future::poll_fn(|context| {
        if steps == 0 {
            return Poll::Ready(None);
        }
        steps -= 1;
        work.as_mut().poll(context).map(Some)
    })
    .await
}

/// Does one piece of work; whether it was answered as done, `None` if nobody waited for the answer.
async fn work(store: &Store, work: Work, fate: Fate, number: usize) -> Option<bool> {
    let entry = entry(matches!(fate, Fate::Refused));
    let open = store.open_acts().await.expect("acts can be read");
    let ack = LocalAck {
        id: MuteId::new(&format!("ack {number}")),
        source: None,
        incident: IncidentId(7),
        by: entry.operator.clone(),
        comment: String::new(),
        starts: Moment::UNIX_EPOCH,
        ends: Moment::MAX_UTC.min("2100-01-01T00:00:00Z".parse().expect("a time")),
        limit: Moment::UNIX_EPOCH,
        renews: false,
    };
    let until = ack.ends;
    match work {
        Work::Note => within(store.append(entry), fate).await.map(|done| done.is_ok()),
        Work::NoteThree => {
            let plain = self::entry(false);
            within(store.append_all(vec![plain.clone(), entry, plain]), fate).await.map(|done| done.is_ok())
        }
        Work::Begin { felt } => {
            let deeds = json!([number]);
            within(store.begin_act(&entry, felt, "ana@bastion (1)", &deeds), fate).await.map(|done| done.is_ok())
        }
        Work::End => {
            let act = open.first().map(|act| act.id);
            within(store.end_act(act, entry), fate).await.map(|done| done.is_ok())
        }
        Work::Settle => {
            let Some(act) = open.first() else { return Some(false) };
            within(store.settle_act(act, entry), fate).await.map(|done| done.is_ok())
        }
        Work::Ack => within(store.put_ack(&ack), fate).await.map(|done| done.is_ok()),
        Work::DropAck => {
            let memory = store.memory(Moment::UNIX_EPOCH).await.expect("the store can be read");
            let Some(ack) = memory.acks.first() else { return Some(false) };
            within(store.drop_ack(&ack.id), fate).await.map(|done| done.is_ok())
        }
        Work::Snooze => {
            let incident = IncidentId(u64::try_from(number).expect("small"));
            let snoozed = Snoozed { incident, operator: "ana".to_owned(), starts: Moment::UNIX_EPOCH, until };
            within(store.snooze(&snoozed), fate).await.map(|done| done.is_ok())
        }
    }
}

/// How a store looks after a piece of work that was done.
fn after((rows, mut open, acks, snoozes): Seen, work: Work, now: &Seen) -> Seen {
    let newest = now.1.last().copied();
    match work {
        Work::Note => (rows + 1, open, acks, snoozes),
        Work::NoteThree => (rows + 3, open, acks, snoozes),
        Work::Begin { felt } => {
            open.extend(newest.filter(|newest| !open.contains(newest)));
            (rows + usize::from(felt), open, acks, snoozes)
        }
        Work::End | Work::Settle => {
            let left = open.get(1..).unwrap_or_default().to_vec();
            (rows + 1, left, acks, snoozes)
        }
        Work::Ack => (rows, open, acks + 1, snoozes),
        Work::DropAck => (rows, open, acks.saturating_sub(1), snoozes),
        Work::Snooze => (rows, open, acks, snoozes + 1),
    }
}

async fn holds(steps: Vec<(Work, Fate)>) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("kept.db");
    let store = Store::open(&path).await.expect("a new store").store;
    let mut other =
        SqliteConnection::connect(&format!("sqlite:{}", path.display())).await.expect("the store can be opened");
    let refuses = "CREATE TRIGGER refuses BEFORE INSERT ON journal WHEN NEW.detail = 'refuse me'
                   BEGIN SELECT RAISE(ABORT, 'refused'); END";
    sqlx::query(refuses).execute(&mut other).await.expect("a trigger");
    other.close().await.expect("it can be closed");
    let mut before = seen(&store).await;
    for (number, (what, fate)) in steps.into_iter().enumerate() {
        let answered = work(&store, what, fate, number).await;
        let now = seen(&store).await;
        let whole = after(before.clone(), what, &now);
        match answered {
            Some(true) => assert_eq!(now, whole, "{what:?} {fate:?} was answered as done"),
            Some(false) => assert_eq!(now, before, "{what:?} {fate:?} was refused"),
            None => assert!(now == before || now == whole, "{what:?} {fate:?}: {before:?}, then {now:?}"),
        }
        before = now;
    }
    store.close().await;
    let store = Store::open(&path).await.expect("the store opens again").store;
    assert_eq!(seen(&store).await, before);
    store.close().await;
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn every_piece_of_work_is_there_as_a_whole_or_not_at_all(steps in steps()) {
        runtime().block_on(holds(steps));
    }
}
