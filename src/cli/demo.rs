//! `midwatch demo`: the screen on a simulated production.

use super::args::Global;
use super::args::look::Demo;
use super::exit;
use super::output::Output;
use super::setup::{self, Setup};
use super::watch;
use crate::clock::Clock;
use crate::config::{Colours, Look, Machine, Problems, file, layers, paths};
use crate::demo::{self, DemoClock, DemoOptions, DemoWorld, rounds};
use crate::domain::{Moment, Operator};
use crate::runtime::session::Session;

/// Since how long the simulated team has its checklists.
const KNOWN: chrono::TimeDelta = chrono::TimeDelta::days(45);

/// Opens the screen on a simulated production.
pub fn run(arguments: &Demo, global: &Global, output: &mut Output) -> u8 {
    let runtime = match setup::runtime() {
        Ok(runtime) => runtime,
        Err(error) => {
            output.complain(&format!("cannot start: {error}"));
            return exit::FAULT;
        }
    };
    let clock = match arguments.at {
        Some(at) => DemoClock::fixed(at),
        None => DemoClock::Running { speed: arguments.speed },
    };
    let world = match runtime.block_on(demo::start(DemoOptions { clock, ..DemoOptions::default() })) {
        Ok(world) => world,
        Err(error) => {
            output.complain(&error.to_string());
            return exit::FAULT;
        }
    };
    match staged(&world, global, arguments.at, None) {
        Ok(Staged { session, look }) => watch::open(runtime, session, &look, output),
        Err(problems) => {
            output.complain(&problems.to_string());
            exit::CONFIGURATION
        }
    }
}

/// A session on a simulated production, and how it looks.
#[derive(Debug)]
pub struct Staged {
    /// The session.
    pub session: Session,
    /// Theme and keys.
    pub look: watch::Look,
}

/// Puts a session on a world together. The operator's own theme and keys are used, nothing else of theirs.
/// `colours` are those of a picture; else the terminal's.
///
/// # Errors
/// Where the command line names a theme that is not there, or the demo's own configuration is wrong.
pub fn staged(
    world: &DemoWorld,
    global: &Global,
    at: Option<Moment>,
    colours: Option<Colours>,
) -> Result<Staged, Problems> {
    let machine = Machine::here();
    let (mut settings, found) = file::read(&world.config_file(), &demo::config_toml(world), &machine, &[]);
    let problems: Vec<_> = found.into_iter().filter(crate::config::Diagnostic::is_error).collect();
    if !problems.is_empty() {
        return Err(Problems::new(problems));
    }
    (settings.own_runbooks, _) = paths::own_runbooks(&world.config_file());
    layers::offer_checklists(&world.config_file(), &machine, &mut settings);
    let own = layers::decide(&global.command_line(), &machine);
    if let Ok(decided) = &own {
        settings.look = decided.settings.look.clone();
        settings.read_only = global.read_only;
        if at.is_none() {
            settings.timezone = decided.settings.timezone;
        }
    }
    if let Some(colours) = colours {
        let mut look = Look { colours, ascii: Some(false), ..Look::default() };
        look.theme = global.theme.clone().unwrap_or(look.theme);
        settings.look = look;
    }
    let operator =
        Operator::new(settings.operator.clone(), if at.is_some() { "bastion" } else { machine.host.as_str() });
    let own_file = own.ok().and_then(|decided| decided.file).unwrap_or_else(|| machine.folders.config_file());
    let setup = Setup::given(settings, own_file, operator);
    let look = watch::Look::of(&setup);
    let mut session = setup.session();
    session.clock = at.map_or(Clock::System, Clock::Fixed);
    session.demo = true;
    let now = world.now();
    session.walked = Some((rounds::walked(&session.settings.checklists, now), now - KNOWN));
    session.notices.extend(look.notices.iter().cloned());
    Ok(Staged { session, look })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn the_configuration_of_a_demo_whose_clock_goes_is_right() {
        let world = demo::start(DemoOptions::default()).await.unwrap();
        let (settings, found) = file::read(&world.config_file(), &demo::config_toml(&world), &Machine::here(), &[]);
        let wrong: Vec<String> = found.iter().filter(|one| one.is_error()).map(|one| one.message.clone()).collect();
        assert_eq!(wrong, Vec::<String>::new());
        assert!(settings.remedies.iter().any(|remedy| remedy.auto.is_some()), "one runs by itself");
    }
}
