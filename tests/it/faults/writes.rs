//! An ack or a silence meets every fault: it is made, or certainly not, or not known; and never sent twice.

use midwatch::domain::{Matcher, Operation};
use midwatch::source::{ErrorKind, NewSilence};

use super::adapters::Adapter;
use super::fault::{Case, Fault, Write};
use super::lab::{CANARY, Lab};
use super::meeting::bounds;
use super::page::plain;

/// Sends one and says what became of it, for the page.
pub async fn send(case: &'static Case) -> String {
    let adapter = Adapter::Alertmanager;
    let lab = Lab::start(adapter.good(), case.fault).await;
    let nameless = case.fault == Fault::NoSuchName;
    let url = if nameless { format!("http://nowhere.invalid:9093/?token={CANARY}") } else { lab.url() };
    let mut source = adapter.build(&lab, &url, bounds(case)).unwrap_or_else(|error| panic!("{error}"));
    lab.set(case.fault).await;
    if case.fault == Fault::Dropping {
        // So that there are connections that are kept, and dropped by the next request.
        source.poll().await.unwrap_or_else(|error| panic!("{:?}: {error}", case.fault));
    }
    let muting = source.muting().expect("an Alertmanager can be muted");
    let outcome = muting.create(silence()).await;
    let posts = lab.seen().iter().filter(|seen| seen.method == "POST").count();
    assert!(posts <= 1, "{:?}: sent {posts} times", case.fault);
    let (write, words) = match outcome {
        Ok(_) => (Write::Done, "it is made".to_owned()),
        Err(error) if error.kind == ErrorKind::Uncertain => (Write::Unknown, format!("`{error}`")),
        Err(error) => (Write::Not, format!("it is not made: `{error}`")),
    };
    assert_eq!(write, case.write, "{:?}: {words}", case.fault);
    assert!(!words.contains(CANARY), "{words}");
    plain(&words, "127.0.0.1:9").replace("http://127.0.0.1:9/elsewhere", "ELSEWHERE")
}

fn silence() -> NewSilence {
    let matcher = Matcher::new("alertname", Operation::Equal, "CheckoutDown").expect("a matcher");
    let now = chrono::Utc::now();
    NewSilence {
        matchers: vec![matcher],
        starts: now,
        ends: now + chrono::TimeDelta::hours(1),
        by: "ana".to_owned(),
        comment: "ACK! looking at it".to_owned(),
    }
}
