//! Processes that are no runs, and must not outlive midwatch either.

use std::time::Duration;

use super::super::Hands;
use super::begin;

/// Does what starts a process that is killed whole when the work is dropped. When midwatch leaves, it is.
///
/// # Errors
/// In words, where it was not begun or not finished for that.
pub(in super::super) async fn held<T>(hands: &Hands, work: impl Future<Output = T>) -> Result<T, String> {
    let slot = hands.remedies.running.enter(begin::new_id(hands), Duration::ZERO)?;
    let mut cancelled = slot.cancelled();
    tokio::select! {
        done = work => Ok(done),
        // The registry lives as long as these hands.
        _ = cancelled.wait_for(|stop| *stop) => Err("midwatch left before it ended".to_owned()),
    }
}
