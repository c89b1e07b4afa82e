//! `[[service]]`: what the team runs, its signals, its promise and its logs.

use chrono::TimeDelta;

use super::source::Sources;
use super::{matchers, rows, within_secs};
use crate::config::reader::{Item, Table};
use crate::config::settings::{LogLink, ServiceSettings};
use crate::domain::service::{Service, SloTarget};
use crate::domain::{Matcher, SignalKind};
use crate::source::options::{SignalQuery, SloQuery};

/// What stands for the span in the queries of a promise.
const WINDOW: &str = "$window";

/// Reads all services, and gives the sources what they have to ask for them.
pub(super) fn services(root: &Table<'_>, sources: &mut Sources) -> Vec<ServiceSettings> {
    let mut read: Vec<ServiceSettings> = Vec::new();
    for table in rows(root, "service") {
        let service = service(&table, sources);
        if let (Some(service), Some(item)) = (&service, table.item("name"))
            && read.iter().any(|before| before.service.name == service.service.name)
        {
            item.wrong(&format!("there is a service named {} already; a name is given once", item.quote()));
        }
        read.extend(service);
    }
    read
}

fn service(table: &Table<'_>, sources: &mut Sources) -> Option<ServiceSettings> {
    let name = table.need("name", Item::word);
    let matchers = table.item("match").map(|item| matchers::matchers(&item));
    let owner = table.get("owner", Item::word);
    let told = name.as_deref().unwrap_or_default();
    if let Some(signals) = table.get("signals", |item| item.table("tables, each under [service.signals.NAME]")) {
        for (kind, item) in signals.items() {
            signal(told, kind, &item, sources);
        }
    }
    let slo = table.get("slo", |item| slo(told, item, sources));
    let logs = table.get("logs", |item| logs(item, sources));
    table.finish(&["service"]);
    let name = name?;
    let matchers = matchers.unwrap_or_else(|| Some(vec![Matcher::equal("service", name.as_str())]))?;
    Some(ServiceSettings { service: Service { name, matchers, owner, slo }, logs })
}

fn signal(service: &str, kind: &str, item: &Item<'_>, sources: &mut Sources) {
    let Some(table) = item.table("a table with 'source' and 'query'") else { return };
    let source = table.need("source", |item| sources.measuring(item));
    let query = table.need("query", Item::query);
    let signal = SignalQuery {
        service: service.to_owned(),
        kind: SignalKind::named(kind),
        query: query.clone().unwrap_or_default(),
        label: table.get("label", Item::word).unwrap_or_default(),
        unit: table.get("unit", |item| item.text().map(str::to_owned)).unwrap_or_default(),
        warn: table.get("warn", Item::number),
        critical: table.get("critical", Item::number),
    };
    table.finish(&["signal"]);
    if let (Some(source), Some(_)) = (source, query) {
        sources.add_signal(&source, signal);
    }
}

fn slo(service: &str, item: &Item<'_>, sources: &mut Sources) -> Option<SloTarget> {
    let table = item.table("a table with 'objective', 'source', 'errors' and 'total'")?;
    let objective = table.need("objective", objective);
    let mut window = TimeDelta::days(30);
    table.set("window", |item| item.span(&within_secs(3600, 366 * 86_400)), &mut window);
    let source = table.need("source", |item| sources.measuring(item));
    let (errors, total) = (table.need("errors", windowed), table.need("total", windowed));
    table.finish(&["slo"]);
    let objective = objective?;
    sources
        .add_slo(&source?, SloQuery { service: service.to_owned(), objective, window, errors: errors?, total: total? });
    Some(SloTarget { objective, window })
}

/// A share of good events in per cent. Nobody keeps 100, and 0 promises nothing.
fn objective(item: &Item<'_>) -> Option<f64> {
    use std::ops::Bound::Excluded;
    item.number_in(&(Excluded(0.0), Excluded(100.0)), "a share in per cent between 0 and 100, such as 99.9")
}

fn windowed(item: &Item<'_>) -> Option<String> {
    let query = item.query()?;
    if !query.contains(WINDOW) {
        item.wrong(&format!("this query has no {WINDOW}: write it where the span belongs, such as rate(…[{WINDOW}])"));
        return None;
    }
    Some(query)
}

fn logs(item: &Item<'_>, sources: &Sources) -> Option<LogLink> {
    let table = item.table("a table, such as { source = \"journal\", query = \"checkout\" }")?;
    let source = table.need("source", |item| sources.logging(item));
    let query = table.get("query", Item::query);
    table.finish(&["logs"]);
    Some(LogLink { source: source?, query })
}
