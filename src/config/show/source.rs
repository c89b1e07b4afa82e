//! `[[source]]`, and what services ask of each.

use std::collections::BTreeMap;

use toml::{Table, Value};

use super::value::{Sheet, count, matchers, path, table, texts, wait};
use crate::config::file::{EXTEND, FORMATS};
use crate::config::settings::{Settings, word_of};
use crate::domain::duration;
use crate::domain::mute::AckRules;
use crate::domain::severity::SeverityTable;
use crate::source::options::{
    Auth, HeaderValueFrom, HostRules, HttpOptions, KindOptions, PrometheusOptions, SecretRef, SignalQuery, SloQuery,
    SourceOptions, Threshold, TlsOptions,
};

/// One source.
pub(super) fn source(options: &SourceOptions, settings: &Settings, sheet: &mut Sheet) {
    sheet.header("[[source]]");
    sheet.text("name", options.name.as_str());
    sheet.text("kind", options.kind.word());
    sheet.put("every", wait(options.every));
    sheet.put("timeout", wait(options.timeout));
    sheet.put("off", options.off);
    if options.severity != settings.severity {
        let (label, values) = (options.severity.label(), severities(&options.severity));
        sheet.put("severity", table([("label", Value::from(label)), ("values", values)]));
    }
    match &options.kind {
        KindOptions::Prometheus(options) => {
            http(&options.http, sheet);
            sheet.put("alerts", options.alerts);
        }
        KindOptions::Alertmanager(options) => {
            http(&options.http, sheet);
            sheet.maybe("watchdog", Some(&options.watchdog).filter(|rows| !rows.is_empty()).map(|rows| matchers(rows)));
            sheet.put("ack", acks(&options.ack));
            sheet.put("resend", wait(options.resend));
        }
        KindOptions::Host(options) => {
            sheet.text("host", &options.host);
            sheet.put("ignore_mounts", texts(&options.ignore_mounts));
            rules(&options.rules, sheet);
        }
        KindOptions::Journald(options) => {
            sheet.put("units", texts(&options.units));
            sheet.put("backlog", count(options.backlog as u64));
        }
        KindOptions::File(options) => {
            sheet.put("paths", texts(&options.paths));
            sheet.text("format", word_of(&FORMATS, options.format));
            sheet.maybe("service", options.service.clone());
            sheet.put("backlog", count(options.backlog));
        }
    }
}

/// Every word that a table of severities knows.
pub(super) fn severities(rating: &SeverityTable) -> Value {
    Value::Table(
        rating.rows().map(|(word, severity)| (word.to_owned(), Value::from(severity.word()))).collect::<Table>(),
    )
}

fn prometheus(settings: &Settings) -> impl Iterator<Item = (&str, &PrometheusOptions)> {
    settings.sources.iter().filter_map(|source| match &source.kind {
        KindOptions::Prometheus(options) => Some((source.name.as_str(), options)),
        _ => None,
    })
}

/// The signals of a service, each with the source that is asked.
pub(super) fn signals<'a>(settings: &'a Settings, service: &str) -> impl Iterator<Item = (&'a str, &'a SignalQuery)> {
    let all = prometheus(settings).flat_map(|(name, options)| options.signals.iter().map(move |signal| (name, signal)));
    all.filter(move |(_, signal)| signal.service == service)
}

/// The promise of a service, with the source that measures it.
pub(super) fn slos<'a>(settings: &'a Settings, service: &str) -> impl Iterator<Item = (&'a str, &'a SloQuery)> {
    let all = prometheus(settings).flat_map(|(name, options)| options.slos.iter().map(move |slo| (name, slo)));
    all.filter(move |(_, slo)| slo.service == service)
}

fn http(http: &HttpOptions, sheet: &mut Sheet) {
    match http.urls.as_slice() {
        [url] => sheet.text("url", url),
        urls => sheet.put("url", texts(urls)),
    }
    for (name, value) in http_rows(http) {
        sheet.put(&name, value);
    }
}

/// How something is reached over HTTP, but for its address.
pub(super) fn http_rows(http: &HttpOptions) -> Table {
    let mut rows = Table::new();
    let mut put = |name: &str, value: Value| drop(rows.insert(name.to_owned(), value));
    match &http.auth {
        Auth::None => {}
        Auth::Bearer(token) => put("auth", table([("bearer", secret(token))])),
        Auth::Basic { username, password } => {
            let basic = table([("username", Value::from(username.as_str())), ("password", secret(password))]);
            put("auth", table([("basic", basic)]));
        }
        Auth::Header { name, value } => {
            let header = table([("name", Value::from(name.as_str())), ("value", secret(value))]);
            put("auth", table([("header", header)]));
        }
    }
    if !http.headers.is_empty() {
        put("headers", headers(&http.headers));
    }
    if http.tls != TlsOptions::default() {
        put("tls", tls(&http.tls));
    }
    if let Some(proxy) = &http.proxy {
        put("proxy", Value::from(proxy.as_str()));
    }
    rows
}

fn headers(headers: &BTreeMap<String, HeaderValueFrom>) -> Value {
    let value = |from: &HeaderValueFrom| match from {
        HeaderValueFrom::Plain(text) => Value::from(text.as_str()),
        HeaderValueFrom::Secret(kept) => secret(kept),
    };
    Value::Table(headers.iter().map(|(name, from)| (name.clone(), value(from))).collect::<Table>())
}

/// Where a secret is kept.
pub(super) fn secret(kept: &SecretRef) -> Value {
    match kept {
        SecretRef::Env(name) => table([("env", Value::from(name.as_str()))]),
        SecretRef::File(file) => table([("file", path(file))]),
        SecretRef::Command(argv) => table([("command", texts(argv))]),
    }
}

fn tls(tls: &TlsOptions) -> Value {
    let files = [("ca", &tls.ca), ("cert", &tls.cert), ("key", &tls.key)];
    let files = files.into_iter().filter_map(|(name, file)| Some((name.to_owned(), path(file.as_deref()?))));
    Value::Table(files.chain([("insecure".to_owned(), Value::from(tls.insecure))]).collect::<Table>())
}

fn acks(rules: &AckRules) -> Value {
    table([
        ("prefix", Value::from(rules.prefix.as_str())),
        ("for", Value::from(duration::text(rules.lasts))),
        ("extend", Value::from(word_of(&EXTEND, rules.extend))),
        ("max", Value::from(duration::text(rules.max))),
        ("ignore_labels", texts(&rules.ignore_labels)),
    ])
}

fn rules(rules: &HostRules, sheet: &mut Sheet) {
    let off = || Value::from(false);
    let bound = |threshold: Threshold| table([("over", Value::from(threshold.over)), ("for", wait(threshold.hold))]);
    sheet.header("[source.rules]");
    let thresholds = [
        ("cpu", rules.cpu),
        ("memory", rules.memory),
        ("swap", rules.swap),
        ("disk", rules.disk),
        ("inodes", rules.inodes),
        ("load", rules.load),
        ("error_lines", rules.error_lines),
    ];
    for (name, threshold) in thresholds {
        sheet.put(name, threshold.map_or_else(off, bound));
    }
    sheet.put("disk_fills_within", rules.disk_fills_within.map_or_else(off, wait));
    sheet.put("error_burst", rules.error_burst.map_or_else(off, count));
    sheet.put("units", rules.units);
}
