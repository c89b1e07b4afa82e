//! Which room may name which. Arrows point one way; nothing is named that is above.

use super::names;
use super::source::Tree;

/// A room and the rooms that it may name, tests included.
pub(super) const ROOMS: &[(&str, &[&str])] = &[
    ("domain", &[]),
    ("board", &["domain"]),
    ("app", &["board", "domain"]),
    // Reading row by row, and telling what is wrong with a row: for keymaps and themes.
    ("rows", &["domain"]),
    ("keymap", &["app", "domain", "rows"]),
    ("theme", &["domain", "rows"]),
    ("ui", &["app", "board", "domain", "theme"]),
    ("clock", &["domain"]),
    // What a source reports is the board's word for it; nothing else of the board is known here.
    ("source", &["board", "domain"]),
    ("store", &["board", "domain"]),
    // Supervised processes and followed requests; the one way to ask over HTTP, and secrets, are the sources'.
    ("remedy", &["domain", "source"]),
    // Markdown to documents; an address is fetched the way sources are.
    ("runbook", &["domain", "source"]),
    // Asked once: over the sources' wires, or by a supervised process.
    ("probe", &["domain", "remedy", "source"]),
    // A configured source is the source's own options; what is wrong is told as it is for rows.
    ("config", &["domain", "rows", "source"]),
    ("logging", &["config"]),
    // Tables and pages of what is known, with the signs that the screen has too.
    ("report", &["board", "domain", "theme"]),
    // The simulated production knows only wires; what it serves is read by the real adapters.
    ("demo", &["domain"]),
    (
        "runtime",
        &[
            "app", "board", "clock", "config", "domain", "keymap", "probe", "remedy", "runbook", "source", "store",
            "theme", "ui",
        ],
    ),
    (
        "cli",
        &[
            "app", "board", "clock", "config", "demo", "domain", "keymap", "logging", "remedy", "report", "runbook",
            "runtime", "source", "store", "theme", "ui",
        ],
    ),
    // Every parser in one table, for its tests and for fuzzing alone.
    ("parsers", &["cli", "config", "domain", "keymap", "probe", "remedy", "runbook", "source", "store", "theme"]),
    ("main", &["cli"]),
    ("lib", &[]),
];

/// Narrower than the room: of what is behind an arrow, only this is named outside of tests.
pub(super) const ONLY: &[(&str, &str, &[&str])] = &[
    ("source", "board", &["Answer", "SourceEvent", "SourceReport"]),
    ("store", "board", &["Episode", "LocalAck", "Memory", "Snoozed"]),
    ("keymap", "domain", &["harmless"]),
    ("rows", "domain", &["harmless"]),
    ("report", "theme", &["Glyph"]),
    ("clock", "domain", &["Moment"]),
    ("main", "cli", &["run"]),
];

/// Every name that no arrow allows.
pub(super) fn broken(tree: &Tree) -> Vec<String> {
    let mut found = Vec::new();
    for file in &tree.files {
        let room = file.room();
        let Some((_, allowed)) = ROOMS.iter().find(|(name, _)| *name == room) else {
            found.push(format!("src/{}: the room '{room}' has no row in the table of arrows", file.path));
            continue;
        };
        for name in names::own(file) {
            let Some(to) = name.path.first().filter(|to| *to != room) else { continue };
            let what = format!("src/{}:{}: {room} names {}", file.path, name.line, name.path.join("::"));
            if !allowed.contains(&to.as_str()) {
                found.push(format!("{what}; it may name only: {}", allowed.join(", ")));
            }
            let only = ONLY.iter().find(|(from, of, _)| *from == room && of == to);
            if let (Some((_, _, only)), Some(item)) = (only, name.path.get(1))
                && !only.contains(&item.as_str())
            {
                found.push(format!("{what}; of {to} it may name only: {}", only.join(", ")));
            }
        }
    }
    found
}

/// Every arrow that no file uses: a table that allows more than is needed is no wall.
pub(super) fn unused(tree: &Tree) -> Vec<String> {
    let all: Vec<(&str, Vec<names::Name>)> = tree.files.iter().map(|file| (file.room(), names::own(file))).collect();
    let used = |from: &str, to: &str, item: Option<&str>| {
        let named = |name: &names::Name| {
            name.path.first().is_some_and(|room| room == to)
                && item.is_none_or(|item| name.path.get(1).is_some_and(|named| named == item))
        };
        all.iter().filter(|(room, _)| *room == from).any(|(_, names)| names.iter().any(named))
    };
    let arrows = ROOMS.iter().flat_map(|(from, to)| to.iter().map(move |to| (*from, *to, None)));
    let items = ONLY.iter().flat_map(|(from, to, items)| items.iter().map(move |item| (*from, *to, Some(*item))));
    let idle = arrows.chain(items).filter(|(from, to, item)| !used(from, to, *item));
    idle.map(|(from, to, item)| format!("the arrow {from} → {to} {} is not used", item.unwrap_or_default())).collect()
}
