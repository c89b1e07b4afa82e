//! Plans as an operator asks for them, and as an attacker would: a stand-in folder of programs, remedies of every kind.

mod checks;
mod environment;
mod hostile;
mod http;
mod kinds;
mod remote;
mod secrets;
mod steps;
mod steps_hostile;
mod values;

use std::collections::BTreeMap;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;

use chrono::TimeDelta;

use super::Machine;
use crate::domain::Labels;
use crate::domain::remediation::param::ParamKind;
use crate::domain::remediation::pattern::Pattern;
use crate::domain::remediation::plan::{Call, EnvValue, ProcessCall};
use crate::domain::remediation::wish::What;
use crate::domain::remediation::{Confirm, Hidden, Kind, Origin, Param, Plan, Remedy, RemedyId, Template, Wish};
use crate::domain::runbook::Step;
use crate::domain::runbook::document::Runs;

/// A folder of programs and files, and a machine that finds them.
struct House {
    folder: tempfile::TempDir,
    machine: Machine,
}

/// Prints its arguments, each with a NUL behind it.
const SHOW: &str = "#!/bin/sh\nfor argument; do printf '%s\\0' \"$argument\"; done\n";

impl House {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let names =
            ["systemctl", "kubectl", "ansible-playbook", "ssh", "sh", "python3", "show", "site.yml", "hosts", "fix.sh"];
        for name in names {
            let path = folder.path().join(name);
            let text = if name == "sh" { "#!/bin/sh\nexec /bin/sh \"$@\"\n" } else { SHOW };
            std::fs::write(&path, text).unwrap();
            std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
        }
        let machine = Machine { environment: Some("prod-eu".into()), path: vec![folder.path().to_owned()] };
        Self { folder, machine }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn text(&self, name: &str) -> String {
        self.path(name).to_str().unwrap().to_owned()
    }

    fn plan(&self, remedy: &Remedy, wish: &Wish) -> Result<Plan, String> {
        super::remedy(remedy, wish, &self.machine)
    }

    /// The arguments behind the program, which must be this one.
    fn arguments(&self, remedy: &Remedy, wish: &Wish, program: &str) -> Vec<String> {
        let argv = process(&self.plan(remedy, wish).unwrap().run).argv.clone();
        assert_eq!(argv[0], self.text(program));
        argv[1..].to_vec()
    }

    fn refusal(&self, remedy: &Remedy, wish: &Wish) -> String {
        self.plan(remedy, wish).unwrap_err()
    }
}

fn t(text: &str) -> Template {
    Template::parse(text).unwrap()
}

fn argv(words: &[&str]) -> Vec<Template> {
    words.iter().map(|word| t(word)).collect()
}

fn command(words: &[&str]) -> Kind {
    Kind::Command(argv(words))
}

fn pattern(text: &str) -> ParamKind {
    ParamKind::Text(Pattern::new(text).unwrap())
}

/// A parameter that takes the value of the label of its name.
fn param(name: &str, kind: ParamKind) -> Param {
    Param { name: name.into(), kind, label: Some(name.into()), default: None, help: String::new() }
}

/// A parameter `x` that takes everything that any parameter takes.
fn anything() -> Vec<Param> {
    vec![param("x", pattern("(?s).*"))]
}

fn remedy(kind: Kind, params: Vec<Param>) -> Remedy {
    Remedy {
        id: RemedyId::new("restart-checkout"),
        title: "Restart one checkout instance".into(),
        help: String::new(),
        matchers: Vec::new(),
        environments: Vec::new(),
        kind,
        dry_run: None,
        verify: None,
        require: Vec::new(),
        confirm: Confirm::Type,
        approvals: 1,
        cooldown: TimeDelta::minutes(10),
        timeout: TimeDelta::minutes(1),
        grace: TimeDelta::seconds(10),
        watch: TimeDelta::minutes(10),
        target: None,
        params,
        env: Vec::new(),
        cwd: "/".into(),
        exits: BTreeMap::new(),
        auto: None,
        origin: Origin::File("/etc/midwatch/config.toml".into()),
    }
}

fn labels(pairs: &[(&str, &str)]) -> Labels {
    pairs.iter().copied().collect()
}

fn wish(pairs: &[(&str, &str)]) -> Wish {
    Wish {
        token: 1,
        what: What::Remedy(RemedyId::new("restart-checkout")),
        incident: None,
        subject: Some("CheckoutErrorsHigh".into()),
        labels: labels(pairs),
        values: BTreeMap::new(),
        secrets: BTreeMap::new(),
        signals: Vec::new(),
        auto: false,
    }
}

fn typed(pairs: &[(&str, &str)]) -> Wish {
    let values = pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    Wish { values, ..wish(&[]) }
}

fn with_secret(name: &str, value: &str) -> Wish {
    Wish { secrets: BTreeMap::from([(name.to_owned(), Hidden::new(value))]), ..wish(&[]) }
}

fn step_wish(shell: &str, text: &str, pairs: &[(&str, &str)]) -> Wish {
    let step = Step {
        number: 2,
        runs: Runs::Shell(shell.into()),
        under: "Mitigate".into(),
        text: text.into(),
        key: "0123456789abcdef".into(),
        shown: Vec::new(),
    };
    Wish { what: What::Step("/books/checkout.md".into(), Box::new(step)), ..wish(pairs) }
}

fn process(call: &Call) -> &ProcessCall {
    match call {
        Call::Process(process) => process,
        Call::Http(http) => panic!("{http:?} is no process"),
    }
}

fn names(env: &[(String, EnvValue)]) -> Vec<&str> {
    env.iter().map(|(name, _)| name.as_str()).collect()
}
