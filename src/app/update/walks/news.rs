//! What the store tells of walks: what became of an order, and everything that is open.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::app::toast::Tone;
use crate::app::walks::{AGAIN, Sent, WalkKept, WalkNews, WalkOrder};
use crate::app::{App, Changed, Effect};
use crate::board::Memory;
use crate::domain::checklist::{Update, Walk, WalkId};

/// How much is remembered that the store kept and does not show yet.
const MOST_KEPT: usize = 1_000;
/// The banner while something is not kept.
const BANNER: &str = "walks";

impl App {
    /// What came of an order.
    pub(in crate::app::update) fn take_walk_news(&mut self, news: WalkNews, effects: &mut Vec<Effect>) -> Changed {
        let WalkNews { order, kept } = news;
        // What is handed over twice is answered twice.
        let Some(at) = self.walks.sent.iter().position(|sent| sent.order.is(&order)) else { return Changed::No };
        let kept = match kept {
            Ok(kept) => kept,
            Err(words) => {
                if let Some(sent) = self.walks.sent.get_mut(at) {
                    sent.again = Some(self.now + AGAIN);
                }
                let banner = self.unkept().next().is_some().then(|| self.not_kept(&words));
                self.toasts.banner(BANNER, banner);
                self.hand_over(effects);
                return Changed::Data;
            }
        };
        let Sent { order, then, .. } = self.walks.sent.remove(at);
        if let Some((tone, words)) = then
            && !matches!(kept, WalkKept::TooLate(_))
        {
            self.say(tone, words);
        }
        if self.unkept().next().is_none() {
            self.toasts.banner(BANNER, None);
        }
        match (order, kept) {
            (WalkOrder::Begin(mine), WalkKept::Walk(walk)) => self.take_begun(&mine, *walk),
            (order, WalkKept::TooLate(words)) => self.too_late(&order, &words),
            (WalkOrder::Know(_) | WalkOrder::Declare(_) | WalkOrder::Over { .. }, _) => {}
            (order, _) => self.remember_kept(order),
        }
        self.rebuild_walks();
        self.hand_over(effects);
        Changed::Data
    }

    fn not_kept(&self, words: &str) -> String {
        let count = self.unkept().count();
        let entries =
            if count == 1 { "1 entry of a walk is".to_owned() } else { format!("{count} entries of walks are") };
        format!("{entries} not kept yet, and handed over again until kept: {words}")
    }

    pub(super) fn remember_kept(&mut self, order: WalkOrder) {
        self.walks.kept.push(order);
        let over = self.walks.kept.len().saturating_sub(MOST_KEPT);
        self.walks.kept.drain(..over);
    }

    /// The walk was ended before this was kept: so is everything else that was to be added to it.
    fn too_late(&mut self, order: &WalkOrder, words: &str) {
        let (WalkOrder::Update(walk, _) | WalkOrder::End(walk, _)) = order else {
            return self.say(Tone::Failed, format!("not kept: {words}"));
        };
        let before = self.walks.sent.len();
        self.walks.sent.retain(
            |sent| !matches!(&sent.order, WalkOrder::Update(other, _) | WalkOrder::End(other, _) if other == walk),
        );
        let lost = 1 + before - self.walks.sent.len();
        let title = self.walk(*walk).map(|walk| walk.list.title.clone()).unwrap_or_default();
        let entries = if lost == 1 { "1 entry".to_owned() } else { format!("{lost} entries") };
        self.say(Tone::Failed, format!("{title}: {words}; {entries} came too late and were not kept"));
    }

    /// The store was read: walks that are open with what it does not show yet.
    pub(in crate::app::update) fn take_open_walks(&mut self, effects: &mut Vec<Effect>) {
        let seen = self.said_here();
        let memory = self.board.memory();
        let mut kept = std::mem::take(&mut self.walks.kept);
        kept.retain(|order| !shows(memory, order));
        self.walks.kept = kept;
        self.rebuild_walks();
        self.leave_ended();
        self.tell_others(seen.as_ref());
        if let Some((list, _)) = self.walks.hand.wanted.take() {
            self.begin_or_resume(&list, effects);
        }
    }

    /// What the screen shows: what was read, then what is kept since, then what is on its way.
    pub(super) fn rebuild_walks(&mut self) {
        let mut open: BTreeMap<WalkId, Arc<Walk>> =
            self.board.memory().walks.iter().map(|walk| (walk.id, Arc::clone(walk))).collect();
        let mut said: BTreeMap<WalkId, Vec<Update>> = BTreeMap::new();
        let mut ended: BTreeSet<WalkId> = BTreeSet::new();
        for order in self.walks.kept.iter().chain(self.walks.sent.iter().map(|sent| &sent.order)) {
            match order {
                WalkOrder::Begin(walk) => {
                    open.entry(walk.id).or_insert_with(|| Arc::new((**walk).clone()));
                }
                WalkOrder::Update(walk, update) => said.entry(*walk).or_default().push((**update).clone()),
                WalkOrder::End(walk, _) => drop(ended.insert(*walk)),
                WalkOrder::Know(_) | WalkOrder::Declare(_) | WalkOrder::Over { .. } => {}
            }
        }
        open.retain(|id, _| !ended.contains(id));
        for (id, updates) in said {
            if let Some(walk) = open.get_mut(&id) {
                *walk = Arc::new((**walk).clone().with(updates));
            }
        }
        if self.walks.open != open {
            self.walks.open = open;
            self.walks.rows_change = Some(self.now);
        }
    }
}

/// Whether what was read of the store shows already what it kept, or nothing is left that it could show it in.
fn shows(memory: &Memory, order: &WalkOrder) -> bool {
    let open = |id: &WalkId| memory.walks.iter().find(|walk| walk.id == *id);
    let ended = |id: &WalkId| memory.walked.iter().any(|walked| walked.id == *id);
    match order {
        WalkOrder::Begin(walk) => open(&walk.id).is_some() || ended(&walk.id),
        WalkOrder::Update(id, update) => {
            ended(id) || open(id).is_some_and(|walk| walk.updates().iter().any(|known| known.id == update.id))
        }
        WalkOrder::End(id, _) => ended(id),
        WalkOrder::Know(_) | WalkOrder::Declare(_) | WalkOrder::Over { .. } => true,
    }
}
