//! One attempt: bounded in time, and a panic in an adapter is a failure like any other.

use std::panic::AssertUnwindSafe;
use std::time::Duration;

use futures_util::FutureExt as _;

use super::difference::Difference;
use crate::board::SourceEvent;
use crate::source::{ErrorKind, Source, SourceError};

/// What came of an attempt.
#[derive(Debug)]
pub(super) enum Outcome {
    /// A full answer, and whether there is more to be told at once.
    Event(SourceEvent, bool),
    /// None, or none that can be believed.
    Failed(SourceError),
}

/// Asks once.
pub(super) async fn ask(
    source: &mut dyn Source,
    timeout: Duration,
    difference: &mut Difference,
    advice: &str,
) -> Outcome {
    // The adapter is used again after a panic. It changes what it remembers only as the last step of a
    // successful poll, so nothing half done is left behind.
    let poll = AssertUnwindSafe(async { source.poll().await }).catch_unwind();
    let polled = match tokio::time::timeout(timeout, poll).await {
        Ok(Ok(polled)) => polled,
        Ok(Err(panic)) => Err(fault(&*panic)),
        Err(_) => {
            Err(SourceError::new(ErrorKind::Timeout, format!("no full answer within {:.1} s", timeout.as_secs_f64()))
                .advise(advice))
        }
    };
    let more = polled.as_ref().is_ok_and(|observation| observation.more);
    match polled.and_then(|observation| caught(|| difference.take(observation))) {
        Ok(event) => Outcome::Event(event, more),
        Err(error) => Outcome::Failed(error),
    }
}

/// A panic while an answer is compared with the last one is a failure too: the poller asks again.
fn caught<T>(compare: impl FnOnce() -> Result<T, SourceError>) -> Result<T, SourceError> {
    std::panic::catch_unwind(AssertUnwindSafe(compare)).unwrap_or_else(|panic| Err(fault(&*panic)))
}

fn fault(panic: &(dyn std::any::Any + Send)) -> SourceError {
    SourceError::new(ErrorKind::Internal, format!("a fault of midwatch: {}", words_of(panic)))
        .advise("please report it; the other sources are not affected")
}

/// What a panic said.
#[must_use]
pub fn words_of(panic: &(dyn std::any::Any + Send)) -> &str {
    let told = panic.downcast_ref::<String>().map(String::as_str);
    told.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("no words")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_while_an_answer_is_compared_is_a_failure_of_the_source() {
        assert_eq!(caught(|| Ok(3)), Ok(3));
        let error = caught::<()>(|| panic!("index out of bounds")).unwrap_err();
        assert_eq!(error.kind, ErrorKind::Internal);
        assert!(error.to_string().contains("a fault of midwatch: index out of bounds"), "{error}");
    }
}
