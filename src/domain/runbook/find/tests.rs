//! Which runbook an alert gets, and that no address leads out of a folder.

use proptest::prelude::*;

use super::*;
use crate::domain::{AlertState, Fingerprint, Moment, Rated};

fn alert(labels: &[(&str, &str)], annotations: &[(&str, &str)]) -> Alert {
    let labels: Labels = labels.iter().copied().collect();
    Alert {
        fingerprint: Fingerprint::of(&labels),
        labels,
        annotations: annotations.iter().copied().collect(),
        since: Moment::UNIX_EPOCH,
        state: AlertState::Firing,
        rated: Rated::assumed(),
        silenced_by: vec![],
        inhibited_by: vec![],
        value: None,
        link: None,
    }
}

fn catalogue() -> Catalogue {
    let own = |name: &str| (name.to_owned(), PathBuf::from(format!("/own/{name}.md")));
    Catalogue {
        matched: vec![
            (vec![Matcher::equal("service", "checkout"), Matcher::equal("tier", "1")], "/match/both.md".into()),
            (vec![Matcher::equal("service", "checkout")], "/match/checkout.md".into()),
        ],
        roots: vec![("https://wiki/ops".to_owned(), "/ops".into()), ("https://wiki/ops/db/".to_owned(), "/db".into())],
        own: vec![own("disk-full"), own("---")],
        shipped: vec![
            ("memory-leak".to_owned(), vec!["HostMemoryHigh".to_owned()]),
            ("disk-full".to_owned(), vec!["HostDiskFull".to_owned()]),
        ],
    }
}

fn mapped(path: &str, url: &str) -> Found {
    Found::Mapped(path.into(), url.to_owned())
}

#[test]
fn a_match_goes_before_the_address_and_the_address_before_the_name() {
    let known = catalogue();
    let url = ("runbook_url", "https://elsewhere/x");
    let all = alert(&[("alertname", "DiskFull"), ("service", "checkout")], &[url]);
    assert_eq!(known.of_alert(&all), Some(Found::File("/match/checkout.md".into())));
    let first = alert(&[("alertname", "DiskFull"), ("service", "checkout"), ("tier", "1")], &[url]);
    assert_eq!(known.of_alert(&first), Some(Found::File("/match/both.md".into())), "the first row that matches counts");
    let addressed = alert(&[("alertname", "DiskFull")], &[url]);
    assert_eq!(known.of_alert(&addressed), Some(Found::Web("https://elsewhere/x".to_owned())));
    let named = alert(&[("alertname", "DiskFull")], &[]);
    assert_eq!(known.of_alert(&named), Some(Found::File("/own/disk-full.md".into())), "one's own before a shipped one");
    let shipped = alert(&[("alertname", "HostMemoryHigh")], &[]);
    assert_eq!(known.of_alert(&shipped), Some(Found::Shipped("memory-leak".to_owned())));
}

#[test]
fn an_annotation_without_a_use_does_not_stand_in_the_way() {
    let known = catalogue();
    let about = |annotations: &[(&str, &str)]| known.of_alert(&alert(&[("alertname", "HostDiskFull")], annotations));
    let second = about(&[("runbook_url", "ask ana"), ("playbook", "https://wiki/ops/disk")]);
    assert_eq!(second, Some(mapped("/ops/disk.md", "https://wiki/ops/disk")));
    let named = about(&[("runbook", "Memory leak")]);
    assert_eq!(named, Some(Found::Shipped("memory-leak".to_owned())), "the name of one is as good as an address");
    for useless in ["ask ana", "javascript:alert(1)", "file:///etc/passwd", "/etc/passwd", "-"] {
        assert_eq!(about(&[("runbook_url", useless)]), Some(Found::Shipped("disk-full".to_owned())), "{useless}");
    }
}

#[test]
fn what_nobody_wrote_is_a_gap() {
    let known = catalogue();
    for labels in [&[("alertname", "QueueStuck")][..], &[], &[("alertname", "!?")]] {
        assert_eq!(known.of_alert(&alert(labels, &[])), None, "{labels:?}");
    }
    assert_eq!(known.named(""), None);
    assert_eq!(known.named("--"), None, "a name without a letter is no name");
}

#[test]
fn the_longest_root_counts_and_only_at_the_end_of_a_word() {
    let known = catalogue();
    for (url, path) in [
        ("https://wiki/ops/disk", "/ops/disk.md"),
        ("https://wiki/ops/db/slow", "/db/slow.md"),
        ("https://wiki/ops/dbs/slow", "/ops/dbs/slow.md"),
        (" https://wiki/ops/a/b.md?plain=1#top ", "/ops/a/b.md"),
        ("https://wiki/ops/A.MD", "/ops/A.MD"),
        ("https://wiki/ops/v1.2-upgrade/", "/ops/v1.2-upgrade.md"),
        ("https://wiki/ops/Disk%20full", "/ops/Disk full.md"),
        ("https://wiki/ops/%C3%BCber", "/ops/über.md"),
    ] {
        assert_eq!(known.at(url), Some(mapped(path, url.trim())), "{url}");
    }
    let near = "https://wiki/ops-old/disk";
    assert_eq!(known.at(near), Some(Found::Web(near.to_owned())));
}

#[test]
fn no_address_leads_out_of_a_folder() {
    let known = catalogue();
    for rest in [
        "",
        "/",
        "..",
        "../x",
        "a/../../x",
        "./x",
        "a//x",
        "%2e%2e/x",
        "%2E%2e%2fx",
        "..%2fx",
        "%2fetc%2fpasswd",
        "%5c..%5cx",
        "..\\x",
        "a\\b",
        "C:\\x",
        "x%00.md",
        "x\0",
        "%252e%252e/x",
        "%",
        "%zz",
        "%f",
        "%ff",
        "%1b[31m",
        "?../x",
        "#/etc/passwd",
    ] {
        let url = format!("https://wiki/ops/{rest}");
        assert_eq!(known.at(&url), Some(Found::Web(url.trim().to_owned())), "{rest:?}");
    }
}

#[test]
fn one_name_in_four_spellings() {
    let known = Catalogue { own: vec![("checkout-errors-high".to_owned(), "/o.md".into())], ..Catalogue::default() };
    for name in ["CheckoutErrorsHigh", "checkout_errors_high", "checkout errors high", "CHECKOUT-errors.high"] {
        assert_eq!(known.named(name), Some(Found::File("/o.md".into())), "{name}");
    }
    assert_eq!(known.named("CheckoutErrors"), None);
}

proptest! {
    #[test]
    fn whatever_the_address_says_the_file_is_below_its_root(rest in "([a-z.%/\\\\]|%2[ef]|%5c|\\.\\.|:|\\PC){0,12}") {
        let url = format!("https://wiki/ops/{rest}");
        if let Some(Found::Mapped(path, _)) = catalogue().at(&url) {
            let below = path.strip_prefix("/ops").or_else(|_| path.strip_prefix("/db")).unwrap();
            prop_assert!(below.components().all(|part| matches!(part, Component::Normal(_))), "{path:?}");
            prop_assert!(!path.to_string_lossy().contains(['\\', '\0']), "{path:?}");
        }
    }
}
