//! The filter language: what it finds, what it refuses, what it completes.

use std::collections::BTreeSet;

use chrono::TimeDelta;
use proptest::prelude::*;

use super::*;
use crate::domain::incident::{GroupKey, Ownership, Quiet};
use crate::domain::mute::{Cover, MuteKind};
use crate::domain::{
    Alert, AlertState, Fingerprint, Incident, IncidentId, Labels, Level, LogLine, Matcher, Mute, MuteId, Rated,
    Severity, SourceName,
};

const NOW: Moment = Moment::UNIX_EPOCH;

fn alert(labels: Labels) -> Alert {
    Alert {
        fingerprint: Fingerprint::of(&labels),
        labels,
        annotations: [("summary", "Größer als erlaubt")].into(),
        since: NOW,
        state: AlertState::Firing,
        rated: Rated::known(Severity::High),
        silenced_by: Vec::new(),
        inhibited_by: Vec::new(),
        value: None,
        link: None,
    }
}

fn incident() -> Incident {
    let group = GroupKey([("alertname", "DiskFull"), ("service", "db")].into());
    Incident {
        id: IncidentId::of(&group, NOW),
        group,
        title: "DiskFull".into(),
        service: Some("db".into()),
        rated: Rated::known(Severity::High),
        since: NOW - TimeDelta::minutes(11),
        first_seen: NOW,
        last_seen: NOW,
        alerts: Vec::new(),
        most: 2,
        owner: None,
        quiet: None,
        snoozed_until: None,
        mitigated: false,
        resolved: None,
        stale: false,
        refired: 0,
    }
}

fn holds_for(incident: &Incident, filter: &str) -> bool {
    let alerts = ["a", "b"].map(|instance| {
        alert([("alertname", "DiskFull"), ("instance", instance), ("severity", "warning"), ("cpus", "16")].into())
    });
    let source = SourceName::new("am-eu");
    let subject =
        IncidentSubject { incident, alerts: &alerts.iter().collect::<Vec<_>>(), sources: &BTreeSet::from([&source]) };
    Filter::parse(filter).unwrap_or_else(|error| panic!("{filter}: {error}")).matches(&subject, NOW)
}

#[test]
fn an_incident_answers() {
    let holding = [
        "",
        "service=db severity>=high @acked=no @age>10m @source=am-eu diskf",
        "severity=high",
        "severity<=H",
        "severity<critical",
        "severity!=low",
        "severity=~warn.*",
        "instance=a",
        "instance=b",
        "instance=~[ab]",
        "instance!=c",
        "instance!~c|d",
        "missing=\"\"",
        "missing!=x",
        "missing=~.*",
        "cpus>4 cpus<=16",
        "title=DiskFull",
        "@state=OPEN",
        "@snoozed=no @silenced=no @inhibited=false @stale!=yes",
        "@by!=ana",
        "\"ALS erlaubt\"",
        "größer",
        "\"\"",
    ];
    for filter in holding {
        assert!(holds_for(&incident(), filter), "{filter}");
    }
    let failing = [
        "service=web",
        "severity>high",
        "severity>=critical",
        "severity!=high",
        "instance!=a",
        "instance=~a.",
        "missing=x",
        "missing>1",
        "instance>1",
        "cpus>16",
        "@acked",
        "@age>11m",
        "@age<=10m59s",
        "@source=am-us",
        "@source!=am-eu",
        "@state=resolved",
        "nowhere",
        "diskfull nowhere",
    ];
    for filter in failing {
        assert!(!holds_for(&incident(), filter), "{filter}");
    }
}

#[test]
fn what_people_did_is_asked_with_an_at() {
    let owner = Some(Ownership { by: "ana".into(), until: NOW, joined_since: 0 });
    let acked = Incident { owner, ..incident() };
    assert!(holds_for(&acked, "@acked @by=ana @state=acked"));
    let silenced = Incident { quiet: Some(Quiet::Silenced { by: "bo".into(), until: None }), ..incident() };
    assert!(holds_for(&silenced, "@silenced @inhibited=no"));
    assert!(holds_for(&Incident { quiet: Some(Quiet::Inhibited), ..incident() }, "@inhibited @silenced=no"));
    assert!(holds_for(&Incident { snoozed_until: Some(NOW), stale: true, ..incident() }, "@snoozed @stale"));
    assert!(Filter::parse("a @snoozed=no").unwrap().speaks_of("@snoozed"));
    assert!(!Filter::parse("snoozed @acked").unwrap().speaks_of("@snoozed"));
}

#[test]
fn a_mute_answers() {
    let mute = Mute {
        id: MuteId::new("7f3a"),
        kind: MuteKind::Silence,
        source: Some("am-eu".into()),
        cover: Cover::Matchers(vec![Matcher::equal("service", "checkout")]),
        by: "ana".into(),
        comment: "disk swap".into(),
        starts: NOW - TimeDelta::hours(2),
        ends: NOW + TimeDelta::hours(1),
        pending: false,
    };
    let holds = |filter: &str| Filter::parse(filter).unwrap().matches(&&mute, NOW);
    assert!(holds("service=checkout @by=ana @source=am-eu @silenced @age>1h kind=silence @state=active SWAP 7f3a"));
    assert!(!holds("@acked") && !holds("service=web") && !holds("@state=ended") && !holds("other=x"));
    let later = Mute { starts: NOW + TimeDelta::minutes(1), source: None, ..mute.clone() };
    assert!(Filter::parse("@state=pending @source=store").unwrap().matches(&later, NOW));
}

#[test]
fn a_log_line_answers() {
    let line = LogLine { at: NOW, level: Level::Error, origin: "checkout-7".into(), text: "Upstream timeout".into() };
    let source = SourceName::new("loki");
    let holds = |filter: &str| Filter::parse(filter).unwrap().matches(&line.told_by(&source), NOW);
    assert!(holds("level>=warn level=ERR origin=~checkout-.* @source=loki timeout CHECKOUT"));
    assert!(!holds("level>error") && !holds("level!=error") && !holds("@source=host") && !holds("@acked=no"));
}

#[test]
fn errors_name_the_place_and_the_nearest_word() {
    let said = |text: &str| {
        let error = Filter::parse(text).unwrap_err();
        (error.at, error.to_string())
    };
    assert_eq!(said("a @ackd=no"), (2, "there is no '@ackd'; did you mean '@acked'?".into()));
    assert_eq!(said("@sevrity=high"), (0, "there is no '@sevrity'; did you mean 'severity'?".into()));
    let severities = "'critcal' is no value of severity; there are critical, high, medium, low";
    assert_eq!(said("severity>critcal"), (9, format!("{severities}; did you mean 'critical'?")));
    assert_eq!(said("@age>soon").0, 5);
    assert_eq!(said("@age=5m"), (5, "compare @age with < or >, as in @age>10m".into()));
    assert_eq!(said("ü x=\"open"), (5, "this quote is not closed".into()));
    assert_eq!(said("x=\"a\"b"), (5, "a space is missing after the quote".into()));
    assert_eq!(said("x=~("), (3, "'(' is no regular expression, or too large a one".into()));
    assert_eq!(said("=5").0, 0);
    assert_eq!(said("-> there").0, 0);
    assert_eq!(said("cpu>much").0, 4);
    assert_eq!(said("@source"), (0, "'@source' needs a value, as in @source=…".into()));
    assert_eq!(said("@acked>yes").0, 7);
}

#[test]
fn completion_offers_names_then_values() {
    let words = |text: &str| {
        let values =
            |field: &str| if field == "team" { vec!["payments".to_owned(), "search".to_owned()] } else { vec![] };
        let found = complete(text, ["team", "severity"], values);
        (found.first().map(|first| first.from), found.into_iter().map(|found| found.word).collect::<Vec<_>>())
    };
    assert_eq!(words("ü se"), (Some(3), vec!["service".to_owned(), "severity".to_owned()]));
    assert_eq!(words("@s").1, ["@silenced", "@snoozed", "@source", "@stale", "@state"]);
    assert_eq!(words("severity>=h"), (Some(10), vec!["high".to_owned()]));
    assert_eq!(words("x team=p"), (Some(7), vec!["payments".to_owned()]));
    assert_eq!(words("@acked="), (Some(7), vec!["no".to_owned(), "yes".to_owned()]));
}

/// Texts that look like filters, besides any text at all.
fn anything() -> impl Strategy<Value = String> {
    let part = prop::sample::select(vec![
        "@acked", "@age", "@", "severity", "level", "x", "=", "!=", "=~", "!~", ">", ">=", "<", "==", "\"", "\\", " ",
        "high", "yes", "10m", "1e3", "a b", "é", "@state", "open", "!", "~", "\u{a0}", "[a-z]+", "(",
    ]);
    prop_oneof![".*", prop::collection::vec(part, 0..12).prop_map(|parts| parts.concat())]
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused_and_what_is_read_is_written_so_that_it_reads_the_same(text in anything()) {
        match Filter::parse(&text) {
            Ok(filter) => {
                let written = filter.to_string();
                prop_assert_eq!(Filter::parse(&written), Ok(filter), "{}", written);
            }
            Err(error) => prop_assert!(text.is_char_boundary(error.at), "{error:?}"),
        }
        let _ = complete(&text, ["a"], |_| Vec::new());
    }

    #[test]
    fn quoting_carries_any_value(value in ".*") {
        let quoted = format!("label=\"{}\"", value.replace('\\', "\\\\").replace('"', "\\\""));
        let filter = Filter::parse(&quoted).unwrap();
        let (source, line) = (SourceName::new("s"), LogLine { at: NOW, level: Level::Info, origin: "".into(), text: "".into() });
        prop_assert_eq!(filter.matches(&line.told_by(&source), NOW), value.is_empty());
        prop_assert_eq!(Filter::parse(&filter.to_string()), Ok(filter));
    }

    #[test]
    fn a_sign_and_its_opposite_never_agree(name in "[a-z]{1,8}", value in "[a-z0-9]{0,3}") {
        let incident = incident();
        prop_assume!(crate::domain::filter::field::kind(&name) == Some(crate::domain::filter::field::Kind::Text));
        for (sign, opposite) in [("=", "!="), ("=~", "!~")] {
            let (one, other) = (format!("{name}{sign}{value}"), format!("{name}{opposite}{value}"));
            prop_assert_ne!(holds_for(&incident, &one), holds_for(&incident, &other));
        }
    }
}
