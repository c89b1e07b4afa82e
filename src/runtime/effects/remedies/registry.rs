//! The runs of this process: which there are, and how each is told to stop.
//!
//! Nothing here waits for anybody but [`Registry::idle`], so that a thread can stop everything when the terminal is
//! gone and the loop is stuck.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::watch;

use crate::domain::remediation::RunId;

/// The runs of this process. Cheap to clone; all clones are one.
#[derive(Debug, Clone)]
pub struct Registry {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    runs: Mutex<Runs>,
    count: watch::Sender<usize>,
}

#[derive(Debug, Default)]
struct Runs {
    leaving: bool,
    all: BTreeMap<RunId, Handle>,
}

#[derive(Debug)]
struct Handle {
    word: watch::Sender<Word>,
    cancel: watch::Sender<bool>,
    grace: Duration,
}

/// What a run is told.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
enum Word {
    /// Nothing.
    #[default]
    GoOn,
    /// To end, and why.
    Stop(String),
    /// To be gone in a moment, and why.
    AtOnce(String),
}

/// How long a run that must be gone at once still has to end by itself.
const MOMENT: Duration = Duration::from_millis(200);

impl Default for Registry {
    fn default() -> Self {
        Self { inner: Arc::new(Inner { runs: Mutex::default(), count: watch::Sender::new(0) }) }
    }
}

impl Registry {
    /// Takes a run up until its slot is dropped.
    ///
    /// # Errors
    /// In words, where nothing is begun any more.
    pub(super) fn enter(&self, id: RunId, grace: Duration) -> Result<Slot, String> {
        let mut runs = self.runs();
        if runs.leaving {
            return Err("midwatch is leaving: nothing is begun any more".to_owned());
        }
        let (word, told) = watch::channel(Word::GoOn);
        let (cancel, cancelled) = watch::channel(false);
        runs.all.insert(id, Handle { word, cancel, grace });
        self.inner.count.send_replace(runs.all.len());
        drop(runs);
        Ok(Slot { registry: self.clone(), id, told, cancelled })
    }

    /// Tells one run to end; says whether it is here.
    pub fn stop(&self, id: RunId, why: &str) -> bool {
        let runs = self.runs();
        let handle = runs.all.get(&id);
        if let Some(handle) = handle {
            handle.tell(Word::Stop(why.to_owned()));
        }
        handle.is_some()
    }

    /// Tells all runs to end, and lets none begin any more.
    pub fn stop_all(&self, why: &str) {
        self.tell_all(&Word::Stop(why.to_owned()));
    }

    /// The same, and none of them may take its time.
    pub fn stop_at_once(&self, why: &str) {
        self.tell_all(&Word::AtOnce(why.to_owned()));
    }

    fn tell_all(&self, word: &Word) {
        let mut runs = self.runs();
        runs.leaving = true;
        runs.all.values().for_each(|handle| handle.tell(word.clone()));
    }

    /// Whether a run is one of this process.
    #[must_use]
    pub fn holds(&self, id: RunId) -> bool {
        self.runs().all.contains_key(&id)
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.runs().all.len()
    }

    /// Whether there is none: the outcomes of all are written.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The longest time that one of them may take to end.
    #[must_use]
    pub fn longest_grace(&self) -> Duration {
        self.runs().all.values().map(|handle| handle.grace).max().unwrap_or_default()
    }

    /// Waits until there is none.
    pub async fn idle(&self) {
        let mut count = self.inner.count.subscribe();
        // The sender lives as long as this registry.
        let _ = count.wait_for(|count| *count == 0).await;
    }

    fn runs(&self) -> MutexGuard<'_, Runs> {
        self.inner.runs.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Handle {
    fn tell(&self, word: Word) {
        // What must be gone at once stays so.
        self.word.send_if_modified(|now| {
            let graver = !matches!((&*now, &word), (Word::AtOnce(_), _) | (Word::Stop(_), Word::Stop(_)));
            if graver {
                *now = word;
            }
            graver
        });
        self.cancel.send_replace(true);
    }
}

/// The place of one run. It is given up when this is dropped, however the run ended.
#[derive(Debug)]
pub(super) struct Slot {
    registry: Registry,
    id: RunId,
    told: watch::Receiver<Word>,
    cancelled: watch::Receiver<bool>,
}

impl Slot {
    /// Becomes true when the run is told to end.
    pub(super) fn cancelled(&self) -> watch::Receiver<bool> {
        self.cancelled.clone()
    }

    /// Why it was told to end; `None` if it was not.
    pub(super) fn why(&self) -> Option<String> {
        match &*self.told.borrow() {
            Word::GoOn => None,
            Word::Stop(why) | Word::AtOnce(why) => Some(why.clone()),
        }
    }

    /// Ends when the run must be gone, whatever it still does.
    pub(super) async fn out_of_time(&self) {
        let mut told = self.told.clone();
        if told.wait_for(|word| matches!(word, Word::AtOnce(_))).await.is_err() {
            return std::future::pending().await;
        }
        tokio::time::sleep(MOMENT).await;
    }
}

impl Drop for Slot {
    fn drop(&mut self) {
        let mut runs = self.registry.runs();
        runs.all.remove(&self.id);
        let left = runs.all.len();
        drop(runs);
        self.registry.inner.count.send_replace(left);
    }
}
