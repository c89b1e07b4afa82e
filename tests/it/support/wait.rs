//! Waiting for a condition of another process, with a generous deadline: the only place that pauses.

use std::time::{Duration, Instant};

/// How long anything may take on a busy machine before it counts as never.
pub const DEADLINE: Duration = Duration::from_mins(1);

/// How long to pause between two looks.
const PAUSE: Duration = Duration::from_millis(40);

/// Looks until there is something; panics with `what` and the last words of `look` if there never is.
pub fn until<T>(what: &str, look: impl FnMut() -> Result<T, String>) -> T {
    within(DEADLINE, what, look)
}

/// The same with another deadline.
pub fn within<T>(deadline: Duration, what: &str, mut look: impl FnMut() -> Result<T, String>) -> T {
    let began = Instant::now();
    loop {
        match look() {
            Ok(found) => return found,
            Err(last) if began.elapsed() > deadline => panic!("{what}: not within {deadline:?}; last seen: {last}"),
            Err(_) => std::thread::sleep(PAUSE),
        }
    }
}
