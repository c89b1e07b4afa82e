//! Remedies as they are declared, as text and JSON.

use std::io::{self, Write};

use serde::Serialize;

use crate::domain::remediation::kind::{Recipe, Verb};
use crate::domain::remediation::param::ParamKind;
use crate::domain::remediation::{Confirm, EnvVar, Kind, Origin, Param, Precondition, Remedy, Template};
use crate::domain::{discreet, duration, harmless, matcher};
use crate::report::json::{self, VERSION};
use crate::report::table::{self, Fit};

/// Writes remedies as JSON; `here` is the environment.
///
/// # Errors
/// Where the writer fails.
pub fn json(remedies: &[&Remedy], here: Option<&str>, out: &mut dyn Write) -> io::Result<()> {
    let remedies = remedies.iter().map(|remedy| Row::new(remedy, here)).collect();
    json::write(&Document { version: VERSION, remedies }, out)
}

/// Writes remedies as a table, one line for each.
///
/// # Errors
/// Where the writer fails.
pub fn text(remedies: &[&Remedy], here: Option<&str>, width: usize, out: &mut dyn Write) -> io::Result<()> {
    let row = |remedy: &&Remedy| {
        let elsewhere =
            if remedy.runs_in(here) { String::new() } else { format!("only {}", remedy.environments.join(", ")) };
        let people = if remedy.approvals > 1 { ", 2 people" } else { "" };
        [
            remedy.id.to_string(),
            remedy.kind.word().to_owned(),
            format!("{}{people}", confirm(remedy.confirm)),
            for_alerts(remedy),
            elsewhere,
            line(&remedy.title),
        ]
    };
    let rows: Vec<_> = remedies.iter().map(row).collect();
    let fits = [Fit::Left, Fit::Left, Fit::Left, Fit::Shrinks, Fit::Shrinks, Fit::Shrinks];
    table::write(fits, &rows, width, out)
}

/// Writes everything about one remedy.
///
/// # Errors
/// Where the writer fails.
pub fn card(remedy: &Remedy, out: &mut dyn Write) -> io::Result<()> {
    let mut rows = vec![
        ["id", &remedy.id.to_string()].map(str::to_owned),
        ["does", &line(&remedy.title)].map(str::to_owned),
        ["runs", &line(&does(&remedy.kind))].map(str::to_owned),
    ];
    let mut add = |name: &str, value: String| {
        if !value.is_empty() {
            rows.push([name.to_owned(), line(&value)]);
        }
    };
    add("help", remedy.help.clone());
    add("for", for_alerts(remedy));
    add("in", remedy.environments.join(", "));
    add("dry run", remedy.dry_run.as_deref().map(joined).unwrap_or_default());
    add("verify", remedy.verify.as_deref().map(joined).unwrap_or_default());
    for precondition in &remedy.require {
        add("requires", required(precondition));
    }
    for param in &remedy.params {
        add("takes", taken(param));
    }
    let env: Vec<&str> = remedy.env.iter().map(variable).collect();
    add("env", env.join(" "));
    add("folder", remedy.cwd.display().to_string());
    let people = if remedy.approvals > 1 { ", and a second person agrees" } else { "" };
    add("asks", format!("{}{people}", confirm(remedy.confirm)));
    let spans =
        [("timeout", remedy.timeout), ("grace", remedy.grace), ("cool-down", remedy.cooldown), ("watch", remedy.watch)];
    for (name, span) in spans {
        add(name, duration::text(span));
    }
    for (code, exit) in &remedy.exits {
        let well = if exit.ok { "ok" } else { "failed" };
        add("exit", format!("{code}: {well} {}", exit.words));
    }
    if let Some(auto) = &remedy.auto {
        let (after, within) = (duration::text(auto.after), duration::text(auto.within));
        add("by itself", format!("after {after}, at most {} in {within}", auto.max));
    }
    add("declared", place(&remedy.origin).unwrap_or_else(|| "by midwatch".to_owned()));
    table::write([Fit::Right, Fit::Left], &rows, usize::MAX, out)
}

#[derive(Serialize)]
struct Document<'a> {
    version: u32,
    remedies: Vec<Row<'a>>,
}

#[derive(Serialize)]
#[expect(clippy::struct_excessive_bools, reason = "a row of a document: what there is and what there is not")]
struct Row<'a> {
    id: &'a str,
    title: &'a str,
    help: &'a str,
    kind: &'static str,
    does: String,
    #[serde(rename = "match")]
    matchers: Vec<String>,
    environments: &'a [String],
    runs_here: bool,
    confirm: Confirm,
    approvals: u8,
    params: Vec<ParamRow<'a>>,
    dry_run: bool,
    verify: bool,
    auto: bool,
    timeout_s: i64,
    grace_s: i64,
    cooldown_s: i64,
    /// The file or address it was declared in; `null` for one that is shipped.
    declared: Option<String>,
}

impl<'a> Row<'a> {
    fn new(remedy: &'a Remedy, here: Option<&str>) -> Self {
        Self {
            id: remedy.id.as_str(),
            title: &remedy.title,
            help: &remedy.help,
            kind: remedy.kind.word(),
            does: does(&remedy.kind),
            matchers: remedy.matchers.iter().map(ToString::to_string).collect(),
            environments: &remedy.environments,
            runs_here: remedy.runs_in(here),
            confirm: remedy.confirm,
            approvals: remedy.approvals,
            params: remedy.params.iter().map(ParamRow::new).collect(),
            dry_run: remedy.dry_run.is_some() || matches!(remedy.kind, Kind::Ansible { .. }),
            verify: remedy.verify.is_some(),
            auto: remedy.auto.is_some(),
            timeout_s: remedy.timeout.num_seconds(),
            grace_s: remedy.grace.num_seconds(),
            cooldown_s: remedy.cooldown.num_seconds(),
            declared: place(&remedy.origin),
        }
    }
}

#[derive(Serialize)]
struct ParamRow<'a> {
    name: &'a str,
    kind: &'static str,
    label: Option<&'a str>,
    default: Option<&'a str>,
    help: &'a str,
}

impl<'a> ParamRow<'a> {
    fn new(param: &'a Param) -> Self {
        let Param { name, kind, label, default, help } = param;
        Self { name, kind: word(kind), label: label.as_deref(), default: default.as_deref(), help }
    }
}

/// What a kind does, placeholders as they are declared.
#[must_use]
pub fn does(kind: &Kind) -> String {
    match kind {
        Kind::Command(argv) => joined(argv),
        Kind::Script { path, interpreter, arguments } => {
            let before = interpreter.iter().map(String::as_str).collect::<Vec<_>>().join(" ");
            trimmed(&format!("{before} {} {}", path.display(), joined(arguments)))
        }
        Kind::Ssh { host, user, port, command, .. } => {
            let port = port.map(|port| format!("-p {port} ")).unwrap_or_default();
            let user = user.as_ref().map(|user| format!("{user}@")).unwrap_or_default();
            format!("ssh {port}{user}{} {}", host.source(), joined(command))
        }
        Kind::Http(http) => format!("{} {}", http.method, discreet::text(http.url.source())),
        Kind::Systemd { verb, unit, user } => {
            let whose = if *user { "--user " } else { "" };
            format!("systemctl {whose}{} {}", verb_word(*verb), unit.source())
        }
        Kind::Kubectl { recipe, resource, namespace, context } => {
            let context = context.as_ref().map(|context| format!("--context {context} ")).unwrap_or_default();
            let namespace =
                namespace.as_ref().map(|space| format!("--namespace {} ", space.source())).unwrap_or_default();
            let (words, after) = match recipe {
                Recipe::RolloutRestart => ("rollout restart", String::new()),
                Recipe::RolloutUndo(None) => ("rollout undo", String::new()),
                Recipe::RolloutUndo(Some(to)) => ("rollout undo", format!(" --to-revision {}", to.source())),
                Recipe::Scale(to) => ("scale", format!(" --replicas {}", to.source())),
            };
            format!("kubectl {context}{namespace}{words} {}{after}", resource.source())
        }
        Kind::Ansible { playbook, limit, .. } => {
            let limit = limit.as_ref().map(|limit| format!(" --limit {}", limit.source())).unwrap_or_default();
            format!("ansible-playbook {}{limit}", playbook.display())
        }
    }
}

fn verb_word(verb: Verb) -> &'static str {
    match verb {
        Verb::Start => "start",
        Verb::Stop => "stop",
        Verb::Restart => "restart",
        Verb::Reload => "reload",
    }
}

/// Arguments as they are told: without what opens an address.
fn joined(argv: &[Template]) -> String {
    argv.iter().map(|argument| discreet::text(argument.source())).collect::<Vec<_>>().join(" ")
}

fn trimmed(text: &str) -> String {
    text.trim().to_owned()
}

fn word(kind: &ParamKind) -> &'static str {
    match kind {
        ParamKind::Text(_) => "text",
        ParamKind::Number { .. } => "number",
        ParamKind::Choice(_) => "choice",
        ParamKind::Duration { .. } => "duration",
        ParamKind::Secret => "secret",
    }
}

fn taken(param: &Param) -> String {
    let what = match &param.kind {
        ParamKind::Text(pattern) => format!("text that matches {}", pattern.text()),
        ParamKind::Choice(words) => format!("one of {}", words.join(", ")),
        kind => format!("a {}", word(kind)),
    };
    let label = param.label.as_ref().map(|label| format!(", from the label {label}")).unwrap_or_default();
    let default = param.default.as_ref().map(|value| format!(", else {value}")).unwrap_or_default();
    let help = if param.help.is_empty() { String::new() } else { format!(" · {}", param.help) };
    format!("{}: {what}{label}{default}{help}", param.name)
}

fn required(precondition: &Precondition) -> String {
    match precondition {
        Precondition::Command(argv) => joined(argv),
        Precondition::Signal { service, signal, comparison, bound } => {
            let service = service.as_ref().map(|service| format!("{service} ")).unwrap_or_default();
            format!("{service}{signal} {comparison} {bound}")
        }
    }
}

fn variable(variable: &EnvVar) -> &str {
    match variable {
        EnvVar::Inherit(name) | EnvVar::Set(name, _) | EnvVar::Secret(name) => name,
    }
}

fn for_alerts(remedy: &Remedy) -> String {
    if remedy.matchers.is_empty() { String::new() } else { line(&matcher::text(&remedy.matchers)) }
}

/// How the operator must agree, in a word or two.
#[must_use]
pub fn confirm(confirm: Confirm) -> &'static str {
    match confirm {
        Confirm::None => "nothing",
        Confirm::Ask => "y/n",
        Confirm::Type => "its id",
    }
}

/// Where something was declared; `None` where it is shipped.
#[must_use]
pub fn place(origin: &Origin) -> Option<String> {
    match origin {
        Origin::Shipped => None,
        Origin::File(path) | Origin::Preset(path) => Some(path.display().to_string()),
        Origin::Web(url) => Some(url.clone()),
    }
}

/// What is declared may come from a preset of somebody else.
fn line(text: &str) -> String {
    harmless::line(text, 2_000).into_owned()
}
