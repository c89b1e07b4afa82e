//! A disk of a test's own under the state folder of midwatch: small, or read-only, in a mount namespace that nobody else
//! sees.

use std::path::PathBuf;
use std::process::Command;

use serde_json::Value;

use super::SIZE;
use crate::support::home::{Home, MIDWATCH, Ran};
use crate::support::pty::Terminal;
use crate::support::wait;

/// midwatch with its state on a disk of its own.
pub struct Mounted {
    /// The screen.
    pub screen: Terminal,
    state: PathBuf,
    home: Home,
}

/// What makes a namespace: without being root, a namespace of users as well.
fn unshare() -> &'static str {
    if nix::unistd::geteuid().is_root() { "unshare --mount" } else { "unshare --user --map-root-user --mount" }
}

/// Whether the kernel lets this user mount in a namespace. A container may not: then the test is left out, and that is
/// said; the limits on files show the same demands everywhere.
pub fn is_allowed() -> bool {
    let tried = Command::new("sh").args(["-c", &format!("{} mount -t tmpfs none /tmp", unshare())]).output();
    let allowed = tried.as_ref().is_ok_and(|tried| tried.status.success());
    if !allowed {
        eprintln!("left out: no mount namespace here: {tried:?}");
    }
    allowed
}

impl Mounted {
    /// Opens midwatch; `options` are those of the disk: `size=4m`, `ro`.
    pub fn open(home: Home, options: &str) -> Self {
        let state = home.path("state");
        let script = format!(
            "#!/bin/sh\nexec {} --propagation private sh -c 'mount -t tmpfs -o {options} none \"{}\" && exec \"{MIDWATCH}\"'\n",
            unshare(),
            state.display()
        );
        let script = home.script("start", &script);
        Self { screen: Terminal::start(&home, &script, &[], SIZE), state, home }
    }

    /// The state folder, as it is seen from outside of the namespace.
    pub fn seen_from_outside(&self) -> PathBuf {
        let inside = self.state.display();
        PathBuf::from(format!("/proc/{}/root{inside}", self.screen.process()))
    }

    /// Makes the disk writable.
    pub fn make_writable(&self) {
        let mut enter = Command::new("nsenter");
        enter.args(["--target", &self.screen.process().to_string(), "--mount"]).args(users());
        let done = enter.args(["mount", "-o", "remount,rw"]).arg(&self.state).output().expect("nsenter can be run");
        assert!(done.status.success(), "{done:?}");
    }

    /// Fills the disk to its last byte.
    pub fn fill(&self) {
        use std::io::Write as _;
        let path = self.seen_from_outside().join("filler");
        let mut filler = std::fs::File::create(path).expect("a file on the small disk");
        for size in [64 * 1024, 4096, 1] {
            while filler.write_all(&vec![b'x'; size]).is_ok() {}
        }
    }

    /// Takes away what filled it.
    pub fn free(&self) {
        std::fs::remove_file(self.seen_from_outside().join("filler")).expect("the filler is there");
    }

    /// Another midwatch that looks at the same store, in the same namespace.
    pub fn beside(&self) -> impl Fn(&[&str]) -> Ran + use<> {
        let (id, environment) = (self.screen.process().to_string(), self.home.environment().to_vec());
        move |arguments| {
            let mut enter = Command::new("nsenter");
            enter.args(["--target", &id, "--mount"]).args(users()).arg(MIDWATCH).args(arguments);
            let done = enter.env_clear().envs(environment.clone()).output().expect("nsenter can be run");
            let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("midwatch writes UTF-8");
            Ran { status: done.status.code().unwrap_or(-1), out: text(done.stdout), err: text(done.stderr) }
        }
    }
}

fn users() -> &'static [&'static str] {
    if nix::unistd::geteuid().is_root() { &[] } else { &["--user", "--preserve-credentials"] }
}

/// The rows of the journal, as another midwatch tells them.
pub fn journal(beside: &dyn Fn(&[&str]) -> Ran) -> Vec<Value> {
    let told = beside(&["journal", "--format", "json"]);
    let all: Value = serde_json::from_str(&told.out).unwrap_or_else(|error| panic!("{error}: {told:?}"));
    all["rows"].as_array().cloned().unwrap_or_else(|| panic!("{all}"))
}

/// Waits until the journal has this many rows of one sort.
pub fn wait_rows(beside: &dyn Fn(&[&str]) -> Ran, what: &str, count: usize) {
    wait::until(&format!("{count} rows of {what}"), || {
        let rows = journal(beside);
        let found = rows.iter().filter(|row| row["what"] == what).count();
        if found == count { Ok(()) } else { Err(format!("{found}: {rows:?}")) }
    });
}
