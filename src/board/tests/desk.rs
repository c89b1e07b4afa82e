//! What the store tells of runs, requests, windows, ticks and notes is noticed.

use super::told::Told;
use crate::board::{Memory, Snoozed};
use crate::domain::maintenance::Window;
use crate::domain::remediation::run::{Request, Run};
use crate::domain::remediation::{RemedyId, RunId};
use crate::domain::runbook::{Tick, WrongStep};
use crate::domain::{IncidentId, Moment, Operator};

fn run(now: Moment) -> Run {
    Run {
        id: RunId(1),
        remedy: RemedyId::new("restart"),
        title: String::new(),
        target: "db-2".into(),
        incident: None,
        subject: None,
        operator: Operator::new("bo", "laptop"),
        holder: "bo@laptop (1)".into(),
        process: None,
        command: "/bin/true".into(),
        started: now,
        ended: None,
        ending: None,
        lease: now,
        cooldown_until: now,
        auto: false,
        approved_by: None,
    }
}

fn request(now: Moment) -> Request {
    Request {
        id: RunId(2),
        plan: "plan".into(),
        remedy: RemedyId::new("restart"),
        title: String::new(),
        target: "db-2".into(),
        incident: None,
        subject: None,
        command: "/bin/true".into(),
        asked_by: Operator::new("bo", "laptop"),
        asked: now,
        expires: now,
        approved_by: None,
        closed: false,
    }
}

fn window(now: Moment) -> Window {
    Window {
        id: RunId(3),
        service: "checkout".into(),
        reason: "disks".into(),
        rollback: String::new(),
        by: Operator::new("bo", "laptop"),
        starts: now,
        ends: now,
        silences: Vec::new(),
        ended: None,
    }
}

#[test]
fn each_part_of_the_desk_is_noticed_once() {
    let mut told = Told::new(&["am"]);
    let now = told.now;
    let tick = Tick { incident: IncidentId(7), runbook: "disk".into(), task: "a".into(), by: "bo".into(), at: now };
    let note = WrongStep {
        runbook: "disk".into(),
        step: String::new(),
        says: String::new(),
        note: "no df here".into(),
        by: "bo".into(),
        at: now,
        incident: None,
    };
    let ended = Run { ended: Some(now), ..run(now) };
    for memory in [
        Memory { runs: vec![run(now)], ..Memory::default() },
        Memory { runs: vec![ended], ..Memory::default() },
        Memory { requests: vec![request(now)], ..Memory::default() },
        Memory { windows: vec![window(now)], ..Memory::default() },
        Memory { ticks: vec![tick], ..Memory::default() },
        Memory { wrong_steps: vec![note], ..Memory::default() },
    ] {
        let change = told.remembers(memory.clone());
        assert!(change.parts.desk && !change.is_empty(), "{memory:?}");
        assert!(told.remembers(memory.clone()).is_empty());
        assert_eq!(told.board.memory(), &memory);
    }
    assert!(told.remembers(Memory::default()).parts.desk, "what is gone is noticed too");
}

#[test]
fn what_else_is_remembered_leaves_the_desk_alone() {
    let mut told = Told::new(&["am"]);
    let now = told.now;
    let runs = vec![run(now)];
    told.remembers(Memory { runs: runs.clone(), ..Memory::default() });
    let snooze = Snoozed { incident: IncidentId(7), operator: "ana".into(), starts: now, until: now };
    let change = told.remembers(Memory { runs, snoozes: vec![snooze], ..Memory::default() });
    assert!(change.parts.mutes && !change.parts.desk);
}
