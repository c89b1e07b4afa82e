//! The small languages that operators write: durations, times, filters, schedules, templates, keys.

use std::fmt::{Debug, Display};

use super::{Parser, now, text};
use crate::domain::checklist::{Expect, Schedule, UpdateId, WalkId};
use crate::domain::filter::Filter;
use crate::domain::remediation::pattern::Pattern;
use crate::domain::remediation::run::RunId;
use crate::domain::remediation::template::Template;
use crate::domain::runbook::Catalogue;
use crate::domain::when::When;
use crate::domain::{IncidentId, Severity, duration, harmless, matcher, recurrence};
use crate::keymap::{Chord, Sequence};

pub(super) const PARSERS: &[Parser] = &[
    Parser {
        name: "harmless",
        read: harmless_line,
        examples: &["a\u{1b}[31mred\u{1b}[0m", "e\u{301}\u{302} 👩\u{200d}🚀"],
    },
    Parser { name: "duration", read: span, examples: &["15s", "1h30m", "2d", "500ms", "1.5h"] },
    Parser { name: "when", read: when, examples: &["15m", "07:30", "2026-11-21 04:00", "2026-11-21T04:00:00Z"] },
    Parser {
        name: "filter",
        read: filter,
        examples: &["severity>=high service=checkout", "-acked age>5m \"a b\"", "title~\"^Disk\" label:x!=y"],
    },
    Parser { name: "matchers", read: matchers, examples: &["alertname=\"X\", region!~\"us-.*\"", "a=b,c!=\"d\\\"e\""] },
    Parser {
        name: "schedule",
        read: schedule,
        examples: &["daily 07:00", "weekly Mon 09:00", "monthly 1 08:00", "monthly last Fri", "after 30d", "quarterly"],
    },
    Parser { name: "expect", read: expect, examples: &["< 80", ">= 1.5", "== 0", "!= 3"] },
    Parser { name: "template", read: template, examples: &["checkout@{instance}", "{{x}} {a}{b}", "no braces"] },
    Parser { name: "pattern", read: pattern, examples: &["[a-z0-9-]+", "(?i)a|b", "^x$"] },
    Parser { name: "ids", read: ids, examples: &["0123456789abcdef", "+444444444444444", "critical", "P1", "warn"] },
    Parser { name: "chord", read: chord, examples: &["Ctrl+x", "g g", "Shift+Tab", "Alt+Enter", "F5", "space"] },
    Parser { name: "address_of_runbook", read: found, examples: &["https://wiki.example/a%20b/../c.md", "high-cpu"] },
    Parser { name: "number_in_text", read: number, examples: &["load 0.52, 1e-3 of -7", "used 85.4 %"] },
    Parser {
        name: "command_line",
        read: arguments,
        examples: &["status\n--format\njson", "ack\nX\n--for\n30m", "--config\n/x\ncheck"],
    },
];

/// What a text says is what its own print says.
fn reads_back<T: Display + PartialEq + Debug, E: Debug>(
    bytes: &[u8],
    parse: impl Fn(&str) -> Result<T, E>,
) -> Option<T> {
    let read = parse(&text(bytes)).ok()?;
    let again = parse(&read.to_string());
    assert!(matches!(&again, Ok(again) if *again == read), "{read:?} is printed as {read}, which reads as {again:?}");
    Some(read)
}

fn harmless_line(bytes: &[u8]) {
    let text = text(bytes);
    for limit in [0, 1, 10, usize::MAX] {
        let made = harmless::line(&text, limit);
        assert!(harmless::is_harmless(&made) && harmless::line(&made, usize::MAX) == made, "{made:?}");
        assert!(made.chars().count() <= limit.max(1));
    }
}

fn span(bytes: &[u8]) {
    if let Ok(span) = duration::parse(&text(bytes)) {
        // Its print is rounded for people from a day on; what it says is a duration.
        assert!(duration::parse(&duration::text(span)).is_ok(), "{}", duration::text(span));
    }
}

fn when(bytes: &[u8]) {
    let text = text(bytes);
    for read in [When::parse(&text), When::end(&text), When::point(&text)].into_iter().flatten() {
        let (_, _) = (read.ahead(now(), chrono_tz::Europe::Berlin), read.back(now(), chrono_tz::Europe::Berlin));
        assert!(When::parse(&read.to_string()).is_ok() || When::end(&read.to_string()).is_ok(), "{read:?} as {read}");
    }
}

fn filter(bytes: &[u8]) {
    match Filter::parse(&text(bytes)) {
        Ok(read) => {
            let again = Filter::parse(&read.to_string());
            assert!(
                again.as_ref().is_ok_and(|again| again.to_string() == read.to_string()),
                "{read:?} as {read}: {again:?}"
            );
        }
        Err(error) => assert!(text(bytes).get(..error.at).is_some(), "{error:?} points into a character"),
    }
}

fn matchers(bytes: &[u8]) {
    if let Ok(read) = matcher::parse_list(&text(bytes)) {
        let print = matcher::text(&read);
        assert!(matcher::parse_list(&print).is_ok_and(|again| again == read), "{read:?} as {print}");
    }
}

fn schedule(bytes: &[u8]) {
    if let Some(schedule) = reads_back(bytes, Schedule::parse) {
        for zone in [chrono_tz::UTC, chrono_tz::Europe::Berlin, chrono_tz::Pacific::Apia] {
            let _ = recurrence::turn_at(schedule, zone, now());
            assert!(recurrence::turns(schedule, zone, now()).take(3).count() <= 3);
        }
    }
}

fn expect(bytes: &[u8]) {
    if let Some(expect) = reads_back(bytes, Expect::parse) {
        assert!(!expect.holds(f64::NAN));
    }
}

fn template(bytes: &[u8]) {
    if let Ok(read) = Template::parse(&text(bytes)) {
        let again = Template::parse(read.source());
        assert!(again.is_ok_and(|again| again == read), "{read:?}");
    }
}

fn pattern(bytes: &[u8]) {
    if let Ok(pattern) = Pattern::new(&text(bytes)) {
        let _ = pattern.holds("checkout-7");
    }
}

fn ids(bytes: &[u8]) {
    let text = text(bytes);
    let _ = (Severity::parse(&text), UpdateId::parse(&text));
    let back = |print: Option<String>| print.is_none_or(|print| print.eq_ignore_ascii_case(&text));
    assert!(back(IncidentId::parse(&text).map(|id| id.to_string())), "{text}");
    assert!(back(WalkId::parse(&text).map(|id| id.to_string())), "{text}");
    assert!(back(RunId::parse(&text).map(|id| id.to_string())), "{text}");
}

fn chord(bytes: &[u8]) {
    let _ = reads_back(bytes, str::parse::<Chord>);
    let _ = reads_back(bytes, str::parse::<Sequence>);
}

fn found(bytes: &[u8]) {
    let catalogue = Catalogue::default();
    let text = text(bytes);
    let _ = (catalogue.at(&text), catalogue.named(&text));
}

fn number(bytes: &[u8]) {
    assert!(crate::probe::first_number(&text(bytes)).is_none_or(f64::is_finite));
}

fn arguments(bytes: &[u8]) {
    let text = text(bytes);
    // What asks for help or the version reads as an error too: nothing is printed here.
    let _ = crate::cli::args::Args::read(std::iter::once("midwatch").chain(text.split('\n')));
}
