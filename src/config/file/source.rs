//! `[[source]]`: the back ends, and how services refer to them.

use chrono::TimeDelta;

use super::{host, http, logs, matchers, rows, severity};
use crate::config::kinds::{self, KINDS, Kind};
use crate::config::machine::Machine;
use crate::config::reader::{Item, Table};
use crate::domain::SourceName;
use crate::domain::mute::{AckRules, Extend};
use crate::domain::severity::SeverityTable;
use crate::source::options::{
    AlertmanagerOptions, KindOptions, PrometheusOptions, SignalQuery, SloQuery, SourceOptions,
};

/// The longest name of a source, in characters.
const LONGEST: usize = 40;

/// One `[[source]]` as far as it could be read: one with a wrong key still has its name, so that what refers
/// to it is not reported as well.
struct Row {
    name: Option<String>,
    kind: Option<&'static Kind>,
    options: Option<SourceOptions>,
}

/// All of them.
pub(super) struct Sources(Option<Vec<Row>>);

/// Reads them. `None` of them at all is not the same as an empty list: this machine is watched then.
pub(super) fn sources(root: &Table<'_>, machine: &Machine, shared: &SeverityTable) -> Sources {
    let tables = rows(root, "source");
    let is_alertmanager = |item: Item<'_>| item.as_text() == Some("alertmanager");
    let has_alertmanager = tables.iter().any(|table| table.item("kind").is_some_and(is_alertmanager));
    let mut read: Vec<Row> = Vec::new();
    for table in &tables {
        let context = Context { machine, shared, has_alertmanager };
        let row = source(table, &context);
        if let (Some(name), Some(item)) = (&row.name, table.item("name"))
            && read.iter().any(|before| before.name.as_ref() == Some(name))
        {
            item.wrong(&format!("there is a source named '{name}' already; a name is given once"));
        }
        read.push(row);
    }
    Sources(root.item("source").map(|_| read))
}

/// What a source's defaults depend on.
struct Context<'a> {
    machine: &'a Machine,
    shared: &'a SeverityTable,
    has_alertmanager: bool,
}

fn source(table: &Table<'_>, context: &Context<'_>) -> Row {
    let name = table.need("name", name);
    let kind = table.need("kind", kind);
    let Some(kind) = kind else {
        // Any kind's keys may be right here.
        let sections: Vec<&'static str> = KINDS.iter().flat_map(|kind| kind.sections).copied().collect();
        table.finish(&sections);
        return Row { name, kind: None, options: None };
    };
    let (mut every, mut timeout) = (kinds::every(kind.word), kinds::timeout(kind.word));
    let (mut off, mut rating) = (false, context.shared.clone());
    let bounds = TimeDelta::milliseconds(100)..=TimeDelta::days(1);
    table.set("every", |item| item.wait(&bounds), &mut every);
    table.set("timeout", |item| item.wait(&bounds), &mut timeout);
    table.set("off", Item::flag, &mut off);
    table.set("severity", severity, &mut rating);
    let made = by_kind(kind, table, context);
    table.finish(kind.sections);
    let options = name.as_deref().zip(made).map(|(name, kind)| SourceOptions {
        name: SourceName::new(name),
        every,
        timeout,
        off,
        severity: rating,
        kind,
    });
    Row { name, kind: Some(kind), options }
}

/// How long after a restart alerts may take to come again.
const RESEND: std::ops::RangeInclusive<TimeDelta> = TimeDelta::zero()..=TimeDelta::hours(1);

fn by_kind(kind: &Kind, table: &Table<'_>, context: &Context<'_>) -> Option<KindOptions> {
    match kind.word {
        "prometheus" => {
            let alerts = table.get("alerts", Item::flag).unwrap_or(!context.has_alertmanager);
            let http = http::http(table, false)?;
            Some(KindOptions::Prometheus(PrometheusOptions { http, alerts, ..PrometheusOptions::default() }))
        }
        "alertmanager" => {
            let (http, watchdog) =
                (http::http(table, true), table.get("watchdog", matchers::matchers).unwrap_or_default());
            let mut ack = AckRules::default();
            table.set("ack", acks, &mut ack);
            let mut options = AlertmanagerOptions { http: http?, watchdog, ack, ..AlertmanagerOptions::default() };
            table.set("resend", |item| item.wait(&RESEND), &mut options.resend);
            Some(KindOptions::Alertmanager(options))
        }
        "host" => Some(KindOptions::Host(host::host(table, context.machine))),
        "file" => logs::file(table).map(KindOptions::File),
        _ => Some(KindOptions::Journald(logs::journald(table))),
    }
}

fn name(item: &Item<'_>) -> Option<String> {
    let name = item.word()?;
    let good = name.chars().all(|c| c.is_alphanumeric() || "-_.".contains(c)) && name.chars().count() <= LONGEST;
    if !good {
        item.wrong(&format!("a source's name is letters, digits, '-', '_' and '.', at most {LONGEST} of them"));
        return None;
    }
    Some(name)
}

fn kind(item: &Item<'_>) -> Option<&'static Kind> {
    let word = item.word()?;
    let found = kinds::kind(&word);
    if found.is_none() {
        let words = KINDS.map(|kind| kind.word);
        let message = format!("unknown kind of source {}; there are {}", item.quote(), words.join(", "));
        item.misspelt(&message, &word, words);
    }
    found
}

fn acks(item: &Item<'_>) -> Option<AckRules> {
    let table = item.table("a table, such as { for = \"15m\" }")?;
    let mut rules = AckRules::default();
    let bounds = super::within_secs(60, 7 * 86_400);
    table.set("prefix", Item::word, &mut rules.prefix);
    table.set("for", |item| item.span(&bounds), &mut rules.lasts);
    table.set("extend", |item| item.choice("way to extend", &EXTEND), &mut rules.extend);
    table.set("max", |item| item.span(&bounds), &mut rules.max);
    table.set("ignore_labels", Item::words, &mut rules.ignore_labels);
    table.finish(&["ack"]);
    if rules.max < rules.lasts {
        table.wrong("an ack lasts longer than it may: 'max' is at least 'for'");
    }
    Some(rules)
}

/// Who renews acks, with the words for it.
pub(in crate::config) const EXTEND: [(&str, Extend); 2] = [("self", Extend::Own), ("off", Extend::Off)];

impl Sources {
    /// The options of all; `None` if the file names no source.
    pub(super) fn into_options(self) -> Option<Vec<SourceOptions>> {
        self.0.map(|rows| rows.into_iter().filter_map(|row| row.options).collect())
    }

    fn rows(&self) -> &[Row] {
        self.0.as_deref().unwrap_or_default()
    }

    /// Reads the name of a source that `able` holds for; `ability` says so in words.
    fn named(&self, item: &Item<'_>, able: fn(&Kind) -> bool, ability: &str) -> Option<SourceName> {
        let wanted = item.word()?;
        let fits = |row: &Row| row.kind.is_none_or(able);
        match self.rows().iter().find(|row| row.name.as_ref() == Some(&wanted)) {
            Some(row) if fits(row) => return Some(SourceName::new(&wanted)),
            Some(row) => {
                let kind = row.kind.map_or("", |kind| kind.word);
                item.wrong(&format!("source {} is of kind '{kind}', which {ability}", item.quote()));
            }
            None => {
                let known = self.rows().iter().filter(|row| fits(row)).filter_map(|row| row.name.as_deref());
                item.dangling(&format!("there is no source named {}", item.quote()), &wanted, known);
            }
        }
        None
    }

    /// The name of a source that answers queries.
    pub(super) fn measuring(&self, item: &Item<'_>) -> Option<SourceName> {
        self.named(item, |kind| kind.answers_queries, "answers no queries")
    }

    /// The name of a source that tells log lines.
    pub(super) fn logging(&self, item: &Item<'_>) -> Option<SourceName> {
        self.named(item, |kind| kind.tells_logs, "tells no log lines")
    }

    fn prometheus(&mut self, name: &SourceName) -> Option<&mut PrometheusOptions> {
        let rows = self.0.as_mut()?;
        let options = rows.iter_mut().filter_map(|row| row.options.as_mut()).find(|options| options.name == *name)?;
        match &mut options.kind {
            KindOptions::Prometheus(options) => Some(options),
            _ => None,
        }
    }

    /// Gives a source a signal to query. One that could not be read whole takes none.
    pub(super) fn add_signal(&mut self, source: &SourceName, signal: SignalQuery) {
        if let Some(options) = self.prometheus(source) {
            options.signals.push(signal);
        }
    }

    /// Gives a source a promise to measure.
    pub(super) fn add_slo(&mut self, source: &SourceName, slo: SloQuery) {
        if let Some(options) = self.prometheus(source) {
            options.slos.push(slo);
        }
    }
}
