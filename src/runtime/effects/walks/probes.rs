//! Probes, a few at once, and earlier walks of a list.

use std::sync::Arc;

use tokio::sync::Semaphore;

use super::super::{Hands, remedies};
use crate::app::Msg;
use crate::app::walks::{PAST, ProbeWish, Probed};
use crate::config::Settings;
use crate::domain::Moment;
use crate::domain::checklist::{ChecklistId, Evidence, Probe};
use crate::probe::{self, Ground};

/// How many probes are under way at once.
const AT_ONCE: usize = 4;
/// What a command finds of our environment, beside where programs are.
const VARIABLES: [&str; 4] = ["HOME", "USER", "LOGNAME", "LANG"];

/// What probes are carried out with. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Probing {
    ground: Arc<Ground>,
    /// The probes of the checklists that were configured, and no others.
    known: Arc<[Probe]>,
    places: Arc<Semaphore>,
}

impl Probing {
    /// With these settings; `path` is where programs are looked for.
    #[must_use]
    pub fn new(settings: &Settings, path: Vec<std::path::PathBuf>) -> Self {
        let mut env: Vec<(String, String)> =
            VARIABLES.iter().filter_map(|name| Some(((*name).to_owned(), std::env::var(name).ok()?))).collect();
        if let Some(joined) = std::env::join_paths(&path).ok().and_then(|joined| joined.into_string().ok()) {
            env.insert(0, ("PATH".to_owned(), joined));
        }
        let ground = Ground { sources: settings.sources.clone(), path, env, ca: None };
        let items = settings.checklists.iter().flat_map(crate::domain::checklist::Checklist::items);
        let known = items.filter_map(|item| item.probe.clone()).collect();
        Self { ground: Arc::new(ground), known, places: Arc::new(Semaphore::new(AT_ONCE)) }
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
        if !probing.known.contains(&wish.probe) {
            let words = "no checklist here asks for this any more; begin a new walk, or look by hand".to_owned();
            let evidence = probe::unknown(self.clock.now(), words);
            return Probed { walk: wish.walk, item: wish.item, token: wish.token, evidence };
        }
        let place = probing.places.acquire().await;
        let evidence = self.carried(&wish.probe, allowed).await;
        drop(place);
        Probed { walk: wish.walk, item: wish.item, token: wish.token, evidence }
    }

    /// A command is a process of ours: when midwatch leaves, it is ended like any other.
    async fn carried(&self, wanted: &Probe, allowed: Result<(), String>) -> Evidence {
        let now = self.clock.now();
        let ground = self.remedies.probing.ground();
        if !matches!(wanted, Probe::Command { .. }) || allowed.is_err() {
            return probe::ask(ground, wanted, now, allowed).await;
        }
        match remedies::held(self, probe::ask(ground, wanted, now, allowed)).await {
            Ok(evidence) => evidence,
            Err(words) => probe::unknown(now, words),
        }
    }

    /// Earlier walks of a list, newest first.
    pub async fn past_walks(&self, list: ChecklistId) -> Msg {
        let read = match &self.store {
            Some(store) => store.walks_of(&list, PAST).await.map_err(|error| format!("the store: {error}")),
            None => Err("there is no store; earlier walks are not known".to_owned()),
        };
        Msg::Walks(list, read)
    }
}
