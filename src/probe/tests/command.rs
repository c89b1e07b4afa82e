//! Processes: those that behave, and those that do not.

use chrono::TimeDelta;

use super::*;

fn command(argv: &[&str], timeout_ms: i64, expected: Option<&str>) -> Probe {
    Probe::Command {
        argv: argv.iter().map(ToString::to_string).collect(),
        timeout: TimeDelta::milliseconds(timeout_ms),
        unit: "%".to_owned(),
        expect: expected.map(expect),
    }
}

async fn run(argv: &[&str], expected: Option<&str>) -> Evidence {
    asked(&ground(vec![]), command(argv, 60_000, expected)).await
}

#[tokio::test]
async fn exit_codes_and_numbers_decide() {
    let good = run(&["true"], None).await;
    assert_eq!((good.held, good.words.as_str(), good.from.as_str()), (Held::Good, "exit 0", "true"));
    let bad = run(&["sh", "-c", "echo no 5; exit 3"], Some("< 80")).await;
    assert_eq!((bad.held, bad.words.as_str()), (Held::Bad, "exit 3 · expected exit 0"));
    assert_eq!(bad.lines, ["no 5"]);
    let number = run(&["sh", "-c", "echo 99 >&2; echo Use /dev/sda1 71.5% of 100"], Some("< 80")).await;
    assert_eq!((number.held, number.value), (Held::Good, Some(71.5)));
    assert_eq!(number.words, "71.5 % · expected < 80 %");
    let over = run(&["echo", "9.1e1"], Some("< 80")).await;
    assert_eq!((over.held, over.value), (Held::Bad, Some(91.0)));
    for text in ["all well", "1,234"] {
        let none = run(&["echo", text], Some("< 80")).await;
        assert_eq!((none.held, none.value), (Held::Unknown, None), "{text}");
        assert_eq!(none.words, "its output holds no number · expected < 80 %");
    }
}

#[tokio::test]
async fn an_argument_is_one_whatever_it_holds() {
    let text = "$(id); `id` | * > /tmp/x \"' && \u{1b}[31m";
    let evidence = run(&["printf", "%s\\n", text], None).await;
    assert_eq!(evidence.lines, ["$(id); `id` | * > /tmp/x \"' && "].map(|line| line.trim_end().to_owned()));
    assert!(evidence.from.starts_with("printf '%s\\n' '$(id);"), "{}", evidence.from);
}

#[tokio::test]
async fn it_finds_the_environment_it_was_given_the_root_folder_and_nothing_else() {
    let evidence = run(&["sh", "-c", "pwd; env"], None).await;
    let mut lines = evidence.lines;
    lines.retain(|line| !["PWD=", "SHLVL=", "_=", "OLDPWD="].iter().any(|own| line.starts_with(own)));
    lines.sort();
    assert_eq!(lines, ["/", "LANG=C", "PATH=/usr/bin:/bin"]);
}

#[tokio::test]
async fn what_does_not_end_is_killed_and_not_known() {
    let slow = asked(&ground(vec![]), command(&["sleep", "1000"], 100, None)).await;
    assert_eq!(slow.held, Held::Unknown);
    assert!(slow.words.starts_with("it did not end within its time and was killed after"), "{}", slow.words);
    let stubborn = ["sh", "-c", "trap '' TERM; echo 7; while :; do sleep 0.05; done"];
    let stubborn = asked(&ground(vec![]), command(&stubborn, 300, Some("== 7"))).await;
    assert_eq!((stubborn.held, stubborn.value), (Held::Unknown, None));
    assert!(stubborn.took_ms < 30_000);
}

#[tokio::test]
async fn a_flood_is_bounded_and_its_beginning_and_end_are_kept() {
    let flood = run(&["sh", "-c", "echo 42 first; yes | head -c 100000000; echo last"], Some("== 42")).await;
    assert_eq!((flood.held, flood.value), (Held::Good, Some(42.0)));
    assert_eq!(flood.lines[0], "only the first and the last of its lines are kept");
    assert_eq!((flood.lines[1].as_str(), flood.lines.last().unwrap().as_str()), ("42 first", "last"));
    let endless = asked(&ground(vec![]), command(&["yes"], 200, None)).await;
    assert_eq!(endless.held, Held::Unknown);
}

#[tokio::test]
async fn what_may_not_or_cannot_be_started_is_not_known() {
    let guarded = ask(&ground(vec![]), &command(&["true"], 1_000, None), now(), Err("read-only".to_owned())).await;
    assert_eq!((guarded.held, guarded.words.as_str()), (Held::Unknown, "not started: read-only"));
    let missing = run(&["no-such-program"], None).await;
    assert_eq!(missing.held, Held::Unknown);
    assert!(missing.words.contains("no-such-program is not there; looked in /usr/bin, /bin"), "{}", missing.words);
    let file = tempfile::NamedTempFile::new().unwrap();
    let text = run(&[file.path().to_str().unwrap()], None).await;
    assert_eq!(text.held, Held::Unknown, "{}", text.words);
    assert_eq!(run(&[], None).await.held, Held::Unknown);
}
