//! `midwatch status`: one look, no screen.

use super::args::look::{Status, StatusFormat};
use super::checklist;
use super::look::look;
use super::output::Output;
use super::setup::{Setup, block_on};
use crate::report;

/// Looks once and says how things stand; the exit status says it to scripts.
pub fn run(arguments: &Status, setup: &Setup, output: &mut Output) -> u8 {
    let wait = arguments.wait.wait.to_std().unwrap_or_default();
    let looked = match block_on(output, look(setup, wait)) {
        Ok(looked) => looked,
        Err(status) => return status,
    };
    for trouble in &looked.troubles {
        output.complain(trouble);
    }
    let lists = checklist::listed(&looked.app);
    let (board, now) = (&looked.app.board, looked.app.now);
    let width = output.width();
    let written = match arguments.format {
        StatusFormat::Json => report::status::json(board, &lists, now, output.out()),
        StatusFormat::Text => report::status::text(board, &lists, now, width, output.out()),
        StatusFormat::Line => report::line::write(board, &lists, now, output.out()),
    };
    let status = report::exit_code(board.summary(now).verdict());
    let status = output.finish(written, status);
    // The process ends now: giving back ten thousand alerts one by one would only make whoever waits wait longer.
    std::mem::forget(looked);
    status
}
