//! Where secrets are kept. A secret itself is refused in the file and never quoted.

use std::path::Path;

use crate::config::reader::{Item, Sort};
use crate::source::options::SecretRef;

const HOW: &str =
    "name where it is kept: { env = \"NAME\" }, { file = \"PATH\" } or { command = [\"pass\", \"show\", \"NAME\"] }";

/// Notes that a file with a secret must be for its owner alone.
pub(super) fn private(item: &Item<'_>, path: &Path) {
    let message = format!("others on this machine may read the secret in {}; run chmod 600 on it", path.display());
    item.mention(path, Sort::Private, &message);
}

/// A reference to a secret.
pub(super) fn secret(item: &Item<'_>) -> Option<SecretRef> {
    if item.as_text().is_some() {
        item.wrong(&format!("a secret is never written into the file; {HOW}"));
        return None;
    }
    let table = item.table("a table that names a secret, such as { env = \"NAME\" }")?;
    table.finish(&["secret"]);
    let places = ["env", "file", "command"].into_iter().filter_map(|key| Some((key, table.item(key)?)));
    let places: Vec<(&str, Item<'_>)> = places.collect();
    match places.as_slice() {
        [("env", item)] => variable(item).map(SecretRef::Env),
        [("file", item)] => {
            let path = item.place()?;
            private(item, &path);
            Some(SecretRef::File(path))
        }
        [("command", item)] => command(item).map(SecretRef::Command),
        [] => {
            item.wrong(&format!("this names no secret; {HOW}"));
            None
        }
        _ => {
            item.wrong(&format!("a secret is kept in one place; {HOW}"));
            None
        }
    }
}

pub(super) fn variable(item: &Item<'_>) -> Option<String> {
    let name = item.word()?;
    let good =
        name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_') && !name.starts_with(|c: char| c.is_ascii_digit());
    if !good {
        // Not quoted: it may be the secret instead of its name.
        item.wrong("this is no name of an environment variable: letters, digits and '_' only");
        return None;
    }
    Some(name)
}

fn command(item: &Item<'_>) -> Option<Vec<String>> {
    if item.as_text().is_some() {
        return item.takes("a program and its arguments as a list, such as [\"pass\", \"show\", \"prom\"]");
    }
    let argv = item.words()?;
    if argv.is_empty() {
        item.wrong("'command' names no program");
        return None;
    }
    Some(argv)
}
