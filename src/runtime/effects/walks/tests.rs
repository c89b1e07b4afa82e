//! Orders are carried out in the order of their walk, whatever the store does, and each is answered.

use std::collections::VecDeque;
use std::time::Duration;

use futures_util::FutureExt as _;
use proptest::prelude::*;

use super::keep::too_late;
use super::*;
use crate::app::walks::{ProbeWish, WalkKept};
use crate::clock::Clock;
use crate::config::Settings;
use crate::domain::checklist::probe::Held;
use crate::domain::checklist::walk::{Change, End};
use crate::domain::checklist::{
    Checklist, ChecklistId, Declared, Item, ItemId, ItemKind, Probe, Section, Update, UpdateId, Walk, WalkId,
};
use crate::domain::{Moment, Operator};
use crate::runtime::effects::remedies::Toolbox;
use crate::store::walks::Said;

/// Far away: a test that needs it has failed.
const FAR: Duration = Duration::from_mins(1);

fn at(clock: &str) -> Moment {
    format!("2026-11-21T{clock}:00Z").parse().unwrap()
}

fn ana() -> Operator {
    Operator::new("ana", "bastion")
}

fn item() -> Item {
    Item::new("logs", "Error lines", ItemKind::Tick)
}

fn walk(id: u64) -> Walk {
    let list = Checklist::new("daily", "Daily maintenance", vec![Section::untitled(vec![item()])]);
    Walk::new(WalkId(id), Arc::new(list), None, at("09:00"), ana())
}

fn begin(id: u64) -> WalkOrder {
    WalkOrder::Begin(Box::new(walk(id)))
}

fn update(id: u64, number: u64) -> WalkOrder {
    let change = Change::Note { text: number.to_string() };
    let update = Update { id: UpdateId(number), item: None, change, by: ana(), at: at("09:01") };
    WalkOrder::Update(WalkId(id), Box::new(update))
}

fn ended() -> End {
    End { at: at("09:41"), by: Operator::new("ben", "bastion"), completed: true, sign: "ben".to_owned() }
}

fn end(id: u64) -> WalkOrder {
    WalkOrder::End(WalkId(id), Box::new(ended()))
}

/// A store that fails when it is told to.
#[derive(Clone, Default)]
struct Shelf {
    kept: Arc<Mutex<Vec<WalkOrder>>>,
    /// Whether each of the next ones fails.
    fails: Arc<Mutex<VecDeque<bool>>>,
}

impl Shelf {
    fn carry(&self) -> Carry {
        let all = self.clone();
        Box::new(move |order| {
            let mine = all.clone();
            async move {
                if mine.fails.lock().unwrap().pop_front().unwrap_or(false) {
                    return Err("the disk is full".to_owned());
                }
                mine.kept.lock().unwrap().push(order.clone());
                Ok(WalkKept::Yes)
            }
            .boxed()
        })
    }

    fn kept(&self) -> Vec<WalkOrder> {
        self.kept.lock().unwrap().clone()
    }
}

/// What is told of the next order.
async fn news(told: &mut mpsc::Receiver<Msg>) -> WalkNews {
    match tokio::time::timeout(FAR, told.recv()).await {
        Ok(Some(Msg::Walk(news))) => *news,
        other => panic!("an order was not answered: {other:?}"),
    }
}

fn of(order: &WalkOrder) -> Option<WalkId> {
    match order {
        WalkOrder::Begin(walk) => Some(walk.id),
        WalkOrder::Update(id, _) | WalkOrder::End(id, _) => Some(*id),
        _ => None,
    }
}

/// Hands everything over, and what was not kept again, until all of it is.
async fn all_kept(orders: &[WalkOrder], fails: Vec<bool>) -> Vec<WalkOrder> {
    let (sender, mut told) = mpsc::channel(64);
    let shelf = Shelf { fails: Arc::new(Mutex::new(fails.into())), ..Shelf::default() };
    let walks = Walks::carried_by(shelf.carry(), sender, Arc::default());
    let mut left: Vec<WalkOrder> = orders.to_vec();
    while !left.is_empty() {
        for order in &left {
            walks.order(order.clone()).unwrap();
        }
        let mut again = Vec::new();
        for order in &left {
            let news = news(&mut told).await;
            assert_eq!(news.order, *order, "answered in the order in which they were handed over");
            again.extend(news.kept.err().map(|_| news.order));
        }
        left = again;
    }
    shelf.kept()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn a_walk_is_kept_in_the_order_in_which_it_was_said_however_often_the_store_fails(
        which in prop::collection::vec(0_u64..3, 1..20),
        fails in prop::collection::vec(any::<bool>(), 0..40),
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let mut said: Vec<WalkOrder> = (0..3).map(begin).collect();
        said.extend(which.iter().zip(0..).map(|(id, number)| update(*id, number)));
        said.extend((0..3).map(end));
        let kept = runtime.block_on(all_kept(&said, fails));
        for id in (0..3).map(WalkId) {
            let of_it = |all: &[WalkOrder]| all.iter().filter(|order| of(order) == Some(id)).cloned().collect::<Vec<_>>();
            prop_assert_eq!(of_it(&kept), of_it(&said));
        }
        prop_assert_eq!(kept.len(), said.len());
    }
}

#[tokio::test]
async fn what_finds_no_room_is_answered_and_nothing_of_its_walk_overtakes_it() {
    let (sender, mut told) = mpsc::channel(8);
    let gate = Arc::new(Notify::new());
    let shelf = Shelf::default();
    let (opened, inner) = (Arc::clone(&gate), Arc::new(shelf.carry()));
    let held: Carry = Box::new(move |order| {
        let (gate, inner) = (Arc::clone(&opened), Arc::clone(&inner));
        async move {
            gate.notified().await;
            gate.notify_one();
            inner(order).await
        }
        .boxed()
    });
    let walks = Walks::carried_by(held, sender, Arc::default());
    let mut number = 0;
    // As many as wait, and perhaps one that is being carried out.
    let refused = loop {
        match walks.order(update(1, number)) {
            Ok(()) => number += 1,
            Err(answer) => break answer,
        }
        assert!(number <= 2_000, "there is no bound");
    };
    let Msg::Walk(news) = refused else { panic!("{refused:?}") };
    assert_eq!((news.order, news.kept), (update(1, number), Err(FULL.to_owned())));
    gate.notify_one();
    for _ in 0..number {
        assert_eq!(self::news(&mut told).await.kept, Ok(WalkKept::Yes));
    }
    assert!(walks.order(update(1, number + 1)).is_err(), "one before it found no room");
    walks.order(update(2, 0)).unwrap();
    walks.order(update(1, number)).unwrap();
    walks.order(update(1, number + 1)).unwrap();
    walks.idle().await;
    let last: Vec<WalkOrder> = shelf.kept().split_off(usize::try_from(number).unwrap());
    assert_eq!(last, [update(2, 0), update(1, number), update(1, number + 1)]);
}

#[tokio::test]
async fn what_was_handed_over_before_leaving_is_kept_although_nobody_listens() {
    let (sender, told) = mpsc::channel(1);
    let shelf = Shelf::default();
    let walks = Walks::carried_by(shelf.carry(), sender, Arc::default());
    for number in 0..50 {
        walks.order(update(1, number)).unwrap();
    }
    drop(told);
    walks.idle().await;
    assert_eq!(shelf.kept().len(), 50);
}

#[test]
fn too_late_says_who_and_when() {
    let berlin = chrono_tz::Europe::Berlin;
    let said = |end: End, now: &str| match too_late(&Said::Ended(end), now.parse().unwrap(), berlin) {
        WalkKept::TooLate(words) => words,
        other => panic!("{other:?}"),
    };
    assert_eq!(said(ended(), "2026-11-21T09:50:00Z"), "ben completed it at 10:41");
    assert_eq!(said(ended(), "2026-11-22T09:50:00Z"), "ben completed it at 21 Nov 10:41");
    let given_up = End { completed: false, ..ended() };
    assert_eq!(said(given_up, "2026-11-21T09:50:00Z"), "ben gave it up at 10:41");
}

fn hands(store: Option<crate::store::Store>) -> Hands {
    Hands {
        store: store.into(),
        mutings: Arc::default(),
        remedies: Toolbox::new(&Settings::default_for_this_machine("bastion")),
        operator: ana(),
        clock: Clock::Fixed(at("09:50")),
        holder: "ana@bastion (1)".into(),
        since: crate::domain::Moment::UNIX_EPOCH,
    }
}

#[tokio::test]
async fn without_a_store_nothing_is_kept_and_that_is_said() {
    let (sender, mut told) = mpsc::channel(8);
    let walks = Walks::start(hands(None), sender, Arc::default());
    for order in [WalkOrder::Know(vec![ChecklistId::new("daily")]), begin(1)] {
        walks.order(order).unwrap();
        assert_eq!(news(&mut told).await.kept, Err("there is no store to keep it in".to_owned()));
    }
    let Msg::Walks(_, past) = hands(None).past_walks(ChecklistId::new("daily")).await else { panic!() };
    assert!(past.unwrap_err().starts_with("there is no store"));
}

#[tokio::test]
async fn a_walk_that_begins_is_answered_with_the_one_that_is_open_and_the_store_is_looked_at() {
    let (sender, mut told) = mpsc::channel(8);
    let store = crate::store::Store::open_in_memory().await.unwrap();
    let nudge = Arc::new(Notify::new());
    let walks = Walks::start(hands(Some(store)), sender, Arc::clone(&nudge));
    walks.order(begin(7)).unwrap();
    assert_eq!(news(&mut told).await.kept, Ok(WalkKept::Walk(Box::new(walk(7)))));
    tokio::time::timeout(FAR, nudge.notified()).await.unwrap();
}

fn hands_with(lists: Vec<Checklist>) -> Hands {
    let settings = Settings { checklists: lists, ..Settings::default_for_this_machine("bastion") };
    Hands { remedies: Toolbox::new(&settings), ..hands(None) }
}

#[tokio::test]
async fn a_probe_that_no_checklist_here_asks_for_is_not_carried_out() {
    let folder = tempfile::tempdir().unwrap();
    let planted = folder.path().join("planted");
    let argv = vec!["touch".to_owned(), planted.display().to_string()];
    let probe = Probe::Command { argv, timeout: chrono::TimeDelta::seconds(5), unit: String::new(), expect: None };
    let mut list = (*walk(1).list).clone();
    let wish = || ProbeWish { walk: WalkId(1), item: ItemId::new("logs"), probe: probe.clone(), token: 1 };

    let forged = hands_with(vec![list.clone()]).probe(wish(), Ok(())).await;
    assert_eq!(forged.evidence.held, Held::Unknown);
    assert!(forged.evidence.words.contains("no checklist here asks"), "{forged:?}");
    assert!(!planted.exists(), "a list in the store decides nothing");

    list.sections[0].items[0].probe = Some(probe.clone());
    let asked = hands_with(vec![list]).probe(wish(), Ok(())).await;
    assert_eq!((asked.evidence.held, planted.exists()), (Held::Good, true), "{asked:?}");
}

#[tokio::test]
async fn a_command_that_others_could_have_written_is_not_started_until_it_is_accepted() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().unwrap();
    let (file, ran) = (folder.path().join("daily.toml"), folder.path().join("ran"));
    let set = |mode| std::fs::set_permissions(&file, std::fs::Permissions::from_mode(mode)).unwrap();
    std::fs::write(&file, "id = \"daily\"\n").unwrap();
    set(0o666);
    let argv = vec!["touch".to_owned(), ran.display().to_string()];
    let probe = Probe::Command { argv, timeout: chrono::TimeDelta::seconds(5), unit: String::new(), expect: None };
    let mut list = Checklist { origin: Declared::File(file.clone()), ..(*walk(1).list).clone() };
    list.sections[0].items[0].probe = Some(probe.clone());
    let wish = || ProbeWish { walk: WalkId(1), item: ItemId::new("logs"), probe: probe.clone(), token: 1 };

    let store = crate::store::Store::open_in_memory().await.unwrap();
    let hands = Hands { store: store.into(), ..hands_with(vec![list.clone()]) };
    let refused = hands.probe(wish(), Ok(())).await.evidence;
    assert_eq!((refused.held, ran.exists()), (Held::Unknown, false), "{refused:?}");
    assert!(refused.words.starts_with("not started: ") && refused.words.contains("can be written by"), "{refused:?}");
    set(0o600);
    std::fs::write(&file, "id = \"other\"\n").unwrap();
    let changed = hands.probe(wish(), Ok(())).await.evidence;
    assert_eq!((changed.held, ran.exists()), (Held::Unknown, false), "{changed:?}");
    assert!(changed.words.contains("has changed since midwatch read it"), "{changed:?}");
    set(0o666);
    std::fs::write(&file, "id = \"daily\"\n").unwrap();
    let hash = crate::remedy::trust::hash(b"id = \"daily\"\n");
    hands.accept(&hash, "daily.toml", Ok(())).await.unwrap();
    assert_eq!(hands.probe(wish(), Ok(())).await.evidence.held, Held::Good);
    assert!(ran.exists());

    std::fs::remove_file(&ran).unwrap();
    set(0o600);
    assert_eq!(hands_with(vec![list]).probe(wish(), Ok(())).await.evidence.held, Held::Good, "nobody else could");
    assert!(ran.exists());
}
