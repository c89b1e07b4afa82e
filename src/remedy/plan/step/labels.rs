//! Which labels a script is handed, under which names, and what their values may hold.

use std::collections::BTreeMap;

use crate::domain::remediation::param::LONGEST;
use crate::domain::{Labels, harmless};

use super::super::rereads;
use super::super::told;
use super::super::values::climbs;
use super::lexer::{Named, Read, Use};

/// How the names of variables begin.
pub(super) const PREFIX: &str = "MIDWATCH_LABEL_";

/// A label that a script is handed.
pub(super) struct Handed {
    /// The label.
    pub(super) name: String,
    /// The variable.
    pub(super) variable: String,
    /// The value.
    pub(super) value: String,
}

/// The variable of a label.
pub(super) fn variable(label: &str) -> String {
    let plain = label.chars().map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_uppercase() } else { '_' });
    PREFIX.chars().chain(plain).collect()
}

/// What the text names of the labels, each with a value that may stand there; sorted by variable.
pub(super) fn handed(read: &Read, labels: &Labels) -> Result<Vec<Handed>, String> {
    let again = reads_again(&read.text);
    let mut made = BTreeMap::new();
    for used in &read.uses {
        let Some((name, value)) = label(used, labels)? else { continue };
        check(name, value)?;
        if (again || !used.free) && !is_plain(value) {
            return Err(not_plain(name, value, used, again));
        }
        let variable = variable(name);
        made.insert(variable.clone(), Handed { name: name.to_owned(), variable, value: value.to_owned() });
    }
    Ok(made.into_values().collect())
}

/// The label that is meant; `None` where the text says what to do without it.
fn label<'a>(used: &Use, labels: &'a Labels) -> Result<Option<(&'a str, &'a str)>, String> {
    let wanted = match &used.named {
        Named::Label(name) => variable(name),
        Named::Variable(name) => name.clone(),
    };
    let mut found = labels.iter().filter(|(name, _)| variable(name) == wanted);
    let first = found.next().filter(|(name, _)| matches!(&used.named, Named::Variable(_)) || used.named.is(name));
    if let (Some((one, _)), Some((other, _))) = (first, found.next()) {
        return Err(format!(
            "the labels {} and {} would both be {wanted}; it cannot be told which is meant",
            told(one),
            told(other)
        ));
    }
    match (first, &used.named) {
        (Some(pair), _) => Ok(Some(pair)),
        (None, Named::Variable(_)) if used.optional => Ok(None),
        (None, Named::Variable(name)) => {
            Err(format!("no label that all alerts share makes {name}; write \"${{{name}:-}}\" if it may be empty"))
        }
        (None, Named::Label(name)) => {
            Err(format!("the alerts share no label {}; run it for a single alert, or by hand", told(name)))
        }
    }
}

/// What no value may hold, wherever it stands.
fn check(name: &str, value: &str) -> Result<(), String> {
    let wrong = if value.len() > LONGEST {
        "is too long"
    } else if harmless::line(value, usize::MAX) != value {
        "holds a character that cannot be seen"
    } else if value.starts_with('-') {
        "begins with '-', which programs take for an option"
    } else if climbs(value) > 0 {
        "holds '..', which climbs out of a folder"
    } else {
        return Ok(());
    };
    Err(format!("the label {} {wrong}: '{}'; run this step by hand", told(name), told(value)))
}

/// Whether a value stays the same word when another shell reads it again.
fn is_plain(value: &str) -> bool {
    value.chars().all(|c| c.is_ascii_alphanumeric() || "_.:/@%+,=-".contains(c))
}

fn not_plain(name: &str, value: &str, used: &Use, again: bool) -> String {
    let name = told(name);
    let variable = variable(&name);
    let why = match used.named {
        Named::Label(_) => {
            format!("what stands for {{{{labels.{name}}}}} may hold only letters, digits and _.:/@%+,=-")
        }
        Named::Variable(_) if again => {
            "this text may be read again by another shell, and only a plain word survives that".to_owned()
        }
        Named::Variable(_) => "only a plain word may stand outside of double quotes".to_owned(),
    };
    format!(
        "the label {name} is '{}', but {why}; write \"${variable}\" in double quotes as an argument of its own, or run this step by hand",
        told(value)
    )
}

/// Words after which a shell reads values again, as words, as names of variables or as arithmetic.
const AGAIN: &[&str] = &[
    "for",
    "select",
    "read",
    "local",
    "export",
    "readonly",
    "declare",
    "typeset",
    "let",
    "unset",
    "mapfile",
    "readarray",
    "getopts",
    "function",
    "coproc",
    "alias",
    "-v",
    "expr",
    "bc",
    "dc",
];

/// Whether anything in the text may read a value again: then only plain words are handed over.
fn reads_again(text: &str) -> bool {
    if ["[[", "((", "()", "( )"].iter().any(|mark| text.contains(mark)) {
        return true;
    }
    let mut words =
        text.split(|c: char| !(c.is_ascii_alphanumeric() || "_./+-".contains(c))).filter(|word| !word.is_empty());
    while let Some(word) = words.next() {
        if AGAIN.contains(&word) || rereads::is_rereader(word) {
            return true;
        }
        // `set -e` sets options; any other `set` sets the words that `$1` and the like stand for.
        if word == "set" && words.next().is_none_or(|next| next == "--" || !next.starts_with(['-', '+'])) {
            return true;
        }
    }
    false
}
