//! What midwatch writes is for its owner alone, whatever the umask is and whatever stood there before.

use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use crate::support::home::{Home, MIDWATCH};

const CONFIG: &str = "log_level = 'trace'\n[[remedy]]\nid = 'say'\ncommand = ['echo', 'x']\nconfirm = 'none'\n";

/// midwatch with an umask; `$0` is the program.
fn run(home: &Home, umask: &str, arguments: &[&str]) {
    let script = format!("umask {umask}; exec \"$0\" \"$@\"");
    let mut command = std::process::Command::new("/bin/sh");
    command.args(["-c", &script, MIDWATCH]).args(arguments).env_clear().current_dir(home.folder());
    command.envs(home.environment().iter().map(|(name, value)| (name, value)));
    let ran = command.output().expect("a shell");
    assert!(!matches!(ran.status.code(), Some(64 | 70 | 78)), "{arguments:?}: {ran:?}");
}

/// Everything below a folder that somebody else could look into.
fn open(folder: &Path, found: &mut Vec<String>, count: &mut usize) {
    for entry in folder.read_dir().expect("a folder").flatten() {
        let (path, about) = (entry.path(), entry.metadata().expect("a file has rights"));
        *count += 1;
        let mode = about.permissions().mode() & 0o777;
        let wanted = if about.is_dir() { 0o700 } else { 0o600 };
        if mode != wanted {
            found.push(format!("{mode:o} {}", path.display()));
        }
        if about.is_dir() {
            open(&path, found, count);
        }
    }
}

fn everything(home: &Home, umask: &str) {
    for arguments in [
        &["--log-level", "trace", "status"][..],
        &["remedy", "run", "say", "--yes", "say"],
        &["comment", "nothing", "x"],
        &["checklist", "import", "list.md", "--write"],
        &["runbook", "Nothing"],
        &["--config", "made/config.toml", "config", "init"],
    ] {
        run(home, umask, arguments);
    }
}

#[test]
fn with_every_umask() {
    for umask in ["000", "022"] {
        let home = Home::with_config(CONFIG);
        home.write("list.md", "# List\n- [ ] one\n");
        everything(&home, umask);
        // A file that is no database is set aside.
        let store = home.path("state/midwatch/midwatch.db");
        assert!(store.exists(), "the store is where it was");
        home.write("state/midwatch/midwatch.db", "no database at all, but long enough to be looked at");
        run(&home, umask, &["status"]);
        let (mut found, mut count) = (Vec::new(), 0);
        for folder in ["state", "cache", "data", "tmp", "made", "config/midwatch/checklists"] {
            if home.path(folder).exists() {
                open(&home.path(folder), &mut found, &mut count);
            }
        }
        assert_eq!(found, [""; 0], "umask {umask}");
        assert!(count > 5, "only {count} files");
    }
}

#[test]
fn what_was_wider_is_closed() {
    let home = Home::with_config(CONFIG);
    run(&home, "022", &["--log-level", "trace", "status"]);
    let set =
        |path: &Path, mode| std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).expect("rights");
    let state = home.path("state/midwatch");
    for (path, mode) in [(state.join("midwatch.db"), 0o666), (state.join("log"), 0o777), (state.clone(), 0o755)] {
        set(&path, mode);
    }
    for log in state.join("log").read_dir().expect("logs").flatten() {
        set(&log.path(), 0o644);
    }
    run(&home, "022", &["--log-level", "trace", "status"]);
    let (mut found, mut count) = (Vec::new(), 0);
    open(&home.path("state"), &mut found, &mut count);
    assert_eq!(found, [""; 0]);
    home.write("made.toml", "");
    set(&home.path("made.toml"), 0o644);
    run(&home, "022", &["--config", "made.toml", "config", "init", "--force"]);
    assert_eq!(std::fs::metadata(home.path("made.toml")).unwrap().permissions().mode() & 0o777, 0o600);
}
