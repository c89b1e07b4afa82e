//! The journal: `journalctl` is missing, hangs, ends, or prints something else.

use std::path::Path;

use midwatch::source::Source;
use midwatch::source::journald::Journald;
use midwatch::source::options::{JournaldOptions, KindOptions};

use super::{Case, TIMEOUT, told};
use crate::faults::adapters::options;
use crate::faults::fault::Again;

/// One entry, as journalctl prints it, and then what the test says.
const GOOD: &str = r#"echo '{"__CURSOR":"c=1","MESSAGE":"the first entry","PRIORITY":"3","SYSLOG_IDENTIFIER":"checkout"}'
while [ "$(cat "${0%/*}/mode")" = good ]; do sleep 0.1; done
exit 1"#;

/// All of them.
pub fn cases() -> Vec<Case> {
    vec![
        case(
            "journalctl is missing",
            "Without systemd, follow log files instead: `kind = \"file\"`.",
            "could not be started",
            Again::Rarely,
            |here| {
                std::fs::remove_file(here.join("journalctl")).expect("a program can be removed");
                say(here, "gone");
            },
        ),
        case(
            "journalctl ends",
            "Read what it says; the user may lack the group `systemd-journal`.",
            "journalctl ended (exit status: 3): Failed to open",
            Again::Soon,
            |here| {
                program(here, "echo 'Failed to open the journal' >&2; exit 3");
                say(here, "gone");
            },
        ),
        case(
            "journalctl prints something else",
            "See which `journalctl` comes first in `PATH`.",
            "is no entry of a journal",
            Again::Rarely,
            |here| {
                program(here, "while :; do echo 'no such thing'; sleep 0.1; done");
                say(here, "gone");
            },
        ),
        Case {
            make: |here| journal(here, "exec sleep 1000"),
            known: |_| true,
            learns: |_| true,
            ..case(
                "journalctl hangs from the start",
                "Run `journalctl -n 1` by hand. Later on, a journalctl that hangs looks like a journal where nothing happens.",
                "has not told a single entry yet",
                Again::AsAlways,
                |_| (),
            )
        },
    ]
}

fn case(title: &'static str, todo: &'static str, says: &'static str, again: Again, spoil: fn(&Path)) -> Case {
    Case {
        who: "journald",
        title,
        todo,
        make: |here| journal(here, GOOD),
        spoil,
        mend: |here| {
            say(here, "good");
            program(here, GOOD);
        },
        says,
        again,
        known: |board| told(board, "the first entry"),
        learns: |_| true,
    }
}

fn say(here: &Path, mode: &str) {
    std::fs::write(here.join("mode"), mode).expect("a file can be written");
}

/// Written by another process: a file that this one holds open for writing could not be run.
fn program(here: &Path, lines: &str) {
    let write = r#"printf '#!/bin/sh\n%s\n' "$1" > "$2.new" && chmod 755 "$2.new" && mv "$2.new" "$2""#;
    let made = std::process::Command::new("sh").args(["-c", write, "sh", lines]).arg(here.join("journalctl")).status();
    assert!(made.expect("sh can be run").success());
}

fn journal(here: &Path, lines: &str) -> Box<dyn Source> {
    say(here, "good");
    program(here, lines);
    let own = JournaldOptions { units: Vec::new(), backlog: 5 };
    let source = options(KindOptions::Journald(own.clone()), TIMEOUT);
    Box::new(Journald::new(&own, &source).with_program(here.join("journalctl")))
}
