//! What planning needs to know of this machine, and slow look-ups kept off the tasks.

use std::ffi::OsString;
use std::path::PathBuf;
use std::time::Duration;

use crate::config::Settings;
use crate::remedy::plan::Machine;

/// Where programs are looked for if nothing else says.
const FOLDERS: &str = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
/// How long a look at files may take: one of them may lie on a share that is gone.
const DEADLINE: Duration = Duration::from_secs(10);

/// This machine: a relative folder of `PATH` depends on where midwatch was started, so it does not count.
pub(super) fn here(settings: &Settings) -> Machine {
    let path = std::env::var_os("PATH").filter(|path| !path.is_empty());
    Machine { environment: settings.environment.clone(), path: folders(path) }
}

fn folders(path: Option<OsString>) -> Vec<PathBuf> {
    let path = path.unwrap_or_else(|| FOLDERS.into());
    std::env::split_paths(&path).filter(|folder| folder.is_absolute()).collect()
}

/// Does what looks at files, on a thread of its own and within a deadline.
///
/// # Errors
/// In words, where it took too long.
pub(super) async fn looked<T: Send + 'static>(
    what: &str,
    look: impl FnOnce() -> T + Send + 'static,
) -> Result<T, String> {
    match tokio::time::timeout(DEADLINE, tokio::task::spawn_blocking(look)).await {
        Ok(Ok(seen)) => Ok(seen),
        Ok(Err(_)) => Err(format!("{what}: midwatch failed; its log says more")),
        Err(_) => Err(format!("{what} took over {} s; is a file on a share that is gone?", DEADLINE.as_secs())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_absolute_folders_count_and_there_always_are_some() {
        let paths = |path: Option<&str>| folders(path.map(OsString::from));
        assert_eq!(paths(Some("/opt/bin::bin:.:/usr/bin")), [PathBuf::from("/opt/bin"), PathBuf::from("/usr/bin")]);
        assert_eq!(paths(None).len(), 6);
    }
}
