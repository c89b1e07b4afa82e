//! Handing over again what may not have been kept changes nothing, whatever was handed over in whatever order.

use proptest::prelude::*;

use super::*;
use crate::domain::checklist::Answer;
use crate::domain::checklist::walk::End;
use crate::domain::declared::DeclaredIncident;
use crate::domain::journal::Row;
use crate::store::JournalQuery;

const LISTS: [&str; 2] = ["daily", "weekly"];
const NAMES: [&str; 2] = ["ana", "bo"];
const ITEMS: [&str; 3] = ["error-logs", "latency", ""];

#[derive(Debug, Clone)]
enum Order {
    Know(usize),
    Begin(Walk),
    Add(WalkId, Update),
    End(WalkId, End),
    Declare(DeclaredIncident),
    Over(UpdateId, i64, &'static str),
}

fn change() -> impl Strategy<Value = Change> {
    let outcome = || prop::sample::select(Outcome::ALL.to_vec());
    prop_oneof![
        (outcome(), "[a-z \n]{0,8}").prop_map(|(outcome, why)| Change::Outcome { outcome, why }),
        (-1_000_i32..1_000, prop::option::of(outcome()))
            .prop_map(|(number, outcome)| Change::Answer { answer: Answer::Number(f64::from(number) / 8.0), outcome }),
        "[a-z\u{7}\u{1b}漢]{0,6}".prop_map(|text| Change::Note { text }),
        Just(Change::Evidence { evidence: Box::new(made::evidence()) }),
        (1..40_u64).prop_map(|id| Change::Undo { update: UpdateId(id) }),
        Just(Change::Resumed),
    ]
}

fn order() -> impl Strategy<Value = Order> {
    let (walk, seconds) = (|| (0..4_u64).prop_map(WalkId), || 0..600_i64);
    let name = || prop::sample::select(NAMES.to_vec());
    let begin = (walk(), name(), seconds()).prop_map(|(id, by, at)| {
        // Walks 0 and 2 are of one list, 1 and 3 of the other.
        Order::Begin(made::walk(id.0, LISTS[usize::try_from(id.0 % 2).unwrap()], by, at))
    });
    let end = (walk(), name(), seconds(), any::<bool>()).prop_map(|(walk, by, at, completed)| {
        let sign = String::new();
        Order::End(walk, End { at: after(at), by: Operator::new(by, "bastion"), completed, sign })
    });
    // The walk of an update follows from its id, as it does where ids are made.
    let add = (1..40_u64, 0..3_usize, change(), name(), seconds())
        .prop_map(|(id, item, change, by, at)| Order::Add(WalkId(id % 4), update(id, ITEMS[item], change, by, at)));
    prop_oneof![
        1 => (0..2_usize).prop_map(Order::Know),
        3 => begin,
        8 => add,
        1 => end,
        1 => (1..4_u64, seconds()).prop_map(|(id, at)| Order::Declare(made::incident(id, at))),
        1 => (1..4_u64, seconds(), name()).prop_map(|(id, at, by)| Order::Over(UpdateId(id), at, by)),
    ]
}

/// Hands it over; says whether it is kept as it was handed over.
async fn hand_over(store: &Store, order: &Order) -> bool {
    match order {
        Order::Know(which) => store.know_lists(&[ChecklistId::new(LISTS[*which])], noon()).await.is_ok(),
        Order::Begin(walk) => store.begin_walk(walk).await.unwrap().id == walk.id,
        Order::Add(walk, update) => store.add_to_walk(*walk, update).await.unwrap() == Said::Kept,
        Order::End(walk, end) => store.end_walk(*walk, end).await.unwrap() == Said::Kept,
        Order::Declare(incident) => store.declare(incident).await.is_ok(),
        Order::Over(id, at, by) => {
            let over = store.declare_over(*id, after(*at), &Operator::new(*by, "bastion")).await.unwrap();
            assert!(!over || !store.declare_over(*id, noon(), &Operator::new(*by, "bastion")).await.unwrap());
            over
        }
    }
}

/// Everything that the store tells: its memory, each walk, and the journal with its hashes.
async fn everything_of(store: &Store) -> (crate::board::Memory, Vec<Option<Walk>>, Vec<Row>) {
    let mut walks = Vec::new();
    for id in 0..4 {
        walks.push(store.walk(WalkId(id)).await.unwrap());
    }
    let all = JournalQuery { limit: usize::MAX, ..JournalQuery::default() };
    (store.memory(after(700)).await.unwrap(), walks, store.journal(all).await.unwrap())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn handing_over_again_changes_nothing(
        orders in prop::collection::vec((order(), 0..3_u8, prop::collection::vec(any::<prop::sample::Index>(), 0..3)), 1..50)
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let (plain, repeated) = (store().await, store().await);
            let mut kept: Vec<Order> = Vec::new();
            for (order, times, earlier) in &orders {
                let is_kept = hand_over(&plain, order).await;
                for _ in 0..=*times {
                    hand_over(&repeated, order).await;
                }
                if is_kept {
                    kept.push(order.clone());
                }
                // Of any that was kept before, the answer may have been lost.
                for index in earlier.iter().filter(|_| !kept.is_empty()) {
                    hand_over(&repeated, index.get(&kept)).await;
                }
            }
            prop_assert_eq!(everything_of(&plain).await, everything_of(&repeated).await);
            Ok(())
        })?;
    }
}
