//! The configuration that points midwatch at the simulated production.

use std::fmt::Write as _;

use super::DemoWorld;
use super::queries;
use crate::domain::SignalKind;

/// One signal: label, unit, thresholds.
struct Row {
    service: &'static str,
    kind: SignalKind,
    label: &'static str,
    unit: &'static str,
    bounds: Option<(f64, f64)>,
}

const fn row(
    service: &'static str,
    kind: SignalKind,
    label: &'static str,
    unit: &'static str,
    bounds: Option<(f64, f64)>,
) -> Row {
    Row { service, kind, label, unit, bounds }
}

const ROWS: &[Row] = &[
    row("checkout", SignalKind::Latency, "p95", "s", Some((0.4, 0.5))),
    row("checkout", SignalKind::Traffic, "", "/s", None),
    row("checkout", SignalKind::Errors, "", "%", Some((0.5, 1.0))),
    row("checkout", SignalKind::Saturation, "cpu", "%", Some((70.0, 90.0))),
    row("payments", SignalKind::Latency, "p95", "s", Some((0.5, 1.0))),
    // Low is bad: payments that stop are worse than payments that wait.
    row("payments", SignalKind::Traffic, "", "/s", Some((150.0, 50.0))),
    row("payments", SignalKind::Errors, "", "%", Some((0.5, 2.0))),
    row("payments", SignalKind::Saturation, "cpu", "%", Some((70.0, 90.0))),
    row("search", SignalKind::Latency, "p95", "s", Some((0.5, 1.0))),
    row("search", SignalKind::Traffic, "", "/s", None),
    row("search", SignalKind::Errors, "", "%", Some((1.0, 5.0))),
    row("search", SignalKind::Saturation, "cpu", "%", Some((80.0, 95.0))),
];

/// Who answers for a service.
const OWNERS: &[(&str, &str)] = &[("checkout", "shop-team"), ("payments", "payments-team"), ("search", "search-team")];

/// The configuration, as text in midwatch's own format. With a fixed clock it also fixes the operator and
/// the time zone, so that a picture of it is the same on every machine.
#[must_use]
pub fn config_toml(world: &DemoWorld) -> String {
    let mut text = head(world);
    for service in world.services() {
        text.push_str(&service_table(service));
    }
    text.push_str(&super::desk::tables(world.folder(), &world.ops_url, !world.is_fixed()));
    text
}

fn head(world: &DemoWorld) -> String {
    let who = if world.is_fixed() { "timezone = \"Europe/Berlin\"\n\n[operator]\nname = \"ana\"\n" } else { "" };
    let store = quoted(&format!("sqlite:{}", world.folder().join("midwatch.db").display()));
    let (prometheus, alertmanager) = (quoted(&world.prometheus_url), quoted(&world.alertmanager_url));
    let log = quoted(&world.log_file.display().to_string());
    format!(
        r#"# A simulated production on this machine. Nothing here reaches anything real.
environment = "demo"
{who}
[store]
url = {store}

[[source]]
name = "prom-eu"
kind = "prometheus"
url = {prometheus}
every = "2s"

[[source]]
name = "am-eu"
kind = "alertmanager"
url = {alertmanager}
every = "2s"
watchdog = {{ alertname = "Watchdog" }}

[[source]]
name = "logs"
kind = "file"
paths = [{log}]
format = "json"
# The whole story, so that the lines from before an alert are there.
backlog = 4194304
every = "1s"

# What is late shows in the list; the story's incidents are those of the outage.
[[checklist]]
id = "monthly"
remind = "off"

[[checklist]]
id = "quarterly"
remind = "off"
"#
    )
}

fn service_table(service: &str) -> String {
    let owner = OWNERS.iter().find(|(name, _)| *name == service).map_or("", |(_, owner)| owner);
    let mut text = format!(
        "\n[[service]]\nname = {name}\nmatch = {{ service = {name} }}\nowner = {owner}\n",
        name = quoted(service),
        owner = quoted(owner)
    );
    for row in ROWS.iter().filter(|row| row.service == service) {
        text.push_str(&signal_table(row));
    }
    if service == "checkout" {
        let (errors, total) = queries::slo_texts(service);
        // Writing to a String cannot fail.
        let _ = write!(
            text,
            "\n[service.slo]\nobjective = 99.9\nwindow = \"30d\"\nsource = \"prom-eu\"\nerrors = {}\ntotal = {}\n",
            quoted(&errors),
            quoted(&total)
        );
    }
    text
}

fn signal_table(row: &Row) -> String {
    let query = queries::signal_text(row.service, &row.kind).unwrap_or_default();
    let mut text = format!("\n[service.signals.{}]\nsource = \"prom-eu\"\nquery = {}\n", row.kind, quoted(&query));
    if !row.label.is_empty() {
        let _ = writeln!(text, "label = {}", quoted(row.label));
    }
    let _ = writeln!(text, "unit = {}", quoted(row.unit));
    if let Some((warn, critical)) = row.bounds {
        let _ = writeln!(text, "warn = {warn:?}\ncritical = {critical:?}");
    }
    text
}

/// A TOML string: literal where that is possible, as queries are full of double quotes.
pub(super) fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}
