//! This machine, without a configuration and with thresholds that it crosses.

use std::fs::OpenOptions;
use std::io::Write as _;

use super::setting::SIZE;
use crate::support::home::Home;
use crate::support::pty::Terminal;
use crate::support::wait;

#[test]
fn a_bare_machine_shows_its_own_numbers() {
    let home = Home::new();
    let screen = Terminal::open(&home, &[], SIZE);
    screen.wait_until("the machine's memory in numbers", |text| {
        text.lines().any(|row| row.contains("mem") && row.contains('%'))
    });
    let (_, status) = home.status();
    let signals = status["signals"].as_array().unwrap();
    let memory = signals.iter().find(|signal| signal["name"] == "mem").unwrap_or_else(|| panic!("{status}"));
    let told = memory["value"].as_f64().expect("a number");
    let real = memory_in_use();
    assert!((told - real).abs() < 15.0, "{told} % told, {real} % in /proc/meminfo");
    assert_eq!(memory["unit"], "%");
}

#[test]
fn a_threshold_that_is_crossed_fires_and_resolves_when_it_is_over() {
    let home = Home::new();
    let log = home.write("app.log", "");
    home.write(
        "config/midwatch/config.toml",
        &format!(
            "[[source]]\nname = \"here\"\nkind = \"host\"\nevery = \"1s\"\n\
             [source.rules]\ncpu = false\nmemory = {{ over = 0, for = \"1s\" }}\nswap = false\nload = false\n\
             disk = false\ninodes = false\ndisk_fills_within = false\nerror_lines = false\nerror_burst = 20\n\
             units = false\n\
             [[source]]\nname = \"log\"\nkind = \"file\"\npaths = [\"{}\"]\nevery = \"1s\"\n",
            log.display()
        ),
    );
    let screen = Terminal::open(&home, &[], SIZE);
    screen.wait_row("HostMemoryHigh", "unacked");
    assert!(screen.row("HostErrorBurst").is_none(), "{}", screen.text());

    let mut file = OpenOptions::new().append(true).open(&log).unwrap();
    for line in 0..30 {
        writeln!(file, "ERROR upstream timeout {line}").unwrap();
    }
    screen.wait_row("HostErrorBurst", "unacked");
    // Sixty seconds after the last of them there is no burst any more.
    wait::within(wait::DEADLINE * 2, "the burst is over", || match screen.row("HostErrorBurst") {
        Some(row) if row.contains("resolved") => Ok(()),
        row => Err(format!("{row:?}")),
    });
    screen.wait_row("HostMemoryHigh", "unacked");
}

/// Per cent of memory in use, as the kernel says.
fn memory_in_use() -> f64 {
    let text = std::fs::read_to_string("/proc/meminfo").expect("Linux tells its memory");
    let kib = |name: &str| -> f64 {
        let row = text.lines().find(|row| row.starts_with(name)).expect("a row");
        row.split_whitespace().nth(1).expect("a number").parse().expect("a number")
    };
    100.0 * (1.0 - kib("MemAvailable:") / kib("MemTotal:"))
}
