//! The exact command line of every kind.

use super::*;
use crate::domain::remediation::kind::{Recipe, Verb};

fn unit(text: &str) -> Kind {
    Kind::Systemd { verb: Verb::Restart, unit: t(text), user: false }
}

#[test]
fn a_systemd_unit() {
    let house = House::new();
    let restart = remedy(unit("checkout@{x}.service"), anything());
    let said = house.arguments(&restart, &wish(&[("x", "7")]), "systemctl");
    assert_eq!(said, ["--no-ask-password", "--no-pager", "restart", "--", "checkout@7.service"]);
    let own = remedy(Kind::Systemd { verb: Verb::Reload, unit: t("a.socket"), user: true }, Vec::new());
    let plan = house.plan(&own, &wish(&[])).unwrap();
    assert_eq!(process(&plan.run).argv[1..], ["--user", "--no-ask-password", "--no-pager", "reload", "--", "a.socket"]);
    assert_eq!(names(&process(&plan.run).env), ["XDG_RUNTIME_DIR"]);
}

#[test]
fn a_value_makes_no_other_unit() {
    let house = House::new();
    for wrong in ["a b", "*", "a*", "/dev/sda", "../a", "-h", "a;b", "ä", "a[bc]", "", "@a", ".a"] {
        assert!(house.plan(&remedy(unit("{x}"), anything()), &wish(&[("x", wrong)])).is_err(), "{wrong}");
    }
    let told = house.refusal(&remedy(unit("{x}"), anything()), &wish(&[("x", "poweroff.target")]));
    assert!(told.contains("is no service") && told.contains("'{x}.target'"), "{told}");
    assert!(house.plan(&remedy(unit("{x}"), anything()), &wish(&[("x", "checkout.service")])).is_ok());
    assert!(house.plan(&remedy(unit("{x}.timer"), anything()), &wish(&[("x", "checkout")])).is_ok());
}

fn kubectl(recipe: Recipe) -> Remedy {
    let kind =
        Kind::Kubectl { recipe, resource: t("deployment/{x}"), namespace: Some(t("shop")), context: Some("eu".into()) };
    remedy(kind, vec![param("x", pattern(".*")), Param { default: Some("3".into()), ..param("n", pattern(".*")) }])
}

#[test]
fn recipes_of_kubectl_look_before_and_are_followed() {
    let house = House::new();
    let line = |call: &Call| process(call).argv[1..].join(" ");
    let place = "--context=eu --namespace=shop";
    let cases = [
        (Recipe::RolloutRestart, "rollout restart deployment/web", "get deployment/web"),
        (Recipe::RolloutUndo(None), "rollout undo deployment/web", "rollout history deployment/web"),
        (
            Recipe::RolloutUndo(Some(t("{n}"))),
            "rollout undo --to-revision=3 deployment/web",
            "rollout history --revision=3 deployment/web",
        ),
        (
            Recipe::Scale(t("{n}")),
            "scale --replicas=3 deployment/web",
            "scale --dry-run=server --replicas=3 deployment/web",
        ),
    ];
    for (recipe, run, look) in cases {
        let plan = house.plan(&kubectl(recipe), &wish(&[("x", "web")])).unwrap();
        assert_eq!(line(&plan.run), format!("{place} --request-timeout=30s {run}"));
        assert_eq!(line(plan.dry_run.as_ref().unwrap()), format!("{place} --request-timeout=30s {look}"));
        assert_eq!(line(plan.verify.as_ref().unwrap()), format!("{place} rollout status --timeout=60s deployment/web"));
    }
}

#[test]
fn what_is_declared_goes_before_the_recipes_own() {
    let house = House::new();
    let mut restart = kubectl(Recipe::RolloutRestart);
    restart.dry_run = Some(argv(&["show", "{x}"]));
    restart.verify = Some(argv(&["show", "ok"]));
    let plan = house.plan(&restart, &wish(&[("x", "web")])).unwrap();
    assert_eq!(process(plan.dry_run.as_ref().unwrap()).argv, [house.text("show"), "web".into()]);
    assert_eq!(process(plan.verify.as_ref().unwrap()).argv, [house.text("show"), "ok".into()]);
}

#[test]
fn a_value_makes_no_other_resource_and_no_other_number() {
    let house = House::new();
    for wrong in ["a b", "--all", "a/b", "*", "A", "a..b", "-a", "a,b", "a-", "web --all"] {
        assert!(house.plan(&kubectl(Recipe::RolloutRestart), &wish(&[("x", wrong)])).is_err(), "{wrong}");
    }
    for wrong in ["-1", "1 2", "1e3", "0x1", "+1", "9999999999", "1.5", "٣"] {
        assert!(
            house.plan(&kubectl(Recipe::Scale(t("{n}"))), &wish(&[("x", "web"), ("n", wrong)])).is_err(),
            "{wrong}"
        );
    }
}

fn ansible(house: &House) -> Remedy {
    let kind = Kind::Ansible {
        playbook: house.path("site.yml"),
        inventory: Some(house.path("hosts")),
        limit: Some(t("{x}")),
        vars: vec![("who".into(), t("it is {v}")), ("plain".into(), t("{{{{ inventory_hostname }}}}"))],
    };
    remedy(kind, vec![param("x", pattern(".*")), param("v", pattern(".*"))])
}

#[test]
fn a_playbook_is_checked_first() {
    let house = House::new();
    let plan = house.plan(&ansible(&house), &wish(&[("x", "web-7"), ("v", "a \"b\" 'c'")])).unwrap();
    let vars = r#"--extra-vars={"plain":"{{ inventory_hostname }}","who":"it is a \"b\" 'c'"}"#;
    let common = ["-i".to_owned(), house.text("hosts"), "--limit=web-7".into(), vars.into()];
    let argv = &process(&plan.run).argv;
    assert_eq!(argv[1..5], common);
    assert_eq!(argv[5..], [house.text("site.yml")]);
    let dry = &process(plan.dry_run.as_ref().unwrap()).argv;
    assert_eq!(dry[1..5], common);
    assert_eq!(dry[5..], ["--check".into(), "--diff".into(), house.text("site.yml")]);
}

#[test]
fn a_value_is_no_pattern_of_hosts_and_no_template() {
    let house = House::new();
    for wrong in ["all", "*", "a:b", "a,b", "!a", "@/etc/passwd", "a b", "~web.*", "web[0:9]"] {
        assert!(house.plan(&ansible(&house), &wish(&[("x", wrong), ("v", "a")])).is_err(), "{wrong}");
    }
    for wrong in ["{{ lookup('pipe', 'id') }}", "{% x %}", "{# x #}"] {
        let told = house.refusal(&ansible(&house), &wish(&[("x", "a"), ("v", wrong)]));
        assert!(told.contains("as a template"), "{told}");
    }
}

#[test]
fn a_script_is_given_to_its_interpreter_and_finds_its_parameters() {
    let house = House::new();
    let kind = |interpreter: &[&str]| Kind::Script {
        path: house.path("fix.sh"),
        interpreter: interpreter.iter().map(|&word| word.to_owned()).collect(),
        arguments: argv(&["-c", "{x}"]),
    };
    let told = wish(&[("x", "a b")]);
    let with = house.arguments(&remedy(kind(&["sh", "-u"]), anything()), &told, "sh");
    assert_eq!(with, ["-u".into(), house.text("fix.sh"), "-c".into(), "a b".into()]);
    let plan = house.plan(&remedy(kind(&[]), anything()), &told).unwrap();
    assert_eq!(process(&plan.run).argv, [house.text("fix.sh"), "-c".into(), "a b".into()]);
    let found = vec![("MIDWATCH_PARAM_X".to_owned(), EnvValue::Plain("a b".into()))];
    assert_eq!(process(&plan.run).env, found);
    assert!(house.refusal(&remedy(kind(&["ssh", "web"]), anything()), &told).contains("read again"));
    std::fs::remove_file(house.path("fix.sh")).unwrap();
    assert!(house.refusal(&remedy(kind(&["sh"]), anything()), &told).contains("fix.sh is not there"));
}

#[test]
fn a_value_reaches_no_shell_through_an_argument_that_is_code() {
    let house = House::new();
    for words in [
        &["sh", "-c", "restart {x}"] as &[&str],
        &["sh", "-ec", "restart {x}"],
        &["sh", "-c", "{x}"],
        &["sh", "-c", "-e", "{x}"],
        &["/bin/bash", "-lc", "{x}"],
        &["show", "exec", "web", "--", "sh", "-c", "kill {x}"],
        &["show", "-n", "python3.11", "-c", "print('{x}')"],
        &["show", "env", "-S{x}"],
        &["python3", "-cprint({x})"],
        &["ssh", "{x}", "uptime"],
        &["ssh", "web", "sh", "restart {x}"],
    ] {
        let told = house.refusal(&remedy(command(words), anything()), &wish(&[("x", "a")]));
        assert!(told.contains("is read again as code"), "{words:?}: {told}");
    }
    for words in [&["sh", "-c", "echo \"$1\"", "sh", "{x}"] as &[&str], &["sh", "/fix.sh", "{x}"], &["show", "{x}"]] {
        assert!(house.plan(&remedy(command(words), anything()), &wish(&[("x", "a; b")])).is_ok(), "{words:?}");
    }
}
