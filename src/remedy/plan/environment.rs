//! The environment of a child: what the remedy lists, what its kind cannot do without, its parameters. Nothing else.

use crate::domain::remediation::plan::EnvValue;
use crate::domain::remediation::template::is_name;
use crate::domain::remediation::{EnvVar, Kind, Remedy};

use super::values::Values;

/// Variables that decide which program runs, which code it loads or what it reads first: no value from outside may
/// set one. An entry that ends with `*` is a beginning.
const DECIDING: &[&str] = &[
    "LD_*",
    "DYLD_*",
    "MIDWATCH_*",
    "GIT_*",
    "PYTHON*",
    "PERL*",
    "RUBY*",
    "NODE_*",
    "NPM_*",
    "ANSIBLE_*",
    "BASH*",
    "LUA_*",
    "JAVA_*",
    "JDK_*",
    "_JAVA_*",
    "SSH_*",
    "SUDO_*",
    "LESS*",
    "DOTNET_*",
    "GCONV_*",
    "MALLOC_*",
    "GLIBC_*",
    "XDG_*",
    "SYSTEMD_*",
    "PATH",
    "HOME",
    "SHELL",
    "ENV",
    "IFS",
    "SHELLOPTS",
    "KSHOPTS",
    "ZDOTDIR",
    "FPATH",
    "CDPATH",
    "PS0",
    "PS1",
    "PS2",
    "PS4",
    "PROMPT_COMMAND",
    "GLOBIGNORE",
    "EDITOR",
    "VISUAL",
    "PAGER",
    "MANPAGER",
    "BROWSER",
    "KUBECONFIG",
    "KUBE_EDITOR",
    "DOCKER_HOST",
    "DOCKER_CONFIG",
    "CLASSPATH",
    "PHPRC",
    "PHP_INI_SCAN_DIR",
    "NLSPATH",
    "LOCPATH",
    "HOSTALIASES",
    "RES_OPTIONS",
    "TERMINFO",
    "TERMCAP",
    "TMPDIR",
    "OPENSSL_CONF",
    "CURL_HOME",
    "AWKPATH",
    "MAKEFLAGS",
];

/// What a kind needs of midwatch's own environment to work at all: where keys and configuration lie.
fn own(kind: &Kind) -> &'static [&'static str] {
    match kind {
        Kind::Ssh { .. } => &["HOME", "SSH_AUTH_SOCK"],
        Kind::Kubectl { .. } => &["HOME", "KUBECONFIG"],
        Kind::Ansible { .. } => &["HOME", "PATH", "SSH_AUTH_SOCK"],
        Kind::Systemd { user: true, .. } => &["XDG_RUNTIME_DIR"],
        Kind::Command(_) | Kind::Script { .. } | Kind::Http(_) | Kind::Systemd { user: false, .. } => &[],
    }
}

/// The variable in which a process finds a parameter.
pub(super) fn variable(param: &str) -> String {
    format!("MIDWATCH_PARAM_{}", param.to_ascii_uppercase())
}

/// The environment of every process of a remedy.
pub(super) fn of(remedy: &Remedy, values: &Values<'_>) -> Result<Vec<(String, EnvValue)>, String> {
    let mut made: Vec<(String, EnvValue)> = Vec::new();
    for listed in &remedy.env {
        let (name, value) = match listed {
            EnvVar::Inherit(name) => (name, EnvValue::Inherited),
            EnvVar::Secret(name) => (name, EnvValue::Secret),
            EnvVar::Set(name, template) => {
                if template.params().next().is_some() && decides(name) {
                    return Err(format!(
                        "env {name} decides what runs, so no value may stand in '{template}'; write it out"
                    ));
                }
                (name, EnvValue::Plain(values.text(template).map_err(|words| format!("env {name}: {words}"))?))
            }
        };
        if !is_variable(name) {
            return Err(format!("'{}' cannot name a variable; use letters, digits and '_'", super::told(name)));
        }
        if name.starts_with("MIDWATCH_PARAM_") || made.iter().any(|(known, _)| known == name) {
            return Err(format!("env {name} is there twice; take one of them out"));
        }
        made.push((name.clone(), value));
    }
    for name in own(&remedy.kind) {
        if !made.iter().any(|(known, _)| known == name) {
            made.push(((*name).to_owned(), EnvValue::Inherited));
        }
    }
    let is_script = matches!(remedy.kind, Kind::Script { .. });
    let plain = values.plain().filter(|_| is_script).map(|(name, value)| (name, EnvValue::Plain(value.to_owned())));
    for (name, value) in plain.chain(values.secrets().map(|(name, value)| (name, EnvValue::Typed(value.clone())))) {
        if !is_name(name) {
            return Err(format!("'{}' cannot name a parameter; use small letters, digits and '_'", super::told(name)));
        }
        made.push((variable(name), value));
    }
    Ok(made)
}

fn is_variable(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_')
        && name.chars().all(|next| next.is_ascii_alphanumeric() || next == '_')
}

/// Whether a variable decides what runs.
pub(super) fn decides(name: &str) -> bool {
    DECIDING.iter().any(|known| known.strip_suffix('*').map_or(*known == name, |start| name.starts_with(start)))
}
