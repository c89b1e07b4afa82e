//! A fault of ours in the background is told and is not the end: the work it happened in failed, the next goes on.

use std::any::Any;
use std::panic::AssertUnwindSafe;

use futures_util::FutureExt as _;

use crate::source::poller::words_of;

/// Does it; a panic is an error in words, which begin with `what` was being done.
///
/// # Errors
/// What the panic said.
pub async fn guarded<T>(what: &str, work: impl Future<Output = T>) -> Result<T, String> {
    // What is used again after a panic is a channel's end, or something that is made anew.
    AssertUnwindSafe(work).catch_unwind().await.map_err(|panic| words(what, &*panic))
}

/// The same for what does not wait.
///
/// # Errors
/// What the panic said.
pub fn guarded_now<T>(what: &str, work: impl FnOnce() -> T) -> Result<T, String> {
    std::panic::catch_unwind(AssertUnwindSafe(work)).map_err(|panic| words(what, &*panic))
}

fn words(what: &str, panic: &(dyn Any + Send)) -> String {
    let said = words_of(panic);
    let said = crate::domain::harmless::line(said, 200);
    format!("{what}: a fault of midwatch: {said}; please report it with midwatch's log")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_panic_is_words_and_an_answer_an_answer() {
        assert_eq!(guarded("counting", async { 3 }).await, Ok(3));
        let told = guarded("counting", async { panic!("at {}", 4) }).await;
        let told: String = told.map(|(): ()| ()).unwrap_err();
        assert_eq!(told, "counting: a fault of midwatch: at 4; please report it with midwatch's log");
        assert!(guarded_now("counting", || panic!("now")).is_err_and(|words: String| words.contains("now")));
    }
}
