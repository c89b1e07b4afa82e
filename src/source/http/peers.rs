//! The peers of one cluster: which is asked first.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

use super::address::Address;

/// How long another peer than the first is preferred before the first is tried again.
const BACK: Duration = Duration::from_mins(1);

/// Addresses in the configured order, and which of them answered last.
#[derive(Debug)]
pub(super) struct Peers {
    all: Vec<Address>,
    healthy: Mutex<Healthy>,
}

#[derive(Debug, Clone, Copy)]
struct Healthy {
    at: usize,
    since: Instant,
}

impl Peers {
    /// Nobody was asked yet: the first is preferred.
    pub fn new(all: Vec<Address>) -> Self {
        Self { all, healthy: Mutex::new(Healthy { at: 0, since: Instant::now() }) }
    }

    /// All of them.
    pub fn all(&self) -> &[Address] {
        &self.all
    }

    /// The peers in the order in which they are to be asked now.
    pub fn in_order(&self) -> impl Iterator<Item = (usize, &Address)> {
        let Healthy { at, since } = *self.healthy.lock().unwrap_or_else(PoisonError::into_inner);
        let first = if since.elapsed() >= BACK { 0 } else { at };
        let others = (0..self.all.len()).filter(move |other| *other != first);
        std::iter::once(first).chain(others).filter_map(|at| self.all.get(at).map(|address| (at, address)))
    }

    /// One answered; it is asked first from now on.
    pub fn answered(&self, at: usize) {
        let mut healthy = self.healthy.lock().unwrap_or_else(PoisonError::into_inner);
        if healthy.at != at || healthy.since.elapsed() >= BACK {
            *healthy = Healthy { at, since: Instant::now() };
        }
    }

    /// The peer that is preferred though it is not the first, with the first.
    pub fn failed_over(&self) -> Option<(&Address, &Address)> {
        let at = self.healthy.lock().unwrap_or_else(PoisonError::into_inner).at;
        if at == 0 { None } else { self.all.get(at).zip(self.all.first()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn order(peers: &Peers) -> Vec<usize> {
        peers.in_order().map(|(at, _)| at).collect()
    }

    #[tokio::test(start_paused = true)]
    async fn the_one_that_answered_is_preferred_and_the_first_gets_another_chance() {
        let peers = Peers::new(["http://a", "http://b", "http://c"].map(|url| Address::parse(url).unwrap()).to_vec());
        assert_eq!(order(&peers), [0, 1, 2]);
        peers.answered(1);
        assert_eq!(order(&peers), [1, 0, 2]);
        assert_eq!(peers.failed_over().unwrap().0.shown(), "http://b");
        tokio::time::advance(BACK).await;
        assert_eq!(order(&peers), [0, 1, 2]);
        // The first still does not answer: the second stays preferred for another while.
        peers.answered(1);
        assert_eq!(order(&peers), [1, 0, 2]);
        tokio::time::advance(BACK).await;
        peers.answered(0);
        assert_eq!(order(&peers), [0, 1, 2]);
        assert!(peers.failed_over().is_none());
    }
}
