//! Every adapter × every fault, all at once, and the page that says what came of it.

use std::sync::Arc;

use tokio::sync::Semaphore;

use super::adapters::Adapter;
use super::cases::CASES;
use super::fault::{Case, Fault};
use super::page::{self, Part};
use super::{local, meeting, writes};
use crate::documents;

/// How many meet at once; most of them only wait.
const AT_ONCE: usize = 40;

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn every_adapter_meets_every_fault_and_the_page_tells_it() {
    let here = tokio::spawn(local::parts());
    let gate = Arc::new(Semaphore::new(AT_ONCE));
    let start = |case| tokio::spawn(part(case, Arc::clone(&gate)));
    let mut begun: Vec<_> =
        CASES.iter().map(|case| (case, (case.fault != Fault::Large).then(|| start(case)))).collect();
    let mut parts = Vec::with_capacity(begun.len());
    for (_, begun) in &mut begun {
        if let Some(begun) = begun {
            parts.push(begun.await.expect("a meeting ends well"));
        }
    }
    let here = here.await.expect("a meeting ends well");
    // Reading 50 MB keeps a thread busy: nobody else is to wait for it.
    for (at, (case, _)) in begun.iter().enumerate().filter(|(_, (_, begun))| begun.is_none()) {
        parts.insert(at, start(case).await.expect("a meeting ends well"));
    }
    let made = [("faults", page::markdown(&parts)), ("local-faults", page::markdown(&here))];
    documents::holds("docs/operators.md", &made, "every_adapter_meets");
}

/// One fault, which all adapters meet.
async fn part(case: &'static Case, gate: Arc<Semaphore>) -> Part {
    let met: Vec<_> = Adapter::ALL
        .into_iter()
        .map(|adapter| {
            let gate = Arc::clone(&gate);
            tokio::spawn(async move {
                let _turn = gate.acquire().await.expect("the gate is open");
                meeting::meet(adapter, case).await
            })
        })
        .collect();
    let mut rows = Vec::new();
    for row in met {
        rows.push(row.await.expect("a meeting ends well"));
    }
    let _turn = gate.acquire().await.expect("the gate is open");
    Part { title: case.title, todo: case.todo, rows, write: Some(writes::send(case).await) }
}
