//! Keys that only look: moving about, views, panes, pausing, leaving.

use midwatch::app::{Effect, Place, View};

use crate::stage::story::{ago, alert, report, telling};
use crate::stage::watch::Watch;

#[test]
fn digits_open_views_and_esc_goes_back() {
    let mut watch = Watch::new();
    for (key, view) in ["1", "2", "3", "4", "5", "6", "7", "8", "0"].into_iter().zip(View::ALL) {
        watch.keys(key);
        assert_eq!(watch.core.app.place(), Place::View(view), "{key}");
        assert!(view == View::Watch || watch.screen().contains(view.title()), "{key}: {}", watch.screen());
    }
    watch.keys("<Esc>");
    assert_eq!(watch.core.app.place(), Place::View(View::Watch));
}

#[test]
fn j_k_g_and_capital_g_move_and_stop_at_the_ends() {
    let mut watch = Watch::new();
    for (keys, title) in [
        ("", "CheckoutErrorsHigh"),
        ("j", "PaymentsDown"),
        ("jj", "CostPerUserRising"),
        ("k", "DiskFillsIn4h"),
        ("G", "CartDown"),
        ("j", "CartDown"),
        ("g", "CheckoutErrorsHigh"),
        ("k", "CheckoutErrorsHigh"),
        ("<Down><Up><Down>", "PaymentsDown"),
    ] {
        watch.keys(keys);
        assert_eq!(watch.chosen(), title, "after {keys}");
        assert!(watch.shows(&["▌", title]), "{}", watch.screen());
    }
}

#[test]
fn enter_opens_the_page_of_what_is_highlighted() {
    let mut watch = Watch::new();
    watch.keys("j<Enter>");
    assert!(matches!(watch.core.app.place(), Place::Incident(_)));
    assert!(watch.shows(&["Critical PaymentsDown", "ana"]), "{}", watch.screen());
    watch.keys("<Esc>");
    assert_eq!((watch.core.app.place(), watch.chosen().as_str()), (Place::View(View::Watch), "PaymentsDown"));
}

#[test]
fn p_pauses_what_is_shown_and_p_goes_on() {
    let mut watch = Watch::new();
    watch.keys("p");
    let fresh = alert("BrandNew", "cart", "cart-9", midwatch::domain::Severity::Critical, 0);
    watch.tell(report("am-eu", ago(0), telling(vec![fresh], Vec::new())));
    assert!(watch.screen().contains("PAUSED") && !watch.screen().contains("BrandNew"), "{}", watch.screen());
    watch.keys("p");
    assert!(!watch.screen().contains("PAUSED") && watch.shows(&["BrandNew"]), "{}", watch.screen());
}

#[test]
fn the_exclamation_mark_leaves_only_what_is_critical_and_waits() {
    let mut watch = Watch::new();
    watch.keys("!");
    assert!(watch.shows(&["▲ C CheckoutErrorsHigh", "unacked"]));
    for hidden in ["DiskFillsIn4h", "C PaymentsDown"] {
        assert!(!watch.screen().contains(hidden), "{hidden}: {}", watch.screen());
    }
    watch.keys("!");
    assert!(watch.shows(&["DiskFillsIn4h"]));
}

#[test]
fn q_goes_back_and_leaves_at_the_root_and_ctrl_c_leaves_from_anywhere() {
    let mut watch = Watch::new();
    let leaves = |watch: &mut Watch, keys: &str| watch.keys(keys).effects.contains(&Effect::Quit);
    assert!(!leaves(&mut watch, "8q"));
    assert!(leaves(&mut watch, "q"));
    for keys in ["", "?", ":", "/x", "z", "sreason", "<Enter>"] {
        let mut watch = Watch::new();
        watch.keys(keys);
        assert!(leaves(&mut watch, "<Ctrl-c>"), "{keys}");
    }
    let mut watch = Watch::new();
    assert!(!leaves(&mut watch, "<Esc><Esc>"), "Esc never leaves");
}

#[test]
fn tab_moves_the_focus_and_f_fills_the_screen_with_it() {
    let mut watch = Watch::new();
    watch.keys("<Tab><Tab>f");
    assert!(watch.screen().contains("upstream timeout") && !watch.screen().contains("DiskFillsIn4h"));
    watch.keys("f<S-Tab><S-Tab>");
    assert!(watch.shows(&["▌", "CheckoutErrorsHigh"]));
}

#[test]
fn y_copies_what_is_highlighted() {
    let mut watch = Watch::new();
    let effects = watch.keys("jy").effects;
    let [Effect::Copy(text)] = effects.as_slice() else { panic!("a copy: {effects:?}") };
    assert!(text.contains("PaymentsDown"), "{text}");
}

#[test]
fn capital_r_asks_every_source_now() {
    assert!(Watch::new().keys("R").effects.contains(&Effect::Refresh(None)));
}

#[test]
fn a_key_that_does_nothing_says_where_help_is() {
    let mut watch = Watch::new();
    watch.keys("Q");
    assert!(watch.screen().contains("'Q' does nothing here; '?' shows the keys"), "{}", watch.screen());
}
