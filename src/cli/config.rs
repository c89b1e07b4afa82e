//! `midwatch config init|path|show|schema`.

use std::io::Write as _;
use std::path::Path;

use super::args::Global;
use super::args::look::ConfigCommand;
use super::exit;
use super::output::Output;
use super::setup::Setup;
use crate::config::{Machine, schema, show as shown};

/// The ones that work where the configuration is broken or missing.
pub fn without_settings(command: &ConfigCommand, global: &Global, output: &mut Output) -> Option<u8> {
    let machine = Machine::here();
    let file = global.config.clone().unwrap_or_else(|| machine.folders.config_file());
    match command {
        ConfigCommand::Init { force } => Some(init(&file, *force, output)),
        ConfigCommand::Path => {
            let rows = [
                ("configuration", file),
                ("state", machine.folders.state.clone()),
                ("store", machine.folders.store_file(None)),
                ("log", machine.folders.state.join("log")),
            ];
            let written =
                rows.iter().try_for_each(|(name, path)| writeln!(output.out(), "{name:13} {}", path.display()));
            Some(output.finish(written, exit::OK))
        }
        ConfigCommand::Schema => {
            let written = writeln!(output.out(), "{}", schema::json::json_schema());
            Some(output.finish(written, exit::OK))
        }
        ConfigCommand::Show => None,
    }
}

/// Prints what is in force; secrets as where they are kept.
pub fn show(setup: &Setup, output: &mut Output) -> u8 {
    let written = write!(output.out(), "{}", shown::show(&setup.settings));
    output.finish(written, exit::OK)
}

fn init(file: &Path, force: bool, output: &mut Output) -> u8 {
    match write_sample(file, force) {
        Ok(()) => {
            let written = writeln!(output.out(), "{}", file.display());
            output.finish(written, exit::OK)
        }
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {
            output.complain(&format!("{} exists; --force writes over it", file.display()));
            exit::FIRING
        }
        Err(error) => {
            output.complain(&format!("cannot write {}: {error}", file.display()));
            exit::FIRING
        }
    }
}

/// Writes the sample for its owner alone to read.
fn write_sample(file: &Path, force: bool) -> std::io::Result<()> {
    use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _, PermissionsExt as _};
    if let Some(folder) = file.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        std::fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
    }
    let mut options = std::fs::OpenOptions::new();
    options.write(true).mode(0o600);
    if force {
        options.create(true).truncate(true)
    } else {
        options.create_new(true)
    };
    let mut made = options.open(file)?;
    // One that was there before keeps what others may do with it; what is filled in here is for its owner.
    made.set_permissions(std::fs::Permissions::from_mode(0o600))?;
    made.write_all(schema::sample::sample().as_bytes())
}
