//! Probes over the network.

use crate::config::checklist::text;
use crate::config::file::access;
use crate::config::reader::{Item, Table};
use crate::domain::checklist::Probe;

/// How long a certificate must still hold, unless it is said.
const DAYS: f64 = 21.0;

pub(super) fn http(table: &Table<'_>, item: &Item<'_>) -> Option<Probe> {
    let what = "an address such as \"https://shop.example/health\"";
    let url =
        text::exact(item, text::LONG).and_then(|_| access::guarded(item, what, "ask for what can be seen without one"));
    let status = table.get("status", |item| u16::try_from(item.count(100..=599)?).ok());
    let contains = table.get("contains", |item| text::exact(item, text::TEXT).and_then(|_| item.query()));
    Some(Probe::Http { url: url?, status, contains })
}

pub(super) fn certificate(table: &Table<'_>, item: &Item<'_>) -> Option<Probe> {
    let server = access::server(item);
    let mut days = DAYS;
    table.set("days", |item| item.number_in(&(1.0..=3_650.0), "from 1 to 3650"), &mut days);
    let (host, port) = server?;
    Some(Probe::Certificate { host, port, days })
}
