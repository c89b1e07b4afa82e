//! The filter line and the palette.

use midwatch::app::{Place, View};

use crate::stage::watch::Watch;

#[test]
fn a_filter_narrows_with_every_letter() {
    let mut watch = Watch::new();
    let mut left = watch.core.app.incidents.len();
    watch.keys("/");
    for letter in "checkout".chars() {
        watch.keys(&letter.to_string());
        assert!(watch.core.app.incidents.len() <= left, "after {letter}");
        left = watch.core.app.incidents.len();
    }
    assert_eq!(titles(&watch), ["CheckoutErrorsHigh"]);
    assert!(watch.screen().contains("/checkout · 1 of 7 shown"), "{}", watch.screen());
    watch.keys("<Enter>");
    assert!(watch.screen().contains("/checkout · 1 of 7 shown"), "a filter that hides is said: {}", watch.screen());
    watch.keys("/x<Esc>");
    assert_eq!(titles(&watch), ["CheckoutErrorsHigh"], "Esc puts back what was");
}

fn titles(watch: &Watch) -> Vec<&str> {
    let app = &watch.core.app;
    app.incidents.rows().filter_map(|id| app.board.incident(id)).map(|incident| incident.title.as_str()).collect()
}

#[test]
fn filters_by_field_severity_and_ownership() {
    let cases: [(&str, &[&str]); 9] = [
        (
            "severity>=high",
            &["CheckoutErrorsHigh", "PaymentsDown", "DiskFillsIn4h", "QueueDepth", "LatencyP95", "CartDown"],
        ),
        ("severity=critical", &["CheckoutErrorsHigh", "PaymentsDown", "CartDown"]),
        ("@acked=yes", &["PaymentsDown"]),
        ("@acked=no severity=critical", &["CheckoutErrorsHigh", "CartDown"]),
        ("service=~pay.*", &["PaymentsDown"]),
        ("@age>1h", &["CostPerUserRising", "QueueDepth"]),
        ("instance=checkout-5", &["CheckoutErrorsHigh"]),
        ("queue", &["QueueDepth"]),
        ("@snoozed=yes", &["MonthlyAuditOverdue"]),
    ];
    for (filter, shown) in cases {
        let mut watch = Watch::new();
        watch.keys(&format!("/{filter}<Enter>"));
        assert_eq!(titles(&watch), shown, "{filter}");
    }
}

#[test]
fn a_filter_that_cannot_be_read_says_why_and_changes_nothing() {
    let mut watch = Watch::new();
    watch.keys("/@ackd=no");
    assert!(watch.screen().contains("there is no '@ackd'; did you mean '@acked'?"), "{}", watch.screen());
    let before = watch.core.app.incidents.filter_text.clone();
    watch.keys("<Enter>");
    assert!(watch.core.app.overlay.is_some(), "it is still to be mended");
    assert_eq!(watch.core.app.incidents.filter_text, before);
}

#[test]
fn the_palette_finds_by_letters_and_takes_an_argument() {
    let mut watch = Watch::new();
    watch.keys(":mutes<Enter>");
    assert_eq!(watch.core.app.place(), Place::View(View::Mutes));
    assert!(watch.acts().is_empty());
    watch.keys("1:snooze 2h<Enter>");
    let acts = watch.acts();
    assert_eq!(acts.len(), 1, "{acts:?}");
    assert!(acts[0].entry.detail.starts_with("CheckoutErrorsHigh · until 05:12 UTC"), "{}", acts[0].entry.detail);
}
