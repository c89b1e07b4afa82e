//! midwatch as it is measured: a home of its own, what it watches, and its screen.

use std::fmt::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use super::screen::Screen;
use super::support::home::Home;

/// A configuration, line by line.
#[derive(Debug, Clone, Default)]
pub struct Config(String);

impl Config {
    /// With what stands before the first table.
    pub fn with(first: &str) -> Self {
        Self(format!("{first}\n"))
    }

    /// And an Alertmanager.
    #[must_use]
    pub fn alertmanager(mut self, url: &str, every: &str) -> Self {
        let _ = write!(
            self.0,
            "[[source]]\nname = 'am'\nkind = 'alertmanager'\nurl = '{url}'\nevery = '{every}'\ntimeout = '60s'\n"
        );
        self
    }

    /// And a log file, from its beginning.
    #[must_use]
    pub fn log(mut self, path: &Path, every: &str) -> Self {
        let path = path.display();
        let _ = write!(
            self.0,
            "[[source]]\nname = 'log'\nkind = 'file'\npaths = ['{path}']\nevery = '{every}'\nbacklog = 67108864\n"
        );
        self
    }

    /// And this machine.
    #[must_use]
    pub fn host(mut self, every: &str) -> Self {
        let _ = write!(self.0, "[[source]]\nname = 'host'\nkind = 'host'\nevery = '{every}'\n");
        self
    }

    /// A new home with it.
    pub fn home(&self) -> Home {
        Home::with_config(&self.0)
    }
}

/// Opens its screen.
pub fn open(midwatch: &Path, home: &Home) -> Screen {
    Screen::open(midwatch, &[], home.environment(), home.folder())
}

/// Runs a program without a screen to its end; how long, and what it printed.
pub fn run(program: &Path, arguments: &[&str], environment: &[(String, String)]) -> (Duration, Vec<u8>) {
    let mut command = Command::new(program);
    command.args(arguments).env_clear().stdin(Stdio::null()).stderr(Stdio::null());
    command.envs(environment.iter().map(|(name, value)| (name, value)));
    let began = Instant::now();
    let printed = command.output().unwrap_or_else(|error| panic!("{}: {error}", program.display())).stdout;
    (began.elapsed(), printed)
}

/// Writes a log with so many lines; how many bytes.
pub fn write_log(path: &Path, lines: usize) -> usize {
    let mut text = String::new();
    for number in 0..lines {
        let level = if number % 7 == 0 { "ERROR" } else { "INFO" };
        let (minute, second) = (number / 60 % 60, number % 60);
        let _ = writeln!(
            text,
            "2026-11-20T03:{minute:02}:{second:02}Z {level} checkout-{} upstream answered after {number} ms, order 7f3a{number:08}",
            number % 9
        );
    }
    std::fs::write(path, &text).expect("a log can be written");
    text.len()
}
