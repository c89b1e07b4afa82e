//! A poller in paused time: when it asks, what it reports, what it does with sources that hang, fail or panic.

use std::collections::VecDeque;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use futures_util::FutureExt as _;
use futures_util::future::BoxFuture;
use tokio::sync::mpsc::{Receiver, channel};

use super::*;
use crate::source::{Capabilities, Observation, Part, SourceError};

/// What one poll does.
#[derive(Clone)]
enum Step {
    Answer,
    AnswerInPart,
    Fail(ErrorKind),
    FailFor(Duration),
    Take(Duration),
    Panic,
}

/// Does its steps in order, then answers the same for ever.
#[derive(Default)]
struct Scripted {
    steps: VecDeque<Step>,
    begun: Arc<Mutex<Vec<Instant>>>,
    in_flight: Arc<AtomicUsize>,
}

struct InFlight(Arc<AtomicUsize>);

impl Drop for InFlight {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}

impl Source for Scripted {
    fn kind(&self) -> &'static str {
        "scripted"
    }

    fn tells(&self) -> Capabilities {
        Capabilities { alerts: true, ..Capabilities::default() }
    }

    fn poll(&mut self) -> BoxFuture<'_, Result<Observation, SourceError>> {
        async move {
            self.begun.lock().unwrap().push(Instant::now());
            assert_eq!(self.in_flight.fetch_add(1, Ordering::SeqCst), 0, "two polls at once");
            let _guard = InFlight(Arc::clone(&self.in_flight));
            let answer = Observation { alerts: Part::Now(vec![]), ..Observation::default() };
            match self.steps.pop_front().unwrap_or(Step::Answer) {
                Step::Answer => Ok(answer),
                Step::AnswerInPart => Ok(Observation { more: true, ..answer }),
                Step::Fail(kind) => Err(SourceError::new(kind, "it fails")),
                Step::FailFor(wait) => {
                    let mut error = SourceError::new(ErrorKind::RateLimited, "later");
                    error.retry_after = Some(wait);
                    Err(error)
                }
                Step::Take(time) => {
                    tokio::time::sleep(time).await;
                    Ok(answer)
                }
                Step::Panic => panic!("index out of bounds"),
            }
        }
        .boxed()
    }
}

const EVERY: Duration = Duration::from_secs(10);
const TIMEOUT: Duration = Duration::from_secs(5);

struct Bench {
    handle: PollerHandle,
    reports: Receiver<SourceReport>,
    begun: Arc<Mutex<Vec<Instant>>>,
    in_flight: Arc<AtomicUsize>,
}

fn clock() -> Clock {
    let began = Instant::now();
    Arc::new(move || Moment::UNIX_EPOCH + began.elapsed())
}

fn bench(steps: impl IntoIterator<Item = Step>) -> Bench {
    let source = Scripted { steps: steps.into_iter().collect(), ..Scripted::default() };
    let (begun, in_flight) = (Arc::clone(&source.begun), Arc::clone(&source.in_flight));
    let (tx, reports) = channel(8);
    let schedule = Schedule { every: EVERY, timeout: TIMEOUT };
    let handle = spawn(Box::new(source), schedule, SourceName::new("s"), clock(), tx);
    Bench { handle, reports, begun, in_flight }
}

impl Bench {
    async fn events(&mut self, count: usize) -> Vec<SourceEvent> {
        let mut events = Vec::new();
        for _ in 0..count {
            events.push(self.reports.recv().await.unwrap().event);
        }
        events
    }

    fn gaps(&self) -> Vec<Duration> {
        self.begun.lock().unwrap().windows(2).map(|pair| pair[1] - pair[0]).collect()
    }
}

fn cause(event: &SourceEvent) -> &str {
    match event {
        SourceEvent::Failed { cause, .. } => cause,
        other => panic!("no failure: {other:?}"),
    }
}

#[tokio::test(start_paused = true)]
async fn the_first_at_once_then_by_the_interval_and_nothing_new_is_a_heartbeat() {
    let began = Instant::now();
    let mut bench = bench([]);
    let events = bench.events(6).await;
    assert!(matches!(events[0], SourceEvent::Answered(_)));
    assert!(events[1..].iter().all(|event| *event == SourceEvent::Heartbeat));
    assert_eq!(bench.begun.lock().unwrap()[0], began);
    for gap in bench.gaps() {
        assert!((EVERY.mul_f64(0.9)..=EVERY.mul_f64(1.1) + Duration::from_millis(2)).contains(&gap), "{gap:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn what_has_more_to_tell_is_asked_again_soon_until_it_has_told_all() {
    let mut bench = bench([Step::AnswerInPart, Step::AnswerInPart, Step::Answer]);
    bench.events(4).await;
    let gaps = bench.gaps();
    assert!(gaps[..2].iter().all(|gap| *gap < SHORTEST + Duration::from_millis(5)), "{gaps:?}");
    assert!(gaps[2] >= EVERY.mul_f64(0.9), "{gaps:?}");
}

#[tokio::test(start_paused = true)]
async fn a_refresh_polls_at_once_and_many_wishes_make_one_poll() {
    let mut bench = bench([]);
    bench.events(1).await;
    tokio::time::sleep(Duration::from_secs(1)).await;
    for _ in 0..50 {
        bench.handle.refresh();
    }
    bench.events(2).await;
    let gaps = bench.gaps();
    assert!(gaps[0] < Duration::from_millis(1010), "{gaps:?}");
    assert!(gaps[1] > EVERY.mul_f64(0.89), "{gaps:?}");
}

#[tokio::test(start_paused = true)]
async fn one_in_flight_and_a_wish_during_a_poll_is_another_poll() {
    let mut bench = bench([Step::Take(Duration::from_secs(3))]);
    tokio::time::sleep(Duration::from_secs(1)).await;
    bench.handle.refresh();
    bench.handle.refresh();
    bench.events(2).await;
    let gap = bench.gaps()[0];
    assert!((Duration::from_secs(3)..Duration::from_millis(3300)).contains(&gap), "{gap:?}");
}

#[tokio::test(start_paused = true)]
async fn a_poll_that_hangs_fails_at_the_deadline_and_is_given_up() {
    let mut bench = bench([Step::Take(Duration::from_hours(1))]);
    let report = bench.reports.recv().await.unwrap();
    assert!(cause(&report.event).contains("within 5.0 s"), "{report:?}");
    assert!(report.took >= TIMEOUT && report.took < TIMEOUT + Duration::from_millis(5));
    assert_eq!(bench.in_flight.load(Ordering::SeqCst), 0);
}

#[tokio::test(start_paused = true)]
async fn failures_are_asked_about_early_then_less_often_and_an_answer_ends_that() {
    let mut bench = bench(std::iter::repeat_n(Step::Fail(ErrorKind::Connect), 7));
    let events = bench.events(9).await;
    assert!(events[..7].iter().all(|event| cause(event) == "it fails"));
    assert!(matches!(events[7], SourceEvent::Answered(_)));
    let gaps = bench.gaps();
    assert!(gaps[0] <= EVERY / 4 + Duration::from_millis(2), "{gaps:?}");
    for gap in &gaps[4..7] {
        assert!(*gap >= EVERY.mul_f64(1.19) && *gap < EVERY * 2, "{gaps:?}");
    }
    assert!(gaps[7] <= EVERY.mul_f64(1.1) + Duration::from_millis(2), "{gaps:?}");
}

#[tokio::test(start_paused = true)]
async fn what_does_not_pass_by_itself_is_asked_about_less() {
    let mut bench = bench(std::iter::repeat_n(Step::Fail(ErrorKind::Unauthorized), 4));
    bench.events(4).await;
    assert!(bench.gaps()[2] >= EVERY * 7, "{:?}", bench.gaps());
}

#[tokio::test(start_paused = true)]
async fn a_plea_to_be_left_alone_is_honoured_and_told() {
    let mut bench = bench([Step::FailFor(Duration::from_secs(90))]);
    let report = bench.reports.recv().await.unwrap();
    let SourceEvent::Failed { retry: Some(retry), .. } = report.event else { panic!("{report:?}") };
    assert_eq!((retry - report.at).num_seconds(), 90);
    bench.events(1).await;
    assert!(bench.gaps()[0] >= Duration::from_secs(90));
}

#[tokio::test(start_paused = true)]
async fn a_panic_is_a_failure_and_the_poller_goes_on() {
    let mut bench = bench([Step::Answer, Step::Panic]);
    let events = bench.events(3).await;
    assert!(cause(&events[1]).starts_with("a fault of midwatch: index out of bounds"), "{events:?}");
    assert_eq!(events[2], SourceEvent::Heartbeat);
}

#[tokio::test(start_paused = true)]
async fn it_ends_when_dropped_and_when_nobody_listens() {
    let mut dropped = bench([]);
    dropped.events(1).await;
    drop(dropped.handle);
    assert!(dropped.reports.recv().await.is_none());

    let mut unheard = bench([]);
    unheard.events(1).await;
    drop(unheard.reports);
    (&mut unheard.handle.task).await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn one_look_asks_all_at_once_and_waits_no_longer_than_told() {
    let asked = |name: &str, step: Step, timeout: u64| Asked {
        name: SourceName::new(name),
        source: Box::new(Scripted { steps: [step].into(), ..Scripted::default() }),
        timeout: Duration::from_secs(timeout),
    };
    let began = Instant::now();
    let sources = vec![
        asked("hangs", Step::Take(Duration::from_hours(1)), 60),
        asked("slow", Step::Take(Duration::from_secs(4)), 60),
        asked("fails", Step::Fail(ErrorKind::Tls), 60),
        asked("impatient", Step::Take(Duration::from_secs(9)), 1),
        asked("panics", Step::Panic, 60),
    ];
    let reports = once(sources, Duration::from_secs(10), &clock()).await;
    assert!(began.elapsed() < Duration::from_secs(11));
    assert_eq!(
        reports.iter().map(|report| report.source.as_str()).collect::<Vec<_>>(),
        ["hangs", "slow", "fails", "impatient", "panics"]
    );
    assert!(cause(&reports[0].event).contains("within 10.0 s"));
    assert!(matches!(reports[1].event, SourceEvent::Answered(_)));
    assert_eq!(cause(&reports[2].event), "it fails");
    assert!(cause(&reports[3].event).contains("within 1.0 s"));
    assert!(cause(&reports[4].event).contains("a fault of midwatch"));
}

#[tokio::test(start_paused = true)]
async fn half_an_hour_of_errors_is_a_bounded_number_of_requests_and_the_first_answer_ends_it() {
    let mut bench = bench([Step::Answer].into_iter().chain(vec![Step::Fail(ErrorKind::Server); 10_000]));
    bench.events(1).await;
    let began = Instant::now();
    let mut asked = 0;
    while began.elapsed() < Duration::from_mins(30) {
        assert!(matches!(bench.events(1).await[0], SourceEvent::Failed { .. }));
        asked += 1;
    }
    // One and a half intervals apart, less a fifth by chance; the first few sooner.
    assert!((115..=160).contains(&asked), "a question each 10 s would be 180: {asked}");
    let gaps = bench.gaps();
    assert!(gaps.iter().skip(8).all(|gap| *gap >= EVERY), "{gaps:?}");

    let mut back = self::bench(vec![Step::Fail(ErrorKind::Server); 200].into_iter().chain([Step::Answer]));
    back.events(200).await;
    let failing = Instant::now();
    assert!(matches!(back.events(1).await[0], SourceEvent::Answered(_)));
    assert!(failing.elapsed() < EVERY * 2, "seen within two polls");
}
