//! Nothing happens where nothing changed.

use midwatch::app::{Changed, Update, View};
use midwatch::runtime::frame::FrameClock;

use crate::stage::story::{heartbeat, now, sources};
use crate::stage::watch::Watch;

#[test]
fn an_unchanged_poll_draws_nothing_and_its_frame_would_be_the_same() {
    for view in View::ALL {
        let mut watch = Watch::new().view(view);
        // Late ones are back with their heartbeat, which is a change; these are live and stay so.
        for status in sources().iter().filter(|status| status.kind != "loki") {
            let before = watch.frame();
            let update = watch.core.app.update(now(), heartbeat(status.name.as_str(), now()));
            assert_eq!(update, Update::default(), "{} in {view:?}", status.name);
            assert_eq!(before, watch.frame(), "{} in {view:?}", status.name);
        }
    }
}

#[tokio::test(start_paused = true)]
async fn what_draws_nothing_asks_for_no_frame() {
    let mut watch = Watch::new();
    let mut frames = FrameClock::default();
    let update = watch.core.app.update(now(), heartbeat("am-eu", now()));
    frames.want(update.changed, tokio::time::Instant::now());
    assert_eq!((update.changed, frames.due()), (Changed::No, None));
    frames.want(watch.keys("j").changed, tokio::time::Instant::now());
    assert!(frames.due().is_some(), "a key does");
}

#[test]
fn the_same_model_is_the_same_frame() {
    for view in View::ALL {
        let watch = Watch::new().view(view);
        assert_eq!(watch.frame(), watch.frame());
    }
}
