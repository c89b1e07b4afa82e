//! The real program, started in a home of its own, with nothing of the machine's environment.

use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use tempfile::TempDir;

/// How long a command may take.
const PATIENCE: Duration = Duration::from_mins(1);

/// A home folder.
#[derive(Debug)]
pub struct Home {
    folder: TempDir,
}

/// How a command ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ended {
    /// Its exit status.
    pub status: i32,
    /// What it printed.
    pub out: String,
    /// What it said beside.
    pub err: String,
}

impl Home {
    /// An empty one.
    pub fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    /// A folder or file in it.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Writes a file into midwatch's configuration folder.
    pub fn configure(&self, name: &str, text: &str) -> PathBuf {
        let path = self.path("config/midwatch").join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, text).unwrap();
        path
    }

    /// Runs midwatch with these arguments to its end.
    pub fn run(&self, arguments: &[&str]) -> Ended {
        self.run_with(arguments, &[])
    }

    /// The same with variables of the environment.
    pub fn run_with(&self, arguments: &[&str], variables: &[(&str, &str)]) -> Ended {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let mut command = tokio::process::Command::new(env!("CARGO_BIN_EXE_midwatch"));
        command.args(arguments).env_clear().envs(self.variables()).envs(variables.iter().copied());
        command.current_dir(self.folder.path()).stdin(Stdio::null()).kill_on_drop(true);
        let ended = runtime.block_on(async { tokio::time::timeout(PATIENCE, command.output()).await });
        let output = ended.unwrap_or_else(|_| panic!("midwatch {arguments:?} did not end")).unwrap();
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
        let status = output.status.code().unwrap_or_else(|| panic!("midwatch {arguments:?}: {}", output.status));
        Ended { status, out: text(&output.stdout), err: text(&output.stderr) }
    }

    fn variables(&self) -> [(&'static str, String); 7] {
        let place = |name: &str| self.path(name).to_string_lossy().into_owned();
        [
            ("HOME", place("home")),
            ("XDG_CONFIG_HOME", place("config")),
            ("XDG_STATE_HOME", place("state")),
            ("PATH", "/usr/bin:/bin".to_owned()),
            ("USER", "ana".to_owned()),
            ("LANG", "C.UTF-8".to_owned()),
            ("TERM", "xterm-256color".to_owned()),
        ]
    }
}

/// A fixture of this project, as text.
pub fn fixture(path: &str) -> String {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(path);
    std::fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
}
