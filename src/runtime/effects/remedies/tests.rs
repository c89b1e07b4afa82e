//! The life of a run, on a ground that a test makes; stopping; telling.

mod asking;
mod life;
mod registry;
mod teller;

use chrono::TimeDelta;

use crate::domain::remediation::plan::{Call, ProcessCall};
use crate::domain::remediation::{Confirm, Origin, Plan, RemedyId, Run, RunId};
use crate::domain::{Moment, Operator};

/// A run that began then.
pub(super) fn run(started: Moment) -> Run {
    Run {
        id: RunId(7),
        remedy: RemedyId::new("restart-checkout"),
        title: "Restart one checkout instance".to_owned(),
        target: "checkout-7".to_owned(),
        incident: None,
        subject: None,
        operator: Operator::new("ana", "bastion"),
        holder: "ana@bastion (4711)".to_owned(),
        process: None,
        command: "systemctl restart checkout@checkout-7".to_owned(),
        started,
        ended: None,
        ending: None,
        lease: started,
        cooldown_until: started,
        auto: false,
        approved_by: None,
    }
}

fn process(argv: &[&str]) -> ProcessCall {
    let argv = argv.iter().map(ToString::to_string).collect();
    ProcessCall { argv, script: None, env: Vec::new(), cwd: "/".into() }
}

fn call(argv: &[&str]) -> Call {
    Call::Process(process(argv))
}

/// A plan that restarts something.
fn plan() -> Plan {
    Plan {
        remedy: RemedyId::new("restart-checkout"),
        title: "Restart one checkout instance".to_owned(),
        target: "checkout-7".to_owned(),
        incident: None,
        subject: None,
        environment: None,
        values: Vec::new(),
        run: call(&["restart"]),
        dry_run: None,
        verify: None,
        checks: Vec::new(),
        confirm: Confirm::Type,
        approvals: 1,
        cooldown: TimeDelta::minutes(10),
        timeout: TimeDelta::seconds(60),
        grace: TimeDelta::seconds(5),
        watch: TimeDelta::zero(),
        exits: std::collections::BTreeMap::new(),
        origin: Origin::Shipped,
        hash: "0".repeat(64),
    }
}
