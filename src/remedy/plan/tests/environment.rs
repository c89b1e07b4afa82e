//! A child's environment: what is listed, and nothing else.

use super::*;
use crate::domain::remediation::EnvVar;
use crate::domain::remediation::kind::Recipe;

fn with(env: Vec<EnvVar>) -> Remedy {
    Remedy { env, ..remedy(command(&["show", "{x}"]), anything()) }
}

fn set(name: &str, value: &str) -> EnvVar {
    EnvVar::Set(name.into(), t(value))
}

#[test]
fn only_what_is_listed_and_in_its_way() {
    let house = House::new();
    let listed = vec![EnvVar::Inherit("LANG".into()), set("REGION", "eu-{x}"), EnvVar::Secret("TOKEN".into())];
    let plan = house.plan(&with(listed), &wish(&[("x", "1"), ("HOME", "/evil")])).unwrap();
    let env = &process(&plan.run).env;
    let wanted =
        [("LANG", EnvValue::Inherited), ("REGION", EnvValue::Plain("eu-1".into())), ("TOKEN", EnvValue::Secret)];
    assert_eq!(*env, wanted.map(|(name, value)| (name.to_owned(), value)));
    let plan = house.plan(&with(Vec::new()), &wish(&[("x", "1")])).unwrap();
    assert!(process(&plan.run).env.is_empty());
}

#[test]
fn a_value_sets_no_variable_that_decides_what_runs() {
    let house = House::new();
    for name in [
        "PATH",
        "LD_PRELOAD",
        "LD_LIBRARY_PATH",
        "DYLD_INSERT_LIBRARIES",
        "BASH_ENV",
        "ENV",
        "IFS",
        "SHELLOPTS",
        "PYTHONSTARTUP",
        "PERL5OPT",
        "NODE_OPTIONS",
        "HOME",
        "KUBECONFIG",
        "GIT_SSH_COMMAND",
        "EDITOR",
        "ANSIBLE_CONFIG",
        "RUBYOPT",
    ] {
        let told = house.refusal(&with(vec![set(name, "{x}")]), &wish(&[("x", "a")]));
        assert!(told.contains(name) && told.contains("decides what runs"), "{told}");
        assert!(house.plan(&with(vec![set(name, "/fixed")]), &wish(&[("x", "a")])).is_ok(), "{name}");
    }
}

#[test]
fn names_are_names_and_stand_once() {
    let house = House::new();
    for wrong in ["", "1A", "A B", "A=B", "A-B", "Ä", "A\0"] {
        assert!(house.plan(&with(vec![EnvVar::Inherit(wrong.into())]), &wish(&[("x", "a")])).is_err(), "{wrong:?}");
    }
    assert!(
        house.refusal(&with(vec![set("A", "1"), EnvVar::Secret("A".into())]), &wish(&[("x", "a")])).contains("twice")
    );
    assert!(house.plan(&with(vec![set("MIDWATCH_PARAM_X", "1")]), &wish(&[("x", "a")])).is_err());
}

#[test]
fn a_kind_has_what_it_cannot_do_without_unless_it_is_listed() {
    let house = House::new();
    let kind =
        Kind::Kubectl { recipe: Recipe::RolloutRestart, resource: t("deployment/web"), namespace: None, context: None };
    let mut restart = remedy(kind, Vec::new());
    let env = |remedy: &Remedy| process(&house.plan(remedy, &wish(&[])).unwrap().run).env.clone();
    assert_eq!(names(&env(&restart)), ["HOME", "KUBECONFIG"]);
    restart.env = vec![set("KUBECONFIG", "/etc/kube")];
    assert_eq!(names(&env(&restart)), ["KUBECONFIG", "HOME"]);
    assert_eq!(env(&restart)[0].1, EnvValue::Plain("/etc/kube".into()));
}
