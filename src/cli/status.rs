//! `midwatch status`: one look, no screen.

use super::args::look::{Status, StatusFormat};
use super::exit;
use super::look::look;
use super::output::Output;
use super::setup::{Setup, runtime};
use crate::report;

/// Looks once and says how things stand; the exit status says it to scripts.
pub fn run(arguments: &Status, setup: &Setup, output: &mut Output) -> u8 {
    let runtime = match runtime() {
        Ok(runtime) => runtime,
        Err(error) => {
            output.complain(&format!("cannot start: {error}"));
            return exit::FAULT;
        }
    };
    let looked = runtime.block_on(look(setup, arguments.wait.wait.to_std().unwrap_or_default()));
    for trouble in &looked.troubles {
        output.complain(trouble);
    }
    let (board, now) = (&looked.app.board, looked.app.now);
    let width = output.width();
    let written = match arguments.format {
        StatusFormat::Json => report::status::json(board, now, output.out()),
        StatusFormat::Text => report::status::text(board, now, width, output.out()),
        StatusFormat::Line => report::line::write(board, now, output.out()),
    };
    let status = report::exit_code(board.summary(now).verdict());
    let status = output.finish(written, status);
    runtime.shutdown_background();
    status
}
