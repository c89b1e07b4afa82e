//! What failures and gaps of an assessment mean.

use super::*;
use crate::domain::checklist::concern::{Concern, Priority, Verdict};
use crate::domain::checklist::probe::{Evidence, Held};
use crate::domain::checklist::{Checklist, Item};

/// An assessment of an item that blocks and one that does not.
fn assessed(said: &[(&str, Change)]) -> Walk {
    let blocker = Item { blocker: true, ..item("backup") };
    let mut declared: Checklist = list(None, &["dashboards"]);
    declared.sections[0].items.insert(0, blocker);
    walk(1, declared, BEGUN, said)
}

/// How it ends when the items went so; `None` for one that nobody looked at.
fn verdict(backup: Option<Outcome>, dashboards: Option<Outcome>) -> Verdict {
    let said: Vec<_> = [("backup", backup), ("dashboards", dashboards)]
        .into_iter()
        .filter_map(|(item, outcome)| Some((item, went(outcome?, "why"))))
        .collect();
    assessed(&said).verdict(|_| true)
}

#[test]
fn what_was_not_looked_at_is_never_fine() {
    let (done, failed, skipped) = (Some(Outcome::Done), Some(Outcome::Failed), Some(Outcome::Skipped));
    assert_eq!(verdict(done, done), Verdict::Go);
    for backup in [failed, skipped, None] {
        for dashboards in [done, failed, skipped, None] {
            assert_eq!(verdict(backup, dashboards), Verdict::Block, "{backup:?} {dashboards:?}");
        }
    }
    for dashboards in [failed, skipped, None] {
        assert_eq!(verdict(done, dashboards), Verdict::GoWithRisks, "{dashboards:?}");
    }
}

#[test]
fn evidence_alone_is_no_answer() {
    let found = |held| {
        let words = "0 backups in 26 h".to_owned();
        let from = "backups".to_owned();
        let (value, unit, lines) = (None, String::new(), Vec::new());
        Change::Evidence {
            evidence: Box::new(Evidence { at: utc(BEGUN), took_ms: 4, from, held, value, unit, words, lines }),
        }
    };
    for held in [Held::Good, Held::Bad, Held::Unknown] {
        let walk = assessed(&[("backup", found(held)), ("dashboards", went(Outcome::Done, ""))]);
        assert_eq!(walk.verdict(|_| true), Verdict::Block, "{held:?}: nobody has said how it went");
    }
    let walk = assessed(&[("backup", found(Held::Bad)), ("backup", went(Outcome::Failed, "none"))]);
    let (_, concern) = walk.concerns().remove(0);
    assert_eq!(
        (concern.description.as_str(), concern.technical_details.as_str()),
        ("Look at backup: none", "0 backups in 26 h")
    );
    assert!(concern.deployment_blocker && concern.priority == Priority::Critical && concern.sort == "logs");
}

#[test]
fn an_item_whose_condition_does_not_hold_leaves_no_gap() {
    let walk = assessed(&[("dashboards", went(Outcome::Done, ""))]);
    assert_eq!(walk.verdict(|item| !item.blocker), Verdict::Go);
}

#[test]
fn a_critical_concern_blocks_and_the_most_pressing_is_first() {
    let said = |priority| {
        let concern = Concern {
            priority,
            deployment_blocker: false,
            ..assessed(&[]).concern_of(assessed(&[]).list.item(&ItemId::new("dashboards")).unwrap())
        };
        let concern = Change::Concern { concern: Box::new(concern) };
        let failed = |item| (item, went(Outcome::Failed, ""));
        assessed(&[("backup", went(Outcome::Done, "")), failed("dashboards"), ("dashboards", concern)])
    };
    assert_eq!(said(Priority::High).verdict(|_| true), Verdict::GoWithRisks);
    assert_eq!(said(Priority::Critical).verdict(|_| true), Verdict::Block);
    let both = assessed(&[("dashboards", went(Outcome::Failed, "")), ("backup", went(Outcome::Failed, ""))]);
    let order: Vec<_> = both.concerns().into_iter().map(|(_, concern)| concern.priority).collect();
    assert_eq!(order, [Priority::Critical, Priority::Medium]);
}
