//! Who may touch what is outside: the clock, the terminal, other programs; and where colours may be named.

use super::source::{File, Tree};
use super::tokens::{self, follows};

/// Words that only some places may say, where they ship.
struct Rule {
    what: &'static str,
    words: &'static [&'static str],
    /// The places, each with the reason.
    places: &'static [(&'static str, &'static str)],
}

const RULES: &[Rule] = &[
    Rule {
        what: "the time of day",
        words: &["Utc::now", "Local::now", "SystemTime::now"],
        places: &[
            ("clock", "the clock of the session"),
            ("logging", "which day's file is written"),
            ("demo", "where its story begins; its clock runs from there"),
            ("source/file", "how old a file is, and in which year a line without one was written"),
            ("source/journald", "in which year and zone a line was written"),
            ("source/host/client", "when this machine was measured"),
            ("source/http", "how long a date in Retry-After still is"),
            ("source/alertmanager", "whether a restarted server may have been sent its alerts again"),
            ("source/prometheus", "the end of the range that is asked for"),
            ("store/open", "the name under which a damaged file is set aside"),
        ],
    },
    Rule {
        what: "the monotonic clock",
        words: &["Instant::now"],
        places: &[
            ("demo", "how long another picture may be in the making"),
            ("runtime", "when frames and ticks are due"),
            ("source", "deadlines, intervals, and how long an answer took"),
            ("probe", "how long an answer took"),
            ("remedy", "how long a process runs, and its deadline"),
            ("store/migrate", "how long another process may migrate"),
        ],
    },
    Rule {
        what: "writing to the terminal",
        words: &["execute!", "queue!", "Terminal::new", "CrosstermBackend::new", "enable_raw_mode", "disable_raw_mode"],
        places: &[("runtime/terminal", "the only place that does")],
    },
    Rule {
        what: "standard output and standard error",
        words: &["stdout()", "stderr()", "println!", "eprintln!", "print!", "eprint!"],
        places: &[
            ("runtime/terminal", "a frame leaves in one write"),
            ("cli/output", "what a command prints"),
            ("remedy/exec", "the ends of a child's pipes, which have the same names"),
            ("cli/watch", "asks whether there is a terminal at all"),
        ],
    },
    Rule {
        what: "starting another program",
        words: &["Command::new", "process::Command", "CommandWrap::with_new"],
        places: &[
            ("source/secret/command", "a secret that a command of the configuration prints"),
            ("source/journald/client", "journalctl"),
            ("source/host/client/units", "systemctl, which only lists"),
            ("runtime/outside", "the operator's own pager and editor"),
            ("remedy/exec", "what an operator agreed to"),
        ],
    },
    Rule {
        what: "a queue without a bound",
        words: &["unbounded_channel", "UnboundedSender", "mpsc::unbounded", "std::sync::mpsc"],
        places: &[],
    },
    Rule {
        what: "reading to the end, bounded by `take` or by the kernel",
        words: &["read_to_end", "read_to_string", "fs::read"],
        places: &[
            ("config/load", "the configuration"),
            ("remedy/exec/group", "a line of /proc"),
            ("rows/text", "a keymap or a theme"),
            ("runbook/text/file", "a runbook"),
            ("runbook/text/kept", "a runbook that was fetched"),
            ("runtime/effects/remedies/origin", "a file of remedies, for its hash"),
            ("runtime/outside", "what an editor left"),
            ("runtime/suspend", "a line of /proc"),
            ("source/host/client", "what systemctl says; tables of /proc"),
            ("source/http/client", "certificates"),
            ("source/secret", "a secret"),
            ("store/inspect", "the first bytes of a log"),
        ],
    },
    Rule {
        what: "an answer taken whole",
        words: &["bytes().await", "text().await", "json().await", ".json::<", "wait_with_output"],
        places: &[],
    },
    Rule {
        what: "a colour by its value",
        words: &["Color::"],
        places: &[
            ("theme", "where colours are looked up by role and made fewer"),
            ("runtime/picture", "turns a drawn frame into a picture"),
        ],
    },
    Rule {
        what: "ending the process",
        words: &["process::exit", "process::abort"],
        places: &[("runtime/hangup", "the terminal is gone and the event loop did not notice; it is given back first")],
    },
    Rule {
        what: "the environment",
        words: &["env::var", "env::var_os", "env::vars"],
        places: &[
            ("cli/watch", "what the terminal says about itself"),
            ("config", "who, where, and secrets that the configuration names"),
            ("remedy/exec", "variables that a remedy lists and takes over"),
            ("runtime/outside", "the operator's own pager and editor"),
            ("runtime/effects/remedies", "the folders in which programs are looked for"),
            ("runtime/effects/walks", "the few variables that a command of a checklist finds"),
            ("source/http/client", "whether it names a proxy, which may want TLS"),
            ("source/secret", "a secret that the configuration names"),
        ],
    },
];

/// Every place that says what is not its own.
pub(super) fn broken(tree: &Tree) -> Vec<String> {
    let mut found = Vec::new();
    for rule in RULES {
        let allowed = |file: &File| rule.places.iter().any(|(place, _)| file.is_in(place));
        for file in tree.files.iter().filter(|file| !allowed(file)) {
            found.extend(said(file, rule.words).into_iter().map(|(line, words)| {
                let places: Vec<&str> = rule.places.iter().map(|(place, _)| *place).collect();
                format!("src/{}:{line}: '{words}' ({}) belongs to: {}", file.path, rule.what, places.join(", "))
            }));
        }
    }
    found
}

/// Every place of the table that does not say it, and every one without a reason.
pub(super) fn unused(tree: &Tree) -> Vec<String> {
    let mut found = Vec::new();
    for rule in RULES {
        for (place, reason) in rule.places {
            let mut files = tree.files.iter().filter(|file| file.is_in(place));
            if reason.is_empty() || !files.any(|file| !said(file, rule.words).is_empty()) {
                found.push(format!("{place} does not need {}: the row allows too much", rule.what));
            }
        }
    }
    found
}

/// Where a file says one of these words, tests left out.
fn said<'a>(file: &File, words: &[&'a str]) -> Vec<(usize, &'a str)> {
    let mut found = Vec::new();
    for words in words {
        let wanted = tokens::read(words);
        let wanted: Vec<&str> = wanted.iter().map(|token| token.text.as_str()).collect();
        let here = file.shipped().filter(|(at, _)| follows(&file.tokens, *at, &wanted));
        found.extend(here.map(|(_, token)| (token.line, *words)));
    }
    found
}
