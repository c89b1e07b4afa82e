//! Starting a process: its script, its environment, its session; and in words why it could not be started.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::io::{self, Write as _};
use std::os::unix::fs::{OpenOptionsExt as _, PermissionsExt as _};
use std::path::Path;
use std::process::Stdio;

use nix::errno::Errno;
use process_wrap::tokio::{ChildWrapper, CommandWrap, ProcessSession};
use tokio::process::{ChildStderr, ChildStdout};

use super::group::Group;
use crate::domain::remediation::Hidden;
use crate::domain::remediation::plan::{EnvValue, ProcessCall, Script};

/// A process that was started.
pub(super) struct Started {
    /// The leader of the session; waited for by itself, not with all of its group.
    pub(super) child: Box<dyn ChildWrapper>,
    /// Everything that it starts.
    pub(super) group: Group,
    /// What it says.
    pub(super) out: Option<ChildStdout>,
    /// What it complains about.
    pub(super) error: Option<ChildStderr>,
    /// The private folder of its script; deleted when this is dropped.
    pub(super) script: Option<tempfile::TempDir>,
}

/// Starts what is planned.
///
/// # Errors
/// In words, why it could not be started and what to do. Values of variables are never told.
pub(super) fn start(call: &ProcessCall, secrets: &BTreeMap<String, Hidden>) -> Result<Started, String> {
    let env = environment(call, secrets, |name| std::env::var_os(name))?;
    if !call.cwd.is_dir() {
        let cwd = call.cwd.display();
        return Err(format!("the folder it should run in is not there: {cwd}; make it, or correct 'cwd'"));
    }
    let mut argv = call.argv.clone();
    let script = call.script.as_ref().map(|script| write(script, &mut argv)).transpose()?;
    let Some((program, arguments)) = argv.split_first().filter(|(program, _)| Path::new(program).is_absolute()) else {
        return Err("the plan names no program by its whole path; this is a fault of midwatch, report it".to_owned());
    };
    let mut command = CommandWrap::with_new(program, |command| {
        command.args(arguments).env_clear().envs(env).current_dir(&call.cwd);
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    });
    // No controlling terminal: nothing can ask or write there.
    command.wrap(ProcessSession);
    let mut child = command.spawn().map_err(|error| why_not(&error, Path::new(program), arguments))?;
    let leader = child.id().and_then(|id| i32::try_from(id).ok()).unwrap_or_default();
    let (out, error) = (child.stdout().take(), child.stderr().take());
    Ok(Started { child, group: Group::of(leader), out, error, script })
}

/// The variables of the process, by the plan and nothing else.
fn environment(
    call: &ProcessCall,
    secrets: &BTreeMap<String, Hidden>,
    own: impl Fn(&str) -> Option<OsString>,
) -> Result<Vec<(String, OsString)>, String> {
    let mut made = Vec::new();
    for (name, value) in &call.env {
        if name.is_empty() || name.contains(['=', '\0']) {
            return Err(format!("'{}' cannot be the name of a variable; correct 'env'", name.escape_debug()));
        }
        let value = match value {
            EnvValue::Inherited => own(name),
            EnvValue::Plain(value) => Some(value.into()),
            EnvValue::Typed(value) => Some(value.reveal().into()),
            EnvValue::Secret => {
                let missing = || format!("the secret for the variable {name} was not read; check its source");
                Some(secrets.get(name).ok_or_else(missing)?.reveal().into())
            }
        };
        made.extend(value.map(|value| (name.clone(), value)));
    }
    Ok(made)
}

/// Writes the script where only this user can read it, and puts its path among the arguments.
fn write(script: &Script, argv: &mut [String]) -> Result<tempfile::TempDir, String> {
    let place = argv.get_mut(script.at).filter(|_| script.at > 0);
    let Some(place) = place else {
        return Err("the plan has no place for its script; this is a fault of midwatch, report it".to_owned());
    };
    let wrong = |error: io::Error| {
        let folder = std::env::temp_dir();
        format!("cannot write the script to {}: {error}; is there room, and may you write there?", folder.display())
    };
    let folder = private_folder().map_err(wrong)?;
    let path = folder.path().join("script");
    let mut file = std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(&path).map_err(wrong)?;
    file.write_all(script.text.as_bytes()).map_err(wrong)?;
    path.to_str().ok_or("the temporary folder has a name that is not UTF-8; set TMPDIR")?.clone_into(place);
    Ok(folder)
}

fn private_folder() -> io::Result<tempfile::TempDir> {
    let private = std::fs::Permissions::from_mode(0o700);
    tempfile::Builder::new().prefix("midwatch-").permissions(private).tempdir()
}

/// Why a program could not be started, and what to do.
fn why_not(error: &io::Error, program: &Path, arguments: &[String]) -> String {
    let shown = program.display();
    match error.raw_os_error().map(Errno::from_raw) {
        Some(Errno::ENOENT) if program.exists() => {
            format!("{shown} cannot be started: the interpreter that it names is not there; see its first line")
        }
        Some(Errno::ENOENT | Errno::ENOTDIR) => format!("{shown} is not there; install it, or correct the command"),
        Some(Errno::EACCES | Errno::EPERM) => {
            format!(
                "{shown} may not be started by this user; is it a program, executable (chmod +x), and not on a file system mounted noexec?"
            )
        }
        Some(Errno::E2BIG) => {
            let bytes: usize = arguments.iter().map(String::len).sum();
            format!(
                "{shown} cannot be started: its arguments ({bytes} bytes) or its variables are larger than this system takes (one: 128 KiB on Linux); hand it a file instead"
            )
        }
        Some(Errno::ENOEXEC) => {
            format!("{shown} is not a program for this machine; does its first line name an interpreter (#!)?")
        }
        Some(Errno::EAGAIN | Errno::ENOMEM | Errno::EMFILE | Errno::ENFILE) => {
            format!(
                "{shown} cannot be started: this machine or this user is at a limit ({error}); end something, or raise it (ulimit)"
            )
        }
        _ => format!("{shown} cannot be started: {error}"),
    }
}

#[cfg(test)]
mod tests;
