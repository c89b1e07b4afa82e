//! Programs with their arguments: lists, never lines for a shell, and no value where it would become code.

use super::scope::{Scope, literal, plain};
use crate::config::reader::Item;
use crate::domain::remediation::Template;

/// Where the program is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Where {
    /// On this machine: a path belongs to the folder of the file.
    Here,
    /// On another one.
    There,
}

/// Programs that run the text behind an option, with the letters of that option.
const INTERPRETERS: [(&str, &str); 17] = [
    ("sh", "c"),
    ("bash", "c"),
    ("dash", "c"),
    ("ash", "c"),
    ("zsh", "c"),
    ("ksh", "c"),
    ("mksh", "c"),
    ("fish", "c"),
    ("su", "c"),
    ("runuser", "c"),
    ("python", "c"),
    ("python3", "c"),
    ("perl", "eE"),
    ("ruby", "e"),
    ("node", "ep"),
    ("php", "r"),
    ("lua", "e"),
];

/// Programs that run another one, which is among their arguments.
const WRAPPERS: [&str; 15] = [
    "sudo",
    "doas",
    "env",
    "nice",
    "ionice",
    "nohup",
    "timeout",
    "setsid",
    "stdbuf",
    "systemd-run",
    "flock",
    "chroot",
    "nsenter",
    "busybox",
    "xargs",
];

/// A program and its arguments.
pub(super) fn argv(item: &Item<'_>, scope: &Scope, at: Where) -> Option<Vec<Template>> {
    if item.as_text().is_some() {
        return item.takes("a program and its arguments as a list, such as [\"systemctl\", \"restart\", \"checkout\"]");
    }
    let rows =
        item.list("a program and its arguments as a list, such as [\"systemctl\", \"restart\", \"checkout\"]")?;
    let Some(first) = rows.first() else {
        item.wrong("this list names no program");
        return None;
    };
    // Every row is read, so that every wrong one is noted.
    let mut read: Vec<Option<Template>> = rows.iter().map(|row| scope.template(row)).collect();
    if let Some(Some(template)) = read.first().cloned() {
        read[0] = program(first, &template, at);
    }
    let argv: Vec<Template> = read.into_iter().collect::<Option<_>>()?;
    become_code(&rows, &argv).then_some(argv)
}

fn program(item: &Item<'_>, template: &Template, at: Where) -> Option<Template> {
    let Some(text) = plain(template) else {
        item.wrong("a placeholder cannot be part of the program: what runs is decided here, not by a value");
        return None;
    };
    if text.trim().is_empty() || text.starts_with('-') || text.contains(['\n', '\t']) {
        item.wrong("this is no program; write its name or its path");
        return None;
    }
    if at == Where::Here && text.contains('/') {
        return literal(&item.page().locate(&text).to_string_lossy());
    }
    Some(template.clone())
}

/// Notes every value that would become code; true if there is none.
fn become_code(rows: &[Item<'_>], argv: &[Template]) -> bool {
    let texts: Vec<Option<String>> = argv.iter().map(plain).collect();
    let name = |at: usize| texts.get(at)?.as_deref()?.rsplit('/').next();
    let is_wrapped = name(0).is_some_and(|name| WRAPPERS.contains(&name));
    let heads = || (0..if is_wrapped { argv.len() } else { 1 }).filter_map(|at| Some((at, name(at)?)));
    let mut good = true;
    if heads().any(|(_, name)| name == "ssh")
        && let Some(row) = argv.iter().position(has_value)
    {
        let message = "ssh hands its arguments to a shell over there, so no value may be among them; write \
                       ssh = { host = \"{host}\", hosts = \"…\", command = [\"…\"] }";
        rows[row].wrong(message);
        good = false;
    }
    for (head, name) in heads() {
        let Some((_, letters)) = INTERPRETERS.iter().find(|(known, _)| *known == name) else { continue };
        for row in code(&texts, head, letters).filter(|row| argv.get(*row).is_some_and(has_value)) {
            rows[row].wrong(&format!(
                "a value here would decide what {name} runs; give it as an argument of its own behind the script, which \
                 finds it as \"$1\", or use script = {{ path = \"…\" }}"
            ));
            good = false;
        }
    }
    good
}

fn has_value(template: &Template) -> bool {
    template.params().next().is_some()
}

/// The arguments of an interpreter that decide what it runs: up to the text behind its option, or up to its script.
fn code(texts: &[Option<String>], head: usize, letters: &str) -> std::ops::Range<usize> {
    let is_option = |text: &str| text.starts_with(['-', '+']) && text.len() > 1;
    let takes_code = |text: &str| {
        text == "--command"
            || text.starts_with('-') && !text.starts_with("--") && text.contains(|c| letters.contains(c))
    };
    let option = texts.iter().skip(head + 1).position(|text| text.as_deref().is_some_and(takes_code));
    // Whoever becomes somebody else runs no script of its own.
    let changes_user = texts
        .get(head)
        .and_then(Option::as_deref)
        .is_some_and(|name| name.ends_with("su") || name.ends_with("runuser"));
    if option.is_none() && changes_user {
        return 0..0;
    }
    let from = option.map_or(head + 1, |at| head + at + 2);
    let runs = texts.iter().skip(from).position(|text| text.as_deref().is_none_or(|text| !is_option(text)));
    head + 1..runs.map_or(texts.len(), |at| from + at + 1)
}
