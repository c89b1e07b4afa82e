//! midwatch's own log: a file in the state folder, never the terminal.

mod daily;

use std::path::Path;

use self::daily::Daily;
use tracing_appender::non_blocking::{NonBlockingBuilder, WorkerGuard};
use tracing_subscriber::filter::LevelFilter;

use crate::config::LogLevel;

/// Keeps the log open; what was logged is written when it is dropped.
#[derive(Debug)]
pub struct Guard {
    _worker: WorkerGuard,
}

/// How many days of log are kept.
const DAYS: usize = 7;
/// How many lines may wait to be written; more are left out. Room for them is made, and touched, when the log is begun:
/// the 128,000 of the library would be 5 MB and a third of the start.
const WAITING: usize = 1_000;

/// Begins to log to `<state>/log/midwatch.<date>.log`. `None` if that folder cannot be written, or if somebody logs
/// already: watching goes on without.
pub fn begin(state: &Path, level: LogLevel) -> Option<Guard> {
    let folder = state.join("log");
    private_folder(state).ok()?;
    private_folder(&folder).ok()?;
    let file = Daily::begin(folder, DAYS).ok()?;
    let (writer, worker) = NonBlockingBuilder::default().buffered_lines_limit(WAITING).finish(file);
    let log = tracing_subscriber::fmt().with_writer(writer).with_ansi(false).with_max_level(filter(level)).finish();
    tracing::subscriber::set_global_default(log).ok()?;
    Some(Guard { _worker: worker })
}

/// A folder of midwatch's own: nobody else enters it, whatever it was made with.
fn private_folder(folder: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::{DirBuilderExt as _, PermissionsExt as _};
    std::fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
    let mode = std::fs::metadata(folder)?.permissions().mode();
    if mode & 0o077 != 0 {
        // Somebody else's folder is theirs to close.
        let _ = std::fs::set_permissions(folder, std::fs::Permissions::from_mode(mode & !0o077));
    }
    Ok(())
}

fn filter(level: LogLevel) -> LevelFilter {
    match level {
        LogLevel::Off => LevelFilter::OFF,
        LogLevel::Error => LevelFilter::ERROR,
        LogLevel::Warn => LevelFilter::WARN,
        LogLevel::Info => LevelFilter::INFO,
        LogLevel::Debug => LevelFilter::DEBUG,
        LogLevel::Trace => LevelFilter::TRACE,
    }
}
