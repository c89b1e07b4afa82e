//! The live map as people read it: rows for the screen, Markdown for the README, plain text for a terminal.

use std::fmt::Write as _;

use super::Keymap;
use crate::app::keys::{KeyRow, KeyTable};
use crate::app::{Action, Context};

/// The key table of a keymap, context by context.
#[must_use]
pub fn table(keymap: &Keymap) -> KeyTable {
    let row = |binding: &super::Binding| KeyRow {
        context: binding.context,
        keys: binding.keys.to_string(),
        action: binding.action,
        words: binding.desc.clone().unwrap_or_else(|| binding.action.spec().words.to_owned()),
    };
    let of = |context| keymap.bindings().iter().filter(move |binding| binding.context == context);
    KeyTable { rows: Context::ALL.into_iter().flat_map(of).map(row).collect() }
}

/// Where a context is, in words.
#[must_use]
pub fn title(context: Context) -> &'static str {
    match context {
        Context::Global => "Everywhere",
        Context::List => "In lists",
        Context::Incidents => "On an incident",
        Context::Incident => "On an incident's page",
        Context::Signals => "Signals",
        Context::Logs => "Logs",
        Context::Mutes => "Mutes",
        Context::Runbook => "In a runbook",
        Context::Remedies => "Remedies",
        Context::Run => "On the page of a run",
        Context::Checklists => "Checklists",
        Context::Walk => "In a walk",
        Context::History => "In the history of a checklist",
        Context::Journal => "Journal",
        Context::Sources => "Sources",
        Context::Prompt => "While text is entered",
        Context::Confirm => "At a yes-or-no question",
        Context::Help => "In the help and on cards",
    }
}

/// One action of a context with all its keys.
struct Line {
    keys: Vec<String>,
    words: String,
    action: Action,
}

/// The lines of a context: keys that do the same, in the same words, stand together.
fn lines(table: &KeyTable, context: Context) -> Vec<Line> {
    let mut made: Vec<Line> = Vec::new();
    for row in table.of(context) {
        match made.iter_mut().find(|line| line.action == row.action && line.words == row.words) {
            Some(line) => line.keys.push(row.keys.clone()),
            None => made.push(Line { keys: vec![row.keys.clone()], words: row.words.clone(), action: row.action }),
        }
    }
    made
}

/// The contexts that have keys, with their lines.
fn sections(keymap: &Keymap) -> Vec<(Context, Vec<Line>)> {
    let table = table(keymap);
    let lines_of = |context| (context, lines(&table, context));
    Context::ALL.into_iter().map(lines_of).filter(|(_, lines)| !lines.is_empty()).collect()
}

/// The keys as Markdown, one table for each context.
#[must_use]
pub fn markdown(keymap: &Keymap) -> String {
    let mut made = String::new();
    for (context, lines) in sections(keymap) {
        let _ =
            write!(made, "### {} `[{}]`\n\n| keys | does | action |\n|---|---|---|\n", title(context), context.name());
        for line in lines {
            let keys: Vec<String> = line.keys.iter().map(|keys| format!("`{}`", cell(keys))).collect();
            let _ = writeln!(made, "| {} | {} | `{}` |", keys.join(" "), cell(&line.words), line.action);
        }
        made.push('\n');
    }
    made.truncate(made.trim_end().len());
    made.push('\n');
    made
}

/// Text that does not end a table's cell.
fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}

/// The keys as plain text in columns; at the end the actions that have no key, for whoever wants to bind them.
#[must_use]
pub fn text(keymap: &Keymap) -> String {
    let mut made = format!("keymap: {}\n", keymap.name());
    let sections = sections(keymap);
    let columns = |line: &Line| line.keys.join("  ").chars().count();
    let width = sections.iter().flat_map(|(_, lines)| lines).map(columns).max().unwrap_or_default() + 2;
    for (context, lines) in sections {
        let _ = write!(made, "\n{} [{}]\n", title(context), context.name());
        for line in lines {
            let _ = writeln!(made, "  {:<width$}{:<28}{}", line.keys.join("  "), line.words, line.action);
        }
    }
    let free = |action: &Action| !keymap.bindings().iter().any(|binding| binding.action == *action);
    let without: Vec<Action> = Action::all().filter(free).collect();
    if !without.is_empty() {
        made.push_str("\nWithout a key (the palette knows them)\n");
    }
    for action in without {
        let _ = writeln!(made, "  {:<width$}{:<28}{}", "", action.spec().words, action);
    }
    made
}

#[cfg(test)]
mod tests {
    use super::super::load::load;
    use super::*;
    use std::path::Path;

    #[test]
    fn made_from_what_is_really_bound() {
        let user = "[incidents]\n\"a\" = \"noop\"\n\"F5\" = { do = \"incident.ack\", desc = \"mine | now\" }\n";
        let (keymap, problems) = load("default", Some((Path::new("k"), user)));
        assert_eq!(problems, []);
        let table = table(&keymap);
        assert_eq!(table.keys_for(&[Context::Incidents, Context::Global], Action::Ack), Some("F5"));
        assert_eq!(table.rows.len(), keymap.bindings().len());
        let markdown = markdown(&keymap);
        assert!(markdown.contains("| `F5` | mine \\| now | `incident.ack` |\n"), "{markdown}");
        assert!(markdown.contains("| `j` `Down` | down | `cursor.down` |\n"), "{markdown}");
        let text = text(&keymap);
        assert!(text.contains("\nIn lists [list]\n  j  Down       down "), "{text}");
        assert!(
            text.split_once("Without a key").is_some_and(|(_, after)| after.contains("incident.mitigated")),
            "{text}"
        );
    }

    #[test]
    fn every_binding_is_shown() {
        let (keymap, _) = load("vim", None);
        let (markdown, text) = (markdown(&keymap), text(&keymap));
        for binding in keymap.bindings() {
            let keys = binding.keys.to_string();
            assert!(markdown.contains(&format!("`{}`", cell(&keys))) && text.contains(&keys), "{keys}");
        }
    }
}
