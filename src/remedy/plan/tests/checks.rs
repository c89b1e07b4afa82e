//! What must hold before, and the hash of what was shown.

use super::*;
use crate::domain::SignalLevel;
use crate::domain::remediation::Precondition;
use crate::domain::remediation::plan::Check;

fn signal(service: Option<&str>, comparison: &str, bound: f64) -> Precondition {
    let service = service.map(str::to_owned);
    Precondition::Signal { service, signal: "errors".into(), comparison: comparison.into(), bound }
}

fn requires(require: Vec<Precondition>) -> Remedy {
    Remedy { require, ..remedy(command(&["show"]), Vec::new()) }
}

fn reads(service: &str, value: Option<f64>, level: SignalLevel) -> (String, String, Option<f64>, SignalLevel) {
    (service.into(), "errors".into(), value, level)
}

fn check(precondition: Precondition, signals: &[(String, String, Option<f64>, SignalLevel)]) -> (String, bool) {
    let wish = Wish { signals: signals.to_vec(), ..wish(&[("service", "checkout")]) };
    match House::new().plan(&requires(vec![precondition]), &wish).unwrap().checks.remove(0) {
        Check::Signal { words, holds } => (words, holds),
        Check::Process(process) => panic!("{process:?}"),
    }
}

#[test]
fn a_signal_is_compared_exactly() {
    let now = [reads("checkout", Some(4.7), SignalLevel::Critical), reads("db", Some(0.1), SignalLevel::Ok)];
    assert_eq!(check(signal(None, ">", 1.0), &now), ("checkout errors 4.7, must be > 1".to_owned(), true));
    assert!(!check(signal(Some("db"), ">", 1.0), &now).1);
    for (comparison, holds) in [("<", false), ("<=", true), (">", false), (">=", true), ("==", true), ("!=", false)] {
        assert_eq!(check(signal(None, comparison, 4.7), &now).1, holds, "{comparison}");
    }
}

#[test]
fn what_is_not_known_does_not_hold() {
    for now in [
        vec![],
        vec![reads("checkout", None, SignalLevel::Unknown)],
        vec![reads("checkout", Some(f64::NAN), SignalLevel::Ok)],
        vec![reads("checkout", Some(9.0), SignalLevel::Unknown)],
    ] {
        for comparison in [">", "<", "!="] {
            let (words, holds) = check(signal(None, comparison, 1.0), &now);
            assert!(!holds && words.starts_with("checkout errors is not known"), "{words}");
        }
    }
}

#[test]
fn the_incidents_service_is_never_mistaken_for_another() {
    let house = House::new();
    let both = requires(vec![signal(None, ">", 1.0), signal(Some("db"), "<", 1.0)]);
    let holds = |signals: &[_]| -> Vec<bool> {
        let wish = Wish { signals: signals.to_vec(), ..wish(&[]) };
        let checks = house.plan(&both, &wish).unwrap().checks;
        checks.iter().map(|check| matches!(check, Check::Signal { holds: true, .. })).collect()
    };
    assert_eq!(holds(&[reads("db", Some(0.5), SignalLevel::Ok)]), [false, true]);
    assert_eq!(
        holds(&[reads("db", Some(0.5), SignalLevel::Ok), reads("shop", Some(2.0), SignalLevel::Ok)]),
        [true, true]
    );
    let two = [reads("a", Some(2.0), SignalLevel::Ok), reads("b", Some(2.0), SignalLevel::Ok)];
    assert_eq!(holds(&two), [false, false]);
}

#[test]
fn a_wrong_comparison_is_told_even_if_nothing_is_known() {
    let told = House::new().refusal(&requires(vec![signal(None, "=>", 1.0)]), &wish(&[]));
    assert!(told.contains("'=>' is no comparison"), "{told}");
}

#[test]
fn a_command_is_planned_like_any_other() {
    let house = House::new();
    let plan = house.plan(&requires(vec![Precondition::Command(argv(&["show", "ready"]))]), &wish(&[])).unwrap();
    let Check::Process(call) = &plan.checks[0] else { panic!("{:?}", plan.checks) };
    assert_eq!(call.argv, [house.text("show"), "ready".into()]);
    let told = house.refusal(&requires(vec![Precondition::Command(argv(&["nosuch"]))]), &wish(&[]));
    assert!(told.starts_with("what must hold before: the program nosuch"), "{told}");
}

#[test]
fn the_hash_is_of_what_is_done_and_not_of_what_is_measured() {
    let house = House::new();
    let hash = |remedy: &Remedy, wish: &Wish| house.plan(remedy, wish).unwrap().hash;
    let base = requires(vec![signal(None, ">", 1.0)]);
    let now = |value| Wish {
        signals: vec![reads("checkout", Some(value), SignalLevel::Ok)],
        ..wish(&[("service", "checkout")])
    };
    let first = hash(&base, &now(4.7));
    assert!(first.len() == 64 && first.bytes().all(|byte| byte.is_ascii_hexdigit()), "{first}");
    assert_eq!(first, hash(&base, &now(0.2)));
    assert_eq!(first, hash(&base, &Wish { subject: None, token: 9, ..now(4.7) }));
    let others = [
        requires(vec![signal(None, ">", 2.0)]),
        requires(vec![signal(Some("db"), ">", 1.0)]),
        requires(vec![]),
        Remedy { kind: command(&["show", "a"]), ..base.clone() },
        Remedy { timeout: TimeDelta::minutes(2), ..base.clone() },
        Remedy { confirm: Confirm::None, ..base.clone() },
        Remedy { cwd: "/tmp".into(), ..base.clone() },
        Remedy { verify: Some(argv(&["show"])), ..base.clone() },
        Remedy { origin: Origin::Shipped, ..base.clone() },
    ];
    for other in &others {
        assert_ne!(first, hash(other, &now(4.7)), "{other:?}");
    }
}
