//! Commands on other machines, with a stand-in for ssh that hands its last argument to a shell, as sshd does.

use super::{home, nothing_ran, only_call, run};
use crate::support::home::Home;
use crate::support::lab::{Lab, rules};

const CONFIG: &str = r#"
[[remedy]]
id = "remote"
cooldown = "0s"
ssh = { host = "{host}", hosts = "web-[0-9]+", user = "ops", port = 2222, command = ["remote-tool", "{note}", "two words", "$HOME", ""] }
params = { host = { from = "label:instance", pattern = "(?s).*" }, note = { pattern = "(?s).*", default = "x" } }
"#;

const SSH: &str = "for last; do :; done\nexec sh -c \"$last\"\n";
const TOOL: &str = "echo 'the other machine did it'\n";

fn far(more: &str) -> Home {
    home(&format!("{more}{CONFIG}"), &[("ssh", SSH), ("remote-tool", TOOL)]).with("SSH_AUTH_SOCK", "/run/agent")
}

#[test]
fn every_argument_arrives_there_as_one_whatever_it_holds() {
    for note in [r#"it's "so" $(touch gone) `id` ; * ~ # \ & | > <"#, "a  b\\", "'", "é ü 漢", "!x"] {
        let home = far("");
        let ran = run(&home, "remote", &["--set", "host=web-1", "--set", &format!("note={note}")]);
        assert_eq!(ran.status, 0, "{note}: {ran:?}");
        assert!(ran.out.contains("the other machine did it"), "{ran:?}");
        assert_eq!(only_call(&home, "remote-tool").argv, [note, "two words", "$HOME", ""]);
        assert!(!home.path("gone").exists());
    }
}

#[test]
fn a_value_is_no_option_of_the_program_there() {
    let home = far("");
    let ran = run(&home, "remote", &["--set", "host=web-1", "--set", "note=-rf"]);
    assert_eq!(ran.status, 1, "{ran:?}");
    assert!(ran.err.contains("taken for an option"), "{ran:?}");
    nothing_ran(&home);
}

#[test]
fn ssh_asks_nothing_forwards_nothing_and_gets_one_host() {
    let home = far("");
    assert_eq!(run(&home, "remote", &["--set", "host=web-12"]).status, 0);
    let call = only_call(&home, "ssh");
    let options: Vec<&str> = call.argv.iter().map(String::as_str).collect();
    for option in ["BatchMode=yes", "StrictHostKeyChecking=yes", "ForwardAgent=no", "PermitLocalCommand=no"] {
        assert!(options.windows(2).any(|pair| pair == ["-o", option]), "{option}: {options:?}");
    }
    let behind = options.len() - 7;
    assert_eq!(options[behind..options.len() - 1], ["-p", "2222", "-l", "ops", "--", "web-12"]);
    let names: Vec<&str> = call.env.keys().map(String::as_str).collect();
    assert_eq!(names, ["HOME", "LANG", "PATH", "SSH_AUTH_SOCK", "USER"]);
}

#[test]
fn a_host_that_is_not_allowed_is_refused() {
    let home = far("");
    for host in ["db-1", "web-1.evil.example", "web-", "-oProxyCommand=x", "root@web-1", "web-1 web-2", "web-1\nx", ""]
    {
        let ran = run(&home, "remote", &["--set", &format!("host={host}")]);
        assert_eq!(ran.status, 1, "{host}: {ran:?}");
    }
    let told = run(&home, "remote", &["--set", "host=db-1"]);
    assert!(told.err.contains("web-[0-9]+") && told.err.contains("db-1"), "{told:?}");
    nothing_ran(&home);
}

#[test]
fn a_label_decides_no_host_that_is_not_allowed() {
    let Some(lab) = Lab::with_alerting() else { return };
    let am = lab.alertmanager();
    let label = |instance| [("service", "checkout"), ("severity", "critical"), ("instance", instance)];
    let (good, bad) = (label("web-3"), label("db-1 -oProxyCommand=x"));
    let fires = rules(&[("WebDown", "vector(1)", &good), ("DbDown", "vector(1)", &bad)]);
    let _prometheus = lab.prometheus(&fires, &[&am], None);
    am.wait_for_alert("WebDown");
    am.wait_for_alert("DbDown");
    let source = format!("[[source]]\nname = \"am\"\nkind = \"alertmanager\"\nurl = \"{}\"\n", am.api.url());
    let home = far(&source);
    // One incident of both would share no instance: nothing is guessed then.
    let grouped = format!("operator = {{ name = \"ana\" }}\ngroup_by = [\"alertname\"]\n{source}{CONFIG}");
    home.write("config/midwatch/config.toml", &grouped);
    let refused = run(&home, "remote", &["--for", "DbDown"]);
    assert_eq!(refused.status, 1, "{refused:?}");
    nothing_ran(&home);
    let ran = run(&home, "remote", &["--for", "WebDown"]);
    assert_eq!(ran.status, 0, "{ran:?}");
    assert!(only_call(&home, "ssh").argv.contains(&"web-3".to_owned()));
}
