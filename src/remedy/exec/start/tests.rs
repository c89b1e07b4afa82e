//! What a process is started with, and why one is not.

use std::path::PathBuf;

use super::*;

fn call(argv: &[&str]) -> ProcessCall {
    let argv = argv.iter().map(|part| (*part).to_owned()).collect();
    ProcessCall { argv, script: None, env: Vec::new(), cwd: PathBuf::from("/") }
}

fn why(call: &ProcessCall) -> String {
    start(call, &BTreeMap::new()).err().expect("it was started")
}

#[test]
fn the_environment_is_what_is_planned() {
    let mut planned = call(&["/bin/true"]);
    planned.env = vec![
        ("PATH".to_owned(), EnvValue::Inherited),
        ("UNSET".to_owned(), EnvValue::Inherited),
        ("PLAIN".to_owned(), EnvValue::Plain("$(id) a\nb".to_owned())),
        ("TYPED".to_owned(), EnvValue::Typed(Hidden::new("t"))),
        ("READ".to_owned(), EnvValue::Secret),
    ];
    let own = |name: &str| (name == "PATH").then(|| OsString::from("/bin"));
    let secrets = BTreeMap::from([("READ".to_owned(), Hidden::new("s")), ("OTHER".to_owned(), Hidden::new("o"))]);
    let made = environment(&planned, &secrets, own).unwrap();
    let expected = [("PATH", "/bin"), ("PLAIN", "$(id) a\nb"), ("TYPED", "t"), ("READ", "s")];
    assert_eq!(made, expected.map(|(name, value)| (name.to_owned(), OsString::from(value))));
    let missing = environment(&planned, &BTreeMap::new(), own).unwrap_err();
    assert!(missing.contains("the secret for the variable READ was not read"), "{missing}");
    planned.env = vec![("A=B".to_owned(), EnvValue::Inherited)];
    assert!(environment(&planned, &secrets, own).unwrap_err().contains("cannot be the name"));
}

#[test]
fn a_script_is_private_and_does_not_stay() {
    let mut argv = vec!["/bin/sh".to_owned(), "-eu".to_owned(), String::new(), "after".to_owned()];
    let folder = write(&Script { text: "echo".to_owned(), at: 2 }, &mut argv).unwrap();
    let path = PathBuf::from(&argv[2]);
    let mode = |path: &Path| path.metadata().unwrap().permissions().mode() & 0o7777;
    assert_eq!((mode(folder.path()), mode(&path)), (0o700, 0o600));
    assert_eq!(std::fs::read_to_string(&path).unwrap(), "echo");
    assert_eq!((argv.len(), argv[3].as_str()), (4, "after"));
    drop(folder);
    assert!(!path.exists() && !path.parent().unwrap().exists());
    for at in [0, 4] {
        assert!(write(&Script { text: String::new(), at }, &mut argv).unwrap_err().contains("no place for its script"));
    }
}

#[tokio::test]
async fn why_a_program_is_not_started() {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, text: &str, mode: u32| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(mode)).unwrap();
        path.to_str().unwrap().to_owned()
    };
    assert!(why(&call(&["/no/such/program"])).contains("/no/such/program is not there; install it"));
    assert!(why(&call(&["true"])).contains("whole path"));
    assert!(why(&call(&[])).contains("whole path"));
    assert!(why(&call(&[&file("plain", "#!/bin/sh\n", 0o644)])).contains("may not be started by this user"));
    assert!(
        why(&call(&[&file("lost", "#!/no/such/sh\n", 0o755)])).contains("the interpreter that it names is not there")
    );
    assert!(why(&call(&["/bin/echo", &"x".repeat(2_000_000)])).contains("its arguments (2000000 bytes)"));
    assert!(why(&call(&["/bin/echo", "a\0b"])).contains("/bin/echo cannot be started"));
    let mut elsewhere = call(&["/bin/true"]);
    elsewhere.cwd = folder.path().join("nowhere");
    let words = why(&elsewhere);
    assert!(words.contains("the folder it should run in is not there") && words.contains("nowhere"), "{words}");
}
