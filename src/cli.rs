//! The command line: one file for each command.
//!
//! What lives here: reading arguments, putting a session together, printing. What must not: rules of the field,
//! anything about how the screen looks.

pub mod act;
pub mod args;
pub mod check;
pub mod checklist;
pub mod config;
pub mod demo;
pub mod exit;
pub mod incidents;
pub mod journal;
pub mod keys;
pub mod look;
mod maintenance;
pub mod manual;
pub mod output;
pub mod remedy;
pub mod runbook;
pub mod screenshot;
pub mod setup;
pub mod status;
pub mod themes;
pub mod watch;

use std::ffi::OsString;

use self::args::{Args, Command};
use self::output::Output;
use self::setup::Setup;

/// Runs midwatch with these arguments, the program's name first; returns its exit status.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> u8 {
    crate::config::checklist::read_ahead();
    let args = match Args::read(arguments) {
        Ok(args) => args,
        Err(error) => {
            Output::stdio().usage(&error);
            return exit::after(&error);
        }
    };
    let mut output = Output::stdio();
    let command = args.command_or_watch();
    if let Some(status) = without_settings(&command, &args, &mut output) {
        return status;
    }
    match Setup::new(&args.global) {
        Ok(setup) => with_settings(command, &setup, &mut output),
        Err(problems) => {
            let count = problems.iter().count();
            let plural = if count == 1 { "" } else { "s" };
            output.complain(&format!("nothing was begun: the configuration has {count} problem{plural}\n{problems}"));
            exit::CONFIGURATION
        }
    }
}

/// Commands that need no configuration, so that they work where it is broken.
fn without_settings(command: &Command, args: &Args, output: &mut Output) -> Option<u8> {
    match command {
        Command::Completions(completions) => Some(manual::completions(completions.shell, output)),
        Command::Man => Some(manual::man(output)),
        Command::Config(config) => config::without_settings(&config.command, &args.global, output),
        Command::Check(check) => Some(check::run(check, &args.global, output)),
        Command::Demo(demo) => Some(demo::run(demo, &args.global, output)),
        Command::Screenshot(screenshot) => Some(screenshot::run(screenshot, &args.global, output)),
        _ => None,
    }
}

fn with_settings(command: Command, setup: &Setup, output: &mut Output) -> u8 {
    match command {
        Command::Watch => watch::run(setup, None, output),
        Command::Status(status) => status::run(&status, setup, output),
        Command::Incidents(incidents) => incidents::run(&incidents, setup, output),
        Command::Ack(ack) => act::ack(&ack, setup, output),
        Command::Unack(unack) => act::unack(&unack, setup, output),
        Command::Silence(silence) => act::silence(&silence, setup, output),
        Command::Snooze(snooze) => act::snooze(&snooze, setup, output),
        Command::Comment(comment) => act::comment(&comment, setup, output),
        Command::Resolve(resolve) => act::resolve(&resolve, setup, output),
        Command::Runbook(runbook) => runbook::run(&runbook, setup, output),
        Command::Remedy(remedy) => remedy::run(&remedy.command, setup, output),
        Command::Checklist(checklist) => checklist::run(&checklist.command, setup, output),
        Command::Journal(journal) => journal::run(&journal, setup, output),
        Command::Config(_) => config::show(setup, output),
        Command::Keys(keys) => keys::run(&keys, setup, output),
        Command::Themes => themes::run(setup, output),
        Command::Completions(_) | Command::Man | Command::Check(_) | Command::Demo(_) | Command::Screenshot(_) => {
            exit::FAULT
        }
    }
}
