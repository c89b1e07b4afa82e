//! Ends: by itself, at the deadline, cancelled, of a signal; and what is left.

use super::*;

/// Says `ready` and its children, and goes on for a long time whatever it is told.
const STUBBORN: &str = "trap '' TERM INT HUP; echo ready; while :; do sleep 50; done";

#[tokio::test]
async fn who_listens_to_term_is_not_killed() {
    let text = "trap 'echo bye; exit 0' TERM; echo ready; while :; do sleep 0.05; done";
    let mut running = Running::begin(shell(text), &[], far());
    let process = running.began().await;
    running.until("ready").await;
    running.cancel.send(true).unwrap();
    let finished = running.end().await;
    assert_eq!(finished.ended, Ended::Cancelled, "whatever it ended with: it was told to");
    // Its child was told too; what the shell says of that may come before.
    let said = texts(&finished.output);
    assert!(said[0] == "ready" && said.iter().any(|line| line == "bye"), "{said:?}");
    assert!(running.debug.contains("Stopping"));
    assert!(finished.took < FAR / 2, "{:?}", finished.took);
    assert!(!is_alive(process));
}

#[tokio::test]
async fn who_ignores_term_is_killed_after_the_grace() {
    let mut running = Running::begin(shell(STUBBORN), &[], Limits { timeout: FAR, grace: Duration::from_millis(300) });
    let process = running.began().await;
    running.until("ready").await;
    let told = Instant::now();
    running.cancel.send(true).unwrap();
    let finished = running.end().await;
    assert_eq!((finished.ended, finished.notes), (Ended::Cancelled, Vec::new()));
    assert!(told.elapsed() >= Duration::from_millis(300) && told.elapsed() < FAR / 2, "{:?}", told.elapsed());
    gone(process).await;
}

#[tokio::test]
async fn who_ignores_term_is_killed_at_the_deadline_too() {
    let finished = finished(shell(STUBBORN), soon(300, 100)).await;
    assert_eq!((finished.ended, finished.notes), (Ended::TimedOut, Vec::new()));
    assert!(finished.took >= Duration::from_millis(300) && finished.took < FAR / 2, "{:?}", finished.took);
}

#[tokio::test]
async fn children_that_ignore_term_die_with_it() {
    // The leader listens and ends at once; its children do not, one of them in a group of its own.
    let text = format!("({STUBBORN}) & (set -m; ({STUBBORN}) & wait) & (timeout 50 sh -c \"{STUBBORN}\") & wait");
    let mut running = Running::begin(shell(&text), &[], soon(60_000, 300));
    let process = running.began().await;
    while texts(&running.seen).iter().filter(|line| *line == "ready").count() < 3 {
        running.next().await.unwrap();
    }
    running.cancel.send(true).unwrap();
    let finished = running.end().await;
    assert_eq!((finished.ended, &finished.notes), (Ended::Cancelled, &Vec::new()), "nobody holds its output any more");
    gone(process).await;
}

#[tokio::test]
async fn who_says_nothing_until_the_deadline() {
    let finished = finished(shell("exec sleep 1000"), soon(200, 60_000)).await;
    assert_eq!(finished.ended, Ended::TimedOut);
    assert!(finished.output.is_empty() && finished.notes.is_empty());
}

#[tokio::test]
async fn who_closes_its_output_goes_on_until_its_end() {
    let folder = tempfile::tempdir().unwrap();
    let mut call = shell("echo said; exec >/dev/null 2>&1; sleep 0.7; touch done; exit 5");
    call.cwd = folder.path().to_owned();
    let finished = finished(call, far()).await;
    assert_eq!(finished.ended, Ended::Exit(5));
    assert_eq!(texts(&finished.output), ["said"]);
    assert!(folder.path().join("done").exists() && finished.took >= Duration::from_millis(700));
}

#[tokio::test]
async fn who_closes_its_output_is_stopped_at_the_deadline_all_the_same() {
    let finished =
        finished(shell("exec >/dev/null 2>&1; trap '' TERM; while :; do sleep 50; done"), soon(200, 100)).await;
    assert_eq!(finished.ended, Ended::TimedOut);
}

#[tokio::test]
async fn who_dies_of_a_signal_is_told_by_its_name() {
    for (kill, name) in [("kill -KILL $$", "SIGKILL"), ("kill -TERM $$", "SIGTERM"), ("kill -SEGV $$", "SIGSEGV")] {
        assert_eq!(finished(shell(kill), far()).await.ended, Ended::Signal(name.to_owned()));
    }
}

#[tokio::test]
async fn who_stops_itself_is_woken_to_end() {
    let mut running = Running::begin(shell("trap 'echo woken; exit' TERM; kill -STOP $$; echo on"), &[], far());
    let process = running.began().await;
    let stat = format!("/proc/{}/stat", process.0);
    while !std::fs::read_to_string(&stat).unwrap().contains(") T ") {
        tokio::task::yield_now().await;
    }
    running.cancel.send(true).unwrap();
    let finished = running.end().await;
    assert_eq!((finished.ended, texts(&finished.output)), (Ended::Cancelled, vec!["woken".to_owned()]));
    gone(process).await;
}

#[tokio::test]
async fn who_stops_itself_and_ignores_term_is_killed() {
    let finished = finished(shell("trap '' TERM; kill -STOP $$; while :; do sleep 50; done"), soon(200, 200)).await;
    assert_eq!(finished.ended, Ended::TimedOut);
}

#[tokio::test]
async fn a_daemon_that_holds_the_pipe_is_left_and_told() {
    let mut running = Running::begin(shell("sleep 500 & echo started"), &[], far());
    let process = running.began().await;
    let finished = running.end().await;
    assert_eq!(finished.ended, Ended::Exit(0));
    assert_eq!(texts(&finished.output), ["started"]);
    let expected = format!("a process it left behind (group {}) still holds its output", process.0);
    assert!(finished.notes.len() == 1 && finished.notes[0].starts_with(&expected), "{:?}", finished.notes);
    assert!(finished.took < Duration::from_secs(30));
    assert!(is_alive(process), "it was left on purpose");
    nix::sys::signal::killpg(nix::unistd::Pid::from_raw(process.0), nix::sys::signal::Signal::SIGKILL).unwrap();
    gone(process).await;
}

#[tokio::test]
async fn a_daemon_that_holds_nothing_is_left_without_a_word() {
    let mut running = Running::begin(shell("sleep 500 >/dev/null 2>&1 </dev/null &"), &[], far());
    let process = running.began().await;
    let finished = running.end().await;
    assert_eq!((finished.ended, finished.notes), (Ended::Exit(0), Vec::new()));
    assert!(is_alive(process));
    nix::sys::signal::killpg(nix::unistd::Pid::from_raw(process.0), nix::sys::signal::Signal::SIGKILL).unwrap();
}

#[tokio::test]
async fn cancelled_while_it_talks() {
    let mut running = Running::begin(shell("echo ready; exec yes"), &[], far());
    let process = running.began().await;
    running.until("ready").await;
    running.cancel.send(true).unwrap();
    let finished = running.end().await;
    assert_eq!(finished.ended, Ended::Cancelled);
    gone(process).await;
}

#[tokio::test]
async fn nobody_who_could_cancel_is_no_reason_to_stop() {
    let Running { run, mut heard, cancel, .. } = Running::begin(shell("sleep 0.3; echo done"), &[], far());
    drop(cancel);
    while heard.recv().await.is_some() {}
    assert_eq!(run.await.unwrap().ended, Ended::Exit(0));
}

#[tokio::test]
async fn if_midwatch_lets_go_of_it_everything_is_killed() {
    let mut running = Running::begin(shell(&format!("({STUBBORN}) & {STUBBORN}")), &[], far());
    let process = running.began().await;
    running.until("ready").await;
    assert!(is_alive(process) && !is_alive((process.0, process.1 + 1)));
    running.run.abort();
    gone(process).await;
}
