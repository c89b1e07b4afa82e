//! `midwatch checklist walk ID --probes-only`: every probe that applies is asked, and nothing is recorded.

use std::sync::Arc;

use tokio::sync::Semaphore;
use tokio::task::JoinSet;

use super::super::args::checklist::{Form, Walk as Arguments};
use super::super::exit;
use super::super::look::{Looked, look, without_sources};
use super::super::output::Output;
use super::super::setup::Setup;
use super::here;
use crate::app::walks::ProbeWish;
use crate::clock::Clock;
use crate::domain::checklist::probe::Held;
use crate::domain::checklist::when::Ground;
use crate::domain::checklist::{Checklist, Evidence, Item, Probe, WalkId};
use crate::report::checklists::probed::{self, Asked};
use crate::runtime::effects::Hands;

/// How many probes are asked at the same time.
const AT_ONCE: usize = 4;

/// No walk: nothing is begun, so nothing has an id.
const NO_WALK: WalkId = WalkId(0);

/// Asks, prints, and says by the status how it stands.
pub(super) async fn run(
    list: &Checklist,
    arguments: &Arguments,
    setup: &Setup,
    output: &mut Output,
) -> Result<u8, String> {
    let ground = setup.session().profile().ground;
    let all = asked(list, &ground, arguments, setup, output).await;
    let here = here(setup, output);
    let written = match arguments.format {
        Form::Text => probed::text(list, &all, here, output.out()),
        Form::Md => probed::md(list, &all, here, output.out()),
        Form::Json => probed::json(list, &all, here, output.out()),
    };
    if all.iter().all(|(_, asked)| asked.held().is_none()) {
        output.complain(&format!("{} has no probe that applies here: nothing was judged", list.id));
    }
    let status = match probed::verdict(all.iter().map(|(_, asked)| asked)) {
        Held::Good => exit::OK,
        Held::Bad => exit::FIRING,
        Held::Unknown => exit::UNKNOWN,
    };
    Ok(output.finish(written, status))
}

async fn asked<'a>(
    list: &'a Checklist,
    ground: &Ground,
    arguments: &Arguments,
    setup: &Setup,
    output: &mut Output,
) -> Vec<(&'a Item, Asked)> {
    let applies = |item: &&Item| item.when.as_ref().is_none_or(|when| when.holds(ground, |_| None));
    let probes: Vec<(&Item, &Probe)> =
        list.items().filter(applies).filter_map(|item| item.probe.as_ref().map(|probe| (item, probe))).collect();
    let mut found = Found::of(&probes, arguments, setup, output).await;
    let mut of = |item: &'a Item| match (found.take(item), applies(&item)) {
        (Some(evidence), _) => Asked::Found(evidence),
        (None, true) => Asked::Manual,
        (None, false) => Asked::Aside,
    };
    list.items().map(|item| (item, of(item))).collect()
}

/// What was found, by item.
struct Found(std::collections::BTreeMap<crate::domain::checklist::ItemId, Evidence>);

impl Found {
    /// What midwatch itself knows is asked of one look at everything, the rest of the systems.
    async fn of(probes: &[(&Item, &Probe)], arguments: &Arguments, setup: &Setup, output: &mut Output) -> Self {
        let mut found = Self(std::collections::BTreeMap::new());
        let hands = if probes.iter().any(|(_, probe)| matches!(probe, Probe::Known { .. })) {
            let Looked { app, hands, troubles } = look(setup, arguments.wait.wait.to_std().unwrap_or_default()).await;
            for trouble in &troubles {
                output.complain(trouble);
            }
            for (item, probe) in probes {
                if let Probe::Known { what, expect } = probe {
                    found.0.insert(item.id.clone(), app.known(*what, *expect));
                }
            }
            hands
        } else {
            without_sources(setup).await.0
        };
        found.ask(probes, &hands, &super::allowed(setup)).await;
        found
    }

    async fn ask(&mut self, probes: &[(&Item, &Probe)], hands: &Hands, allowed: &Result<(), String>) {
        let room = Arc::new(Semaphore::new(AT_ONCE));
        let mut running = JoinSet::new();
        for (item, probe) in probes.iter().filter(|(_, probe)| !matches!(probe, Probe::Known { .. })) {
            // What breaks off without an answer stays unknown.
            self.0.insert(item.id.clone(), broken_off(hands.clock));
            let wish = ProbeWish { walk: NO_WALK, item: item.id.clone(), probe: (*probe).clone(), token: 0 };
            let (room, hands, allowed) = (Arc::clone(&room), hands.clone(), allowed.clone());
            running.spawn(async move {
                // Nobody closes it: there is always a turn.
                let _turn = room.acquire_owned().await.ok();
                hands.probe(wish, allowed).await
            });
        }
        while let Some(done) = running.join_next().await {
            if let Ok(probed) = done {
                self.0.insert(probed.item, probed.evidence);
            }
        }
    }

    fn take(&mut self, item: &Item) -> Option<Evidence> {
        self.0.remove(&item.id)
    }
}

fn broken_off(clock: Clock) -> Evidence {
    Evidence {
        at: clock.now(),
        took_ms: 0,
        from: String::new(),
        held: Held::Unknown,
        value: None,
        unit: String::new(),
        words: "the probe broke off; midwatch's own log says why".to_owned(),
        lines: Vec::new(),
    }
}
