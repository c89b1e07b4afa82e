//! Recipes of kubectl, with a stand-in that notes how it was called.

use super::{calls, home, nothing_ran, only_call, run};
use crate::support::home::Home;

const CONFIG: &str = r#"
[[remedy]]
id = "restart"
kubectl = { rollout_restart = "deployment/{name}", namespace = "{namespace}", context = "prod-eu" }
timeout = "40s"
cooldown = "0s"
params = { name = { pattern = "[a-z-]{1,20}" }, namespace = { pattern = "\\S*" } }
[[remedy]]
id = "undo"
kubectl = { rollout_undo = "statefulset/{name}", revision = "{revision}" }
cooldown = "0s"
params = { name = { pattern = "[a-z-]{1,20}" }, revision = { type = "number", whole = true, min = 1 } }
[[remedy]]
id = "scale"
kubectl = { scale = "deployment/checkout", replicas = "{replicas}" }
cooldown = "0s"
params = { replicas = { type = "number", whole = true, min = 1, max = 9 } }
"#;

/// Ends with 1 where it is to follow a rollout and the file `stuck` is there.
const KUBECTL: &str = r#"echo "kubectl was called"
case " $* " in *" rollout status "*) [ ! -e "$here/stuck" ] || { echo 'it does not come up' >&2; exit 1; } ;; esac
"#;

fn cluster() -> Home {
    home(CONFIG, &[("kubectl", KUBECTL)]).with("KUBECONFIG", "/etc/kube/prod").with("AWS_SESSION_TOKEN", "not for it")
}

#[test]
fn a_rollout_is_restarted_in_its_place_and_followed() {
    let home = cluster();
    let ran = run(&home, "restart", &["--set", "name=checkout", "--set", "namespace=shop"]);
    assert_eq!(ran.status, 0, "{ran:?}");
    assert!(ran.out.contains("kubectl was called"), "{ran:?}");
    let calls = calls(&home, "kubectl");
    let said: Vec<String> = calls.iter().map(|call| call.argv.join(" ")).collect();
    assert_eq!(
        said,
        [
            "--context=prod-eu --namespace=shop --request-timeout=30s rollout restart deployment/checkout",
            "--context=prod-eu --namespace=shop rollout status --timeout=40s deployment/checkout",
        ]
    );
    for call in &calls {
        assert_eq!(call.cwd, "/");
        let names: Vec<&str> = call.env.keys().map(String::as_str).collect();
        assert_eq!(names, ["HOME", "KUBECONFIG", "LANG", "PATH", "USER"], "nothing else is handed on");
        assert_eq!(call.env["KUBECONFIG"], "/etc/kube/prod");
    }
}

#[test]
fn a_rollout_that_does_not_come_up_is_no_success() {
    let home = cluster();
    home.write("stuck", "");
    let ran = run(&home, "restart", &["--set", "name=checkout", "--set", "namespace=shop"]);
    assert_eq!(ran.status, 3, "{ran:?}");
    assert!(ran.err.contains("ran, but not verified") && ran.err.contains("it does not come up"), "{ran:?}");
}

#[test]
fn an_undo_names_its_revision_and_a_scale_its_replicas() {
    let home = cluster();
    assert_eq!(run(&home, "undo", &["--set", "name=db", "--set", "revision=7"]).status, 0);
    assert_eq!(run(&home, "scale", &["--set", "replicas=3"]).status, 0);
    let said: Vec<String> = calls(&home, "kubectl").iter().map(|call| call.argv.join(" ")).collect();
    assert_eq!(
        said,
        [
            "--request-timeout=30s rollout undo --to-revision=7 statefulset/db",
            "rollout status --timeout=60s statefulset/db",
            "--request-timeout=30s scale --replicas=3 deployment/checkout",
            "rollout status --timeout=60s deployment/checkout",
        ]
    );
}

#[test]
fn a_dry_run_starts_nothing_and_a_try_only_looks() {
    let home = cluster();
    let seen = home.run(&["remedy", "run", "scale", "--set", "replicas=3", "--dry-run"]);
    assert_eq!(seen.status, 0, "{seen:?}");
    assert!(seen.out.contains("\"--replicas=3\"") && seen.out.contains("KUBECONFIG"), "{seen:?}");
    nothing_ran(&home);
    let tried = home.run(&["remedy", "run", "scale", "--set", "replicas=3", "--dry-run", "--try"]);
    assert_eq!(tried.status, 0, "{tried:?}");
    assert!(tried.out.contains("kubectl was called") || tried.err.contains("kubectl was called"), "{tried:?}");
    let argv = only_call(&home, "kubectl").argv;
    assert_eq!(argv, ["--request-timeout=30s", "scale", "--dry-run=server", "--replicas=3", "deployment/checkout"]);
}

#[test]
fn no_value_is_an_option_or_another_resource() {
    let home = cluster();
    for namespace in ["--all", "-A", "shop/other", "a,b", "", "x=y", "Shop", "a.b"] {
        let set = format!("namespace={namespace}");
        let ran = run(&home, "restart", &["--set", "name=checkout", "--set", &set]);
        assert_eq!(ran.status, 1, "{namespace}: {ran:?}");
    }
    let (undo, scale) = (["--set", "name=db", "--set"], ["--set"]);
    let wrong: [(&str, &[&str], &str); 4] = [
        ("undo", &undo, "revision=0"),
        ("undo", &undo, "revision=1.5"),
        ("scale", &scale, "replicas=10"),
        ("scale", &scale, "replicas=-1"),
    ];
    for (id, before, set) in wrong {
        let ran = run(&home, id, &[before, &[set]].concat());
        assert_eq!(ran.status, 1, "{set}: {ran:?}");
    }
    nothing_ran(&home);
}
