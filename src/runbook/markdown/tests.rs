//! What a runbook of people becomes.

use super::*;
use crate::domain::runbook::document::{Align, Item, Runs, Step, Task};
use crate::domain::runbook::plain;

fn text(text: &str) -> Inline {
    Inline::Text(text.to_owned())
}

fn steps(blocks: &[Block]) -> Vec<&Step> {
    blocks
        .iter()
        .flat_map(|block| match block {
            Block::Step(step) => vec![step],
            Block::Quote(inside) => steps(inside),
            Block::List { items, .. } => items.iter().flat_map(|item| steps(&item.blocks)).collect(),
            _ => vec![],
        })
        .collect()
}

fn tasks(blocks: &[Block]) -> Vec<&Task> {
    blocks
        .iter()
        .flat_map(|block| match block {
            Block::List { items, .. } => {
                items.iter().flat_map(|item| item.task.iter().chain(tasks(&item.blocks))).collect()
            }
            Block::Quote(inside) => tasks(inside),
            _ => vec![],
        })
        .collect()
}

#[test]
fn steps_are_numbered_through_lists_and_quotes_and_know_what_they_stand_under() {
    let document = parse(
        "# Disk *full*\n\n```sh\ndf\n```\n\n## Free\n\n1. first\n   ```bash\n   du\n   ```\n\n> ```shell\n> ls\n> ```\n\n\
         ```console\n$ rm\n```\n\n```remedy clean\npath = /var\n```\n",
    );
    assert_eq!(document.title.as_deref(), Some("Disk full"));
    let found: Vec<_> =
        steps(&document.blocks).iter().map(|step| (step.number, step.under.as_str(), step.text.as_str())).collect();
    assert_eq!(found, [(1, "Disk full", "df"), (2, "Free", "du"), (3, "Free", "ls"), (4, "Free", "path = /var")]);
    let shells: Vec<_> = steps(&document.blocks).iter().map(|step| step.runs.clone()).collect();
    let sh = |name: &str| Runs::Shell(name.to_owned());
    let remedy = Runs::Remedy { id: "clean".to_owned(), values: vec![("path".to_owned(), "/var".to_owned())] };
    assert_eq!(shells, [sh("sh"), sh("bash"), sh("sh"), remedy]);
}

#[test]
fn a_box_keeps_its_key_when_other_lines_change() {
    let key = |text: &str, at: usize| tasks(&parse(text).blocks)[at].key.clone();
    let before = "- [ ] call **ana**\n- [x] look\n- [ ] look\n";
    let after = "# New\n\n- [ ] other\n- [ ] call ana\n  - [ ] nested\n\n1. [ ] look\n2. [ ] look\n";
    assert_eq!(key(before, 0), key(after, 1));
    assert_eq!((key(before, 1), key(before, 2)), (key(after, 3), key(after, 4)));
    assert_ne!(key(before, 1), key(before, 2), "the same words twice are two boxes");
    let done: Vec<bool> = tasks(&parse(before).blocks).iter().map(|task| task.done).collect();
    assert_eq!(done, [false, true, false]);
}

#[test]
fn a_table_with_its_columns() {
    let document = parse("a | b | c\n:--|:-:|--:\n1<br>2 | `x\\|y` |\n");
    let Block::Table { align, head, rows } = &document.blocks[0] else { panic!("{document:?}") };
    assert_eq!(align, &[Align::Left, Align::Centre, Align::Right]);
    assert_eq!(head[2], [text("c")]);
    assert_eq!(rows[0], [vec![text("1"), Inline::Break, text("2")], vec![Inline::Code(vec![text("x|y")])], vec![]]);
}

#[test]
fn a_table_too_wide_to_be_read_is_paragraphs_with_all_its_words() {
    let row = |cell: &str| vec![cell; 65].join("|");
    let document = parse(&format!("{}\n{}\n{}\n", row("head"), row("-"), row("cell")));
    assert!(document.blocks.iter().all(|block| matches!(block, Block::Paragraph(_))), "{document:?}");
    assert_eq!(plain::document(&document).matches("cell").count(), 65);
}

#[test]
fn footnotes_alerts_and_mail() {
    let document = parse("Read[^a].\n\n[^a]: The manual.\n\n> [!WARNING]\n> Hot.\n\n<ana@h.example>\n");
    assert_eq!(plain::document(&document), "Read[^a].\n[^a]: The manual.\nWarning\nHot.\nana@h.example\n");
    let Some(Block::Paragraph(last)) = document.blocks.last() else { panic!("{document:?}") };
    let target = "mailto:ana@h.example".to_owned();
    assert_eq!(last, &[Inline::Link { target, text: vec![text("ana@h.example")] }]);
}

#[test]
fn html_is_shown_as_text_and_a_tight_item_is_a_paragraph() {
    let document = parse("<details>\nmore\n</details>\n\na <kbd>x</kbd>\n\n- one\n  two\n");
    assert_eq!(document.blocks[0], Block::Html("<details>\nmore\n</details>".to_owned()));
    let html = |tag: &str| Inline::Html(tag.to_owned());
    assert_eq!(document.blocks[1], Block::Paragraph(vec![text("a "), html("<kbd>"), text("x"), html("</kbd>")]));
    let item = Item { task: None, blocks: vec![Block::Paragraph(vec![text("one two")])] };
    assert_eq!(document.blocks[2], Block::List { first: None, items: vec![item] });
}

#[test]
fn front_matter_is_not_shown_and_its_title_is_the_second_best() {
    let document = parse("---\ntitle: From the front\n---\nwords\n");
    assert_eq!(document.title.as_deref(), Some("From the front"));
    assert_eq!(plain::document(&document), "words\n");
    assert_eq!(parse("---\ntitle: x\n---\n## Here\n").title.as_deref(), Some("Here"));
}

#[test]
fn deep_nesting_is_flattened_and_keeps_its_words() {
    let document = parse(&format!("{}deep\n\n- [ ] box\n", "> - ".repeat(45)));
    assert!(plain::document(&document).contains("deep"));
    assert_eq!(tasks(&document.blocks).len(), 1);
    let emphasis = format!("{}word{}", "*a **b ".repeat(60), "** c* d".repeat(60));
    assert!(plain::document(&parse(&emphasis)).contains("word"));
}

#[test]
fn a_here_document_keeps_the_tabs_it_needs() {
    let document = parse("```sh\r\ncat <<-END\r\n\ta\tb\r\n\tEND\r\n```\r\n");
    assert_eq!(steps(&document.blocks)[0].text, "cat <<-END\n\ta   b\n\tEND");
}
