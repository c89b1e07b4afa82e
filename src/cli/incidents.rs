//! `midwatch incidents`: the list.

use super::args::look::{Format, Incidents};
use super::exit;
use super::look::look;
use super::output::Output;
use super::setup::{Setup, block_on};
use crate::app::incident_list::matches;
use crate::domain::Incident;
use crate::domain::filter::Filter;
use crate::report;

/// Prints the incidents that a filter holds for.
pub fn run(arguments: &Incidents, setup: &Setup, output: &mut Output) -> u8 {
    let filter = match Filter::parse(&arguments.filter_text()) {
        Ok(filter) => filter,
        Err(error) => {
            output.complain(&error.to_string());
            return exit::USAGE;
        }
    };
    let wait = arguments.wait.wait.to_std().unwrap_or_default();
    let looked = match block_on(output, look(setup, wait)) {
        Ok(looked) => looked,
        Err(status) => return status,
    };
    for trouble in &looked.troubles {
        output.complain(trouble);
    }
    let (board, now) = (&looked.app.board, looked.app.now);
    let hidden = |incident: &Incident| incident.snoozed_until.is_some() && !filter.speaks_of("@snoozed");
    let shown: Vec<&Incident> =
        board.incidents().filter(|incident| !hidden(incident) && matches(&filter, board, incident, now)).collect();
    let width = output.width();
    let written = match arguments.format {
        Format::Json => report::incidents::json(board, shown, now, output.out()),
        Format::Text => report::incidents::text(board, &shown, now, width, output.out()),
    };
    let summary = board.summary(now);
    if summary.is_partial() {
        output.complain(&format!("{} of {} sources are live: there may be more", summary.live, summary.sources));
    }
    output.finish(written, if summary.is_partial() { exit::UNKNOWN } else { exit::OK })
}
