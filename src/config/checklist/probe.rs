//! Probes: exactly one way to ask.

mod machine;
mod network;
mod telemetry;

use crate::config::reader::{Item, Table};
use crate::domain::checklist::Probe;

/// A way to ask: its key, the section of its other keys, and how it is read.
struct Way {
    word: &'static str,
    section: &'static str,
    read: fn(&Table<'_>, &Item<'_>) -> Option<Probe>,
}

const WAYS: [Way; 7] = [
    Way { word: "query", section: "list.probe.query", read: telemetry::query },
    Way { word: "logs", section: "list.probe.logs", read: telemetry::logs },
    Way { word: "command", section: "list.probe.command", read: machine::command },
    Way { word: "http", section: "list.probe.http", read: network::http },
    Way { word: "certificate", section: "list.probe.certificate", read: network::certificate },
    Way { word: "file", section: "list.probe.file", read: machine::file },
    Way { word: "known", section: "list.probe.known", read: telemetry::known },
];

/// What is asked.
pub(super) fn probe(item: &Item<'_>) -> Option<Probe> {
    let table = item.table("a table, such as { query = \"up\", expect = \"== 1\" }")?;
    let way = |key: &str| WAYS.iter().find(|way| way.word == key);
    let ways: Vec<(&Way, Item<'_>)> =
        table.items().into_iter().filter_map(|(key, item)| Some((way(key)?, item))).collect();
    match ways.as_slice() {
        [(way, item)] => {
            let probe = (way.read)(&table, item);
            table.finish(&[way.section]);
            probe
        }
        [] => {
            let sections = WAYS.map(|way| way.section);
            table.finish(&sections);
            if !table.has_slips(&sections) {
                table.lacks(&format!("a probe has one of {}", WAYS.map(|way| way.word).join(", ")));
            }
            None
        }
        [(first, _), (second, item), ..] => {
            let (first, second) = (first.word, second.word);
            item.misplaced(&format!("'{second}' stands beside '{first}'; a probe asks in one way: write two items"));
            None
        }
    }
}
