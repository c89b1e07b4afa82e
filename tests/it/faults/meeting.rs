//! One adapter meets one fault: it was live before, it is told what it becomes, and it comes back by itself.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use futures_util::future::BoxFuture;
use midwatch::board::SourceEvent;
use midwatch::domain::Health;
use midwatch::report::exit_code;
use midwatch::source::{Capabilities, Observation, Source, SourceError};

use super::adapters::{Adapter, Bounds};
use super::fault::{Again, Case, Fault};
use super::lab::{CANARY, Lab};
use super::page::{Row, plain};
use super::watch::{EVERY, Failed, Watch};

/// The bound on answers, so that an endless one ends soon. The real one is met in `program`.
const LARGEST: usize = 1 << 20;
/// What the two sides of a connection may hold of an answer that nobody reads.
const UNDER_WAY: u64 = 16 << 20;
/// How many more failures are looked at where the machine was too busy for the first.
const MORE: usize = 4;
/// What lies between two looks at the clock.
const SLIP: Duration = Duration::from_millis(200);
/// The most requests of one poll: two at a time, each once more with a secret that was read anew, and those of the poll
/// before that came late.
const REQUESTS: usize = 8;

/// A source whose host's name cannot be resolved any more once it is bent.
struct Bent {
    good: Box<dyn Source>,
    nameless: Box<dyn Source>,
    away: Arc<AtomicBool>,
}

impl Source for Bent {
    fn kind(&self) -> &'static str {
        self.good.kind()
    }

    fn poll(&mut self) -> BoxFuture<'_, Result<Observation, SourceError>> {
        if self.away.load(Ordering::Relaxed) { self.nameless.poll() } else { self.good.poll() }
    }

    fn tells(&self) -> Capabilities {
        self.good.tells()
    }
}

/// How patient the adapter is: little where the fault is about time, else so much that a busy machine does no harm.
pub fn bounds(case: &Case) -> Bounds {
    let timeout = Duration::from_secs(if case.is_about_time() { 2 } else { 30 });
    let endless = matches!(case.fault, Fault::Endless | Fault::Bomb);
    Bounds { timeout, largest: endless.then_some(LARGEST) }
}

/// They meet.
pub async fn meet(adapter: Adapter, case: &'static Case) -> Row {
    let elsewhere = Lab::start(adapter.good(), Fault::None).await;
    let lab = Lab::leading(adapter.good(), case.fault, &format!("http://{}/login", elsewhere.address())).await;
    let bounds = bounds(case);
    let bent = Arc::new(AtomicBool::new(false));
    let build = |url: &str| adapter.build(&lab, url, bounds).unwrap_or_else(|error| panic!("{error}"));
    let nameless = format!("http://nowhere.invalid:9093/?token={CANARY}");
    let source = Bent { good: build(&lab.url()), nameless: build(&nameless), away: Arc::clone(&bent) };
    let mut watch = Watch::begin(Box::new(source), bounds.timeout);
    watch.answer().await;
    let knows = |watch: &Watch, newer| {
        let known = adapter.still_knows(&watch.board, newer);
        known.unwrap_or_else(|why| panic!("{} meets {:?}: {why}", adapter.words(), case.fault));
    };
    knows(&watch, false);

    bent.store(case.fault == Fault::NoSuchName, Ordering::Relaxed);
    lab.set(case.fault).await;
    if case.lives() {
        if case.fault == Fault::OutOfOrder {
            comes_late(&mut watch, &lab).await;
        }
        let row = lives(&mut watch, case, adapter).await;
        knows(&watch, case.fault == Fault::OutOfOrder && adapter != Adapter::PrometheusSignals);
        return row;
    }
    let failed = fails(&mut watch, case, adapter, &lab).await;
    knows(&watch, false);
    assert!(elsewhere.seen().is_empty(), "a redirect was followed: {:?}", elsewhere.seen());
    let row = Row {
        who: adapter.words(),
        state: watch.health(failed.report.at).words(),
        says: plain(&failed.cause, &elsewhere.address()),
        again: again(failed.wait),
        exit: watch.exit_of(&failed.report),
    };

    // It comes back by itself, and not before the time that was told.
    let told = Instant::now();
    bent.store(false, Ordering::Relaxed);
    lab.set(Fault::None).await;
    let at = watch.answer().await;
    assert_eq!(watch.health(at), Health::Live);
    assert!(watch.status().failure.is_none());
    knows(&watch, false);
    // What was sent before the failure was known may be read a little later.
    let early = |at: Instant| at > told + failed.wait / 2 && at + SLIP < told + failed.wait;
    let early = lab.seen().iter().filter(|seen| early(seen.at)).count();
    assert_eq!(early, 0, "{} meets {:?}: asked before {:?} had passed", adapter.words(), case.fault, failed.wait);
    row
}

/// A source that stays live: as the board tells it, two more answers later.
async fn lives(watch: &mut Watch, case: &Case, adapter: Adapter) -> Row {
    let who = format!("{} meets {:?}", adapter.words(), case.fault);
    let mut at = watch.answer().await;
    let more = if case.fault == Fault::Large { 0 } else { 2 };
    for _ in 0..more {
        let report = watch.next().await;
        assert!(!matches!(report.event, SourceEvent::Failed { .. }), "{who}: {report:?}");
        at = report.at;
    }
    let notes = watch.status().notes.join("; ");
    for words in case.says {
        assert!(notes.contains(words), "{who}: '{words}' is not in {notes}");
    }
    Row {
        who: adapter.words(),
        state: watch.health(at).words(),
        // What is said besides, such as a promise that a busy machine did not measure in time, is not of this fault.
        says: plain(&about(watch, case), ""),
        again: Again::AsAlways,
        exit: exit_code(watch.board.summary(at).verdict()),
    }
}

/// The notes that are about the fault.
fn about(watch: &Watch, case: &Case) -> String {
    let about = |note: &&String| case.says.iter().any(|words| note.contains(words));
    watch.status().notes.iter().filter(about).cloned().collect::<Vec<_>>().join("; ")
}

/// The first question is answered much later; the next one is answered at once, with news.
async fn comes_late(watch: &mut Watch, lab: &Lab) {
    let failed = watch.failure().await;
    assert!(failed.cause.contains("in time"), "{}", failed.cause);
    watch.answer().await;
    while lab.late() == 0 {
        watch.answer().await;
    }
}

/// A source that fails: its second failure, which is not about the moment of the change.
async fn fails(watch: &mut Watch, case: &Case, adapter: Adapter, lab: &Lab) -> Failed {
    let who = format!("{} meets {:?}", adapter.words(), case.fault);
    let (sent, asked) = (lab.sent(), lab.seen().len());
    watch.failure().await;
    let mut between = lab.seen().len();
    let mut failed = watch.failure().await;
    for _ in 0..MORE {
        // On a machine that is busy with something else, an earlier deadline may have passed first.
        if case.says.iter().any(|words| !failed.cause.contains(words)) {
            between = lab.seen().len();
            failed = watch.failure().await;
        }
    }
    let Failed { cause, wait, report } = &failed;

    for words in case.says {
        assert!(cause.contains(words), "{who}: '{words}' is not in {cause}");
    }
    let host = if case.fault == Fault::NoSuchName { "nowhere.invalid:9093".to_owned() } else { lab.address() };
    assert!(cause.contains(&host), "{who}: it does not say where: {cause}");
    assert!(!cause.contains(CANARY) && !cause.contains("token"), "{who}: a secret is told: {cause}");
    assert!(!cause.contains('<'), "{who}: markup is told: {cause}");

    assert_eq!(watch.health(report.at), Health::Unreachable, "{who}");
    assert!(watch.status().answered.is_some_and(|answered| answered < report.at), "{who}: it is not dated");
    assert_eq!(again(*wait), case.again, "{who}: asked again after {wait:?}");

    let polled = lab.seen().len() - between;
    assert!(polled <= REQUESTS, "{who}: {polled} requests of one poll");
    let requests = u64::try_from(lab.seen().len() - asked).expect("a few");
    let (sent, most) = (lab.sent() - sent, requests * (LARGEST as u64 + UNDER_WAY));
    assert!(sent <= most, "{who}: {sent} bytes were read in {requests} requests");
    failed
}

/// When it is asked again, by how long that is.
pub fn again(wait: Duration) -> Again {
    let plea = Duration::from_secs(super::lab::PLEA);
    if wait <= EVERY.mul_f64(1.5) {
        Again::Soon
    } else if wait + SLIP >= plea && wait < plea + SLIP {
        Again::AsItSays
    } else {
        Again::Rarely
    }
}
