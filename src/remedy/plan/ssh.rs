//! A command on another machine, by OpenSSH: the host is checked twice, every remote word is quoted.

use crate::domain::remediation::Template;
use crate::domain::remediation::pattern::Pattern;
use crate::domain::remediation::plan::ProcessCall;

use super::bench::Bench;
use super::{quote, told};

/// Where it runs.
pub(super) struct To<'a> {
    /// The host.
    pub(super) host: &'a Template,
    /// Which hosts are allowed.
    pub(super) hosts: &'a Pattern,
    /// As whom.
    pub(super) user: Option<&'a str>,
    /// The port.
    pub(super) port: Option<u16>,
}

/// Nothing is asked, nothing is forwarded, no unknown host is trusted, nothing runs here.
const OPTIONS: &[&str] = &[
    "BatchMode=yes",
    "ConnectTimeout=10",
    "StrictHostKeyChecking=yes",
    "ForwardAgent=no",
    "ClearAllForwardings=yes",
    "RequestTTY=no",
    "ControlMaster=no",
    "PermitLocalCommand=no",
];

/// Plans a command on another machine.
pub(super) fn plan(bench: &Bench<'_>, to: &To<'_>, argv: &[Template]) -> Result<ProcessCall, String> {
    let host = bench.values.argument(to.host).map_err(|words| format!("the host: {words}"))?;
    if !is_host(&host) {
        return Err(format!("'{}' is no name of a host; use letters, digits, '.', '-' and '_'", told(&host)));
    }
    if !to.hosts.holds(&host) {
        return Err(format!(
            "the host {host} does not match `hosts` ({}) whole; choose another, or allow it there",
            to.hosts.text()
        ));
    }
    let (program, rest) = bench.words(argv)?;
    if program.is_empty() {
        return Err("there is no program; say which one".to_owned());
    }
    let mut arguments: Vec<String> =
        OPTIONS.iter().flat_map(|option| ["-o".to_owned(), (*option).to_owned()]).collect();
    if let Some(port) = to.port {
        arguments.extend(["-p".to_owned(), port.to_string()]);
    }
    if let Some(user) = to.user {
        if !is_user(user) {
            return Err(format!("'{}' is no name of a user; correct `user`", told(user)));
        }
        arguments.extend(["-l".to_owned(), user.to_owned()]);
    }
    let remote = quote::line(std::iter::once(program.as_str()).chain(rest.iter().map(String::as_str)));
    arguments.extend(["--".to_owned(), host, remote]);
    bench.process("ssh", arguments)
}

/// A name of DNS or of OpenSSH's configuration, or an address: never an option, a user or a URI.
fn is_host(text: &str) -> bool {
    text.len() <= 253
        && text.starts_with(|first: char| first.is_ascii_alphanumeric() || first == ':')
        && text.chars().all(|next| next.is_ascii_alphanumeric() || ".-_:".contains(next))
}

fn is_user(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_alphanumeric() || first == '_')
        && text.chars().all(|next| next.is_ascii_alphanumeric() || "._-@".contains(next))
}
