//! What the kernel says of a process: time on a core, memory.

use std::path::PathBuf;
use std::time::Duration;

use crate::support::usage;

/// Memory of a process, in bytes.
#[derive(Debug, Clone, Copy)]
pub struct Memory {
    /// All that is resident.
    pub resident: f64,
    /// The same, shared pages counted in shares.
    pub proportional: f64,
    /// What is not from a file.
    pub anonymous: f64,
}

/// The memory of a process.
pub fn memory(process: u32) -> Memory {
    let row = |name| usage::memory(process, name);
    Memory { resident: row("Rss"), proportional: row("Pss"), anonymous: row("Anonymous") }
}

/// Time on a core so far, of all its threads, of its children that are there and of those that ended.
pub fn busy(process: u32) -> Duration {
    let own = ticks(process);
    let children = children(process).into_iter().map(busy).sum::<Duration>();
    Duration::from_millis(own * 10) + children
}

/// In ticks, of which Linux tells a hundred a second whatever its clock does.
fn ticks(process: u32) -> u64 {
    let text = read(process, "stat");
    // The name may hold anything; what follows its last bracket does not.
    let fields: Vec<&str> = text.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
    // utime, stime, cutime, cstime are fields 14 to 17 of the whole.
    fields.iter().skip(11).take(4).filter_map(|word| word.parse::<u64>().ok()).sum()
}

fn children(process: u32) -> Vec<u32> {
    let Ok(tasks) = std::fs::read_dir(format!("/proc/{process}/task")) else { return Vec::new() };
    let of = |task: PathBuf| std::fs::read_to_string(task.join("children")).unwrap_or_default();
    let all: Vec<String> = tasks.flatten().map(|task| of(task.path())).collect();
    all.iter().flat_map(|text| text.split_whitespace()).filter_map(|word| word.parse().ok()).collect()
}

fn read(process: u32, name: &str) -> String {
    std::fs::read_to_string(format!("/proc/{process}/{name}")).unwrap_or_default()
}
