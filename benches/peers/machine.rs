//! When, on what and with which programs was measured.

use std::path::Path;

use super::programs::{Peer, find, version};

/// As Markdown.
pub fn told(midwatch: &Path) -> String {
    let date = chrono::Utc::now().format("%Y-%m-%d %H:%M UTC");
    let processor = row("/proc/cpuinfo", "model name").unwrap_or_else(|| std::env::consts::ARCH.to_owned());
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let kernel = std::fs::read_to_string("/proc/sys/kernel/osrelease").unwrap_or_default();
    let load = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let load = load.split(' ').next().unwrap_or_default().to_owned();
    let mut programs = vec![format!("midwatch {}", version(midwatch))];
    for peer in Peer::ALL {
        let of = peer.program().map_or_else(|| "could not be had".to_owned(), |program| version(&program));
        programs.push(format!("{} {of}", peer.name()));
    }
    for name in ["amtool", "prometheus-alertmanager"] {
        let of = find(name).map_or_else(|| "could not be had".to_owned(), |program| version(&program));
        programs.push(format!("{name} {of}"));
    }
    format!(
        "{date} · {processor}, {cores} cores, Linux {} · load {load} when it began · terminal 200×50 · {}\n",
        kernel.trim(),
        programs.join(" · ")
    )
}

fn row(file: &str, name: &str) -> Option<String> {
    let text = std::fs::read_to_string(file).ok()?;
    let row = text.lines().find(|row| row.starts_with(name))?;
    row.split(": ").nth(1).map(str::to_owned)
}
