//! What defaults depend on: the machine that midwatch runs on and who runs it.

use std::fs::File;
use std::path::{Path, PathBuf};

use chrono_tz::Tz;

use super::paths::Folders;

/// The machine, as plain values, so that defaults are a function of them.
#[derive(Debug, Clone, PartialEq)]
pub struct Machine {
    /// Its name.
    pub host: String,
    /// Who runs midwatch: `$USER`, else the name of the process's user.
    pub user: String,
    /// Its time zone; UTC if it has none that is known.
    pub zone: Tz,
    /// Where midwatch's files are.
    pub folders: Folders,
    /// Where its own log is.
    pub log: LocalLog,
}

/// Where the log of a machine is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LocalLog {
    /// In the systemd journal.
    Journald,
    /// In these files, all of them readable; empty if there is none.
    Files(Vec<PathBuf>),
}

/// Where syslog writes.
const SYSLOG: [&str; 2] = ["/var/log/syslog", "/var/log/messages"];

impl Machine {
    /// This machine.
    #[must_use]
    pub fn here() -> Self {
        let host = nix::unistd::gethostname().ok().and_then(|name| name.into_string().ok());
        Self {
            host: host.filter(|name| !name.is_empty()).unwrap_or_else(|| "localhost".to_owned()),
            user: user(),
            zone: zone(),
            folders: Folders::here(),
            log: local_log(),
        }
    }
}

/// What `$TZ` names, else what the machine is set to.
fn zone() -> Tz {
    let named = std::env::var("TZ").ok().and_then(|name| name.trim_start_matches(':').parse().ok());
    let set = || iana_time_zone::get_timezone().ok().and_then(|name| name.parse().ok());
    named.or_else(set).unwrap_or(Tz::UTC)
}

fn user() -> String {
    let named = std::env::var("USER").ok().filter(|name| !name.trim().is_empty());
    let id = nix::unistd::Uid::effective();
    named
        .or_else(|| nix::unistd::User::from_uid(id).ok().flatten().map(|user| user.name))
        .unwrap_or_else(|| format!("uid-{id}"))
}

fn local_log() -> LocalLog {
    let on_path = |program: &str| {
        let path = std::env::var_os("PATH").unwrap_or_default();
        std::env::split_paths(&path).any(|folder| folder.join(program).is_file())
    };
    if on_path("journalctl") && Path::new("/run/systemd/journal").exists() {
        return LocalLog::Journald;
    }
    let files: Vec<PathBuf> = SYSLOG.into_iter().filter(|path| File::open(path).is_ok()).map(PathBuf::from).collect();
    if files.is_empty() && on_path("journalctl") { LocalLog::Journald } else { LocalLog::Files(files) }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// A machine that is the same everywhere.
    pub(crate) fn bastion() -> Machine {
        Machine {
            host: "bastion".to_owned(),
            user: "ana".to_owned(),
            zone: Tz::Europe__Berlin,
            folders: Folders {
                config: "/home/ana/.config/midwatch".into(),
                state: "/home/ana/.local/state/midwatch".into(),
                home: "/home/ana".into(),
            },
            log: LocalLog::Journald,
        }
    }

    #[test]
    fn this_machine_has_a_name_and_a_user() {
        let machine = Machine::here();
        assert!(!machine.host.is_empty());
        assert!(!machine.user.is_empty());
        if let LocalLog::Files(files) = machine.log {
            assert!(files.iter().all(|path| path.is_absolute()));
        }
    }
}
