//! Lines and forms about a walk.

use super::made::{WALK, at_completion, at_item, under_way};
use super::{SIZES, keep, screen};
use crate::app::App;
use crate::app::entry::TextEntry;
use crate::app::overlay::{ConcernForm, Overlay, Prompt, Purpose};
use crate::domain::checklist::ItemId;
use crate::domain::checklist::concern::Priority;

fn asked(purpose: Purpose, item: Option<&str>, typed: &str) -> App {
    let (mut app, title) = match item {
        Some(item) => {
            let app = at_item(item, []);
            let title = under_way().list.item(&ItemId::new(item)).unwrap().text.clone();
            (app, title)
        }
        None => (at_completion(under_way()), "Weekly review".to_owned()),
    };
    let item = Some((WALK, item.map(ItemId::new)));
    let entry = TextEntry::new(typed);
    app.overlay = Some(Overlay::Prompt(Prompt { purpose, incident: None, item, title, entry, problem: None }));
    app
}

#[test]
fn a_value_is_asked_for_with_its_unit_and_range_at_every_size() {
    for (width, height) in SIZES {
        let text = unwrapped(&screen(&asked(Purpose::Value, Some("budget"), "38"), width, height));
        for words in ["Error budget over 20 %", "in %", "at least 20 %", "› 38"] {
            assert!(text.contains(words), "{words}\n{text}");
        }
    }
}

#[test]
fn signing_off_says_what_is_open() {
    for (width, height) in SIZES {
        let text = unwrapped(&screen(&asked(Purpose::SignOff, None, "ana"), width, height));
        assert!(text.contains("Weekly review") && text.contains("1 failed"), "{text}");
        assert!(text.contains("› ana"), "{text}");
    }
}

#[test]
fn a_blocker_says_so_before_it_is_left_out() {
    let text = screen(&asked(Purpose::Skip, Some("certificate"), ""), 80, 24);
    assert!(text.contains("it is a blocker"), "{text}");
}

/// The text of a screen without frames and line breaks: what is wrapped is found.
fn unwrapped(text: &str) -> String {
    let bare = text.replace(['│', '╭', '╮', '╰', '╯', '─'], " ");
    bare.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn concern(field: usize, problem: Option<&str>) -> App {
    let mut app = at_item("certificate", []);
    let texts = ["security", "The certificate of the API ends", "clients are refused", "9 d", "renew it"];
    app.overlay = Some(Overlay::Concern(Box::new(ConcernForm {
        walk: WALK,
        item: ItemId::new("certificate"),
        title: "No certificate ends in 14 d".to_owned(),
        texts: texts.map(TextEntry::new),
        blocker: true,
        priority: Priority::Critical,
        field,
        problem: problem.map(str::to_owned),
    })));
    app
}

#[test]
fn a_concern_is_a_form_of_seven_lines() {
    keep("concern", &concern(1, None));
}

#[test]
fn the_line_at_hand_and_what_is_wrong_are_in_sight_at_every_size() {
    for (width, height) in SIZES {
        for (field, name) in ConcernForm::FIELDS.into_iter().enumerate() {
            let text = screen(&concern(field, Some("a description is needed")), width, height);
            let seen = name.get(..10).unwrap_or(name);
            assert!(text.contains(seen), "{name}\n{text}");
            assert!(text.contains("a description is needed"), "{text}");
        }
    }
}
