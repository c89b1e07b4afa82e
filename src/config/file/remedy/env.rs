//! `env`: the variables that a process of a remedy finds; nothing else is handed on.

use crate::config::file::secret::{secret, variable};
use crate::config::inline::POINTS;
use crate::config::reader::Item;
use crate::domain::discreet::names_a_secret;
use crate::domain::remediation::{EnvVar, Kind};
use crate::source::options::SecretRef;

use super::scope::Scope;

/// What is handed on if the file does not say.
const DEFAULT: [&str; 5] = ["PATH", "HOME", "USER", "LOGNAME", "LANG"];

/// Variables that decide what runs: no value may be part of them.
const DECIDING: [&str; 6] = ["PATH", "HOME", "SHELL", "IFS", "ENV", "KUBECONFIG"];

/// The same by their beginnings: those of loaders, interpreters and tools.
const FAMILIES: [&str; 8] = ["BASH_", "LD_", "PYTHON", "PERL5", "RUBY", "NODE_", "ANSIBLE_", "GIT_"];

/// What is handed on to a kind of remedy if the file does not say.
pub(super) fn shipped(kind: &Kind) -> Vec<EnvVar> {
    let own: &[&str] = match kind {
        Kind::Ssh { .. } | Kind::Ansible { .. } => &["SSH_AUTH_SOCK"],
        Kind::Kubectl { .. } => &["KUBECONFIG"],
        // Without it there is no way to the user's own manager.
        Kind::Systemd { user: true, .. } => &["XDG_RUNTIME_DIR"],
        _ => &[],
    };
    DEFAULT.iter().chain(own).map(|name| EnvVar::Inherit((*name).to_owned())).collect()
}

/// Variables, and where the secrets among them are kept.
pub(super) type Variables = (Vec<EnvVar>, Vec<(String, SecretRef)>);

/// The variables, and where the secrets among them are kept.
pub(super) fn variables(item: &Item<'_>, scope: &Scope) -> Option<Variables> {
    let rows = item.list("a list of variables, such as [\"PATH\", { TOKEN = { file = \"token\" } }]")?;
    let (mut variables, mut secrets): (Vec<EnvVar>, Vec<(String, SecretRef)>) = (Vec::new(), Vec::new());
    let mut good = true;
    for row in &rows {
        let pairs = if row.as_text().is_some() {
            vec![variable(row).map(|name| (name, None))]
        } else {
            let Some(table) = row.table("a variable's name, or a table such as { MODE = \"fast\" }") else {
                good = false;
                continue;
            };
            table
                .items()
                .into_iter()
                .map(|(name, value)| is_variable(name, &value).map(|name| (name, Some(value))))
                .collect()
        };
        for pair in pairs {
            let read = pair.filter(|(name, _)| is_ours(row, name, &variables)).and_then(|(name, value)| match value {
                None => Some((EnvVar::Inherit(name), None)),
                Some(value) => set(name, &value, scope),
            });
            good &= read.is_some();
            if let Some((variable, kept)) = read {
                secrets.extend(kept.map(|kept| (name_of(&variable).to_owned(), kept)));
                variables.push(variable);
            }
        }
    }
    good.then_some((variables, secrets))
}

/// The name of a variable.
fn name_of(variable: &EnvVar) -> &str {
    let (EnvVar::Inherit(name) | EnvVar::Set(name, _) | EnvVar::Secret(name)) = variable;
    name
}

fn is_variable(name: &str, value: &Item<'_>) -> Option<String> {
    let letter = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let good = !name.is_empty() && name.chars().all(letter) && !name.starts_with(|c: char| c.is_ascii_digit());
    if !good {
        value.misplaced("this is no name of an environment variable: letters, digits and '_' only");
    }
    good.then(|| name.to_owned())
}

/// Whether a variable may be set here: once, and none of midwatch's own.
fn is_ours(row: &Item<'_>, name: &str, before: &[EnvVar]) -> bool {
    if name.starts_with("MIDWATCH_") {
        row.wrong("variables that begin with MIDWATCH_ are set by midwatch itself");
        return false;
    }
    if before.iter().any(|variable| name_of(variable) == name) {
        row.wrong(&format!("the variable {name} stands here twice"));
        return false;
    }
    true
}

fn set(name: String, value: &Item<'_>, scope: &Scope) -> Option<(EnvVar, Option<SecretRef>)> {
    let lower = name.to_lowercase();
    let points = POINTS.iter().any(|end| lower.ends_with(end));
    if value.is_table() || names_a_secret(&name) && !points {
        return secret(value).map(|kept| (EnvVar::Secret(name), Some(kept)));
    }
    if value.as_text().is_none() {
        return value.takes("text in quotes, or where a secret is kept");
    }
    let template = scope.template(value)?;
    let decides = DECIDING.contains(&name.as_str()) || FAMILIES.iter().any(|family| name.starts_with(family));
    if decides && template.params().next().is_some() {
        value.wrong(&format!("a placeholder cannot be part of {name}, which decides what runs"));
        return None;
    }
    Some((EnvVar::Set(name, template), None))
}
