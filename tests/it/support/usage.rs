//! What the kernel says of the memory of a process.

/// A row of its account in bytes, such as `Anonymous`: what is not from a file.
pub fn memory(process: u32, row: &str) -> f64 {
    let text = std::fs::read_to_string(format!("/proc/{process}/smaps_rollup")).unwrap_or_default();
    let row = text.lines().find_map(|line| line.strip_prefix(row)?.strip_prefix(':'));
    let kilobytes = row.and_then(|row| row.split_whitespace().next()).and_then(|word| word.parse::<f64>().ok());
    kilobytes.map_or(f64::NAN, |kilobytes| kilobytes * 1024.0)
}
