//! When a server's certificate ends, in days. Where none is seen, or one of somebody else, nobody can tell.

use std::path::Path;
use std::time::Duration;

use super::evidence::Finding;
use crate::domain::checklist::probe::Held;
use crate::domain::{Moment, quantity};
use crate::source::http::certificate::{self, Seen};

/// How long everything may take.
const PATIENCE: Duration = Duration::from_secs(10);
/// How many names of a certificate are told.
const NAMES: usize = 12;

pub(super) async fn ask(ca: Option<&Path>, host: &str, port: u16, days: f64, now: Moment) -> Finding {
    let from = if host.contains(':') && !host.starts_with('[') {
        format!("[{host}]:{port}")
    } else {
        format!("{host}:{port}")
    };
    let finding = match tokio::time::timeout(PATIENCE, certificate::look(host, port, ca)).await {
        Ok(Ok(seen)) => judged(&seen, days, now),
        Ok(Err(error)) => Finding::unknown(error.to_string()),
        Err(_) => Finding::unknown(format!("no certificate came in {} s", PATIENCE.as_secs())),
    };
    finding.from(from)
}

fn judged(seen: &Seen, days: f64, now: Moment) -> Finding {
    #[expect(clippy::cast_precision_loss, reason = "an end that is 2^53 s away is far enough")]
    let left = (seen.ends - now).num_seconds() as f64 / 86_400.0;
    let until = seen.ends.format("%Y-%m-%d");
    let told = quantity::text(Some(left.abs()), "");
    let expected = format!("expected at least {} d", quantity::text(Some(days), ""));
    let span = if left < 0.0 {
        format!("expired {told} d ago, on {until} · {expected}")
    } else {
        format!("{told} d left, until {until} · {expected}")
    };
    let (held, words) = match &seen.name_fits {
        _ if left < 0.0 || left < days => (Held::Bad, span),
        _ if now < seen.begins => {
            (Held::Bad, format!("not valid before {} · {span}", seen.begins.format("%Y-%m-%d %H:%M UTC")))
        }
        Err(words) => (Held::Unknown, format!("{words}; whose it is cannot be told · {span}")),
        Ok(()) if !seen.proved => {
            (Held::Unknown, format!("the server did not show that the certificate is its own · {span}"))
        }
        Ok(()) => (Held::Good, span),
    };
    let names = if seen.names.is_empty() { "none".to_owned() } else { names(&seen.names) };
    let trust = match &seen.trusted {
        Ok(()) => "trusted here".to_owned(),
        Err(words) => format!("not trusted here: {words}"),
    };
    let lines = [
        format!("names: {names}"),
        format!("subject: {}", seen.subject),
        format!("issuer: {}", seen.issuer),
        format!(
            "valid from {} to {}",
            seen.begins.format("%Y-%m-%d %H:%M UTC"),
            seen.ends.format("%Y-%m-%d %H:%M UTC")
        ),
        trust,
    ];
    let unfinished = seen.unfinished.iter().map(|words| format!("the handshake did not end well: {words}"));
    Finding::new(held, words).value(left, "d").lines(lines.into_iter().chain(unfinished))
}

fn names(all: &[String]) -> String {
    let more = all.len().saturating_sub(NAMES);
    let shown: Vec<&str> = all.iter().take(NAMES).map(String::as_str).collect();
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    format!("{}{more}", shown.join(", "))
}
