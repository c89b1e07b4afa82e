//! The operator's own keymap: it works, and help and footer are made from it.

use crate::stage::watch::Watch;

const OWN: &str = r#"
[incidents]
"a" = "noop"
"F5" = { do = "incident.ack", desc = "mine now" }

[global]
"w w" = "pane.next"
"#;

#[test]
fn help_and_footer_tell_the_keys_that_are_bound_and_no_others() {
    let mut watch = Watch::with_keys(OWN);
    let footer = |watch: &Watch| watch.screen().lines().last().unwrap().to_owned();
    assert!(footer(&watch).contains("F5 mine now") && !footer(&watch).contains("a ack"), "{}", footer(&watch));
    watch.keys("?");
    assert!(watch.shows(&["F5", "mine now"]) && watch.shows(&["w w", "next pane"]), "{}", watch.screen());
    assert!(!watch.shows(&["│ a  "]), "{}", watch.screen());
    let mut plain = Watch::new();
    plain.keys("?");
    assert!(plain.shows(&["│ a  ", "ack"]) && !plain.shows(&["mine now"]), "{}", plain.screen());
}

#[test]
fn they_do_what_they_say() {
    let mut watch = Watch::with_keys(OWN);
    watch.keys("a");
    assert!(watch.acts().is_empty());
    watch.keys("<F5>");
    assert_eq!(watch.acts().len(), 1);
    let focus = watch.core.app.focus;
    watch.keys("w");
    assert_eq!(watch.core.app.focus, focus, "half a sequence does nothing");
    watch.keys("w");
    assert_ne!(watch.core.app.focus, focus);
}

#[test]
fn half_a_sequence_is_forgotten_with_esc_and_by_a_paste() {
    let mut watch = Watch::with_keys(OWN);
    let focus = watch.core.app.focus;
    watch.keys("w<Esc>w");
    assert_eq!(watch.core.app.focus, focus);
    watch.keys("<Esc>w");
    watch.core.take(midwatch::runtime::input::Typed::Paste("w".to_owned()));
    watch.keys("<Tab>");
    assert_ne!(watch.core.app.focus, focus, "the key after a paste stands for itself");
}
