//! A window is made whole or not at all, and is ended at every source.

use std::sync::{Arc, Mutex};

use chrono::TimeDelta;
use futures_util::FutureExt as _;
use futures_util::future::BoxFuture;

use crate::app::act::{Act, Deed};
use crate::clock::Clock;
use crate::config::Settings;
use crate::domain::journal::{Entry, Outcome};
use crate::domain::maintenance::Window;
use crate::domain::mute::NewSilence;
use crate::domain::remediation::RunId;
use crate::domain::{Matcher, Moment, Mute, MuteId, Operator, SourceName};
use crate::runtime::effects::Hands;
use crate::runtime::effects::remedies::Toolbox;
use crate::source::{ErrorKind, Muting, SourceError};
use crate::store::Store;

/// What was asked of all sources, in its order.
type Asked = Arc<Mutex<Vec<String>>>;

/// A source that falls over whatever it is asked.
const FALLS_OVER: (&str, ErrorKind) = ("falls over", ErrorKind::Internal);

/// A source that makes silences, or fails at something.
struct Stand {
    name: &'static str,
    fails_at: Option<(&'static str, ErrorKind)>,
    asked: Asked,
}

impl Stand {
    fn ask(&self, what: &'static str) -> Result<MuteId, SourceError> {
        self.asked.lock().unwrap().push(format!("{what} {}", self.name));
        assert!(self.fails_at != Some(FALLS_OVER), "the adapter fell over");
        match self.fails_at {
            Some((at, kind)) if at == what => Err(SourceError::new(kind, format!("{} is away", self.name))),
            _ => Ok(MuteId::new(&format!("silence-of-{}", self.name))),
        }
    }
}

impl Muting for Stand {
    fn create(&self, _: NewSilence) -> BoxFuture<'_, Result<MuteId, SourceError>> {
        let made = self.ask("create");
        async move { made }.boxed()
    }

    fn find(&self, _: NewSilence) -> BoxFuture<'_, Result<Option<Mute>, SourceError>> {
        async { Ok(None) }.boxed()
    }

    fn read(&self, _: MuteId) -> BoxFuture<'_, Result<Option<Mute>, SourceError>> {
        async { Ok(None) }.boxed()
    }

    fn extend(&self, id: MuteId, _: Moment) -> BoxFuture<'_, Result<MuteId, SourceError>> {
        async move { Ok(id) }.boxed()
    }

    fn expire(&self, _: MuteId) -> BoxFuture<'_, Result<(), SourceError>> {
        let done = self.ask("expire").map(drop);
        async move { done }.boxed()
    }
}

fn now() -> Moment {
    "2026-11-21T03:12:00Z".parse().unwrap()
}

fn operator() -> Operator {
    Operator::new("ana", "bastion")
}

/// Hands over these sources, and what is asked of them.
async fn hands(fails: [Option<(&'static str, ErrorKind)>; 2]) -> (Hands, Store, Asked) {
    let asked = Asked::default();
    let stand = |(name, fails_at): (&'static str, _)| {
        let muting: Arc<dyn Muting> = Arc::new(Stand { name, fails_at, asked: Arc::clone(&asked) });
        (SourceName::new(name), muting)
    };
    let mutings = ["am-0", "am-1"].into_iter().zip(fails).map(stand).collect();
    let store = Store::open_in_memory().await.unwrap();
    let hands = Hands {
        store: store.clone().into(),
        mutings: Arc::new(mutings),
        remedies: Toolbox::new(&Settings::default_for_this_machine("bastion")),
        operator: operator(),
        clock: Clock::Fixed(now()),
        holder: "ana@bastion (1)".into(),
        since: crate::domain::Moment::UNIX_EPOCH,
    };
    (hands, store, asked)
}

fn window() -> Window {
    Window {
        id: RunId(9),
        service: "checkout".to_owned(),
        reason: "new database".to_owned(),
        rollback: "restore the snapshot".to_owned(),
        by: operator(),
        starts: now(),
        ends: now() + TimeDelta::hours(1),
        silences: Vec::new(),
        ended: None,
    }
}

fn opens() -> Deed {
    let silence = NewSilence {
        matchers: vec![Matcher::equal("service", "checkout")],
        starts: now(),
        ends: now() + TimeDelta::hours(1),
        by: "ana".to_owned(),
        comment: "maintenance of checkout".to_owned(),
    };
    let silences = ["am-0", "am-1"].map(|name| (SourceName::new(name), silence.clone())).to_vec();
    Deed::OpenWindow { window: window(), silences }
}

async fn done(hands: &Hands, deed: Deed) -> Option<String> {
    let entry = Entry {
        at: now(),
        operator: operator(),
        action: "maintenance".to_owned(),
        target: "checkout".to_owned(),
        detail: "checkout · new database".to_owned(),
        outcome: Outcome::Done,
    };
    let act = Act { token: 1, incident: None, entry, deeds: vec![deed], undoes: false };
    hands.carry_out(act, Ok(())).await.failure
}

async fn kept(store: &Store) -> Vec<Window> {
    store.memory(now()).await.unwrap().windows
}

#[tokio::test]
async fn a_window_is_kept_with_a_silence_of_every_source_and_ended_at_each() {
    let (hands, store, asked) = hands([None, None]).await;
    assert_eq!(done(&hands, opens()).await, None);
    let [window] = &kept(&store).await[..] else { panic!("one window") };
    let made = ["am-0", "am-1"].map(|name| (SourceName::new(name), MuteId::new(&format!("silence-of-{name}"))));
    assert_eq!((window.silences.as_slice(), window.lasts(now())), (made.as_slice(), true));
    assert_eq!(done(&hands, Deed::EndWindow(window.clone())).await, None);
    assert!(kept(&store).await.iter().all(|window| window.ended == Some(now())));
    assert_eq!(*asked.lock().unwrap(), ["create am-0", "create am-1", "expire am-0", "expire am-1"]);
}

#[tokio::test]
async fn where_the_second_source_fails_the_first_silence_is_ended_and_nothing_is_kept() {
    let (hands, store, asked) = hands([None, Some(("create", ErrorKind::Refused))]).await;
    let failure = done(&hands, opens()).await.unwrap();
    assert!(failure.contains("am-1 is away") && !failure.contains("silence-of"), "{failure}");
    assert_eq!(*asked.lock().unwrap(), ["create am-0", "create am-1", "expire am-0"]);
    assert!(kept(&store).await.is_empty());
}

#[tokio::test]
async fn a_silence_that_cannot_be_taken_back_is_told_by_its_id() {
    let away = Some(("expire", ErrorKind::Refused));
    let (hands, store, _) = hands([away, Some(("create", ErrorKind::Refused))]).await;
    let failure = done(&hands, opens()).await.unwrap();
    assert!(failure.contains("silence-of-am-0 at am-0") && failure.contains("look at Mutes"), "{failure}");
    assert!(kept(&store).await.is_empty());
}

#[tokio::test]
async fn one_that_cannot_be_ended_everywhere_lasts_and_can_be_ended_again() {
    let (hands, store, _) = hands([None, Some(("expire", ErrorKind::Refused))]).await;
    assert_eq!(done(&hands, opens()).await, None);
    let window = kept(&store).await.remove(0);
    assert!(done(&hands, Deed::EndWindow(window)).await.unwrap().contains("am-1 is away"));
    assert!(kept(&store).await[0].lasts(now()));
}

#[tokio::test]
async fn what_has_ended_at_its_source_already_is_no_hindrance() {
    let gone = Some(("expire", ErrorKind::NotFound));
    let (hands, store, _) = hands([gone, gone]).await;
    assert_eq!(done(&hands, opens()).await, None);
    let window = kept(&store).await.remove(0);
    assert_eq!(done(&hands, Deed::EndWindow(window)).await, None);
    assert_eq!(kept(&store).await[0].ended, Some(now()));
}

#[tokio::test]
async fn a_fault_of_an_adapter_is_answered_and_the_journal_does_not_say_that_it_was_done() {
    let (hands, store, _) = hands([Some(FALLS_OVER), None]).await;
    let failure = done(&hands, opens()).await.expect("it is answered");
    assert!(failure.contains("a fault of midwatch: the adapter fell over"), "{failure}");
    let query = crate::store::JournalQuery { limit: 9, ..Default::default() };
    let rows = store.journal(query).await.unwrap();
    assert!(failure.contains("whether it took effect is not known"), "{failure}");
    let outcomes: Vec<&Outcome> = rows.iter().map(|row| &row.entry.outcome).collect();
    assert!(
        matches!(outcomes[..], [Outcome::Unknown(_), Outcome::Intent] | [Outcome::Intent, Outcome::Unknown(_)]),
        "{outcomes:?}"
    );
}
