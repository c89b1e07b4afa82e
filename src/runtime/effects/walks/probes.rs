//! Probes, a few at once, and earlier walks of a list.

use std::path::PathBuf;
use std::sync::Arc;

use tokio::sync::Semaphore;

use super::super::{Hands, remedies};
use crate::app::Msg;
use crate::app::walks::{PAST, ProbeWish, Probed};
use crate::config::Settings;
use crate::domain::Moment;
use crate::domain::checklist::{Checklist, ChecklistId, Declared, Evidence, Probe};
use crate::probe::{self, Ground};

/// How many probes are under way at once.
const AT_ONCE: usize = 4;
/// What a command finds of our environment, beside where programs are.
const VARIABLES: [&str; 4] = ["HOME", "USER", "LOGNAME", "LANG"];

/// What probes are carried out with. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Probing {
    ground: Arc<Ground>,
    /// The probes of the checklists that were configured, and no others; each with the file that it stands in, if its
    /// list is not a shipped one.
    known: Arc<[(Probe, Option<PathBuf>)]>,
    places: Arc<Semaphore>,
}

impl Probing {
    /// With these settings; `path` is where programs are looked for.
    #[must_use]
    pub fn new(settings: &Settings, path: Vec<PathBuf>) -> Self {
        let mut env: Vec<(String, String)> =
            VARIABLES.iter().filter_map(|name| Some(((*name).to_owned(), std::env::var(name).ok()?))).collect();
        if let Some(joined) = std::env::join_paths(&path).ok().and_then(|joined| joined.into_string().ok()) {
            env.insert(0, ("PATH".to_owned(), joined));
        }
        let ground = Ground { sources: settings.sources.clone(), path, env, ca: None };
        let of_list = |list: &Checklist| {
            let file = match &list.origin {
                Declared::Shipped => None,
                Declared::File(path) => Some(path.clone()),
            };
            list.items().filter_map(|item| item.probe.clone()).map(|probe| (probe, file.clone())).collect::<Vec<_>>()
        };
        let known = settings.checklists.iter().flat_map(of_list).collect();
        Self { ground: Arc::new(ground), known, places: Arc::new(Semaphore::new(AT_ONCE)) }
    }

    /// The lists that ask for a probe, each as its file; `None` for a shipped one.
    fn askers(&self, wanted: &Probe) -> Vec<Option<PathBuf>> {
        let asks = self.known.iter().filter(|(probe, _)| probe == wanted);
        asks.map(|(_, file)| file.clone()).collect()
    }

    /// What a probe is carried out with, here.
    #[must_use]
    pub fn ground(&self) -> &Ground {
        &self.ground
    }
}

/// What a probe is answered that was not asked.
#[must_use]
pub fn not_asked(wish: ProbeWish, words: String) -> Probed {
    let evidence = probe::unknown(Moment::UNIX_EPOCH, words);
    Probed { walk: wish.walk, item: wish.item, token: wish.token, evidence }
}

impl Hands {
    /// Carries a probe out. `allowed` is what the guard says now: a command is a process. A walk keeps its list in the
    /// store, which others may write to: only what a checklist here asks for is carried out.
    pub async fn probe(&self, wish: ProbeWish, allowed: Result<(), String>) -> Probed {
        let probing = &self.remedies.probing;
        // The semaphore lives as long as these hands and is never closed.
        let askers = probing.askers(&wish.probe);
        if askers.is_empty() {
            let words = "no checklist here asks for this any more; begin a new walk, or look by hand".to_owned();
            let evidence = probe::unknown(self.clock.now(), words);
            return Probed { walk: wish.walk, item: wish.item, token: wish.token, evidence };
        }
        let place = probing.places.acquire().await;
        let evidence = self.carried(&wish.probe, &askers, allowed).await;
        drop(place);
        Probed { walk: wish.walk, item: wish.item, token: wish.token, evidence }
    }

    /// A command is a process of ours: when midwatch leaves, it is ended like any other; and it is not started where
    /// others could have written it.
    async fn carried(&self, wanted: &Probe, askers: &[Option<PathBuf>], allowed: Result<(), String>) -> Evidence {
        let now = self.clock.now();
        let ground = self.remedies.probing.ground();
        if !matches!(wanted, Probe::Command { .. }) || allowed.is_err() {
            return probe::ask(ground, wanted, now, allowed).await;
        }
        if let Err(words) = self.is_trusted(askers).await {
            return probe::unknown(self.clock.now(), format!("not started: {words}"));
        }
        match remedies::held(self, probe::ask(ground, wanted, now, allowed)).await {
            Ok(evidence) => evidence,
            Err(words) => probe::unknown(now, words),
        }
    }

    /// Whether one of these lists may have commands run; in words, why none may.
    async fn is_trusted(&self, askers: &[Option<PathBuf>]) -> Result<(), String> {
        let mut trusted = Ok(());
        for asker in askers {
            let hurdle = match asker {
                Some(file) => remedies::of_list(self, file).await,
                None => None,
            };
            let Some(words) = hurdle else { return Ok(()) };
            trusted = Err(words);
        }
        trusted
    }

    /// Earlier walks of a list, newest first.
    pub async fn past_walks(&self, list: ChecklistId) -> Msg {
        let read = match self.store.get() {
            Some(store) => store.walks_of(&list, PAST).await.map_err(|error| format!("the store: {error}")),
            None => Err("there is no store; earlier walks are not known".to_owned()),
        };
        Msg::Walks(list, read)
    }
}
