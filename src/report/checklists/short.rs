//! The shapes that JSON reports about checklists share.

use serde::Serialize;

use crate::domain::Moment;
use crate::domain::checklist::{ChecklistId, Walk, WalkId, Walked};

/// A walk in a few numbers. What has not happened is `null`.
#[derive(Serialize)]
pub(super) struct Short<'a> {
    id: WalkId,
    checklist: &'a ChecklistId,
    title: &'a str,
    turn: Option<Moment>,
    begun: Moment,
    by: Option<&'a str>,
    ended: Option<Moment>,
    ended_by: Option<&'a str>,
    completed: Option<bool>,
    sign: Option<&'a str>,
    took_s: Option<i64>,
    done: usize,
    failed: usize,
    skipped: usize,
    of: usize,
}

impl<'a> Short<'a> {
    /// Of a walk that ended. Who began it is not kept in short.
    pub(super) fn of(walked: &'a Walked) -> Self {
        Self {
            id: walked.id,
            checklist: &walked.checklist,
            title: &walked.title,
            turn: walked.turn,
            begun: walked.begun,
            by: None,
            ended: Some(walked.end.at),
            ended_by: Some(&walked.end.by.name),
            completed: Some(walked.end.completed),
            sign: Some(&walked.end.sign),
            took_s: Some((walked.end.at - walked.begun).num_seconds().max(0)),
            done: walked.done,
            failed: walked.failed,
            skipped: walked.skipped,
            of: walked.of,
        }
    }

    /// Of a walk, open or ended.
    pub(super) fn of_walk(walk: &'a Walk) -> Self {
        use crate::domain::checklist::Outcome::{Done, Failed, Skipped};
        let end = walk.ended.as_ref();
        Self {
            id: walk.id,
            checklist: &walk.list.id,
            title: &walk.list.title,
            turn: walk.turn,
            begun: walk.begun,
            by: Some(&walk.by.name),
            ended: end.map(|end| end.at),
            ended_by: end.map(|end| end.by.name.as_str()),
            completed: end.map(|end| end.completed),
            sign: end.map(|end| end.sign.as_str()),
            took_s: end.map(|end| (end.at - walk.begun).num_seconds().max(0)),
            done: walk.count(Done),
            failed: walk.count(Failed),
            skipped: walk.count(Skipped),
            of: walk.list.items().count(),
        }
    }
}
