//! What a remedy does: exactly one of the kinds.

use super::argv::{Where, argv};
use super::scope::{Scope, fixed, plain};
use super::{http, recipe};
use crate::config::file::matchers;
use crate::config::file::runbook::there;
use crate::config::reader::{Item, Sort, Table};
use crate::config::schema::alternatives;
use crate::domain::remediation::Kind;
use crate::source::options::HttpOptions;

/// What a remedy does, and how it is reached if that is a request.
pub(super) type Made = (Kind, Option<HttpOptions>);

/// Reads one kind.
type Read = fn(&Item<'_>, &Scope) -> Option<Made>;

/// Every kind by its key.
const KINDS: [(&str, Read); 7] = [
    ("command", |item, scope| alone(argv(item, scope, Where::Here).map(Kind::Command))),
    ("script", |item, scope| alone(script(item, scope))),
    ("ssh", |item, scope| alone(ssh(item, scope))),
    ("http", |item, scope| http::http(item, scope).map(|(http, access)| (Kind::Http(Box::new(http)), Some(access)))),
    ("systemd", |item, scope| alone(recipe::systemd(item, scope))),
    ("kubectl", |item, scope| alone(recipe::kubectl(item, scope))),
    ("ansible", |item, scope| alone(recipe::ansible(item, scope))),
];

fn alone(kind: Option<Kind>) -> Option<Made> {
    kind.map(|kind| (kind, None))
}

/// What a remedy does.
pub(super) fn kind(table: &Table<'_>, scope: &Scope) -> Option<Made> {
    // Every kind is read, so that everything that is wrong is noted.
    let read = |(key, read): &(&str, Read)| table.item(key).map(|item| read(&item, scope));
    let mut made: Vec<Option<Made>> = KINDS.iter().filter_map(read).collect();
    only(table, "remedy", "a remedy does one thing")?;
    made.pop().flatten()
}

/// The one key among the alternatives of a section; none and several are noted.
pub(super) fn only<'a>(table: &Table<'a>, section: &'static str, rule: &str) -> Option<(&'static str, Item<'a>)> {
    let known = alternatives(section);
    let mut found: Vec<(&'static str, Item<'a>)> =
        known.iter().filter_map(|key| Some((*key, table.item(key)?))).collect();
    found.sort_by_key(|(_, item)| item.at().start);
    match found.as_slice() {
        [_] => found.pop(),
        [] => {
            // A key that is misspelt is told as that.
            if !table.has_slips(&[section]) {
                table.lacks(&format!("{rule}: one of {} is missing", known.join(", ")));
            }
            None
        }
        [(first, _), others @ ..] => {
            for (name, item) in others {
                item.misplaced(&format!("'{name}' stands beside '{first}'; {rule}"));
            }
            None
        }
    }
}

fn script(item: &Item<'_>, scope: &Scope) -> Option<Kind> {
    let table = item.table("a table, such as { path = \"fix.sh\", interpreter = [\"bash\"] }")?;
    let path = table.need("path", |item| {
        fixed(item, "a placeholder cannot be part of a script's path: what runs is decided here, not by a value")?;
        there(item, Sort::File, "there is no script at this path; the remedy cannot run")
    });
    let interpreter = table.item("interpreter").map_or(Some(Vec::new()), |item| interpreter(&item));
    let arguments = table.item("args").map_or(Some(Vec::new()), |item| arguments(&item, scope));
    table.finish(&["remedy.script"]);
    Some(Kind::Script { path: path?, interpreter: interpreter?, arguments: arguments? })
}

fn interpreter(item: &Item<'_>) -> Option<Vec<String>> {
    let rows = item.list("an interpreter and its options as a list, such as [\"bash\"]")?;
    let why = "a placeholder cannot be part of the interpreter; give values in 'args'";
    let read: Vec<Option<String>> = rows.iter().map(|row| fixed(row, why)).collect();
    let mut words: Vec<String> = read.into_iter().collect::<Option<_>>()?;
    if let Some(program) = words.first_mut().filter(|program| program.contains('/')) {
        *program = item.page().locate(program).to_string_lossy().into_owned();
    }
    Some(words)
}

fn arguments(item: &Item<'_>, scope: &Scope) -> Option<Vec<crate::domain::remediation::Template>> {
    let rows = item.list("a list of arguments, such as [\"{instance}\"]")?;
    let read: Vec<_> = rows.iter().map(|row| scope.template(row)).collect();
    read.into_iter().collect()
}

fn ssh(item: &Item<'_>, scope: &Scope) -> Option<Kind> {
    let table = item.table("a table, such as { host = \"web-1\", command = [\"uptime\"] }")?;
    let host = table.need("host", |item| scope.some(item));
    let fixed_host = host.as_ref().and_then(plain);
    let hosts = match (table.item("hosts"), &fixed_host) {
        (Some(item), _) => matchers::pattern(&item),
        (None, Some(host)) => matchers::exactly(host),
        (None, None) => {
            if host.is_some() {
                table.lacks(
                    "'hosts' is missing: where the host is a value, say which ones are allowed, such as \
                     hosts = \"web-[0-9]+\"",
                );
            }
            None
        }
    };
    if let (Some(host), Some(hosts), Some(item)) = (&fixed_host, &hosts, table.item("host"))
        && (!hosts.holds(host) || host.starts_with('-'))
    {
        item.wrong("this host is not one of those that 'hosts' allows");
        return None;
    }
    let user = table.item("user").map_or(Some(None), |item| user(&item).map(Some));
    let port = table.item("port").map_or(Some(None), |item| Some(Some(u16::try_from(item.count(1..=65_535)?).ok()?)));
    let command = table.need("command", |item| argv(item, scope, Where::There));
    table.finish(&["remedy.ssh"]);
    Some(Kind::Ssh { host: host?, hosts: hosts?, user: user?, port: port?, command: command? })
}

fn user(item: &Item<'_>) -> Option<String> {
    let name = fixed(item, "a placeholder cannot be part of the user")?;
    let letter = |c: char| c.is_ascii_alphanumeric() || "_.-\\@".contains(c);
    if !name.chars().all(letter) || name.starts_with('-') {
        item.wrong("this is no user's name");
        return None;
    }
    Some(name)
}
