//! Lists, walks, probes and concerns as pages and for programs.

use serde_json::{Value, json};

use super::made::{completed, here, list, now, printed, walk};
use crate::domain::checklist::Item;
use crate::domain::checklist::probe::Held;
use crate::report::checklists::history::{self, History, Told};
use crate::report::checklists::probed::{self, Asked, verdict};
use crate::report::checklists::walk::{self as walked, Break, Exported};
use crate::report::checklists::{Shape, concerns, shown};

fn all(_: &Item) -> bool {
    true
}

#[test]
fn a_list_is_a_task_list_with_its_help() {
    let md = printed(|out| shown::page(&list(), Shape::Markdown, out));
    assert!(md.starts_with("# Daily maintenance\n\ndaily · daily 09:00 · do, then verify · reminds as low"), "{md}");
    for part in [
        "\n## Health\n",
        "- [ ] Error rate\n\n  Below 1 %.\n\n  Else look at \\*logs\\*.\n\n  - a value in %, from 0 to 1\n",
        "- [ ] Disks \\| have room\n\n  - probe: command df -h; expected: \\< 80\n",
        "  - a blocker\n",
    ] {
        assert!(md.contains(part), "{part} in {md}");
    }
    let made: Value = serde_json::from_str(&printed(|out| shown::json(&list(), out))).unwrap();
    assert_eq!((&made["schedule"], &made["checklist"]["id"]), (&json!("daily 09:00"), &json!("daily")));
}

#[test]
fn a_walk_tells_everything_that_was_said() {
    let walk = completed(walk("disk \u{1b}[31mfull | really"));
    let breaks = [Break { from: now(), until: None, by: "CheckoutErrorsHigh".to_owned() }];
    let exported = Exported { walk: &walk, applies: &all, breaks: &breaks };
    let md = printed(|out| walked::page(&exported, here(), Shape::Markdown, out));
    for part in [
        "Verdict: block\n",
        "- [x] Error rate\n\n  - done, ana at 2026-11-21 03:05 CET\n",
        "  - answer: 0.4 %, from 0 to 1\n",
        "- [ ] Disks \\| have room\n\n  - failed, ana at 2026-11-21 03:11 CET\n",
        "  - note: disk full \\| really\n",
        "  - evidence: 91 %, expected \\< 80 (df -h, 2026-11-21 03:10 CET, 1.2 s)\n",
        "  /dev/sda1 91%\n",
        "- [ ] A backup is restored\n\n  - not looked at\n",
        "interrupted by CheckoutErrorsHigh, not gone on with\n",
        "signed Ana B., ana at 2026-11-21 04:00 CET after 1h\n",
    ] {
        assert!(md.contains(part), "{part} in {md}");
    }
    let made: Value = serde_json::from_str(&printed(|out| walked::json(&exported, out))).unwrap();
    assert_eq!((&made["verdict"], &made["walk"]["sign"]), (&json!("block"), &json!("Ana B.")));
    assert_eq!((&made["items"][0]["value"], &made["items"][2]["outcome"]), (&json!(0.4), &Value::Null));
    assert_eq!(made["updates"].as_array().unwrap().len(), 3, "everything that was said");
    assert_eq!(made["interruptions"][0]["until"], Value::Null);
}

#[test]
fn an_assessment_comes_to_concerns_and_a_verdict() {
    let walk = walk("say \"no\": # - now");
    let exported = Exported { walk: &walk, applies: &all, breaks: &[] };
    let yaml = printed(|out| concerns::yaml(&exported, out));
    assert_eq!(
        yaml,
        "checklist: \"daily\"\ntitle: \"Daily maintenance\"\nwalk: \"0000000000005be1\"\n\
         begun: \"2026-11-21T02:00:00Z\"\ncompleted: false\nverdict: \"block\"\nconcerns:\n  - type: \"health\"\n    \
         description: \"Disks | have room: say \\\"no\\\": # - now\"\n    user_impact: \"\"\n    \
         technical_details: \"91 %, expected < 80\"\n    recommendation: \"\"\n    deployment_blocker: false\n    \
         priority: \"medium\"\n"
    );
    let md = printed(|out| concerns::md(&exported, here(), out));
    assert!(md.contains("Verdict: block\n") && md.contains("- deployment\\_blocker: no\n"), "{md}");
}

#[test]
fn what_was_probed_is_bad_before_unknown_before_good() {
    let walk = walk("");
    let found = |held| {
        let disks = walk.list.items().nth(1).unwrap();
        let evidence = walk.entry(&disks.id).unwrap().evidence.clone().unwrap();
        Asked::Found(crate::domain::checklist::Evidence { held, ..evidence })
    };
    let (good, bad, unknown) = (found(Held::Good), found(Held::Bad), found(Held::Unknown));
    assert_eq!(verdict([&good, &Asked::Manual]), Held::Good);
    assert_eq!(verdict([&good, &unknown]), Held::Unknown);
    assert_eq!(verdict([&unknown, &bad]), Held::Bad);
    assert_eq!(verdict([&Asked::Manual, &Asked::Aside]), Held::Unknown, "nothing was judged");
    let items: Vec<&Item> = walk.list.items().collect();
    let told = [(items[0], Asked::Manual), (items[1], bad)];
    let text = printed(|out| probed::text(&walk.list, &told, here(), out));
    assert_eq!(
        text,
        "Daily maintenance: bad\nmanual  Error rate\nbad     Disks | have room  91 %  91 %, expected < 80\n\n\
         Disks | have room\n    /dev/sda1 91%\n"
    );
    let made: Value = serde_json::from_str(&printed(|out| probed::json(&walk.list, &told, here(), out))).unwrap();
    assert_eq!((&made["verdict"], &made["items"][0]["held"]), (&json!("bad"), &Value::Null));
    let row = &made["items"][1];
    assert_eq!((&row["expected"], &row["value"], &row["took_ms"]), (&json!("< 80"), &json!(91.0), &json!(1200)));
}

#[test]
fn a_history_tells_each_walk_in_a_line() {
    let (open, ended) = (walk("full"), completed(walk("full")));
    let short = ended.walked(ended.ended.as_ref().unwrap());
    let history = History { walks: vec![Told::Whole(&open), Told::Short(&short)], items: Vec::new() };
    let text = printed(|out| history::text(&history, here(), out));
    assert_eq!(
        text,
        "0000000000005be1  2026-11-21 03:00 CET  Daily maintenance      1 done, 1 failed of 3  open\n\
         0000000000005be1  2026-11-21 03:00 CET  Daily maintenance  1h  1 done, 1 failed of 3  signed Ana B.\n"
    );
    let made: Value = serde_json::from_str(&printed(|out| history::json(&history, out))).unwrap();
    assert_eq!((&made["walks"][0]["took_s"], &made["walks"][1]["took_s"]), (&Value::Null, &json!(3600)));
}
