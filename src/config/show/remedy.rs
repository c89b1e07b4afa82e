//! `[[remedy]]`, written out. Secrets are where they are kept.

use toml::{Table, Value};

use super::source::{http_rows, secret};
use super::value::{Sheet, list, matchers, path, table, texts};
use crate::config::file::words::{CONFIRM, DIALECTS, VERBS};
use crate::config::settings::{Settings, word_of};
use crate::domain::remediation::kind::{Body, Http, Poll, Recipe};
use crate::domain::remediation::param::ParamKind;
use crate::domain::remediation::{Auto, EnvVar, Exit, Kind, Param, Precondition, Remedy, Template};
use crate::domain::{discreet, duration};

/// One remedy.
pub(super) fn remedy(remedy: &Remedy, settings: &Settings, sheet: &mut Sheet) {
    sheet.header("[[remedy]]");
    sheet.text("id", remedy.id.as_str());
    sheet.text("title", &remedy.title);
    sheet.maybe("help", Some(remedy.help.as_str()).filter(|help| !help.is_empty()));
    sheet.maybe("match", Some(&remedy.matchers).filter(|rows| !rows.is_empty()).map(|rows| matchers(rows)));
    sheet.maybe("environments", Some(&remedy.environments).filter(|names| !names.is_empty()).map(|names| texts(names)));
    sheet.put(remedy.kind.word(), kind(remedy, settings));
    sheet.maybe("dry_run", remedy.dry_run.as_deref().map(argv));
    sheet.maybe("verify", remedy.verify.as_deref().map(argv));
    if !remedy.require.is_empty() {
        sheet.put("require", list(&remedy.require, precondition));
    }
    sheet.text("confirm", word_of(&CONFIRM, remedy.confirm));
    sheet.put("approvals", i64::from(remedy.approvals));
    for (name, span) in
        [("cooldown", remedy.cooldown), ("timeout", remedy.timeout), ("grace", remedy.grace), ("watch", remedy.watch)]
    {
        sheet.text(name, &duration::text(span));
    }
    sheet.maybe("target", remedy.target.as_ref().map(Template::source));
    sheet.put("cwd", path(&remedy.cwd));
    sheet.put("env", list(&remedy.env, |variable| env(variable, remedy, settings)));
    if !remedy.exits.is_empty() {
        let rows = remedy.exits.iter().map(|(code, exit)| (code.to_string(), self::exit(exit)));
        sheet.put("exits", Value::Table(rows.collect::<Table>()));
    }
    sheet.maybe("auto", remedy.auto.as_ref().map(auto));
    for row in &remedy.params {
        sheet.header(&format!("[remedy.params.{}]", row.name));
        param(row, sheet);
    }
}

fn text(template: &Template) -> Value {
    Value::from(template.source())
}

/// An address, without what opens it.
fn address(template: &Template) -> Value {
    Value::from(&*discreet::text(template.source()))
}

fn argv(argv: &[Template]) -> Value {
    list(argv, address)
}

/// A table of what there is.
fn some<const N: usize>(rows: [(&str, Option<Value>); N]) -> Value {
    let rows = rows.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?)));
    Value::Table(rows.collect::<Table>())
}

fn kind(remedy: &Remedy, settings: &Settings) -> Value {
    match &remedy.kind {
        Kind::Command(command) => argv(command),
        Kind::Script { path: file, interpreter, arguments } => some([
            ("path", Some(path(file))),
            ("interpreter", Some(texts(interpreter)).filter(|_| !interpreter.is_empty())),
            ("args", Some(argv(arguments)).filter(|_| !arguments.is_empty())),
        ]),
        Kind::Ssh { host, hosts, user, port, command } => some([
            ("host", Some(text(host))),
            ("hosts", Some(Value::from(hosts.text()))),
            ("user", user.as_deref().map(Value::from)),
            ("port", port.map(|port| Value::from(i64::from(port)))),
            ("command", Some(argv(command))),
        ]),
        Kind::Http(http) => request(http, remedy, settings),
        Kind::Systemd { verb, unit, user } => {
            table([(word_of(&VERBS, *verb), text(unit)), ("user", Value::from(*user))])
        }
        Kind::Kubectl { recipe, resource, namespace, context } => {
            let (word, more) = match recipe {
                Recipe::RolloutRestart => ("rollout_restart", None),
                Recipe::RolloutUndo(revision) => ("rollout_undo", revision.as_ref().map(|text| ("revision", text))),
                Recipe::Scale(replicas) => ("scale", Some(("replicas", replicas))),
            };
            let (name, number) = more.map_or(("", None), |(name, number)| (name, Some(text(number))));
            some([
                (word, Some(text(resource))),
                (name, number),
                ("namespace", namespace.as_ref().map(text)),
                ("context", context.as_deref().map(Value::from)),
            ])
        }
        Kind::Ansible { playbook, inventory, limit, vars } => some([
            ("playbook", Some(path(playbook))),
            ("inventory", inventory.as_deref().map(path)),
            ("limit", limit.as_ref().map(text)),
            ("vars", Some(named(vars)).filter(|_| !vars.is_empty())),
        ]),
    }
}

fn named(rows: &[(String, Template)]) -> Value {
    Value::Table(rows.iter().map(|(name, value)| (name.clone(), text(value))).collect::<Table>())
}

fn request(http: &Http, remedy: &Remedy, settings: &Settings) -> Value {
    let mut rows = settings.remedy_access.get(&remedy.id).map(http_rows).unwrap_or_default();
    if let Value::Table(own) = some([
        ("kind", Some(Value::from(word_of(&DIALECTS, http.dialect)))),
        ("method", Some(Value::from(http.method.as_str()))),
        ("url", Some(address(&http.url))),
        ("body", http.body.as_ref().map(|shape| body(&shape.discreet()))),
        ("expect", Some(list(&http.expect, |code| Value::from(i64::from(*code)))).filter(|_| !http.expect.is_empty())),
        ("poll", http.poll.as_ref().map(poll)),
    ]) {
        rows.extend(own);
    }
    if let (Value::Table(own), false) = (named(&http.headers), http.headers.is_empty()) {
        // Those that are secrets stand among them already.
        match rows.entry("headers").or_insert_with(|| Value::Table(Table::new())) {
            Value::Table(headers) => headers.extend(own),
            other => *other = Value::Table(own),
        }
    }
    Value::Table(rows)
}

fn body(shape: &Body) -> Value {
    match shape {
        Body::Text(template) => text(template),
        Body::Plain(plain) => plain
            .parse::<bool>()
            .map(Value::from)
            .or_else(|_| plain.parse::<i64>().map(Value::from))
            .or_else(|_| plain.parse::<f64>().map(Value::from))
            .unwrap_or_else(|_| Value::from(plain.as_str())),
        Body::List(rows) => list(rows, body),
        Body::Object(rows) => Value::Table(rows.iter().map(|(name, row)| (name.clone(), body(row))).collect::<Table>()),
    }
}

fn poll(poll: &Poll) -> Value {
    some([
        ("url", poll.url.as_ref().map(address)),
        ("every", Some(Value::from(duration::text(poll.every)))),
        ("pointer", Some(Value::from(poll.pointer.as_str()))),
        ("done", Some(texts(&poll.done))),
        ("failed", Some(texts(&poll.failed)).filter(|_| !poll.failed.is_empty())),
    ])
}

fn precondition(condition: &Precondition) -> Value {
    match condition {
        Precondition::Command(command) => table([("command", argv(command))]),
        Precondition::Signal { service, signal, comparison, bound } => some([
            ("signal", Some(Value::from(signal.as_str()))),
            ("service", service.as_deref().map(Value::from)),
            ("is", Some(Value::from(format!("{comparison} {bound}")))),
        ]),
    }
}

fn env(variable: &EnvVar, remedy: &Remedy, settings: &Settings) -> Value {
    match variable {
        EnvVar::Inherit(name) => Value::from(name.as_str()),
        EnvVar::Set(name, value) => table([(name.as_str(), text(value))]),
        EnvVar::Secret(name) => {
            let kept = settings.remedy_secrets.get(&(remedy.id.clone(), name.clone()));
            table([(name.as_str(), kept.map_or_else(|| Value::from(""), secret))])
        }
    }
}

fn exit(exit: &Exit) -> Value {
    table([("ok", Value::from(exit.ok)), ("says", Value::from(exit.words.as_str()))])
}

fn auto(auto: &Auto) -> Value {
    some([
        ("after", Some(Value::from(duration::text(auto.after)))),
        ("max", Some(Value::from(format!("{}/{}", auto.max, duration::text(auto.within))))),
        ("only_if", Some(list(&auto.only_if, precondition)).filter(|_| !auto.only_if.is_empty())),
        ("notice", Some(Value::from(duration::text(auto.notice)))),
        ("failures", Some(Value::from(i64::from(auto.failures)))),
    ])
}

fn param(param: &Param, sheet: &mut Sheet) {
    sheet.text("type", type_of(&param.kind));
    sheet.maybe("from", param.label.as_ref().map(|label| format!("label:{label}")));
    match &param.kind {
        ParamKind::Text(pattern) => sheet.text("pattern", pattern.text()),
        ParamKind::Number { min, max, whole } => {
            sheet.maybe("min", *min);
            sheet.maybe("max", *max);
            sheet.put("whole", *whole);
        }
        ParamKind::Choice(words) => sheet.put("choices", texts(words)),
        ParamKind::Duration { min, max } => {
            sheet.maybe("min", min.map(duration::text));
            sheet.maybe("max", max.map(duration::text));
        }
        ParamKind::Secret => {}
    }
    sheet.maybe("default", param.default.clone());
    sheet.maybe("help", Some(param.help.as_str()).filter(|help| !help.is_empty()));
}

fn type_of(kind: &ParamKind) -> &'static str {
    match kind {
        ParamKind::Text(_) => "string",
        ParamKind::Number { .. } => "number",
        ParamKind::Choice(_) => "choice",
        ParamKind::Duration { .. } => "duration",
        ParamKind::Secret => "secret",
    }
}
