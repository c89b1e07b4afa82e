//! A secret reaches the process that needs it, and nothing else: no screen, no journal, no log, no file, no list of
//! processes.

use std::path::Path;
use std::process::Command;

use super::{WAITS, home, noted, only_call, run};
use crate::support::home::{Home, MIDWATCH, Ran};
use crate::support::process::Running;
use crate::support::wait;

/// The two secrets of these tests.
const TYPED: &str = "canary-typed-5f1e77aa";
const KEPT: &str = "canary-kept-c0ffee42";

const CONFIG: &str = r#"
log_level = "trace"
[[remedy]]
id = "leak"
command = ["leak", "plain"]
cooldown = "0s"
env = ["PATH", { TOKEN = { file = "../../token" } }]
params = { key = { type = "secret" } }
[[remedy]]
id = "complain"
command = ["true"]
verify = ["complain"]
cooldown = "0s"
env = ["PATH", { TOKEN = { file = "../../token" } }]
params = { key = { type = "secret" } }
"#;

/// Says both, on both ends, also in pieces and in the middle of a line.
const LEAKS: &str = r#"
echo "the key is $MIDWATCH_PARAM_KEY"
printf 'the token: <%s>' "$TOKEN" >&2
printf ' and %s' "${MIDWATCH_PARAM_KEY%77aa}"; sleep 0.2; printf '77aa behind\n'
"#;
const COMPLAINS: &str = "echo \"cannot log in with $MIDWATCH_PARAM_KEY and $TOKEN\" >&2\nexit 4\n";

fn keeping() -> Home {
    let leaks = format!("{LEAKS}{WAITS}{LEAKS}exit 3\n");
    let home = home(CONFIG, &[("leak", &leaks), ("complain", COMPLAINS)]);
    home.write("token", &format!("{KEPT}\n"));
    home.write("key", &format!("{TYPED}\n"));
    home
}

fn clean(what: &str, bytes: &[u8]) {
    for secret in [TYPED, KEPT] {
        let found = bytes.windows(secret.len()).any(|window| window == secret.as_bytes());
        assert!(!found, "{what} holds a secret: {}", String::from_utf8_lossy(bytes));
    }
}

fn clean_words(ran: &Ran) {
    clean("standard output", ran.out.as_bytes());
    clean("standard error", ran.err.as_bytes());
}

/// Every file below a folder.
fn clean_files(folder: &Path) -> usize {
    let mut count = 0;
    for entry in folder.read_dir().expect("a folder").flatten() {
        let path = entry.path();
        if path.is_dir() {
            count += clean_files(&path);
        } else {
            clean(&path.display().to_string(), &std::fs::read(&path).expect("a file"));
            count += 1;
        }
    }
    count
}

/// Everything that midwatch tells and keeps.
fn nothing_is_kept(home: &Home) {
    for arguments in [
        &["journal", "--format", "json"][..],
        &["journal"],
        &["remedy", "runs"],
        &["remedy", "runs", "--format", "json"],
        &["remedy", "show", "leak"],
        &["config", "show"],
    ] {
        let told = home.run(arguments);
        assert_eq!(told.status, 0, "{arguments:?}: {told:?}");
        clean_words(&told);
    }
    for row in super::runs(home) {
        let told = home.run(&["remedy", "output", row["id"].as_str().expect("an id")]);
        assert_eq!(told.status, 0, "{told:?}");
        clean_words(&told);
    }
    let count: usize = ["state", "data", "cache", "tmp"].iter().map(|folder| clean_files(&home.path(folder))).sum();
    assert!(count >= 2, "the store and the log at least: {count} files");
}

#[test]
fn a_child_that_says_its_secrets_tells_them_to_nobody() {
    let home = keeping();
    let key = format!("key=file:{}", home.path("key").display());
    let mut command = Command::new(MIDWATCH);
    command.args(["remedy", "run", "leak", "--yes", "leak", "--secret", &key]).env_clear().current_dir(home.folder());
    command.envs(home.environment().iter().map(|(name, value)| (name, value)));
    let mut running = Running::start(command, &home.path("said"));
    noted(&home, 1);

    for process in Path::new("/proc").read_dir().expect("processes").flatten() {
        if let Ok(line) = std::fs::read(process.path().join("cmdline")) {
            clean(&format!("the command line of {}", process.path().display()), &line);
        }
    }
    let call = only_call(&home, "leak");
    assert_eq!((call.env["MIDWATCH_PARAM_KEY"].as_str(), call.env["TOKEN"].as_str()), (TYPED, KEPT));
    assert_eq!(call.argv, ["plain"]);
    assert_eq!(call.env.len(), 3, "and PATH: {:?}", call.env.keys());

    home.write("go", "");
    wait::until("it ends", || if running.has_ended() { Ok(()) } else { Err(running.last_words()) });
    let said = std::fs::read_to_string(home.path("said")).expect("what it said");
    clean("what the command says", said.as_bytes());
    assert!(said.contains("the key is ") && said.contains("the token: <") && said.contains("behind"), "{said}");
    nothing_is_kept(&home);
}

#[test]
fn an_error_that_holds_a_secret_is_told_without_it() {
    let home = keeping();
    let key = format!("key=file:{}", home.path("key").display());
    let ran = run(&home, "complain", &["--secret", &key]);
    assert_eq!(ran.status, 3, "{ran:?}");
    assert!(ran.err.contains("cannot log in with"), "{ran:?}");
    clean_words(&ran);
    nothing_is_kept(&home);
}

#[test]
fn a_plan_names_the_place_of_a_secret_and_an_argument_takes_none() {
    let home = keeping();
    let key = format!("key=file:{}", home.path("key").display());
    let seen = home.run(&["remedy", "run", "leak", "--secret", &key, "--dry-run"]);
    assert_eq!(seen.status, 0, "{seen:?}");
    assert!(seen.out.contains("MIDWATCH_PARAM_KEY: a secret that was given"), "{seen:?}");
    clean_words(&seen);
    // Another one: what is typed as an argument is in the list of processes, whatever midwatch does.
    let careless = "key=canary-careless-0b5e";
    let set = run(&home, "leak", &["--set", careless]);
    assert_eq!(set.status, 1, "{set:?}");
    let direct = run(&home, "leak", &["--secret", careless]);
    assert_eq!(direct.status, 64, "{direct:?}");
    for refused in [set, direct] {
        assert!(!refused.err.contains("careless") && !refused.out.contains("careless"), "{refused:?}");
    }
    let gone = run(&home, "leak", &["--secret", "key=file:/nowhere/key"]);
    assert!(gone.status == 1 && gone.err.contains("/nowhere/key"), "{gone:?}");
    super::nothing_ran(&home);
    nothing_is_kept(&home);
}
