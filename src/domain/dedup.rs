//! One alert told by several sources is one alert.

use std::sync::Arc;

use super::{Alert, AlertState, SourceName};

/// Of all that is told of one alert (same fingerprint), what counts: whether it fires, then what a source
/// that can mute says, then the earlier begin. The order of the sources does not matter.
#[must_use]
pub fn merge<'a>(told: impl IntoIterator<Item = (&'a SourceName, &'a Arc<Alert>)>) -> Option<Arc<Alert>> {
    let told: Vec<_> = told.into_iter().collect();
    let (_, best) = told.iter().min_by_key(|(source, alert)| (voice(alert.state), alert.since, *source))?;
    let since = told.iter().filter(|(_, alert)| alert.state != AlertState::Pending).map(|(_, alert)| alert.since).min();
    match since {
        Some(since) if since < best.since => Some(Arc::new(Alert { since, ..Alert::clone(best) })),
        _ => Some(Arc::clone(best)),
    }
}

/// Whose word on the state goes before whose. Only a source that can mute says silenced or inhibited, so it
/// is believed before one that only says firing.
fn voice(state: AlertState) -> u8 {
    match state {
        AlertState::Silenced => 0,
        AlertState::Inhibited => 1,
        AlertState::Firing => 2,
        AlertState::Pending => 3,
    }
}
