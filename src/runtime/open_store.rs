//! The store as the background sees it: there from the start, or later, when the disk lets it be opened.
//!
//! What lives here: the place that the store is put into once, and the task that tries again. What must not: what is
//! done without a store; whoever acts decides that.

use std::path::PathBuf;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use tokio::sync::{Notify, mpsc};
use tokio::task::JoinHandle;

use super::store_watch::StoreWatch;
use crate::app::Msg;
use crate::clock::Clock;
use crate::store::{Notice, Opened, Store, StoreError, StoreErrorKind};

/// How often it is tried again where it could not be opened.
const AGAIN: Duration = Duration::from_secs(5);

/// How much of what happened is kept to be told: each try may find something anew.
const NOTICES: usize = 5;

/// The store, once it is open. Cheap to clone; all clones see the same.
#[derive(Debug, Clone, Default)]
pub struct OpenStore(Arc<OnceLock<Store>>);

impl OpenStore {
    /// The store, if it is open.
    #[must_use]
    pub fn get(&self) -> Option<&Store> {
        self.0.get()
    }

    /// Puts the store in. The first one stays.
    pub fn set(&self, store: Store) {
        if self.0.set(store).is_err() {
            tracing::error!("the store was opened twice");
        }
    }
}

impl From<Option<Store>> for OpenStore {
    fn from(store: Option<Store>) -> Self {
        let this = Self::default();
        if let Some(store) = store {
            this.set(store);
        }
        this
    }
}

impl From<Store> for OpenStore {
    fn from(store: Store) -> Self {
        Some(store).into()
    }
}

/// A store that is being opened. Whoever stops waiting does not undo half of it: it goes on, and can be waited for again.
#[derive(Debug)]
pub struct Opening(JoinHandle<Result<Opened, StoreError>>);

impl Opening {
    /// Begins to open this file.
    #[must_use]
    pub fn of(path: PathBuf) -> Self {
        Self(tokio::spawn(async move { Store::open(&path).await }))
    }

    /// How it ended. May be dropped, and called again unless it has ended.
    ///
    /// # Errors
    /// Where the store could not be opened.
    pub async fn ended(&mut self) -> Result<Opened, StoreError> {
        match (&mut self.0).await {
            Ok(opened) => opened,
            Err(error) => {
                let what = format!("could not open the store: {error}");
                Err(StoreError { kind: StoreErrorKind::Internal, what, advice: String::new(), notices: Vec::new() })
            }
        }
    }
}

/// A store that could not be opened.
#[derive(Debug)]
pub struct Unopened {
    /// What is said of it while it cannot.
    pub said: Msg,
    /// What happened on the way, in every try: it is told until the store opens, and then once more.
    notices: Vec<Notice>,
}

impl From<StoreError> for Unopened {
    fn from(error: StoreError) -> Self {
        Self { said: without(&error.to_string()), notices: error.notices }
    }
}

fn without(why: &str) -> Msg {
    let words = format!("watching goes on, but nothing can be acked or noted: the store: {why}");
    Msg::Trouble { key: "store", words: Some(words) }
}

impl Unopened {
    /// One that is still opening, and is no longer waited for.
    #[must_use]
    pub fn slow() -> Self {
        Self { said: without("it takes long to open"), notices: Vec::new() }
    }

    /// What happened, now that this happened too.
    fn with(&self, new: Vec<Notice>) -> Vec<Notice> {
        let mut all = self.notices.clone();
        for notice in new {
            // An empty file after one that was set aside is what the try after it left.
            let was_set_aside = all.iter().any(|before| matches!(before, Notice::SetAside { .. }));
            let left = matches!(notice, Notice::Empty { .. }) && was_set_aside;
            if !left && all.len() < NOTICES && !all.contains(&notice) {
                all.push(notice);
            }
        }
        all
    }
}

/// What happened while the store was opened, as one text: a second message of this key would hide the first.
#[must_use]
pub fn told_of(notices: &[Notice]) -> Option<Msg> {
    let words: Vec<String> = notices.iter().map(ToString::to_string).collect();
    (!words.is_empty()).then(|| Msg::Trouble { key: "store.notice", words: Some(words.join("; ")) })
}

/// Tries until the store opens, puts it in, and watches it from then on. Nothing of a watch is begun anew.
#[derive(Debug)]
pub struct Later {
    /// The file.
    pub path: PathBuf,
    /// Where it is put.
    pub place: OpenStore,
    /// What time it is.
    pub clock: Clock,
    /// Makes the store be looked at.
    pub nudge: Arc<Notify>,
    /// Who hears of it.
    pub told: mpsc::Sender<Msg>,
}

impl Later {
    /// Tries again and again, until it is open or nobody listens. `last` is what came of the last try; `opening` is one
    /// that has not ended yet.
    pub async fn run(self, mut last: Unopened, opening: Option<Opening>) {
        let mut opening = opening;
        loop {
            let next = async {
                if opening.is_none() {
                    tokio::time::sleep(AGAIN).await;
                }
                opening.take().unwrap_or_else(|| Opening::of(self.path.clone())).ended().await
            };
            let ended = tokio::select! {
                () = self.told.closed() => return,
                ended = next => ended,
            };
            let failed: Unopened = match ended {
                Ok(Opened { store, notices }) => return self.opened(store, &last.with(notices)).await,
                Err(error) => StoreError { notices: last.with(error.notices), ..error }.into(),
            };
            let is_news = failed.said != last.said;
            last = failed;
            if is_news && self.told.send(last.said.clone()).await.is_err() {
                return;
            }
        }
    }

    async fn opened(self, store: Store, notices: &[Notice]) {
        self.place.set(store.clone());
        let over = Msg::Trouble { key: "store", words: None };
        for message in std::iter::once(over).chain(told_of(notices)) {
            if self.told.send(message).await.is_err() {
                return;
            }
        }
        StoreWatch::default().run(store, self.clock, self.nudge, self.told).await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::StoreErrorKind;

    fn set_aside() -> Notice {
        Notice::SetAside { kept: "/state/midwatch.db.corrupt-1".into(), why: "no database".to_owned() }
    }

    fn full(notices: Vec<Notice>) -> StoreError {
        let (what, advice) = ("could not open the store".to_owned(), "free space".to_owned());
        StoreError { kind: StoreErrorKind::Full, what, advice, notices }
    }

    fn words(msg: Option<Msg>) -> String {
        let Some(Msg::Trouble { words: Some(words), .. }) = msg else { panic!("{msg:?}") };
        words
    }

    #[test]
    fn all_that_happened_is_one_text() {
        assert_eq!(told_of(&[]), None);
        let both = words(told_of(&[set_aside(), Notice::LogLost { kept: "/state/log".into() }]));
        assert!(both.contains("midwatch.db.corrupt-1") && both.contains("/state/log"), "{both}");
    }

    /// The file is set aside, the disk is full, and a later try opens what that one left: an empty file.
    #[tokio::test]
    async fn where_the_damaged_file_is_now_is_said_while_no_store_opens_and_when_one_does() {
        let first = Unopened::from(full(vec![set_aside()]));
        let empty = || vec![Notice::Empty { path: "/state/midwatch.db".into() }];
        let second = Unopened::from(full(first.with(empty())));
        assert_eq!(first.said, second.said, "the same is said once");
        assert!(words(Some(second.said.clone())).contains("midwatch.db.corrupt-1"), "{second:?}");
        let many = (0..100).map(|number| Notice::LogLost { kept: format!("/state/{number}").into() });
        assert_eq!(first.with(many.collect()).len(), NOTICES, "tries may go on all night");
        let (told, mut heard) = mpsc::channel(8);
        let (place, nudge) = (OpenStore::default(), Arc::default());
        let later = Later { path: PathBuf::new(), place: place.clone(), clock: Clock::System, nudge, told };
        let store = Store::open_in_memory().await.unwrap();
        let opened = tokio::spawn(async move { later.opened(store, &second.with(empty())).await });
        assert_eq!(heard.recv().await, Some(Msg::Trouble { key: "store", words: None }));
        let said = words(heard.recv().await);
        assert!(said.contains("midwatch.db.corrupt-1") && !said.contains("empty file"), "{said}");
        assert!(place.get().is_some());
        drop(heard);
        opened.await.unwrap();
    }
}
