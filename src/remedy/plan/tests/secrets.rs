//! A typed secret reaches the child, and nobody else.

use proptest::prelude::*;

use super::*;

fn asks(words: &[&str]) -> Remedy {
    remedy(command(words), vec![Param { label: None, ..param("pin", ParamKind::Secret) }])
}

#[test]
fn it_is_a_variable_of_the_child() {
    let house = House::new();
    let plan = house.plan(&asks(&["show"]), &with_secret("pin", "hunter2")).unwrap();
    assert_eq!(process(&plan.run).env, [("MIDWATCH_PARAM_PIN".to_owned(), EnvValue::Typed(Hidden::new("hunter2")))]);
    assert_eq!(plan.values, [("pin".to_owned(), "‹hidden›".to_owned())]);
    assert_eq!(plan.target, "-");
}

#[test]
fn it_stands_in_no_argument_no_address_and_no_target() {
    let house = House::new();
    let mut target = asks(&["show"]);
    target.target = Some(t("{pin}"));
    let mut env = asks(&["show"]);
    env.env = vec![crate::domain::remediation::EnvVar::Set("PIN".into(), t("{pin}"))];
    let mut verify = asks(&["show"]);
    verify.verify = Some(argv(&["show", "{pin}"]));
    for remedy in [asks(&["show", "{pin}"]), asks(&["show", "--pin={pin}"]), target, env, verify] {
        let told = house.refusal(&remedy, &with_secret("pin", "hunter2"));
        assert!(
            told.contains("is a secret") && told.contains("MIDWATCH_PARAM_PIN") && !told.contains("hunter2"),
            "{told}"
        );
    }
}

#[test]
fn it_is_typed_where_it_is_asked_for_and_nowhere_else() {
    let house = House::new();
    assert!(house.refusal(&asks(&["show"]), &wish(&[("pin", "from-a-label")])).contains("pin is missing; type it"));
    let told = house.refusal(&asks(&["show"]), &typed(&[("pin", "hunter2")]));
    assert!(told.contains("is a secret") && !told.contains("hunter2"), "{told}");
    assert!(house.refusal(&asks(&["show"]), &with_secret("pine", "hunter2")).contains("no parameter 'pine'"));
}

#[test]
fn it_is_never_shown_and_changes_nothing_that_is() {
    let house = House::new();
    let plan = |secret: &str| house.plan(&asks(&["show", "a"]), &with_secret("pin", secret)).unwrap();
    proptest!(|(secret in "[!-~]{12,40}", other in "[!-~]{12,40}")| {
        let made = plan(&secret);
        let told = format!("{made:?} {} {}", made.run.words(), serde_json::to_string(&made).unwrap());
        prop_assert!(!told.contains(&secret));
        prop_assert_eq!(&made.hash, &plan(&other).hash);
    });
}
