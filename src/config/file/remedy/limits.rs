//! Confirmation, and the spans within which a remedy runs.

use chrono::TimeDelta;

use crate::config::file::within_secs;
use crate::config::reader::Table;
use crate::domain::remediation::Confirm;

/// How an operator agrees, by its word.
pub(in crate::config) const CONFIRM: [(&str, Confirm); 3] =
    [("none", Confirm::None), ("ask", Confirm::Ask), ("type", Confirm::Type)];

/// See the fields of the same names of a remedy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Limits {
    pub(super) confirm: Confirm,
    pub(super) approvals: u8,
    pub(super) cooldown: TimeDelta,
    pub(super) timeout: TimeDelta,
    pub(super) grace: TimeDelta,
    pub(super) watch: TimeDelta,
}

/// Reads them; what is wrong or not said is as shipped.
pub(super) fn limits(table: &Table<'_>) -> Limits {
    let mut limits = Limits {
        confirm: Confirm::Type,
        approvals: 1,
        cooldown: TimeDelta::minutes(1),
        timeout: TimeDelta::minutes(1),
        grace: TimeDelta::seconds(5),
        watch: TimeDelta::minutes(10),
    };
    table.set("confirm", |item| item.choice("way to confirm", &CONFIRM), &mut limits.confirm);
    table.set("approvals", |item| u8::try_from(item.count(1..=2)?).ok(), &mut limits.approvals);
    let spans = [
        ("cooldown", 0, 30 * 86_400, &mut limits.cooldown),
        ("timeout", 1, 86_400, &mut limits.timeout),
        ("grace", 0, 300, &mut limits.grace),
        ("watch", 0, 86_400, &mut limits.watch),
    ];
    for (key, from, to, span) in spans {
        table.set(key, |item| item.span(&within_secs(from, to)), span);
    }
    limits
}
