//! A tmux of the test's own: its socket, its configuration, its server, which ends with the test.

use std::path::PathBuf;

use super::home::Home;
use super::lab;
use super::pty::Terminal;
use super::wait;

/// A server with midwatch in its only window.
pub struct Tmux<'a> {
    home: &'a Home,
}

impl<'a> Tmux<'a> {
    /// Opens midwatch in a new session, and a terminal on it; without tmux the test is left out, and with `CI` set it
    /// fails.
    pub fn open(home: &'a Home, arguments: &[&str], size: (u16, u16)) -> Option<(Self, Terminal)> {
        lab::Lab::open(&["tmux"])?;
        let config = "set -g status off\nset -g default-terminal screen-256color\nset -g escape-time 0\n";
        home.write("tmux.conf", config);
        let tmux = Self { home };
        let midwatch = format!("exec '{}' {}", super::home::MIDWATCH, arguments.join(" "));
        let client = tmux.script("client", &format!("new-session -s watch \"{midwatch}\""));
        let terminal = Terminal::start(home, &client, &[], size);
        Some((tmux, terminal))
    }

    fn script(&self, name: &str, command: &str) -> PathBuf {
        let text = format!(
            "#!/bin/sh\nexec env LD_LIBRARY_PATH='{}' TMUX_TMPDIR='{}' '{}' -L midwatch -f '{}' {command}\n",
            lab::libraries(),
            self.home.folder().display(),
            lab::find("tmux").expect("it was looked for").display(),
            self.home.path("tmux.conf").display(),
        );
        self.home.script(name, &text)
    }

    /// Tells the server something; what it answers.
    pub fn tell(&self, command: &str) -> String {
        let script = self.script("command", command);
        let mut told = std::process::Command::new(script);
        told.env_clear().envs(self.home.environment().iter().map(|(name, value)| (name, value)));
        let told = told.output().expect("tmux runs");
        String::from_utf8_lossy(&told.stdout).trim().to_owned()
    }

    /// The process in its window.
    pub fn process(&self) -> u32 {
        wait::until("the process of the window", || {
            let told = self.tell("display-message -p -t watch '#{pane_pid}'");
            told.parse().map_err(|error| format!("{told}: {error}"))
        })
    }
}

impl Drop for Tmux<'_> {
    fn drop(&mut self) {
        // It may have ended already.
        self.tell("kill-server");
    }
}
