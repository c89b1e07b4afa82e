//! Remedies and runs for people and for programs.

use std::collections::BTreeMap;

use chrono::TimeDelta;

use super::{declared, runs};
use crate::domain::remediation::param::ParamKind;
use crate::domain::remediation::pattern::Pattern;
use crate::domain::remediation::run::Ending;
use crate::domain::remediation::{Confirm, Kind, Origin, Param, Remedy, RemedyId, Run, RunId, Template};
use crate::domain::{Matcher, Moment, Operation, Operator};

fn restart() -> Remedy {
    let argv = |all: &[&str]| all.iter().map(|one| Template::parse(one).unwrap()).collect::<Vec<_>>();
    Remedy {
        id: RemedyId::new("restart-checkout"),
        title: "Restart one checkout instance".to_owned(),
        help: String::new(),
        matchers: vec![Matcher::new("service", Operation::Equal, "checkout").unwrap()],
        environments: vec!["prod-eu".to_owned()],
        kind: Kind::Command(argv(&["systemctl", "restart", "checkout@{instance}"])),
        dry_run: None,
        verify: Some(argv(&["systemctl", "is-active", "checkout@{instance}"])),
        require: Vec::new(),
        confirm: Confirm::Type,
        approvals: 2,
        cooldown: TimeDelta::minutes(10),
        timeout: TimeDelta::seconds(60),
        grace: TimeDelta::seconds(5),
        watch: TimeDelta::minutes(5),
        target: None,
        params: vec![Param {
            name: "instance".into(),
            kind: ParamKind::Text(Pattern::new("[a-z0-9-]{1,32}").unwrap()),
            label: Some("instance".into()),
            default: None,
            help: String::new(),
        }],
        env: Vec::new(),
        cwd: "/".into(),
        exits: BTreeMap::new(),
        auto: None,
        origin: Origin::File("/etc/midwatch/config.toml".into()),
    }
}

fn printed(write: impl FnOnce(&mut Vec<u8>) -> std::io::Result<()>) -> String {
    let mut made = Vec::new();
    write(&mut made).unwrap();
    String::from_utf8(made).unwrap()
}

#[test]
fn a_line_says_what_it_is_for_and_what_it_asks() {
    let restart = restart();
    let line = printed(|out| declared::text(&[&restart], Some("staging"), 200, out));
    assert_eq!(
        line,
        "restart-checkout  command  its id, 2 people  service=checkout  only prod-eu  Restart one checkout instance\n"
    );
    let card = printed(|out| declared::card(&restart, out));
    for part in [
        "checkout@{instance}",
        "text that matches [a-z0-9-]{1,32}, from the label instance",
        "a second person",
        "/etc/midwatch/config.toml",
    ] {
        assert!(card.contains(part), "{part} in {card}");
    }
}

#[test]
fn programs_read_stable_names_and_null_for_what_is_not_known() {
    let restart = restart();
    let json: serde_json::Value = serde_json::from_str(&printed(|out| declared::json(&[&restart], None, out))).unwrap();
    let row = &json["remedies"][0];
    assert_eq!(
        (&json["version"], &row["id"], &row["runs_here"]),
        (&1.into(), &"restart-checkout".into(), &false.into())
    );
    assert_eq!((&row["cooldown_s"], &row["params"][0]["kind"]), (&600.into(), &"text".into()));
    let began = Moment::UNIX_EPOCH + TimeDelta::days(20_000);
    let mut run = Run {
        id: RunId(0x5be1),
        remedy: RemedyId::new("restart-checkout"),
        title: String::new(),
        target: "checkout-7".to_owned(),
        incident: None,
        subject: None,
        operator: Operator::new("ana", "bastion"),
        holder: String::new(),
        process: None,
        command: "systemctl restart checkout@checkout-7".to_owned(),
        started: began,
        ended: None,
        ending: None,
        lease: began,
        cooldown_until: began,
        auto: false,
        approved_by: Some("bo".to_owned()),
    };
    let told = |run: &Run| -> serde_json::Value {
        let runs = std::slice::from_ref(run);
        serde_json::from_str::<serde_json::Value>(&printed(|out| runs::json(runs, out))).unwrap()["runs"][0].clone()
    };
    assert!(told(&run)["ending"].is_null() && told(&run)["ended"].is_null());
    run.ended = Some(began + TimeDelta::milliseconds(4_100));
    run.ending = Some(Ending::Failed("exit 3".to_owned()));
    assert_eq!((&told(&run)["ending"], &told(&run)["why"]), (&"failed".into(), &"exit 3".into()));
    let line = printed(|out| runs::text(&[run], began, 200, out));
    assert!(line.contains("ana@bastion + bo") && line.contains("4s100ms") && line.contains("failed: exit 3"), "{line}");
}
