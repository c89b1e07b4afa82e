//! Maintenance windows, ticks, notes, accepted contents; what is told of them and what is forgotten.

use super::made::{end, request, run, start, warm};
use super::*;
use crate::domain::maintenance::Window;
use crate::domain::remediation::run::Run;
use crate::domain::runbook::{Tick, WrongStep};

const DAY: i64 = 86_400;

async fn store() -> Store {
    Store::open_in_memory().await.unwrap()
}

fn window(id: u64, starts: i64, ends: i64) -> Window {
    Window {
        id: RunId(id),
        service: "checkout".to_owned(),
        reason: "new disks".to_owned(),
        rollback: "put the old ones back".to_owned(),
        by: Operator::new("ana", "bastion"),
        starts: after(starts),
        ends: after(ends),
        silences: Vec::new(),
        ended: None,
    }
}

fn tick(incident: IncidentId, task: &str, by: &str, seconds: i64) -> Tick {
    Tick { incident, runbook: "shipped:disk".into(), task: task.into(), by: by.into(), at: after(seconds) }
}

fn note(words: &str, seconds: i64) -> WrongStep {
    WrongStep {
        runbook: "/runbooks/disk.md".to_owned(),
        step: "0123456789abcdef".to_owned(),
        says: "df -h".to_owned(),
        note: words.to_owned(),
        by: "ana".to_owned(),
        at: after(seconds),
        incident: Some(IncidentId(7)),
    }
}

#[tokio::test]
async fn a_window_is_told_until_a_day_after_its_end() {
    let store = store().await;
    let silences = vec![(SourceName::new("am-eu"), MuteId::new("s-1"))];
    let lasts = Window { silences, ..window(1, -60, 3_600) };
    let ahead = window(2, 7_200, 9_000);
    for window in [&ahead, &lasts] {
        store.put_window(window).await.unwrap();
    }
    let told = async |at| store.memory(after(at)).await.unwrap().windows;
    assert_eq!(told(0).await, [lasts.clone(), ahead.clone()]);
    assert_eq!(told(3_599 + DAY).await, [lasts.clone(), ahead.clone()]);
    assert_eq!(told(3_600 + DAY).await, [ahead]);
}

#[tokio::test]
async fn a_window_ends_early_once_and_for_good() {
    let store = store().await;
    store.put_window(&window(1, 0, 3_600)).await.unwrap();
    store.put_window(&window(2, 0, 60)).await.unwrap();
    assert!(store.end_window(RunId(1), after(600)).await.unwrap());
    assert!(!store.end_window(RunId(1), after(700)).await.unwrap());
    assert!(!store.end_window(RunId(2), after(60)).await.unwrap(), "it was over by itself");
    assert!(!store.end_window(RunId(3), after(60)).await.unwrap());
    store.put_window(&Window { reason: "late news".to_owned(), ..window(1, 0, 3_600) }).await.unwrap();
    let told = store.memory(after(700)).await.unwrap().windows;
    let first = Window { reason: "late news".to_owned(), ended: Some(after(600)), ..window(1, 0, 3_600) };
    assert_eq!(told, [first, window(2, 0, 60)]);
    assert!(!told[0].lasts(after(650)));
    assert_eq!(store.memory(after(600 + DAY)).await.unwrap().windows, []);
}

#[tokio::test]
async fn a_tick_stays_whose_it_was_and_anybody_takes_it_back() {
    let store = store().await;
    let first = tick(IncidentId(7), "a", "ana", 0);
    store.tick(&first).await.unwrap();
    store.tick(&tick(IncidentId(7), "a", "bo", 60)).await.unwrap();
    assert_eq!(store.memory(after(90)).await.unwrap().ticks, std::slice::from_ref(&first));
    assert!(store.untick(&tick(IncidentId(7), "a", "bo", 99)).await.unwrap());
    assert!(!store.untick(&first).await.unwrap());
    assert_eq!(store.memory(after(90)).await.unwrap().ticks, []);
}

#[tokio::test]
async fn ticks_are_told_while_their_incident_is_in_sight() {
    let store = store().await;
    let open = episode("A", noon());
    let ended = Episode { resolved: Some(after(20 * DAY)), ..episode("B", noon()) };
    store.save_episodes(&[open.clone(), ended.clone()]).await.unwrap();
    let (of_open, of_ended) = (tick(open.id, "x", "ana", 0), tick(ended.id, "x", "ana", 1));
    let (unknown, young) = (tick(IncidentId(7), "x", "ana", 2), tick(IncidentId(7), "y", "ana", 20 * DAY));
    for tick in [&young, &unknown, &of_ended, &of_open] {
        store.tick(tick).await.unwrap();
    }
    let told = async |days| store.memory(after(days * DAY)).await.unwrap().ticks;
    assert_eq!(told(7).await, [of_open.clone(), of_ended.clone(), unknown, young.clone()]);
    assert_eq!(told(27).await, [of_open.clone(), of_ended, young]);
    assert_eq!(told(28).await, [of_open]);
}

#[tokio::test]
async fn notes_are_told_for_ninety_days_newest_first() {
    let store = store().await;
    let (old, new) = (note("there is no df here\u{7}", 0), WrongStep { incident: None, ..note("use -i", DAY) });
    store.note_wrong_step(&old).await.unwrap();
    store.note_wrong_step(&new).await.unwrap();
    let harmless = note("there is no df here·", 0);
    assert_eq!(store.wrong_steps(after(0)).await.unwrap(), [new.clone(), harmless.clone()]);
    assert_eq!(store.wrong_steps(after(1)).await.unwrap(), std::slice::from_ref(&new));
    assert_eq!(store.memory(after(90 * DAY)).await.unwrap().wrong_steps, [new.clone(), harmless]);
    assert_eq!(store.memory(after(91 * DAY)).await.unwrap().wrong_steps, [new]);
}

#[tokio::test]
async fn a_content_is_accepted_by_one_operator_for_that_content() {
    let store = store().await;
    let (ana, bo) = (Operator::new("ana", "bastion"), Operator::new("bo", "bastion"));
    store.accept("aa", "presets/k8s.toml", &ana, noon()).await.unwrap();
    store.accept("aa", "presets/k8s.toml", &ana, after(5)).await.unwrap();
    assert!(store.is_accepted("aa", &ana).await.unwrap());
    assert!(!store.is_accepted("ab", &ana).await.unwrap());
    assert!(!store.is_accepted("aa", &bo).await.unwrap());
    assert!(!store.is_accepted("aa", &Operator::new("ana", "elsewhere")).await.unwrap());
}

#[tokio::test]
async fn what_is_old_is_forgotten_and_what_lasts_is_not() {
    let store = store().await;
    let over = warm(1, "ana", 0);
    store.begin_run(&start(over.clone())).await.unwrap();
    assert!(end(&store, &over, 5).await);
    let lasting = Run { lease: after(450 * DAY), target: "slow".to_owned(), ..warm(2, "ana", 0) };
    store.begin_run(&start(lasting.clone())).await.unwrap();
    store.put_request(&request(3, "ana")).await.unwrap();
    store.put_window(&window(4, 0, 60)).await.unwrap();
    store.tick(&tick(IncidentId(7), "a", "ana", 0)).await.unwrap();
    store.note_wrong_step(&note("x", 0)).await.unwrap();

    store.forget(after(30 * DAY)).await.unwrap();
    assert!(store.output_of(over.id).await.unwrap().is_some());
    assert!(store.request(RunId(3)).await.unwrap().is_some());
    store.forget(after(31 * DAY)).await.unwrap();
    assert_eq!(store.output_of(over.id).await.unwrap(), None);
    assert_eq!(store.request(RunId(3)).await.unwrap(), None);
    let told = store.memory(noon()).await.unwrap();
    assert_eq!((told.runs.len(), told.windows.len(), told.ticks.len(), told.wrong_steps.len()), (2, 1, 1, 1));
    store.forget(after(401 * DAY)).await.unwrap();
    let told = store.memory(noon()).await.unwrap();
    assert_eq!(told.runs, [lasting]);
    assert_eq!((told.windows.len(), told.ticks.len(), told.wrong_steps.len()), (0, 0, 0));
}

#[tokio::test]
async fn everything_that_is_told_moves_the_counter() {
    let (_dir, path) = file();
    let (one, two) = (open(&path).await, open(&path).await);
    let (first, bo) = (run(1, "ana", 0), Operator::new("bo", "laptop"));
    let mut last = two.change_counter().await.unwrap();
    let mut moved = async |what: &str, expected: bool| {
        let now = two.change_counter().await.unwrap();
        assert_eq!(now != last, expected, "{what}");
        last = now;
    };
    one.begin_run(&start(first.clone())).await.unwrap();
    moved("begin", true).await;
    one.begin_run(&start(run(2, "bo", 1))).await.unwrap();
    moved("begin that is refused", false).await;
    one.vouch_for_run(first.id, after(60), None).await.unwrap();
    moved("lease", true).await;
    one.vouch_for_run(first.id, after(60), Some((4_711, 99))).await.unwrap();
    moved("process", true).await;
    assert!(end(&one, &first, 5).await);
    moved("end", true).await;
    assert!(!end(&one, &first, 6).await);
    moved("second end", false).await;
    one.put_request(&request(3, "ana")).await.unwrap();
    moved("request", true).await;
    one.approve(RunId(3), &first.operator, noon()).await.unwrap().unwrap_err();
    moved("approval that is refused", false).await;
    one.approve(RunId(3), &bo, noon()).await.unwrap().unwrap();
    moved("approval", true).await;
    one.close_request(RunId(3)).await.unwrap();
    moved("closing", true).await;
    one.put_window(&window(4, 0, 60)).await.unwrap();
    moved("window", true).await;
    one.end_window(RunId(4), after(5)).await.unwrap();
    moved("end of a window", true).await;
    one.tick(&tick(IncidentId(7), "a", "ana", 0)).await.unwrap();
    moved("tick", true).await;
    one.untick(&tick(IncidentId(7), "a", "ana", 0)).await.unwrap();
    moved("untick", true).await;
    one.note_wrong_step(&note("x", 0)).await.unwrap();
    moved("note", true).await;
    one.accept("aa", "x", &bo, noon()).await.unwrap();
    moved("accepted", false).await;
}
