//! Which crate is used where. The inner rooms stand on words and rules alone: no terminal, no network, no waiting.

use super::names;
use super::source::Tree;

/// A crate and the places that may name it.
const PLACES: &[(&str, &[&str])] = &[
    // terminal
    ("ratatui", &["ui", "theme", "runtime/terminal", "runtime/picture", "cli/screenshot"]),
    ("crossterm", &["cli/output", "keymap/chord", "runtime/core", "runtime/input", "runtime/terminal"]),
    ("tui_input", &["app/entry"]),
    ("nucleo_matcher", &["app/update/palette"]),
    ("unicode_width", &["domain/harmless", "domain/runbook/laid", "runtime/picture", "report", "ui/alike"]),
    ("unicode_segmentation", &["domain/runbook/laid", "report", "ui"]),
    // waiting
    ("tokio", &["source", "store", "probe", "remedy", "runbook", "runtime", "demo", "cli"]),
    ("futures_util", &["probe", "source", "runtime"]),
    ("bytes", &["demo"]),
    // the network
    ("reqwest", &["source/http"]),
    ("rustls", &["source/http"]),
    ("rustls_platform_verifier", &["source/http/certificate"]),
    ("tokio_rustls", &["source/http"]),
    ("x509_cert", &["source/http/certificate"]),
    ("hyper", &["demo"]),
    ("hyper_util", &["demo/http"]),
    ("http_body_util", &["demo"]),
    ("form_urlencoded", &["demo"]),
    ("url", &["config/file", "remedy/plan"]),
    // what outlives the process
    ("sqlx", &["store"]),
    // the machine
    ("sysinfo", &["source/host"]),
    (
        "nix",
        &[
            "config/machine",
            "remedy/exec",
            "remedy/trust",
            "runtime/hangup",
            "runtime/suspend",
            "runtime/terminal/outlet",
            "source",
        ],
    ),
    ("directories", &["config/paths"]),
    ("tempfile", &["demo", "remedy/exec", "runtime/outside"]),
    ("iana_time_zone", &["config/machine"]),
    ("process_wrap", &["remedy/exec"]),
    // secrets
    ("secrecy", &["source"]),
    // text
    ("pulldown_cmark", &["runbook/markdown"]),
    ("toml", &["cli/checklist/import", "config", "rows", "demo/config"]),
    // The hands write down what they are about to do, and read it back after a crash.
    ("serde_json", &["cli", "config/schema", "demo", "remedy", "report", "runtime/effects", "source", "store"]),
    ("regex", &["config/file/matchers", "domain", "source/http/echo"]),
    ("memchr", &["domain"]),
    ("foldhash", &["board", "source"]),
    ("strsim", &["domain/checklist/schedule", "domain/filter", "rows/nearest"]),
    ("sha2", &["demo", "domain/journal", "remedy", "runbook", "store/walks/lists"]),
    // the command line and our own log
    ("clap", &["cli"]),
    ("clap_complete", &["cli"]),
    ("clap_mangen", &["cli/manual"]),
    ("color_eyre", &["main"]),
    ("tracing_subscriber", &["logging"]),
    ("tracing_appender", &["logging"]),
    ("tracing", &["cli", "demo", "logging", "main", "runtime", "source"]),
];

/// Crates that are plain words wherever they stand: derives, errors, calendars.
const EVERYWHERE: &[&str] = &["serde", "thiserror", "chrono", "chrono_tz"];

/// The crates that the project depends on where it ships, as code names them.
pub(super) fn dependencies() -> Vec<String> {
    let text = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml")).unwrap();
    let table: toml::Table = text.parse().unwrap();
    table["dependencies"].as_table().unwrap().keys().map(|name| name.replace('-', "_")).collect()
}

/// Every crate that is named where it does not belong, or that has no row.
pub(super) fn broken(tree: &Tree, dependencies: &[String]) -> Vec<String> {
    let mut found = Vec::new();
    for name in dependencies.iter().filter(|name| !EVERYWHERE.contains(&name.as_str())) {
        if !PLACES.iter().any(|(known, _)| known == name) {
            found.push(format!("the crate {name} has no row: say where it belongs"));
        }
    }
    for file in &tree.files {
        for name in names::foreign(file, dependencies) {
            let named = name.path.join("::");
            let row = PLACES.iter().find(|(known, _)| *known == named);
            if let Some((_, places)) = row
                && !places.iter().any(|place| file.is_in(place))
            {
                found.push(format!("src/{}:{}: {named} belongs to {}", file.path, name.line, places.join(", ")));
            }
        }
    }
    found
}

/// Every place of the table that does not name its crate.
pub(super) fn unused(tree: &Tree) -> Vec<String> {
    let rows = PLACES.iter().flat_map(|(name, places)| places.iter().map(move |place| (*name, *place)));
    let idle = rows.filter(|(name, place)| {
        let known = [(*name).to_owned()];
        !tree.files.iter().any(|file| file.is_in(place) && !names::foreign(file, &known).is_empty())
    });
    idle.map(|(name, place)| format!("{name} is not named in {place}: the row allows too much")).collect()
}
