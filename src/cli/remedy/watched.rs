//! Watching the incident after a run: does it resolve?

use std::time::Duration;

use super::super::args::remedy::Run;
use super::super::exit;
use super::super::look::look;
use super::super::output::Output;
use super::super::setup::Setup;
use super::stop::Stops;
use crate::clock::Clock;
use crate::domain::{IncidentId, Moment, age, duration};

/// How often the sources are asked.
const EVERY: Duration = Duration::from_secs(5);

/// What an incident is like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Seen {
    Fires,
    Gone,
    /// A source is away: what is not told may fire.
    Unknown,
}

/// Watches until the incident is gone, or the time is over.
pub(super) async fn incident(
    arguments: &Run,
    setup: &Setup,
    (id, title): (IncidentId, &str),
    ended: Moment,
    stops: &mut Stops,
    output: &mut Output,
) -> u8 {
    let until = ended + arguments.watch;
    loop {
        let seen = tokio::select! {
            seen = see(setup, arguments, id) => seen,
            _ = stops.next() => return exit::OK,
        };
        let now = Clock::System.now();
        if seen == Seen::Gone {
            output.complain(&format!("{title} resolved {} after", age::short(now - ended)));
            return exit::OK;
        }
        if now >= until {
            let span = duration::text(arguments.watch);
            let (words, status) = match seen {
                Seen::Fires => (format!("{title} still fires {span} after"), exit::FIRING),
                _ => (format!("whether {title} still fires is not known: a source is away"), exit::UNKNOWN),
            };
            output.complain(&words);
            return status;
        }
        tokio::select! {
            () = tokio::time::sleep(EVERY) => {}
            _ = stops.next() => return exit::OK,
        }
    }
}

async fn see(setup: &Setup, arguments: &Run, id: IncidentId) -> Seen {
    let looked = look(setup, arguments.wait.wait.to_std().unwrap_or_default()).await;
    let board = &looked.app.board;
    match board.incident(id) {
        Some(incident) if incident.is_open() && !incident.stale => Seen::Fires,
        Some(incident) if incident.is_open() => Seen::Unknown,
        _ if board.summary(looked.app.now).is_partial() => Seen::Unknown,
        _ => Seen::Gone,
    }
}
