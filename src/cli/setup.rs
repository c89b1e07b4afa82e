//! What every command that works with the configuration begins with.

use std::path::PathBuf;

use super::args::Global;
use super::exit;
use super::output::Output;
use crate::clock::Clock;
use crate::config::{Decided, Machine, OwnChecklists, Problems, Settings, layers, paths};
use crate::domain::Operator;
use crate::logging;
use crate::runtime::hangup;
use crate::runtime::session::Session;

/// Settings, and who is here.
#[derive(Debug)]
pub struct Setup {
    /// What is in force.
    pub settings: Settings,
    /// The configuration file, whether it is there or not.
    pub file: PathBuf,
    /// What is to be told although nothing is wrong.
    pub warnings: Vec<String>,
    /// What there is to say of the operator's own checklists.
    pub checklists: OwnChecklists,
    /// Who acts, from where.
    pub operator: Operator,
    _log: Option<logging::Guard>,
}

impl Setup {
    /// Reads the configuration and begins midwatch's own log.
    ///
    /// # Errors
    /// Everything that is wrong with the configuration, at once.
    pub fn new(global: &Global) -> Result<Self, Problems> {
        let machine = Machine::here();
        let Decided { settings, file, warnings, checklists } = layers::decide(&global.command_line(), &machine)?;
        let default = || global.config.clone().unwrap_or_else(|| machine.folders.config_file());
        let file = file.unwrap_or_else(default);
        let operator = Operator::new(settings.operator.clone(), machine.host.clone());
        // A log that cannot be written must not keep anybody from looking at 3 a.m.
        let log = logging::begin(&machine.folders.state, settings.log_level);
        let warnings = warnings.iter().map(ToString::to_string).collect();
        Ok(Self { settings, file, warnings, checklists, operator, _log: log })
    }

    /// With settings that somebody else made; nothing is logged.
    #[must_use]
    pub fn given(settings: Settings, file: PathBuf, operator: Operator) -> Self {
        Self { settings, file, warnings: Vec::new(), checklists: OwnChecklists::default(), operator, _log: None }
    }

    /// A session with these settings.
    #[must_use]
    pub fn session(&self) -> Session {
        let refused = self.checklists.refused.iter();
        Session {
            settings: self.settings.clone(),
            operator: self.operator.clone(),
            clock: Clock::System,
            demo: false,
            notices: self.warnings.iter().cloned().chain(refused.map(ToString::to_string)).collect(),
            walked: None,
            opens: None,
        }
    }

    /// The folder beside the configuration file that holds the operator's own themes.
    #[must_use]
    pub fn themes_folder(&self) -> Option<PathBuf> {
        self.file.parent().map(|folder| folder.join(paths::THEMES))
    }

    /// The operator's own keys.
    #[must_use]
    pub fn keymap_file(&self) -> Option<PathBuf> {
        self.file.parent().map(|folder| folder.join(paths::KEYMAP))
    }
}

/// Runs one command's work to its end. What still hangs in a name look-up then keeps nobody waiting.
///
/// # Errors
/// Where the system gives no threads; that was complained of, and the status to end with comes back.
pub fn block_on<T>(output: &mut Output, work: impl Future<Output = T>) -> Result<T, u8> {
    let runtime = begun(output)?;
    let done = runtime.block_on(work);
    runtime.shutdown_background();
    Ok(done)
}

/// Why a command ended before its end, and with which status.
#[derive(Debug)]
pub struct Ended {
    /// The status to end with.
    pub status: u8,
    /// The cause, and what to do.
    pub words: String,
}

impl From<String> for Ended {
    fn from(words: String) -> Self {
        Self { status: exit::FIRING, words }
    }
}

impl From<&str> for Ended {
    fn from(words: &str) -> Self {
        Self::from(words.to_owned())
    }
}

/// Does a command's work to its end, and says why where it ended early.
pub fn within<E: Into<Ended>>(output: &mut Output, work: impl AsyncFnOnce(&mut Output) -> Result<u8, E>) -> u8 {
    let runtime = match begun(output) {
        Ok(runtime) => runtime,
        Err(status) => return status,
    };
    let done = runtime.block_on(work(output));
    runtime.shutdown_background();
    let status = done.unwrap_or_else(|ended| {
        let Ended { status, words } = ended.into();
        output.complain(&words);
        status
    });
    output.finish(Ok(()), status)
}

/// A runtime, or the complaint that there is none.
fn begun(output: &mut Output) -> Result<tokio::runtime::Runtime, u8> {
    runtime().map_err(|error| {
        output.complain(&format!("cannot start: {error}"));
        exit::FAULT
    })
}

/// A runtime for one command.
///
/// # Errors
/// Where the system gives no threads.
pub fn runtime() -> std::io::Result<tokio::runtime::Runtime> {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    {
        let _entered = runtime.enter();
        hangup::survive_file_limit();
    }
    Ok(runtime)
}
