//! `midwatch themes`: the shipped ones and the operator's own, the one in force marked.

use super::exit;
use super::output::Output;
use super::setup::Setup;
use crate::theme;

/// Lists the themes.
pub fn run(setup: &Setup, output: &mut Output) -> u8 {
    let rows = theme::list(setup.themes_folder().as_deref());
    let wide = rows.iter().map(|row| row.name.chars().count()).max().unwrap_or(0);
    let in_force = &setup.settings.look.theme;
    let written = rows.iter().try_for_each(|row| {
        let mark = if row.name == *in_force { "*" } else { " " };
        let own = if row.own { " (yours)" } else { "" };
        writeln!(output.out(), "{mark} {:wide$}  {}{own}", row.name, row.description)
    });
    output.finish(written, exit::OK)
}
