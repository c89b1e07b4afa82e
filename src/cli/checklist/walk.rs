//! `midwatch checklist walk`: the screen, opened at a walk; or its probes alone.

use super::super::args::checklist::Walk;
use super::super::exit;
use super::super::output::Output;
use super::super::setup::Setup;
use super::super::watch;
use super::{declared, probes, within};

/// Opens the screen, or runs the probes.
pub(super) fn run(arguments: &Walk, setup: &Setup, output: &mut Output) -> u8 {
    let list = match declared(&arguments.id, setup) {
        Ok(list) => list,
        Err(words) => {
            output.complain(&words);
            return exit::FIRING;
        }
    };
    if arguments.probes_only {
        return within(output, async |output| probes::run(list, arguments, setup, output).await);
    }
    if !output.on_terminal() {
        output.complain(&format!(
            "a walk needs a terminal, and standard output is none; 'midwatch checklist walk {} --probes-only' runs its \
             probes without one",
            list.id
        ));
        return exit::USAGE;
    }
    watch::run(setup, Some(list.id.clone()), output)
}
