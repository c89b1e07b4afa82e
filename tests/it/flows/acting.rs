//! Keys that act: acks, silences, snoozes, comments, undo; what is asked and what is refused.

use midwatch::app::act::Did;
use midwatch::app::guard::Guard;
use midwatch::app::{Act, Deed, Done, Msg, Overlay};
use midwatch::domain::MuteId;

use crate::stage::story::now;
use crate::stage::watch::Watch;

fn titles(acts: &[Act]) -> Vec<&str> {
    acts.iter().map(|act| act.entry.detail.split(" · ").next().unwrap()).collect()
}

fn carried_out(act: &Act) -> Msg {
    let did = act.deeds.iter().map(|deed| Did { deed: deed.clone(), id: Some(MuteId::new("s-new")) }).collect();
    Msg::Done(Done { token: act.token, did, failure: None, at: now() })
}

#[test]
fn a_acks_what_is_highlighted_and_u_takes_it_back() {
    let mut watch = Watch::new();
    watch.keys("a");
    let acts = watch.acts();
    assert_eq!((titles(&acts), acts[0].entry.action.as_str()), (vec!["CheckoutErrorsHigh"], "ack"));
    assert!(watch.shows(&["CheckoutErrorsHigh", "acking…"]), "{}", watch.screen());
    watch.tell(carried_out(&acts[0]));
    assert!(watch.screen().contains("acked CheckoutErrorsHigh"), "{}", watch.screen());
    watch.keys("u");
    let acts = watch.acts();
    assert!(matches!(acts[0].deeds.as_slice(), [Deed::ExpireSilence { id, .. }] if *id == MuteId::new("s-new")));
}

#[test]
fn marked_ones_are_acked_together_after_one_yes() {
    let mut watch = Watch::new();
    watch.keys("<Space>j<Space>A");
    assert!(watch.acts().is_empty(), "others feel it: it is asked first");
    let text = watch.screen();
    assert!(text.contains("Ack 2 incidents in prod-eu?") && text.contains("[ No ]"), "{text}");
    let (worst, other) = (text.find("CheckoutErrorsHigh · until"), text.find("DiskFillsIn4h · until"));
    assert!(worst.is_some() && worst < other, "the worst stands first: {text}");
    watch.keys("y");
    assert_eq!(titles(&watch.acts()), ["CheckoutErrorsHigh", "DiskFillsIn4h"]);
}

#[test]
fn enter_at_a_question_is_no() {
    let mut watch = Watch::new();
    watch.keys("<Space>j<Space>A<Enter>");
    assert!(watch.acts().is_empty() && watch.core.app.overlay.is_none());
    assert_eq!(watch.core.app.incidents.marks.len(), 2, "marks are kept");
    watch.keys("A<Right><Enter>");
    assert_eq!(watch.acts().len(), 2, "unless Yes was chosen");
}

#[test]
fn a_silence_needs_a_reason_an_end_and_a_yes() {
    let mut watch = Watch::new();
    watch.keys("s");
    assert!(watch.screen().contains("matches 3 now: CheckoutErrorsHigh ×3"), "{}", watch.screen());
    watch.keys("<Enter>");
    assert!(matches!(watch.core.app.overlay, Some(Overlay::Silence(_))), "no reason, no question");
    watch.keys("deploy of v813<Enter>");
    let text = watch.screen();
    assert!(text.contains("Silence 3 alerts at am-eu in prod-eu?"), "{text}");
    assert!(text.contains("ends    05:12 UTC (06:12 your time)") && text.contains("reason  deploy of v813"), "{text}");
    assert!(watch.acts().is_empty());
    watch.keys("y");
    let acts = watch.acts();
    let [Deed::CreateSilence { silence, ack: None, .. }] = acts[0].deeds.as_slice() else { panic!("{acts:?}") };
    assert_eq!(
        (silence.comment.as_str(), silence.ends - silence.starts),
        ("deploy of v813", chrono::TimeDelta::hours(2))
    );
}

#[test]
fn a_snooze_is_for_me_alone_and_at_once() {
    let mut watch = Watch::new();
    watch.keys("z");
    assert!(watch.screen().contains("nothing changes at the source"), "{}", watch.screen());
    for _ in 0..3 {
        watch.keys("<Backspace>");
    }
    watch.keys("soon<Enter>");
    assert!(watch.acts().is_empty() && watch.screen().contains("'soon' is neither a duration nor a time"));
    for _ in 0..4 {
        watch.keys("<Backspace>");
    }
    watch.keys("until 09:00<Enter>");
    let acts = watch.acts();
    let [Deed::Snooze(snoozed)] = acts[0].deeds.as_slice() else { panic!("{acts:?}") };
    assert_eq!(snoozed.until.to_rfc3339(), "2026-11-21T08:00:00+00:00", "nine in Berlin");
}

#[test]
fn a_comment_is_what_was_typed_and_a_paste_types_no_keys() {
    let mut watch = Watch::new();
    watch.keys("c");
    watch.core.take(midwatch::runtime::input::Typed::Paste("pool full\nq".to_owned()));
    watch.keys(" on 7<Enter>");
    let acts = watch.acts();
    assert_eq!(
        (acts[0].deeds.as_slice(), acts[0].entry.detail.as_str()),
        ([Deed::Comment].as_slice(), "pool full q on 7")
    );
}

#[test]
fn read_only_refuses_and_says_how_it_is_lifted() {
    let mut watch = Watch::new();
    watch.core.app.guard = Guard { read_only: true, may_write: true, write_until: None };
    for keys in ["a", "s", "<Space>A", "u"] {
        watch.keys(keys);
        assert!(watch.acts().is_empty() && watch.core.app.overlay.is_none(), "{keys}");
    }
    assert!(watch.screen().contains("':write 15m' lifts it for a time"), "{}", watch.screen());
    watch.keys(":write 15m<Enter>");
    assert!(watch.screen().contains("15m left"), "{}", watch.screen());
    watch.keys("ga");
    assert_eq!(watch.acts().len(), 1);
}

#[test]
fn what_comes_later_says_so_and_does_nothing() {
    for keys in ["@", "E", "M", "H"] {
        let mut watch = Watch::new();
        watch.keys(keys);
        assert!(watch.acts().is_empty() && watch.core.app.overlay.is_none(), "{keys}");
        assert!(watch.screen().contains("later"), "{keys}: {}", watch.screen());
    }
}
