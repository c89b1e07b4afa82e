//! A walk at items of every kind, and its completion.

use std::sync::Arc;

use super::made::{WALK, assessment, at_completion, at_item, evidence, under_way, update, went};
use super::{SIZES, keep, screen};
use crate::app::Pane;
use crate::domain::checklist::probe::Held;
use crate::domain::checklist::walk::End;
use crate::domain::checklist::{Answer, Change, ItemId, Mode, Outcome};
use crate::domain::{Operator, checklist::Checklist};

#[test]
fn an_item_is_large_with_its_evidence_beside_the_list() {
    keep("walk-probe-bad", &at_item("slow", []));
}

#[test]
fn a_tick_that_nobody_has_looked_at() {
    keep("walk-tick", &at_item("backups", []));
}

#[test]
fn a_value_stands_with_its_unit_and_range() {
    let low = Change::Answer { answer: Answer::Number(12.0), outcome: Some(Outcome::Failed) };
    keep("walk-value", &at_item("budget", [update(20, Some("budget"), "ana", 0, low)]));
}

#[test]
fn a_choice_shows_what_is_good_and_what_was_chosen() {
    let amber = Change::Answer { answer: Answer::Choice("amber".to_owned()), outcome: Some(Outcome::Failed) };
    keep("walk-choice", &at_item("light", [update(20, Some("light"), "ana", 0, amber)]));
}

#[test]
fn a_probe_that_is_as_expected() {
    keep("walk-probe-good", &at_item("targets", []));
}

#[test]
fn a_probe_that_nobody_can_answer_says_why() {
    let lost = evidence(Held::Unknown, None, "", "prom-eu did not answer within 5 s; see 0 Sources", &[]);
    keep("walk-probe-unknown", &at_item("mutes", [update(20, Some("mutes"), "ana", 0, lost)]));
}

#[test]
fn a_probe_that_is_being_asked() {
    let mut app = at_item("mutes", []);
    app.walks.asked.insert((WALK, ItemId::new("mutes")), (app.now, 1));
    keep("walk-probe-asking", &app);
}

#[test]
fn a_blocker_that_failed_says_who_answers_for_it_and_what_came_of_it() {
    keep("walk-blocker", &at_item("certificate", []));
}

#[test]
fn what_called_away_is_said_where_it_is_gone_on_with() {
    let away = Change::Interrupted { incident: None, by: "CheckoutErrorsHigh".to_owned() };
    let app = at_item("slow", [update(20, None, "ana", 14, away), update(21, None, "ana", 0, Change::Resumed)]);
    keep("walk-interrupted", &app);
    for (width, height) in SIZES {
        let text = screen(&app, width, height);
        assert!(text.contains("interrupted 14 min ago"), "{text}");
    }
}

#[test]
fn the_completion_says_what_was_skipped_what_failed_and_what_enter_does() {
    keep("walk-completion", &at_completion(under_way()));
}

#[test]
fn an_assessment_comes_to_a_verdict() {
    keep("walk-assessment", &at_completion(assessment()));
}

#[test]
fn a_walk_that_has_ended_says_how() {
    let mut walk = under_way();
    let by = Operator::new("bo", "bastion");
    walk.ended = Some(End { at: walk.begun, by, completed: false, sign: "a page came".to_owned() });
    let app = at_completion(walk);
    for (width, height) in SIZES {
        assert!(screen(&app, width, height).contains("given up"));
    }
}

#[test]
fn a_walk_that_is_not_known_says_where_it_is_found() {
    let mut app = at_item("slow", []);
    app.walks.open.clear();
    for (width, height) in SIZES {
        assert!(screen(&app, width, height).contains("not known here"));
    }
    app.walks.expected = Some(WALK);
    assert!(screen(&app, 120, 36).contains("begins when the store has it"));
}

#[test]
fn the_list_alone_fills_the_screen_where_that_is_asked_for() {
    let mut app = at_item("slow", []);
    app.full = true;
    app.focus = Pane::Items;
    let text = screen(&app, 80, 24);
    for words in ["── Health", "── Tidiness", "▶ Slow queries reviewed", "– Staging drift", "only with a source kafka"]
    {
        assert!(text.contains(words), "{words}\n{text}");
    }
}

#[test]
fn what_another_said_bears_their_name() {
    let text = screen(&at_item("slow", []), 120, 36);
    assert!(text.contains("9 d · bo"), "{text}");
}

#[test]
fn where_items_are_read_in_their_order_what_is_ahead_is_dim() {
    use crate::theme::{Role, Theme};
    use ratatui::style::{Color, Style};
    let theme = Theme::of(|role| Style::new().fg(Color::Indexed(u8::try_from(role as usize).unwrap() + 1)), false);
    let colour_of = |app: &crate::app::App| {
        let (buffer, _) = super::super::drawn::frame(app, &theme, 120, 36);
        let rows = super::super::drawn::rows(&buffer);
        let row = rows.iter().position(|row| row.contains("Backups younger")).unwrap();
        buffer[(4, u16::try_from(row).unwrap())].fg
    };
    let free = at_item("slow", []);
    assert_eq!(Some(colour_of(&free)), theme.style(Role::Text).fg);
    let mut ordered = under_way();
    ordered.list = Arc::new(Checklist { mode: Mode::ReadDo, ..Checklist::clone(&ordered.list) });
    let mut app = at_item("slow", []);
    app.walks.open.insert(WALK, Arc::new(ordered));
    assert_eq!(Some(colour_of(&app)), theme.style(Role::Dim).fg);
}

#[test]
fn a_note_that_is_needed_is_asked_for() {
    let app = at_item(
        "slow",
        [
            update(20, Some("slow"), "ana", 0, Change::Note { text: String::new() }),
            update(21, Some("slow"), "ana", 0, went(Outcome::Failed, "")),
        ],
    );
    assert!(screen(&app, 120, 36).contains("a note is needed (c)"));
}

#[test]
fn the_footer_begins_with_the_keys_of_the_walk() {
    let text = screen(&at_item("slow", []), 120, 36);
    assert!(text.contains("Space done  x probe  F fail  - skip  Enter next  u undo  c note  o its view"), "{text}");
    let text = screen(&at_item("budget", []), 120, 36);
    assert!(text.contains("Space done  = value  F fail"), "{text}");
    let text = screen(&at_completion(under_way()), 120, 36);
    assert!(text.contains(" Enter sign off  u undo"), "{text}");
    assert!(!text.contains("Enter open"), "a key does one thing: {text}");
    assert!(text.contains("Esc leave, kept"), "{text}");
}

#[test]
fn the_least_of_screens_still_says_how_an_item_is_answered() {
    let text = screen(&at_item("slow", []), 80, 24);
    assert!(text.contains("Space done  x probe  F fail  - skip  Enter next  Esc leave, kept  ? keys"), "{text}");
    let text = screen(&at_item("slow", []), 40, 10);
    assert!(text.contains("Space done  x probe  F fail  ? keys"), "{text}");
}
