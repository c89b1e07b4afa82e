//! The Remedies view, the badges, the timeline.

use super::*;

#[test]
fn the_view_says_who_waits_what_runs_what_fits_and_what_ran() {
    let app = full_desk();
    let text = screen(&app, 120, 36);
    for word in [
        "waits for a second person",
        "? restart-checkout",
        "bo asks, 4 min ago",
        "checkout-5",
        "running 12 s · ana",
        "for CheckoutErrorsHigh",
        "others",
        "vacuum-db",
        "never ran",
        "last runs",
        "29 min ago by ana: failed",
        "checkout-errors           own",
        "1 open",
        "storage-full              shipped",
        "storage-full `df -h` ×2: \"needs sudo\" bo",
    ] {
        assert!(text.contains(word), "{word}");
    }
    assert!(!text.contains("long ago"), "only this week's");
    let narrow = screen(&app, 80, 24);
    assert!(narrow.contains("Runbooks") && narrow.contains("wrong") && narrow.contains("vacuum-db"));
    assert!(screen(&app, 40, 10).contains("restart-checkout"));
    let mut other = full_desk();
    other.focus = crate::app::Pane::Runbooks;
    assert!(screen(&other, 80, 24).contains("Remedies  2 declared · 1 running · 1 waits"));
    assert!(screen(&other, 40, 10).contains("checkout-errors"));
}

#[test]
fn incidents_without_a_runbook_are_counted_and_named() {
    let mut app = with(Memory::default());
    let _ = app.update(now(), crate::app::Msg::Action(Action::View(View::Remedies)));
    assert!(!screen(&app, 120, 36).contains("gaps"), "all of them have an address");
    let mut board = board(false);
    let mut bare = super::super::board::alert("NoRunbook", "x", "i", None, ago(3)).as_ref().clone();
    bare.annotations = Labels::default();
    board.apply(super::super::board::answered("host", now(), super::super::board::told(vec![bare.into()])));
    let mut app = app_over(board);
    let _ = app.update(now(), crate::app::Msg::Action(Action::View(View::Remedies)));
    let text = screen(&app, 120, 36);
    assert!(text.contains("gaps: 1 open incident has no runbook") && text.contains("  NoRunbook"));
    assert!(screen(&app, 80, 24).contains("1 gap"));
}

#[test]
fn badges_say_wherever_one_looks_what_runs_and_who_is_asked_for() {
    let app = with(Memory { runs: vec![run(RUN, None)], requests: vec![request("bo")], ..Memory::default() });
    let text = screen(&app, 180, 36);
    let (head, foot) = (text.lines().next().unwrap(), text.lines().rev().nth(1).unwrap());
    for line in [head, foot] {
        assert!(line.contains("▶ restart-checkout 12 s") && line.contains("? 1 waits for approval"), "{line}");
    }
    for (width, height) in SIZES {
        let text = screen(&app, width, height);
        let head = text.lines().next().unwrap();
        assert!(head.contains("▶ ") && head.contains("? 1"), "{head}");
        assert!(head.contains('▲'), "{head}");
    }
    let two = vec![run(RUN, None), run(RunId(9), None)];
    let app = with(Memory { runs: two, requests: vec![request("ana")], ..Memory::default() });
    let text = screen(&app, 140, 36);
    assert!(text.contains("▶ 2 running") && !text.contains("waits for approval"), "one's own request waits for others");
    assert!(crate::ui::next_frame(&app).unwrap() <= std::time::Duration::from_secs(1), "it is told by the second");
}

#[test]
fn the_timeline_tells_what_ran_and_what_came_of_it() {
    let mut app = with(Memory::default());
    let incident = app.board.incidents().find(|incident| incident.title == "CheckoutErrorsHigh").unwrap().id;
    let detail = "restart-checkout on checkout-7 · /usr/bin/systemctl restart checkout@checkout-7";
    let entry = |action: &str, detail: &str, outcome| Entry {
        at: now(),
        operator: Operator::new("ana", "bastion"),
        action: action.to_owned(),
        target: incident.to_string(),
        detail: detail.to_owned(),
        outcome,
    };
    let entries = [
        entry("remedy.run", detail, Outcome::Intent),
        entry("remedy.run", &format!("{detail} · ok, 4.1 s"), Outcome::Done),
        entry("remedy.run", &format!("{detail} · failed: exit 3, 0.1 s"), Outcome::Failed("failed: exit 3".to_owned())),
        entry("remedy.run", detail, Outcome::Unknown("outcome unknown: midwatch ended while it ran".to_owned())),
        entry("remedy.worked", "CheckoutErrorsHigh resolved 42 s after restart-checkout", Outcome::Noted),
        entry("remedy.approve", "restart-checkout on checkout-7 · asked by bo", Outcome::Done),
        entry("runbook.tick", "Look at the pool · checkout errors", Outcome::Done),
    ];
    let rows = (100..).zip(entries).map(|(id, entry)| Row { id, entry, hash: String::new() });
    app.board.take_journal(rows.collect());
    app.places.push(Place::Incident(incident));
    app.focus = crate::app::Pane::Timeline;
    app.full = true;
    let text = screen(&app, 120, 36);
    for word in [
        "ana ran restart-checkout on checkout-7: ok, 4.1 s",
        "ana ran restart-checkout on checkout-7: failed: exit 3",
        "ana ran restart-checkout on checkout-7: outcome unknown: midwatch ended while it ran",
        "✓ resolved 42 s after restart-checkout",
        "ana agreed to restart-checkout on checkout-7",
        "ana ticked Look at the pool",
    ] {
        assert!(text.contains(word), "{word}");
    }
    assert!(!text.contains("began restart"), "an intent that has its outcome is left out");
    app.places.push(Place::View(View::Journal));
    app.focus = crate::app::Pane::Whole;
    let text = screen(&app, 140, 36);
    assert!(text.contains("remedy worked") && text.contains("restart-checkout on checkout-7: ok, 4.1 s"));
}

#[test]
fn what_a_window_lacks_is_said_in_its_form_and_the_line_is_at_hand() {
    use crate::app::entry::Edit;
    use crate::app::{Action, Msg};
    let mut app = with(Memory::default());
    let now = app.now;
    app.profile.acks.insert(crate::domain::SourceName::new("am-eu"), crate::domain::mute::AckRules::default());
    app.update(now, Msg::Action(Action::Window));
    app.update(now, Msg::Edit(Edit::Insert('x')));
    app.update(now, Msg::Action(Action::Accept));
    assert!(screen(&app, 80, 24).contains("say how to go back if it goes wrong"));
    app.update(now, Msg::Edit(Edit::Insert('y')));
    app.update(now, Msg::Action(Action::Accept));
    assert!(screen(&app, 80, 24).contains("Begin maintenance of"), "what was typed went where it was wanted");
}
