//! What a remedy may say, and how its mistakes are told.

mod mistakes;
mod safety;

use std::path::Path;

use chrono::TimeDelta;

use crate::config::machine::tests::bastion;
use crate::config::{Diagnostic, Settings, file};
use crate::domain::remediation::kind::{Body, Dialect, Recipe, Verb};
use crate::domain::remediation::param::ParamKind;
use crate::domain::remediation::{Confirm, EnvVar, Kind, Origin, Precondition, Remedy, RemedyId, Template};
use crate::source::options::{Auth, HeaderValueFrom, SecretRef};

const FILE: &str = "/etc/midwatch/config.toml";

fn load(text: &str) -> (Settings, Vec<Diagnostic>) {
    let (settings, mut found) = file::read(Path::new(FILE), text, &bastion(), &[]);
    crate::config::diagnostic::sort(&mut found);
    (settings, found)
}

fn good(text: &str) -> Settings {
    let (settings, found) = load(text);
    assert_eq!(found, [], "{text}");
    settings
}

/// Everything that is said about a text, without the folder.
fn told(text: &str) -> Vec<String> {
    load(text).1.iter().map(|found| found.to_string().replace("/etc/midwatch/", "")).collect()
}

/// A remedy with these lines, and a parameter `x`.
fn remedy(lines: &str) -> String {
    format!("[[remedy]]\nid = 'a'\n{lines}\n[remedy.params.x]\n")
}

fn find<'a>(settings: &'a Settings, id: &str) -> &'a Remedy {
    settings.remedies.iter().find(|remedy| remedy.id.as_str() == id).unwrap()
}

fn sources(argv: &[Template]) -> Vec<&str> {
    argv.iter().map(Template::source).collect()
}

#[test]
fn a_whole_remedy_is_read() {
    let settings = good(include_str!("tests/kinds.toml"));
    let remedy = find(&settings, "restart-checkout");
    let Kind::Command(command) = &remedy.kind else { panic!("{remedy:?}") };
    // A program with a slash belongs to the folder of the file; arguments are as written, empty ones too.
    assert_eq!(sources(command), ["/etc/midwatch/bin/restart", "checkout@{instance}", "", "{{raw}}"]);
    assert_eq!(sources(remedy.verify.as_deref().unwrap()), ["systemctl", "is-active", "checkout@{instance}"]);
    assert_eq!((remedy.matchers.len(), remedy.environments.len()), (2, 2));
    assert_eq!((remedy.confirm, remedy.approvals), (Confirm::Ask, 1));
    let spans = [remedy.cooldown, remedy.timeout, remedy.grace, remedy.watch].map(|span| span.num_seconds());
    assert_eq!(spans, [600, 90, 2, 300]);
    assert_eq!(remedy.cwd, Path::new("/etc/midwatch/work"));
    assert!(
        matches!(&remedy.require[1], Precondition::Signal { comparison, bound, .. } if comparison == ">" && (*bound - 0.01).abs() < 1e-9)
    );
    assert_eq!(
        (remedy.exits[&3].ok, remedy.exits[&4].ok, remedy.exits[&4].words.as_str()),
        (true, false, "the unit does not exist")
    );
    let auto = remedy.auto.as_ref().unwrap();
    assert_eq!((auto.max, auto.within, auto.failures, auto.only_if.len()), (3, TimeDelta::hours(1), 3, 1));
    assert_eq!(remedy.origin, Origin::File(FILE.into()));
    assert!(remedy.help.contains("{{ and }}"));
}

#[test]
fn secrets_are_kept_beside_the_remedies_as_where_they_are() {
    let settings = good(include_str!("tests/kinds.toml"));
    let env = &find(&settings, "restart-checkout").env;
    let [EnvVar::Inherit(path), EnvVar::Secret(token), EnvVar::Set(mode, fast)] = &env[..] else { panic!("{env:?}") };
    assert_eq!([path.as_str(), token, mode, fast.source()], ["PATH", "TOKEN", "MODE", "fast-{instance}"]);
    let key = (RemedyId::new("restart-checkout"), "TOKEN".to_owned());
    assert_eq!(settings.remedy_secrets[&key], SecretRef::File("/etc/midwatch/token".into()));
    let access = &settings.remedy_access[&RemedyId::new("call")];
    assert_eq!(access.urls, ["https://ci.example:8443"]);
    assert!(matches!(&access.auth, Auth::Header { value: SecretRef::Command(argv), .. } if argv.len() == 3));
    assert_eq!(access.headers["X-Token"], HeaderValueFrom::Secret(SecretRef::Env("CI_TOKEN".into())));
    assert_eq!(settings.remedy_access.len(), 1);
}

#[test]
fn the_other_kinds_are_read() {
    let settings = good(include_str!("tests/kinds.toml"));
    let Kind::Script { path, interpreter, arguments } = &find(&settings, "fix").kind else { panic!() };
    assert_eq!((path.as_path(), interpreter.len(), arguments.len()), (Path::new("/etc/midwatch/fix.sh"), 2, 3));
    let names: Vec<&str> = find(&settings, "fix").params.iter().map(|param| &*param.name).collect();
    assert_eq!(names, ["zone", "count", "wait", "password"], "in the order of the file");
    assert_eq!(find(&settings, "fix").params[1].default.as_deref(), Some("3"));
    assert_eq!(find(&settings, "fix").params[0].kind, ParamKind::Choice(vec!["a".into(), "b".into()]));
    let Kind::Ssh { hosts, user, port, .. } = &find(&settings, "far").kind else { panic!() };
    assert_eq!((hosts.text(), user.as_deref(), *port), ("web-[0-9]+", Some("ops"), Some(2222)));
    let Kind::Ssh { hosts, .. } = &find(&settings, "near").kind else { panic!() };
    assert!(hosts.holds("db.example") && !hosts.holds("dbxexample"), "a host that is written is the only one");
    let Kind::Http(http) = &find(&settings, "call").kind else { panic!() };
    assert_eq!(
        (http.dialect, http.method.as_str(), http.expect.as_slice()),
        (Dialect::Rundeck, "PUT", &[202, 200][..])
    );
    assert_eq!(http.headers.len(), 1, "secret ones are not among them");
    let Some(Body::Object(rows)) = &http.body else { panic!() };
    let Body::List(list) = &rows[1].1 else { panic!("{rows:?}") };
    assert_eq!(&list[..3], ["1", "2.5", "true"].map(|plain| Body::Plain(plain.into())));
    assert!(matches!(find(&settings, "unit").kind, Kind::Systemd { verb: Verb::Reload, user: true, .. }));
    let Kind::Kubectl { recipe: Recipe::RolloutUndo(Some(revision)), .. } = &find(&settings, "undo").kind else {
        panic!()
    };
    assert_eq!(revision.source(), "3");
    assert!(
        matches!(&find(&settings, "scale").kind, Kind::Kubectl { recipe: Recipe::Scale(n), .. } if n.source() == "{n}")
    );
    let Kind::Ansible { inventory, vars, .. } = &find(&settings, "play").kind else { panic!() };
    assert_eq!((inventory.as_deref(), vars.len()), (Some(Path::new("/etc/midwatch/hosts")), 2));
}

#[test]
fn what_is_not_said_is_careful() {
    let settings = good("[[remedy]]\nid = 'a'\ncommand = ['true']\n");
    let remedy = find(&settings, "a");
    assert_eq!((remedy.title.as_str(), remedy.confirm, remedy.approvals), ("a", Confirm::Type, 1));
    let spans = [remedy.cooldown, remedy.timeout, remedy.grace, remedy.watch].map(|span| span.num_seconds());
    assert_eq!(spans, [60, 60, 5, 600]);
    assert_eq!((remedy.cwd.as_path(), remedy.auto.is_none(), remedy.target.is_none()), (Path::new("/"), true, true));
    assert_eq!(settings.file, None, "a text alone is no file whose owner could be looked at");
}

#[test]
fn the_environment_is_what_the_kind_needs_and_no_more() {
    let names = |lines: &str| -> Vec<String> {
        let settings = good(&format!("[[remedy]]\nid = 'a'\n{lines}\n"));
        let name = |variable: &EnvVar| match variable {
            EnvVar::Inherit(name) => name.clone(),
            other => panic!("{other:?}"),
        };
        find(&settings, "a").env.iter().map(name).collect()
    };
    let shipped = ["PATH", "HOME", "USER", "LOGNAME", "LANG"];
    assert_eq!(names("command = ['true']"), shipped);
    assert_eq!(names("command = ['true']\nenv = []"), [""; 0]);
    assert_eq!(names("command = ['true']\nenv = ['TZ']"), ["TZ"]);
    for (lines, own) in [
        ("ssh = { host = 'a', command = ['true'] }", "SSH_AUTH_SOCK"),
        ("ansible = { playbook = 'a.yml' }", "SSH_AUTH_SOCK"),
        ("kubectl = { rollout_restart = 'deployment/a' }", "KUBECONFIG"),
        ("systemd = { start = 'a', user = true }", "XDG_RUNTIME_DIR"),
    ] {
        assert_eq!(names(lines), [&shipped[..], &[own]].concat(), "{lines}");
    }
}

#[test]
fn what_it_names_on_disk_is_handed_on_to_be_looked_for() {
    let text = include_str!("tests/kinds.toml");
    let reading = file::reading(Path::new(FILE), text, &bastion(), &[]);
    let mut paths: Vec<String> =
        reading.mentions.iter().map(|mention| mention.path.to_string_lossy().replace("/etc/midwatch/", "")).collect();
    paths.sort();
    assert_eq!(paths, ["fix.sh", "fix.yml", "hosts", "token", "work"]);
    assert!(reading.mentions.iter().all(|mention| !mention.missing.is_error() && mention.missing.position.is_some()));
}
