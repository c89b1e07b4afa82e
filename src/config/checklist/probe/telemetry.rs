//! Probes of what is measured, logged and known.

use chrono::TimeDelta;

use crate::config::checklist::schedule::expect;
use crate::config::checklist::{choice, text, words};
use crate::config::file::within_secs;
use crate::config::reader::{Item, Table};
use crate::domain::checklist::expect::Comparison;
use crate::domain::checklist::probe::Known;
use crate::domain::checklist::{Expect, Probe};
use crate::domain::{Level, SourceName};

/// How far back log lines can be counted, in seconds.
const FARTHEST: i64 = 31 * 86_400;

pub(super) fn query(table: &Table<'_>, item: &Item<'_>) -> Option<Probe> {
    let query = item.query().and_then(|query| text::exact(item, text::LONG).map(|_| query));
    let expect = table.need("expect", expect);
    let unit = table.get("unit", choice::unit).unwrap_or_default();
    Some(Probe::Query { source: source(table), query: query?, unit, expect: expect? })
}

pub(super) fn logs(table: &Table<'_>, item: &Item<'_>) -> Option<Probe> {
    let contains = text::exact(item, text::TEXT);
    let expect = table.need("expect", expect);
    let (mut level, mut within) = (Level::Error, TimeDelta::hours(24));
    table.set("level", |item| item.choice("level", &words::LEVELS), &mut level);
    table.set("within", |item| item.span(&within_secs(60, FARTHEST)), &mut within);
    Some(Probe::Logs { source: source(table), contains: contains?, level, within, expect: expect? })
}

fn source(table: &Table<'_>) -> Option<SourceName> {
    table.get("source", |item| text::line(item, text::WORD)).map(|name| SourceName::new(&name))
}

pub(super) fn known(table: &Table<'_>, item: &Item<'_>) -> Option<Probe> {
    let what = item.choice("thing that midwatch counts", &Known::WORDS);
    let mut good = Expect { comparison: Comparison::Equal, bound: 0.0 };
    table.set("expect", expect, &mut good);
    Some(Probe::Known { what: what?, expect: good })
}
