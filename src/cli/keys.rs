//! `midwatch keys`: every key, from the keymap in force.

use super::args::look::{Keys, TableFormat};
use super::exit;
use super::output::Output;
use super::setup::Setup;
use super::watch::Look;
use crate::keymap::help;

/// Prints the keys.
pub fn run(arguments: &Keys, setup: &Setup, output: &mut Output) -> u8 {
    let look = Look::of(setup);
    for notice in &look.notices {
        output.complain(notice);
    }
    let text = match arguments.format {
        TableFormat::Text => help::text(&look.keymap),
        TableFormat::Markdown => help::markdown(&look.keymap),
    };
    let written = write!(output.out(), "{text}");
    output.finish(written, exit::OK)
}
