//! Markdown task lists become checklists, whatever stands in them.

use std::path::Path;

use proptest::prelude::*;

use super::draft::{self, Draft};
use crate::config::checklist;
use crate::domain::checklist::{Checklist, Item, ItemKind, Section};
use crate::report::checklists::{Shape, shown};
use crate::runbook::markdown;

fn imported(text: &str) -> Draft {
    draft::read(&markdown::parse(text), None, "release").0
}

#[test]
fn headings_become_sections_and_text_below_an_item_its_help() {
    let made = imported(
        "# Release `v2`\n\nBefore every release.\n\n## Before\n\nTake your time.\n\n- [ ] Freeze main\n\n  No merges.\n\
         - [x] Tag it\n  - [ ] and push the tag\n  - with a note\n\n## After\n\n* [ ] Freeze main\n\n## Links\n\nnothing\n",
    );
    assert_eq!((made.id.as_str(), made.title.as_str()), ("release-v2", "Release v2"));
    assert_eq!(made.help, "Before every release.");
    let sections: Vec<_> = made.sections.iter().map(|section| (&*section.title, &*section.help)).collect();
    assert_eq!(sections, [("Before", "Take your time."), ("After", "")]);
    let items: Vec<_> = made.sections.iter().flat_map(|section| &section.items).collect();
    let items: Vec<_> = items.iter().map(|item| (&*item.id, &*item.text, &*item.help)).collect();
    assert_eq!(
        items,
        [
            ("freeze-main", "Freeze main", "No merges."),
            ("tag-it", "Tag it", ""),
            ("and-push-the-tag", "and push the tag", "with a note"),
            ("freeze-main-2", "Freeze main", ""),
        ]
    );
}

#[test]
fn a_list_without_headings_has_no_sections_and_the_name_of_its_file() {
    let made = imported("- [ ] one\n- [ ] two\n");
    assert_eq!((made.id.as_str(), made.title.as_str(), made.items.len()), ("release", "release", 2));
    assert!(made.sections.is_empty());
    assert_eq!(
        made.toml().unwrap(),
        "id = \"release\"\ntitle = \"release\"\n\n[[item]]\nid = \"one\"\ntext = \"one\"\n\n[[item]]\nid = \"two\"\ntext = \"two\"\n"
    );
    let made = imported("## Logs\n- [ ] one\n## Disks\n- [ ] two\n");
    assert_eq!((made.title.as_str(), made.sections.len()), ("release", 2), "neither heading is above the other");
    assert!(imported("# Only words\n\n- no task\n").is_empty());
}

#[test]
fn a_long_text_is_cut_and_kept_whole_as_help() {
    let long = "word ".repeat(80);
    let made = imported(&format!("- [ ] {long}\n"));
    assert!(made.items[0].text.ends_with('…') && made.items[0].text.chars().count() <= 200);
    assert_eq!(made.items[0].help, long.trim());
}

#[test]
fn a_title_that_makes_the_id_of_a_shipped_checklist_does_not_replace_it() {
    let made = imported("# Handover\n\n- [ ] one\n");
    let words = "'handover' is a shipped checklist, which this would replace; give --id NAME, or --id handover to \
                 replace it";
    assert_eq!(super::replaced(None, &made.id).as_deref(), Some(words));
    assert_eq!(super::replaced(Some("handover"), "handover"), None, "it is wanted");
    assert_eq!(super::replaced(None, "our-handover"), None);
}

/// The checklist that the file of a draft is, for showing it.
fn list(draft: &Draft) -> Checklist {
    let item = |item: &draft::Item| Item { help: item.help.clone(), ..Item::new(&item.id, &item.text, ItemKind::Tick) };
    let whole = Section { title: String::new(), help: String::new(), items: draft.items.iter().map(item).collect() };
    let sections = draft.sections.iter().map(|section| Section {
        title: section.title.clone(),
        help: section.help.clone(),
        items: section.items.iter().map(item).collect(),
    });
    Checklist {
        help: draft.help.clone(),
        adopted: true,
        ..Checklist::new(&draft.id, &draft.title, if draft.items.is_empty() { sections.collect() } else { vec![whole] })
    }
}

fn texts(draft: &Draft) -> Vec<String> {
    let sections = draft.sections.iter().flat_map(|section| &section.items);
    draft.items.iter().chain(sections).map(|item| item.text.clone()).collect()
}

fn task_list() -> impl Strategy<Value = String> {
    let text = prop_oneof![
        "[a-zA-Z0-9 `*_<>&#\\[\\]()|~!:'\"\\\\{}=+.-]{1,60}",
        "\\PC{1,40}",
        Just("漢字 Việt 🚀".to_owned()),
        Just("'''\"\"\" \\u0000 \u{1b}[31m \u{202e}x".to_owned()),
    ];
    let line = prop_oneof![
        4 => text.clone().prop_map(|text| format!("- [ ] {text}\n")),
        1 => text.clone().prop_map(|text| format!("- [x] {text}\n\n  {text}\n")),
        1 => text.clone().prop_map(|text| format!("\n## {text}\n\n")),
        1 => text.prop_map(|text| format!("\n{text}\n\n")),
    ];
    prop::collection::vec(line, 1..12).prop_map(|lines| lines.concat())
}

proptest! {
    #[test]
    fn any_task_list_becomes_toml_that_says_the_same(text in task_list()) {
        let made = imported(&text);
        prop_assume!(!made.is_empty());
        let toml = made.toml().unwrap();
        let table: toml::Table = toml.parse().unwrap();
        let rows = |table: &toml::Table| table.get("item").and_then(|items| items.as_array().cloned()).unwrap_or_default();
        let sections = table.get("section").and_then(|all| all.as_array().cloned()).unwrap_or_default();
        let below = sections.iter().flat_map(|section| rows(section.as_table().unwrap()));
        let all: Vec<toml::Value> = rows(&table).into_iter().chain(below).collect();
        let read: Vec<&str> = all.iter().filter_map(|item| item["text"].as_str()).collect();
        prop_assert_eq!(read, texts(&made));
        let ids: std::collections::BTreeSet<&str> = all.iter().filter_map(|item| item["id"].as_str()).collect();
        prop_assert_eq!(ids.len(), all.len(), "every id is given once");

        let mut page = Vec::new();
        shown::page(&list(&made), Shape::Markdown, &mut page).unwrap();
        let again = imported(std::str::from_utf8(&page).unwrap());
        prop_assert_eq!(texts(&again), texts(&made), "{}", String::from_utf8_lossy(&page));
    }

    #[test]
    fn any_task_list_is_read_as_a_checklist(text in task_list()) {
        let made = imported(&text);
        prop_assume!(!made.is_empty());
        let file = format!("/c/checklists/{}.toml", made.id);
        let (read, found) = checklist::read(Some(Path::new(&file)), &made.toml().unwrap());
        prop_assert!(found.iter().all(|found| !found.is_error()), "{found:?}");
        let read = read.unwrap();
        prop_assert_eq!(read.items().map(|item| item.text.clone()).collect::<Vec<_>>(), texts(&made));
    }
}
