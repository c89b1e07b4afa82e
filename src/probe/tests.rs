//! Probes against real servers, processes and files: those that behave, and those that do not.

mod certificate;
mod command;
mod file;
mod harmless;
mod http;
mod logs;
mod query;

use std::time::Duration;

use super::*;
use crate::domain::SourceName;
use crate::domain::checklist::Expect;
use crate::domain::checklist::probe::{Held, LINES, WIDE};
use crate::domain::severity::SeverityTable;
use crate::source::options::KindOptions;

fn now() -> Moment {
    "2026-11-21T03:12:00Z".parse().unwrap()
}

fn expect(text: &str) -> Expect {
    Expect::parse(text).unwrap()
}

/// A source of a kind.
fn source(name: &str, kind: KindOptions) -> SourceOptions {
    SourceOptions {
        name: SourceName::new(name),
        every: Duration::from_secs(15),
        timeout: Duration::from_secs(10),
        off: false,
        severity: SeverityTable::default(),
        kind,
    }
}

/// A ground with these sources and the usual folders.
fn ground(sources: Vec<SourceOptions>) -> Ground {
    let path = ["/usr/bin", "/bin"].map(PathBuf::from).to_vec();
    let env = vec![("PATH".to_owned(), "/usr/bin:/bin".to_owned()), ("LANG".to_owned(), "C".to_owned())];
    Ground { sources, path, env, ca: None }
}

/// Asks, and looks at the bounds that hold for every answer.
async fn asked(ground: &Ground, probe: Probe) -> Evidence {
    bounded(ask(ground, &probe, now(), Ok(())).await)
}

fn bounded(evidence: Evidence) -> Evidence {
    assert!(evidence.lines.len() <= LINES, "{} lines", evidence.lines.len());
    let texts = [&evidence.from, &evidence.unit, &evidence.words];
    for text in texts.into_iter().chain(&evidence.lines) {
        assert!(text.chars().count() <= WIDE, "{text}");
        assert!(!text.chars().any(char::is_control), "{text:?}");
        assert_eq!(crate::domain::harmless::line(text, WIDE), text.as_str());
    }
    assert!(evidence.value.is_none_or(f64::is_finite));
    assert!(!evidence.words.is_empty());
    evidence
}

#[tokio::test]
async fn what_midwatch_knows_is_asked_of_nobody() {
    let what = crate::domain::checklist::probe::Known::MutesForgotten;
    let evidence = asked(&ground(vec![]), Probe::Known { what, expect: expect("== 0") }).await;
    assert_eq!((evidence.held, evidence.at), (Held::Unknown, now()));
    assert_eq!(evidence.words, "'mutes-forgotten' is known to midwatch itself");
}
