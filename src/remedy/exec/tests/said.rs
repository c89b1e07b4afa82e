//! What is heard: live, bounded, harmless, and never a secret.

use super::*;

#[tokio::test]
async fn it_is_told_while_it_runs() {
    let folder = tempfile::tempdir().unwrap();
    let mut call = shell("printf 'waiting... '; until [ -e go ]; do sleep 0.02; done; echo ok; echo next");
    call.cwd = folder.path().to_owned();
    let mut running = Running::begin(call, &[], far());
    running.until("waiting...").await;
    std::fs::write(folder.path().join("go"), "").unwrap();
    let finished = running.end().await;
    assert_eq!(texts(&running.seen), ["waiting... ok", "next"], "the unfinished line was taken back");
    assert_eq!(texts(&finished.output), ["waiting... ok", "next"]);
}

#[tokio::test]
async fn hostile_output_is_harmless() {
    let text = r"printf '\033]0;owned\007\033[2J\033[31mred\033[0m \342\200\256bidi \377\376 \033[?1049h\r\n'
        printf '1%%\r50%%\r100%%\n'; head -c 100000 /dev/zero | tr '\0' x; printf '\n\000end\033'";
    let mut running = Running::begin(shell(text), &[], far());
    let finished = running.end().await;
    let said = texts(&finished.output);
    assert_eq!(said[0], "red ·bidi \u{fffd}\u{fffd} ");
    assert_eq!(finished.output.first()[0].pieces[0].0.colour, Some(1));
    assert_eq!((said[1].as_str(), said[2].chars().count(), said[3].as_str()), ("100%", 4_000, "·end"));
    assert_eq!(texts(&running.seen), said);
}

#[tokio::test]
async fn a_gigabyte_takes_little_room_and_never_waits_for_the_reader() {
    const BYTES: u64 = 1_000_000_000;
    let text = format!("echo begin; yes | head -c {BYTES}; echo end");
    let mut running = Running::begin(shell(&text), &[], far());
    running.began().await;
    running.until("begin").await;
    let before = resident();
    let mut most = 0;
    while let Some(heard) = running.next().await {
        if let Heard::Said { lines, .. } = &heard {
            assert!(lines.len() <= 500);
        }
        most = most.max(resident());
    }
    let finished = running.end().await;
    assert_eq!(finished.ended, Ended::Exit(0));
    assert!(most.saturating_sub(before) < 64 * 1024 * 1024, "{} MB more", (most - before) >> 20);
    for output in [&finished.output, &running.seen] {
        assert_eq!(output.row(0).unwrap().text(), "begin");
        assert_eq!(output.last().next_back().unwrap().text(), "end");
        assert_eq!(output.last().len(), 2_000);
    }
    let kept = u64::try_from(finished.output.first().len() + finished.output.last().len()).unwrap();
    assert_eq!(finished.output.left_out() + kept, BYTES / 2 + 2, "every line is kept or counted");
}

/// What this process holds in memory, in bytes.
fn resident() -> u64 {
    let Ok(text) = std::fs::read_to_string("/proc/self/statm") else { return 0 };
    text.split_whitespace().nth(1).and_then(|pages| pages.parse::<u64>().ok()).unwrap_or(0) * 4096
}

#[tokio::test]
async fn a_reader_who_sleeps_or_left_stops_nothing() {
    let (sender, heard) = mpsc::channel(1);
    let (_cancel, cancelled) = watch::channel(false);
    let call = shell("yes | head -c 3000000; trap '' TERM; while :; do sleep 50; done");
    let finished = run(&call, &BTreeMap::new(), soon(1_000, 100), sender, cancelled.clone()).await;
    assert_eq!(finished.ended, Ended::TimedOut);
    assert!(finished.took < Duration::from_secs(30));
    drop(heard);
    let (sender, heard) = mpsc::channel(1);
    drop(heard);
    let finished = run(&shell("yes | head -c 3000000; exit 4"), &BTreeMap::new(), far(), sender, cancelled).await;
    assert_eq!(finished.ended, Ended::Exit(4));
}

#[tokio::test]
async fn a_secret_is_never_told() {
    let mut call = shell(
        "printf 'x hunt'; sleep 0.3; printf 'er2-swordfish y\\n'; echo \"$TYPED\" >&2; echo \"pin $PIN of 1421\"\nset -x; : \"$TOKEN\"; set +x; printf \"$TOKEN\\rhunter2-sw\"; sleep 0.3; exit 1",
    );
    call.env.push(("TOKEN".to_owned(), EnvValue::Secret));
    call.env.push(("TYPED".to_owned(), EnvValue::Typed(Hidden::new("correct horse"))));
    call.env.push(("PIN".to_owned(), EnvValue::Typed(Hidden::new("42"))));
    let mut running = Running::begin(call, &[("TOKEN", "hunter2-swordfish")], far());
    let finished = running.end().await;
    assert_eq!(finished.ended, Ended::Exit(1));
    let said = texts(&finished.output);
    for expected in ["x ‹hidden› y", "‹hidden›", "pin ‹hidden› of 1421", "+ : ‹hidden›"] {
        assert!(said.iter().any(|line| line == expected), "{expected}: {said:?}");
    }
    for told in [format!("{finished:?}"), running.debug, said.join("\n")] {
        for secret in ["hunter2", "swordfish", "correct", "horse"] {
            assert!(!told.contains(secret), "{secret}: {told}");
        }
    }
}
