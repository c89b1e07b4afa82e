//! What a process finds when it starts.

use super::*;

#[tokio::test]
async fn it_runs_as_planned_and_its_output_is_kept() {
    let mut call = shell("pwd; echo \"$#\" \"$1\"; echo oh >&2; exit 3");
    call.argv.push("one $(id); argument".to_owned());
    call.cwd = PathBuf::from("/usr");
    let mut running = Running::begin(call, &[], far());
    let process = running.began().await;
    let finished = running.end().await;
    assert_eq!(finished.ended, Ended::Exit(3));
    assert_eq!(finished.notes, [""; 0]);
    let mut said = texts(&finished.output);
    said.sort();
    assert_eq!(said, ["/usr", "1 one $(id); argument", "oh"]);
    let oh = finished.output.first().iter().find(|line| line.text() == "oh").unwrap();
    assert_eq!(oh.stream, Stream::Error);
    assert_eq!(texts(&running.seen).len(), 3, "all of it was told");
    assert!(!is_alive(process));
}

#[tokio::test]
async fn its_environment_is_what_was_listed_and_nothing_else() {
    let mut call = shell("");
    call.script = None;
    call.argv = vec!["/usr/bin/env".to_owned()];
    call.env = vec![
        ("CARGO_PKG_NAME".to_owned(), EnvValue::Inherited),
        ("MIDWATCH_LABEL_NOT_SET".to_owned(), EnvValue::Inherited),
        ("MIDWATCH_LABEL_POD".to_owned(), EnvValue::Plain("a b$(id)".to_owned())),
    ];
    let finished = finished(call, far()).await;
    let mut said = texts(&finished.output);
    said.sort();
    assert_eq!(said, ["CARGO_PKG_NAME=midwatch", "MIDWATCH_LABEL_POD=a b$(id)"]);
}

#[tokio::test]
async fn it_has_a_session_of_its_own_and_nobody_to_ask() {
    let finished = finished(
        shell("read answer; echo \"read: $? '$answer'\"; (: </dev/tty) 2>/dev/null || echo no terminal\n(echo x >/dev/tty) 2>/dev/null || echo nor there\ncut -d' ' -f5,6 /proc/$$/stat; echo $$"),
        far(),
    )
    .await;
    let said = texts(&finished.output);
    assert_eq!(said[..3], ["read: 1 ''", "no terminal", "nor there"]);
    assert_eq!(said[3], format!("{} {}", said[4], said[4]), "it leads its group and its session");
}

#[tokio::test]
async fn what_cannot_start_is_told_and_nothing_is_heard() {
    for (argv, cwd, words) in [
        (vec!["/no/such/program".to_owned()], "/", "is not there"),
        (vec!["/bin/true".to_owned()], "/no/such/folder", "/no/such/folder"),
        (vec!["/bin/echo".to_owned(), "x".repeat(2_000_000)], "/", "hand it a file instead"),
    ] {
        let call = ProcessCall { argv, script: None, env: Vec::new(), cwd: PathBuf::from(cwd) };
        let mut running = Running::begin(call, &[], far());
        let finished = running.end().await;
        let Ended::NotStarted(why) = finished.ended else { panic!("{:?}", finished.ended) };
        assert!(why.contains(words), "{why}");
        assert_eq!(running.debug, "");
    }
}

#[tokio::test]
async fn one_that_is_cancelled_before_it_starts_never_does() {
    let folder = tempfile::tempdir().unwrap();
    let (sender, _heard) = mpsc::channel(1);
    let (_cancel, cancelled) = watch::channel(true);
    let mut call = shell("touch started");
    call.cwd = folder.path().to_owned();
    let finished = run(&call, &BTreeMap::new(), far(), sender, cancelled).await;
    assert_eq!(finished.ended, Ended::Cancelled);
    assert!(!folder.path().join("started").exists());
}

#[tokio::test]
async fn its_script_is_deleted_afterwards() {
    let mut running = Running::begin(shell("echo \"$0\"; ls -l \"$0\""), &[], far());
    let finished = running.end().await;
    let said = texts(&finished.output);
    assert!(said[1].starts_with("-rw------- "), "{said:?}");
    assert!(!PathBuf::from(&said[0]).exists() && PathBuf::from(&said[0]).is_absolute());
}
