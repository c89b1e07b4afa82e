//! Secrets that stand in a file itself: refused where others may read it.
//!
//! Most places refuse a secret whoever may read the file ([`super::file`]). What lives here is the rest: addresses of
//! web hooks with a token in their query, fields of bodies, arguments. What must not: quoting what was found.

use std::path::Path;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::diagnostic::{Diagnostic, Position};
use super::load::Text;
use crate::domain::discreet::{holds_a_secret, is_credential, names_a_secret};

const ADVICE: &str = "this looks like a secret, and others on this machine may read this file; run chmod 600 on it, or \
                      keep the secret elsewhere: { env = \"NAME\" }, { file = \"PATH\" } or { command = [\u{2026}] }";

/// Tables and keys whose secrets are refused, or whose addresses are looked at, by whoever reads them.
const REFUSED: [&str; 3] = ["auth", "headers", "env"];

/// Tables whose keys are the operator's own words: nobody else looks at what is in them.
const FREE: [&str; 2] = [".body", ".vars"];

/// Keys whose texts are for people.
const PROSE: [&str; 4] = ["title", "help", "text", "says"];

/// Ends of names that say where something is, and not what.
pub(super) const POINTS: [&str; 6] = ["_file", "_path", "_dir", "_name", "_id", "_url"];

/// Every secret in a file that others may read.
pub(super) fn found(file: &Path, read: &Text) -> Vec<Diagnostic> {
    if !read.shared {
        return Vec::new();
    }
    let (root, _) = DeTable::parse_recoverable(&read.text);
    let mut search = Search { file, text: &read.text, found: Vec::new() };
    search.table(root.get_ref(), "");
    search.found
}

struct Search<'a> {
    file: &'a Path,
    text: &'a str,
    found: Vec<Diagnostic>,
}

impl Search<'_> {
    fn table(&mut self, table: &DeTable<'_>, path: &str) {
        for (key, value) in table {
            let key = key.get_ref();
            let dot = if path.is_empty() { "" } else { "." };
            let free = FREE.iter().any(|name| path.ends_with(name) || path.contains(&format!("{name}.")));
            if free || !REFUSED.contains(&key.as_ref()) {
                self.value(key, value, &format!("{path}{dot}{key}"));
            }
        }
    }

    fn value(&mut self, key: &str, value: &Spanned<DeValue<'_>>, path: &str) {
        match value.get_ref() {
            DeValue::String(text) if is_secret(key, text) => self.tell(value, path),
            DeValue::Table(table) => self.table(table, path),
            DeValue::Array(rows) => {
                let mut before = "";
                for row in rows {
                    let text = row.get_ref().as_str().unwrap_or_default();
                    if is_secret("", text) || is_argument(before, text) {
                        self.tell(row, path);
                    } else if text.is_empty() {
                        self.value(key, row, path);
                    }
                    before = text;
                }
            }
            _ => {}
        }
    }

    fn tell(&mut self, value: &Spanned<DeValue<'_>>, path: &str) {
        let position = Position::of(self.text, value.span().start);
        self.found.push(Diagnostic::of_file(self.file, ADVICE).at(position, path));
    }
}

fn is_secret(key: &str, text: &str) -> bool {
    let lower = key.to_lowercase();
    let points = POINTS.iter().any(|end| lower.ends_with(end)) || text.starts_with(['/', '~']);
    let by_name = names_a_secret(key) && !points && is_literal(text);
    // One with a password is refused by whoever reads the address.
    let by_address = holds_a_secret(text) && !(matches!(key, "url" | "proxy" | "http" | "link") && has_user(text));
    let by_header = text.split_once(':').is_some_and(|(name, value)| {
        name.trim().to_lowercase().ends_with("authorization") && is_credential(value.trim())
    });
    let by_key = text.contains("-----BEGIN ") && text.contains("PRIVATE KEY-----");
    by_name || by_address || by_header || by_key || is_credential(text) && !PROSE.contains(&key)
}

/// `--password=hunter2`, or `--password` and then `hunter2`.
fn is_argument(before: &str, text: &str) -> bool {
    let option = |word: &str| word.starts_with("--") && names_a_secret(word) && !points(word);
    match text.split_once('=') {
        Some((name, value)) if name.starts_with("--") => option(name) && is_literal(value) && !value.starts_with('/'),
        _ => option(before) && !before.contains('=') && is_literal(text) && !text.starts_with(['-', '/']),
    }
}

fn points(option: &str) -> bool {
    POINTS.iter().any(|end| option.replace('-', "_").ends_with(end))
}

fn is_literal(text: &str) -> bool {
    !text.is_empty() && !text.contains(['{', '$'])
}

fn has_user(address: &str) -> bool {
    let behind = address.split_once("://").map_or("", |(_, behind)| behind);
    behind.split(['/', '?', '#']).next().is_some_and(|host| host.contains('@'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places(text: &str, shared: bool) -> Vec<String> {
        let text = Text { text: text.to_owned(), shared, warnings: Vec::new() };
        let found = found(Path::new("c.toml"), &text);
        assert!(found.iter().all(|found| found.is_error() && !found.to_string().contains("hunter2")), "{found:?}");
        found.iter().filter_map(|found| found.position).map(|at| format!("{}:{}", at.line, at.column)).collect()
    }

    #[test]
    fn every_place_where_one_can_stand() {
        for (text, at) in [
            ("[[remedy]]\nhttp = { url = 'https://ci/hook?token=hunter2' }\n", "2:16"),
            ("[[remedy]]\nhttp = { poll = { url = 'https://ci/x?sig=hunter2' } }\n", "2:25"),
            ("[[remedy]]\nhttp = { body = { deep = [{ api_key = 'hunter2' }] } }\n", "2:39"),
            ("[[remedy]]\ncommand = ['curl', '-H', 'Authorization: Bearer hunter2hunter2']\n", "2:26"),
            ("[[remedy]]\ncommand = ['curl', 'https://ana:hunter2@h/']\n", "2:20"),
            ("[[remedy]]\ncommand = ['x', '--password=hunter2']\n", "2:17"),
            ("[[remedy]]\ndry_run = ['x', '--token', 'hunter2']\n", "2:28"),
            ("[[remedy]]\nansible = { vars = { db_password = 'hunter2' } }\n", "2:36"),
            ("[[remedy]]\nansible = { vars = { password = 'hunter2' } }\n", "2:33"),
            ("[[remedy]]\nhttp = { body = { password = 'hunter2' } }\n", "2:30"),
            ("[[remedy]]\nhttp = { body = { auth = { password = 'hunter2' } } }\n", "2:39"),
            ("[[item]]\nlink = 'https://wiki/?access_token=hunter2'\n", "2:8"),
            ("x = '''-----BEGIN EC PRIVATE KEY-----\nhunter2'''\n", "1:5"),
        ] {
            assert_eq!(places(text, true), [at], "{text}");
            assert_eq!(places(text, false), [""; 0], "one's own file: {text}");
        }
    }

    #[test]
    fn what_is_none_is_left_alone() {
        for text in [
            "[[remedy]]\nhttp = { url = 'https://ci/{token}?token={token}', auth = { bearer = { env = 'T' } } }\n",
            "[[remedy]]\ncommand = ['x', '--token-file', '/run/token', '--password={p}', '--secret', '{s}', '--tokens']\n",
            "[[remedy]]\nenv = [{ TOKEN_FILE = '/run/token' }]\nhttp = { body = { token_id = '7' } }\n",
            "[[source]]\nurl = 'https://ana:hunter2@h'\nheaders = { A = 'b' }\n",
            "title = 'Rotate the token'\nhelp = 'Authorization: see the wiki'\n",
        ] {
            assert_eq!(places(text, true), [""; 0], "{text}");
        }
    }
}
