//! A window is whole, or nothing of it is left.

use std::sync::{Arc, Mutex};

use chrono::TimeDelta;
use futures_util::FutureExt as _;
use futures_util::future::BoxFuture;

use super::{end, open};
use crate::clock::Clock;
use crate::config::Settings;
use crate::domain::maintenance::Window;
use crate::domain::mute::NewSilence;
use crate::domain::remediation::RunId;
use crate::domain::{Matcher, Moment, Mute, MuteId, Operation, Operator, SourceName};
use crate::runtime::effects::remedies::Toolbox;
use crate::runtime::effects::{Hands, Mutings};
use crate::source::{ErrorKind, Muting, SourceError};
use crate::store::Store;

/// A source that makes silences until it is told not to.
#[derive(Default)]
struct Made {
    refuses: Option<ErrorKind>,
    gone: bool,
    silences: Mutex<Vec<String>>,
}

impl Muting for Made {
    fn create(&self, silence: NewSilence) -> BoxFuture<'_, Result<MuteId, SourceError>> {
        async move {
            if let Some(kind) = self.refuses {
                return Err(SourceError::new(kind, "no silence today"));
            }
            let mut silences = self.silences.lock().unwrap();
            silences.push(silence.comment);
            Ok(MuteId::new(&format!("s{}", silences.len())))
        }
        .boxed()
    }

    fn read(&self, _: MuteId) -> BoxFuture<'_, Result<Option<Mute>, SourceError>> {
        async { Ok(None) }.boxed()
    }

    fn extend(&self, id: MuteId, _: Moment) -> BoxFuture<'_, Result<MuteId, SourceError>> {
        async { Ok(id) }.boxed()
    }

    fn expire(&self, _: MuteId) -> BoxFuture<'_, Result<(), SourceError>> {
        async {
            if self.gone {
                return Err(SourceError::new(ErrorKind::NotFound, "it is gone already"));
            }
            self.silences.lock().unwrap().pop();
            Ok(())
        }
        .boxed()
    }
}

fn hands(store: &Store, sources: &[(&str, &Arc<Made>)]) -> Hands {
    let mutings: Mutings =
        sources.iter().map(|(name, made)| (SourceName::new(name), Arc::clone(made) as Arc<dyn Muting>)).collect();
    Hands {
        store: Some(store.clone()),
        mutings: Arc::new(mutings),
        remedies: Toolbox::new(&Settings::default_for_this_machine("bastion")),
        operator: Operator::new("ana", "bastion"),
        clock: Clock::Fixed(Moment::UNIX_EPOCH),
        holder: "ana@bastion (1)".into(),
    }
}

fn window() -> Window {
    Window {
        id: RunId(9),
        service: "checkout".to_owned(),
        reason: "CHG-1207".to_owned(),
        rollback: "redeploy 1.4".to_owned(),
        by: Operator::new("ana", "bastion"),
        starts: Moment::UNIX_EPOCH,
        ends: Moment::UNIX_EPOCH + TimeDelta::hours(1),
        silences: Vec::new(),
        ended: None,
    }
}

fn silences(sources: &[&str]) -> Vec<(SourceName, NewSilence)> {
    let silence = NewSilence {
        matchers: vec![Matcher::new("service", Operation::Equal, "checkout").unwrap()],
        starts: Moment::UNIX_EPOCH,
        ends: Moment::UNIX_EPOCH + TimeDelta::hours(1),
        by: "ana".to_owned(),
        comment: "CHG-1207".to_owned(),
    };
    sources.iter().map(|name| (SourceName::new(name), silence.clone())).collect()
}

#[tokio::test]
async fn where_one_silence_cannot_be_made_those_that_were_are_ended() {
    let store = Store::open_in_memory().await.unwrap();
    let good = Arc::new(Made::default());
    let lost = Arc::new(Made { refuses: Some(ErrorKind::Uncertain), ..Made::default() });
    let hands = hands(&store, &[("am-eu", &good), ("am-us", &lost)]);
    let undone = open(&hands, &store, &window(), &silences(&["am-eu", "am-us"])).await.err().unwrap();
    assert!(undone.maybe, "the answer was lost: it may be there");
    assert!(undone.words.contains("no silence today"), "{}", undone.words);
    assert_eq!(*good.silences.lock().unwrap(), Vec::<String>::new(), "nothing of it is left");
    let undone = open(&hands, &store, &window(), &silences(&["am-eu", "nowhere"])).await.err().unwrap();
    assert!(!undone.maybe && undone.words.contains("nowhere cannot be muted"), "{}", undone.words);
    assert!(good.silences.lock().unwrap().is_empty());
}

#[tokio::test]
async fn a_window_ends_with_its_silences_and_one_that_is_gone_is_well() {
    let store = Store::open_in_memory().await.unwrap();
    let (good, gone) = (Arc::new(Made::default()), Arc::new(Made { gone: true, ..Made::default() }));
    let hands = hands(&store, &[("am-eu", &good), ("am-us", &gone)]);
    assert!(open(&hands, &store, &window(), &silences(&["am-eu", "am-us"])).await.is_ok());
    let silences = ["am-eu", "am-us"].map(|name| (SourceName::new(name), MuteId::new("s1")));
    let whole = Window { silences: silences.into(), ..window() };
    assert!(end(&hands, &store, &whole).await.is_ok());
    assert!(good.silences.lock().unwrap().is_empty());
}
