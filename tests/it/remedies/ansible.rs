//! Playbooks of Ansible, with a stand-in that notes how it was called.

use serde_json::{Value, json};

use super::{home, nothing_ran, only_call, run};
use crate::support::home::Home;

const CONFIG: &str = r#"
[[remedy]]
id = "mend"
ansible = { playbook = "mend.yml", inventory = "hosts", limit = "{host}", vars = { note = "{note}", fixed = "a {{b}} c" } }
cooldown = "0s"
params = { host = { pattern = "(?s).*" }, note = { pattern = "(?s).*" } }
"#;

/// What a value may hold that a shell or a reader of JSON would take for its own.
const HOSTILE: &str = r#"x' "y" }, {"a": 1} $(touch gone) `id` ; -e @/etc/passwd = \ é"#;

fn machines() -> Home {
    let home = home(CONFIG, &[("ansible-playbook", "echo 'ok=3 changed=1'\n")]);
    home.write("config/midwatch/mend.yml", "- hosts: all\n");
    home.write("config/midwatch/hosts", "web-1\n");
    home
}

#[test]
fn a_playbook_gets_its_limit_and_its_variables_as_they_are() {
    let home = machines();
    let ran = run(&home, "mend", &["--set", "host=web-1", "--set", &format!("note={HOSTILE}")]);
    assert_eq!(ran.status, 0, "{ran:?}");
    assert!(ran.out.contains("ok=3 changed=1"), "{ran:?}");
    let call = only_call(&home, "ansible-playbook");
    let [inventory, hosts, limit, vars, playbook] = call.argv.as_slice() else { panic!("{call:?}") };
    assert_eq!((inventory.as_str(), limit.as_str()), ("-i", "--limit=web-1"));
    assert_eq!(*hosts, home.path("config/midwatch/hosts").display().to_string());
    assert_eq!(*playbook, home.path("config/midwatch/mend.yml").display().to_string());
    let vars: Value = serde_json::from_str(vars.strip_prefix("--extra-vars=").expect("variables")).expect("JSON");
    assert_eq!(vars, json!({ "note": HOSTILE, "fixed": "a {b} c" }));
}

#[test]
fn its_dry_run_checks_and_shows_the_difference() {
    let home = machines();
    let set = ["--set", "host=web-1", "--set", "note=x"];
    let arguments = [&["remedy", "run", "mend"], &set[..], &["--dry-run"]].concat();
    let seen = home.run(&arguments);
    assert_eq!(seen.status, 0, "{seen:?}");
    nothing_ran(&home);
    let tried = home.run(&[&arguments[..], &["--try"]].concat());
    assert_eq!(tried.status, 0, "{tried:?}");
    let argv = only_call(&home, "ansible-playbook").argv;
    assert_eq!(argv[4..6], ["--check", "--diff"], "{argv:?}");
    assert_eq!(argv.len(), 7, "{argv:?}");
}

#[test]
fn a_limit_is_one_host_and_a_variable_no_template() {
    let home = machines();
    for host in ["all", "web-1,web-2", "web-*", "!web-1", "@hosts", "", "web 1", "-K"] {
        let ran = run(&home, "mend", &["--set", &format!("host={host}"), "--set", "note=x"]);
        assert_eq!(ran.status, 1, "{host}: {ran:?}");
    }
    for note in ["{{ lookup('pipe', 'id') }}", "{% raw %}", "{# x #}"] {
        let ran = run(&home, "mend", &["--set", "host=web-1", "--set", &format!("note={note}")]);
        assert_eq!(ran.status, 1, "{note}: {ran:?}");
        assert!(ran.err.contains("template"), "{ran:?}");
    }
    nothing_ran(&home);
}
