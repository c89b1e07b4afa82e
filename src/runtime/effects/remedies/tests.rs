//! The life of a run, on a ground that a test makes.

use crate::domain::remediation::{RemedyId, Run, RunId};
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
