//! What these tests stand on: a list of every kind of item, and a store that can fail.

use std::collections::VecDeque;
use std::sync::Arc;

use chrono::TimeDelta;

use crate::app::update::tests::Watch;
use crate::app::walks::{ProbeWish, Probed, Stop, WalkKept, WalkNews, WalkOrder};
use crate::app::{Action, Effect, Msg, Place, Update as Told};
use crate::board::Memory;
use crate::domain::checklist::item::NoteRule;
use crate::domain::checklist::probe::Held;
use crate::domain::checklist::walk::End;
use crate::domain::checklist::{
    Change, Checklist, Entry, Evidence, Expect, Item, ItemId, ItemKind, Outcome, Probe, Section, Update, UpdateId,
    Walk, WalkId,
};
use crate::domain::remediation::RemedyId;
use crate::domain::{Moment, Operator};

pub(crate) fn item(id: &str, kind: ItemKind) -> Item {
    Item::new(id, &format!("{id} looked at"), kind)
}

/// logs (tick) · errors (at most 1 %) · latency (probe) · alerts (green, amber, red) · backup (blocker with a remedy).
pub(crate) fn daily() -> Checklist {
    let query = |text: &str| Probe::Query {
        source: None,
        query: text.to_owned(),
        unit: "s".to_owned(),
        expect: Expect::parse("< 0.5").unwrap(),
    };
    let words = ["green", "amber", "red"].map(str::to_owned).to_vec();
    let items = vec![
        item("logs", ItemKind::Tick),
        item("errors", ItemKind::Value { unit: "%".to_owned(), min: None, max: Some(1.0) }),
        Item { probe: Some(query("p95")), ..item("latency", ItemKind::Probe) },
        item("alerts", ItemKind::Choice { words, good: vec!["green".to_owned()] }),
        Item {
            blocker: true,
            note: NoteRule::OnFailure,
            remedy: Some(RemedyId::new("restart-checkout")),
            ..item("backup", ItemKind::Tick)
        },
    ];
    Checklist { adopted: true, ..Checklist::new("daily", "Daily maintenance", vec![Section::untitled(items)]) }
}

/// The store as the app knows it. It outlives the watches.
#[derive(Debug, Clone, Default)]
pub(crate) struct Store {
    pub(crate) walks: Vec<Walk>,
}

impl Store {
    pub(crate) fn keep(&mut self, order: &WalkOrder) -> WalkKept {
        match order {
            WalkOrder::Begin(walk) => {
                let open = self.walks.iter().find(|known| known.is_open() && known.list.id == walk.list.id);
                let kept = open.or_else(|| self.walks.iter().find(|known| known.id == walk.id)).cloned();
                WalkKept::Walk(Box::new(kept.unwrap_or_else(|| {
                    self.walks.push((**walk).clone());
                    (**walk).clone()
                })))
            }
            WalkOrder::Update(id, update) => self.change(*id, |walk| *walk = walk.clone().with([(**update).clone()])),
            WalkOrder::End(id, end) => self.change(*id, |walk| walk.ended = Some((**end).clone())),
            WalkOrder::Know(_) | WalkOrder::Declare(_) | WalkOrder::Over { .. } => WalkKept::Yes,
        }
    }

    fn change(&mut self, id: WalkId, change: impl FnOnce(&mut Walk)) -> WalkKept {
        match self.walks.iter_mut().find(|walk| walk.id == id) {
            Some(walk) if walk.is_open() => {
                change(walk);
                WalkKept::Yes
            }
            Some(walk) => {
                WalkKept::TooLate(format!("{} ended it", walk.ended.as_ref().map_or("", |end| end.by.name.as_str())))
            }
            None => WalkKept::TooLate("no such walk is kept".to_owned()),
        }
    }

    pub(crate) fn memory(&self) -> Memory {
        let open = self.walks.iter().filter(|walk| walk.is_open());
        let ended = self.walks.iter().filter_map(|walk| walk.ended.as_ref().map(|end| walk.walked(end)));
        Memory { walks: open.cloned().map(Arc::new).collect(), walked: ended.collect(), ..Memory::default() }
    }

    pub(crate) fn only(&self) -> &Walk {
        assert_eq!(self.walks.len(), 1, "one walk is kept");
        &self.walks[0]
    }

    /// What another operator does on another machine.
    pub(crate) fn ben(&mut self, at: Moment, id: u64, item: &str, outcome: Outcome) {
        let change = Change::Outcome { outcome, why: String::new() };
        let by = Operator::new("ben", "laptop");
        let update = Update { id: UpdateId(id), item: Some(ItemId::new(item)), change, by, at };
        let walk = self.walks[0].id;
        self.keep(&WalkOrder::Update(walk, Box::new(update)));
    }

    pub(crate) fn ben_ends(&mut self, at: Moment) {
        let end = End { at, by: Operator::new("ben", "laptop"), completed: true, sign: "ben".to_owned() };
        let walk = self.walks[0].id;
        self.keep(&WalkOrder::End(walk, Box::new(end)));
    }
}

/// A watch, and the store behind it.
pub(crate) struct Stage {
    pub(crate) watch: Watch,
    pub(crate) store: Store,
    /// What was handed over and is not answered yet.
    pub(crate) orders: VecDeque<WalkOrder>,
    pub(crate) probes: Vec<ProbeWish>,
    starts: u64,
}

impl Stage {
    pub(crate) fn of(list: Checklist) -> Self {
        Self::over(list, Store::default())
    }

    pub(crate) fn over(list: Checklist, store: Store) -> Self {
        let watch = watch(Arc::new(list), 1);
        let mut stage = Self { watch, store, orders: VecDeque::new(), probes: Vec::new(), starts: 1 };
        stage.read();
        stage.keep_all();
        stage
    }

    /// The daily walk, just begun and kept.
    pub(crate) fn begun() -> Self {
        Self::walking(daily())
    }

    pub(crate) fn walking(list: Checklist) -> Self {
        let mut stage = Self::of(list);
        stage.open();
        stage.keep_all();
        stage
    }

    /// As from the command line: the walk of the list that there is.
    pub(crate) fn open(&mut self) {
        let list = self.watch.app.profile.checklists[0].id.clone();
        self.watch.app.open_walk_at_start(list);
        self.read();
    }

    pub(crate) fn tell(&mut self, msg: Msg) -> Told {
        let update = self.watch.tell(msg);
        for effect in &update.effects {
            match effect {
                Effect::Walk(order) => self.orders.push_back((**order).clone()),
                Effect::Probe(wish) => self.probes.push((**wish).clone()),
                _ => {}
            }
        }
        update
    }

    pub(crate) fn press(&mut self, action: Action) -> Told {
        self.tell(Msg::Action(action))
    }

    /// Types a line and enters it.
    pub(crate) fn enter(&mut self, text: &str) {
        self.watch.type_text(text);
        self.press(Action::Accept);
    }

    pub(crate) fn wait(&mut self, span: TimeDelta) {
        self.watch.now += span;
        self.tell(Msg::Tick);
    }

    /// The store keeps the next order, and says so.
    pub(crate) fn keep(&mut self) {
        if let Some(order) = self.orders.pop_front() {
            let kept = self.store.keep(&order);
            self.tell(Msg::Walk(Box::new(WalkNews { order, kept: Ok(kept) })));
        }
    }

    /// The store fails.
    pub(crate) fn fail(&mut self) {
        if let Some(order) = self.orders.pop_front() {
            self.tell(Msg::Walk(Box::new(WalkNews { order, kept: Err("the disk is full".to_owned()) })));
        }
    }

    pub(crate) fn keep_all(&mut self) {
        while !self.orders.is_empty() {
            self.keep();
        }
    }

    /// What the store holds is read.
    pub(crate) fn read(&mut self) {
        let memory = self.store.memory();
        self.tell(Msg::Memory(Box::new(memory)));
    }

    /// midwatch is killed, and started again at its walk: what the runtime was still told is kept.
    pub(crate) fn restart(&mut self) {
        for order in std::mem::take(&mut self.orders) {
            self.store.keep(&order);
        }
        self.starts += 1;
        let (list, now) = (Arc::clone(&self.watch.app.profile.checklists[0]), self.watch.now);
        self.watch = watch(list, self.starts);
        self.watch.now = now;
        self.watch.app.now = now;
        self.probes.clear();
        self.open();
        self.keep_all();
    }

    pub(crate) fn probed(&mut self, wish: &ProbeWish, held: Held, value: f64) {
        let evidence = Evidence {
            at: self.watch.now,
            took_ms: 3,
            from: "prom".to_owned(),
            held,
            value: Some(value),
            unit: "s".to_owned(),
            words: String::new(),
            lines: Vec::new(),
        };
        let (walk, item, token) = (wish.walk, wish.item.clone(), wish.token);
        self.tell(Msg::Probed(Box::new(Probed { walk, item, token, evidence })));
    }

    pub(crate) fn walk(&self) -> &Walk {
        let Place::Walk(id) = self.watch.app.place() else { panic!("no walk: {:?}", self.watch.app.place()) };
        self.watch.app.walk(id).unwrap()
    }

    /// Where the operator stands; nothing for the completion.
    pub(crate) fn at(&self) -> String {
        match self.watch.app.stop_of(self.walk().id) {
            Stop::Item(item) => item.to_string(),
            Stop::Completion => String::new(),
        }
    }

    pub(crate) fn entry(&self, item: &str) -> Entry {
        self.walk().entry(&ItemId::new(item)).cloned().unwrap_or_default()
    }

    pub(crate) fn outcome(&self, item: &str) -> Option<Outcome> {
        self.entry(item).outcome
    }

    pub(crate) fn goes_to(&mut self, item: &str) {
        self.press(Action::Top);
        while self.at() != item {
            let before = self.at();
            self.press(Action::Down);
            assert_ne!(self.at(), before, "no item {item}");
        }
    }
}

fn watch(list: Arc<Checklist>, seed: u64) -> Watch {
    let mut watch = Watch::new();
    watch.app.profile.checklists = vec![list].into();
    watch.app.profile.seed = seed;
    watch
}
