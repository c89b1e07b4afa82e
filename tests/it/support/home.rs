//! A home of its own for one test: nothing of the developer's machine is read or written.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;
use tempfile::TempDir;

/// The binary under test.
pub const MIDWATCH: &str = env!("CARGO_BIN_EXE_midwatch");

/// A temporary home.
#[derive(Debug)]
pub struct Home {
    folder: TempDir,
    environment: Vec<(String, String)>,
}

/// What a command did.
#[derive(Debug)]
pub struct Ran {
    /// Its exit status.
    pub status: i32,
    /// What it wrote for programs.
    pub out: String,
    /// What it wrote for people.
    pub err: String,
}

impl Home {
    /// An empty home.
    pub fn new() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let environment = ["config", "state", "data", "cache", "tmp"].map(|name| {
            let inside = folder.path().join(name);
            std::fs::create_dir(&inside).expect("a folder in a temporary folder");
            let variable =
                if name == "tmp" { "TMPDIR".to_owned() } else { format!("XDG_{}_HOME", name.to_uppercase()) };
            (variable, inside.display().to_string())
        });
        let fixed =
            [("TERM", "xterm-256color"), ("LANG", "C.UTF-8"), ("TZ", "UTC"), ("USER", "ana"), ("SHELL", "/bin/sh")];
        let fixed = fixed.map(|(name, value)| (name.to_owned(), value.to_owned()));
        let path = std::env::var("PATH").unwrap_or_default();
        let own = [("HOME".to_owned(), folder.path().display().to_string()), ("PATH".to_owned(), path)];
        let environment = environment.into_iter().chain(fixed).chain(own).collect();
        Self { folder, environment }
    }

    /// A home with a configuration.
    pub fn with_config(text: &str) -> Self {
        let home = Self::new();
        home.write("config/midwatch/config.toml", text);
        home
    }

    /// One more variable.
    #[must_use]
    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.environment.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Without a variable.
    #[must_use]
    pub fn without(mut self, name: &str) -> Self {
        self.environment.retain(|(known, _)| known != name);
        self
    }

    /// All variables of the processes here.
    pub fn environment(&self) -> &[(String, String)] {
        &self.environment
    }

    /// A file or folder here.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// The home itself.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Writes a file here.
    pub fn write(&self, name: &str, text: &str) -> PathBuf {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().expect("a file is in a folder")).expect("a folder can be made");
        std::fs::write(&path, text).expect("a file can be written");
        path
    }

    /// Writes a script that can be run.
    pub fn script(&self, name: &str, text: &str) -> PathBuf {
        use std::os::unix::fs::PermissionsExt as _;
        let path = self.write(name, text);
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o700)).expect("a script can be made runnable");
        path
    }

    /// Runs midwatch without a terminal until it ends.
    pub fn run(&self, arguments: &[&str]) -> Ran {
        let mut command = Command::new(MIDWATCH);
        command.args(arguments).env_clear().current_dir(self.folder()).stdin(std::process::Stdio::null());
        command.envs(self.environment.iter().map(|(name, value)| (name, value)));
        let Output { status, stdout, stderr } = command.output().expect("midwatch can be run");
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("midwatch writes UTF-8");
        Ran { status: status.code().unwrap_or(-1), out: text(stdout), err: text(stderr) }
    }

    /// What `midwatch status` says and its exit status.
    pub fn status(&self) -> (i32, Value) {
        let ran = self.run(&["status", "--format", "json"]);
        let json = serde_json::from_str(&ran.out);
        (ran.status, json.unwrap_or_else(|error| panic!("{error} in {ran:?}")))
    }

    /// The rows of the journal.
    pub fn journal(&self) -> Vec<Value> {
        let told = self.run(&["journal", "--format", "json"]);
        let all: Value = serde_json::from_str(&told.out).unwrap_or_else(|error| panic!("{error}: {told:?}"));
        all["rows"].as_array().cloned().unwrap_or_else(|| panic!("{all}"))
    }

    /// The incident with a title in `midwatch status`, if there is one.
    pub fn incident(&self, title: &str) -> Option<Value> {
        let (_, status) = self.status();
        let all = status["incidents"].as_array().expect("a list of incidents").clone();
        all.into_iter().find(|incident| incident["title"] == title)
    }
}
