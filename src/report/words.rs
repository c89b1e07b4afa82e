//! The words of reports for people: who is on an incident, how a source is, what is counted.

use crate::board::Summary;
use crate::domain::incident::Quiet;
use crate::domain::{Health, Incident, Moment, Severity, SourceStatus, age};
use crate::theme::Glyph;

/// `1 alert`, `3 alerts`.
#[must_use]
pub fn count(number: usize, one: &str) -> String {
    let many = if number == 1 { "" } else { "s" };
    format!("{number} {one}{many}")
}

/// `▲ C`, and `◆ H?` where the severity is assumed.
#[must_use]
pub fn severity(incident: &Incident) -> String {
    let severity = incident.rated.severity;
    let mark = if incident.rated.known { "" } else { "?" };
    let glyph = if incident.is_open() { Glyph::of_severity(severity) } else { Glyph::Done };
    format!("{} {}{mark}", glyph.text(false), severity.letter())
}

/// Who is on it, or why nobody needs to be.
#[must_use]
pub fn who(incident: &Incident, now: Moment) -> String {
    let until = |until: Moment| age::short(until - now);
    if let Some(at) = incident.resolved {
        return format!("resolved {} ago", age::since(at, now));
    }
    let mut who = match (&incident.owner, incident.snoozed_until, &incident.quiet) {
        (Some(owner), ..) => {
            let joined =
                if owner.joined_since > 0 { format!(", +{} since", owner.joined_since) } else { String::new() };
            format!("{} {}{joined}", owner.by, until(owner.until))
        }
        (_, Some(at), _) => format!("snoozed {}", until(at)),
        (_, _, Some(Quiet::Silenced { by, until: Some(at) })) => format!("silenced by {by} {}", until(*at)),
        (_, _, Some(Quiet::Silenced { until: None, .. })) => "silenced".to_owned(),
        (_, _, Some(Quiet::Inhibited)) => "inhibited".to_owned(),
        _ => "unacked".to_owned(),
    };
    if incident.mitigated {
        who.insert_str(0, "mitigated, ");
    }
    if incident.stale {
        who.extend([", as of ", &age::since(incident.last_seen, now), " ago"]);
    }
    who
}

/// How a source is: `live 4s`, `unreachable 2m`.
#[must_use]
pub fn health(status: &SourceStatus, now: Moment) -> String {
    let health = status.health(now);
    let since = match health {
        Health::Unreachable => status.failure.as_ref().map(|failure| failure.since),
        Health::Live | Health::Late => status.answered,
        Health::NeverAnswered | Health::Off => None,
    };
    since.map_or_else(|| health.words().to_owned(), |at| format!("{} {}", health.words(), age::since(at, now)))
}

/// Counts of each severity that is there: `2 critical, 1 high`; `None` if there is nothing.
#[must_use]
pub fn severities(counts: [usize; 4]) -> Option<String> {
    let words = Severity::ALL.into_iter().zip(counts).filter(|(_, count)| *count > 0);
    let words: Vec<String> = words.map(|(severity, count)| format!("{count} {severity}")).collect();
    (!words.is_empty()).then(|| words.join(", "))
}

/// What fires, in a few words. With a source missing, nothing is only nothing that is known of.
#[must_use]
pub fn nothing(summary: &Summary) -> &'static str {
    if summary.is_partial() || summary.sources == 0 { "0 known" } else { "0 firing" }
}
