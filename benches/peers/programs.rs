//! The programs that are compared, where they are, and what they say they are.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::support::home::Home;

/// Where `benches/peers/run` unpacks them.
const LAB: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/target/lab");

/// A peer with a screen, and how it is started.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Peer {
    /// btop.
    Btop,
    /// bottom, whose program is called btm.
    Bottom,
    /// htop.
    Htop,
    /// lnav, on a log.
    Lnav,
}

impl Peer {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Btop, Self::Bottom, Self::Htop, Self::Lnav];

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Btop => "btop",
            Self::Bottom => "bottom",
            Self::Htop => "htop",
            Self::Lnav => "lnav",
        }
    }

    /// The program, where there is one.
    pub fn program(self) -> Option<PathBuf> {
        find(if self == Self::Bottom { "btm" } else { self.name() })
    }

    /// Its arguments; only lnav looks at the log.
    pub fn arguments(self, log: &str) -> Vec<&str> {
        if self == Self::Lnav { vec!["-q", log] } else { Vec::new() }
    }
}

/// A program, unpacked or installed.
pub fn find(program: &str) -> Option<PathBuf> {
    let unpacked = ["usr/bin", "bottom/bin"].map(|folder| Path::new(LAB).join(folder));
    let path = std::env::var_os("PATH").unwrap_or_default();
    let mut folders = unpacked.into_iter().chain(std::env::split_paths(&path));
    folders.find_map(|folder| Some(folder.join(program)).filter(|program| program.is_file()))
}

/// The variables that a program runs with here: unpacked ones find the libraries that were unpacked with them.
pub fn environment(home: &Home) -> Vec<(String, String)> {
    let libraries = ["usr/lib", "lib"].map(|folder| format!("{LAB}/{folder}/{}-linux-gnu", std::env::consts::ARCH));
    let own = [("LD_LIBRARY_PATH".to_owned(), libraries.join(":"))];
    home.environment().iter().cloned().chain(own).collect()
}

/// The first words with a digit that a program says of its version.
pub fn version(program: &Path) -> String {
    let home = Home::new();
    let mut command = Command::new(program);
    command.arg("--version").env_clear().envs(environment(&home));
    let Ok(said) = command.output() else { return "of unknown version".to_owned() };
    let text = [said.stdout, said.stderr].concat();
    let text = String::from_utf8_lossy(&text);
    let word = text.split_whitespace().find(|word| {
        word.trim_start_matches('v').starts_with(|first: char| first.is_ascii_digit()) && word.contains('.')
    });
    word.unwrap_or("of unknown version").trim_end_matches(',').to_owned()
}
