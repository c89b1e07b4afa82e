//! What a reader sees of a document at every width.

use proptest::prelude::*;

use super::made::{document, documents, item, link, paragraph, shell, text};
use super::{Around, Ink, Layout, Ran, lay, step_of, width};
use crate::domain::harmless;
use crate::domain::runbook::document::Align;
use crate::domain::runbook::{Block, Document, Inline};

fn around(width: usize) -> Around {
    Around { width, name: "checkout-errors".to_owned(), key: Some("x".to_owned()), ..Around::default() }
}

fn seen(layout: &Layout) -> String {
    let text = layout.lines.iter().map(|line| line.text().trim_end().to_owned()).collect::<Vec<_>>().join("\n");
    println!("{text}");
    text
}

fn laid(blocks: Vec<Block>, width: usize) -> Layout {
    lay(&Document { title: None, blocks }, &around(width))
}

#[test]
fn at_76_columns_everything_stands_where_it_belongs() {
    let text = seen(&lay(&document(), &around(76)));
    for part in [
        "# Checkout errors high\n",
        "checkout-7 in {{labels.region}}? is full. See the dashboard and\n[image: how the",
        "[ ] the database answers\n[x] nobody deploys\n",
        "▸ step 1 · sh · x runs it\n┃ curl -fsS",
        "\n┃ ↪ ",
        "\n┃ exit 0\n",
        "pool  │   in use │ what it means\n",
        "──────┼──────────┼─",
        "write │ 50 of 50 │ exhausted: requests wait",
        "\n 9. restart one instance\n    ▸ step 2 · remedy restart-checkout · x runs it\n    ┃ instance = checkout-7\n10. wait",
        "    │ do not restart two at once",
        "  sql\n  select count(*)",
        "Escalate to ~~bo~~\npayments-team with `midwatch report`",
    ] {
        assert!(text.contains(part), "{part:?} is not in\n{text}");
    }
}

#[test]
fn at_38_columns_a_table_is_lines_and_nothing_is_wider() {
    let layout = lay(&document(), &around(38));
    let text = seen(&layout);
    assert!(text.contains("pool: write\nin use: 50 of 50\nwhat it means: exhausted: requests\nwait for"), "{text}");
    assert!(layout.lines.iter().all(|line| width(&line.text()) <= 38));
}

#[test]
fn a_step_tells_what_came_of_it_and_what_was_wrong() {
    let mut around = around(60);
    let ran = |id: &str, words: &str| Ran { id: id.to_owned(), ink: Ink::Good, words: words.to_owned() };
    around.runs = vec![
        ran("checkout-errors-12", "of another step"),
        ran("other-1", "of another runbook"),
        ran("checkout-errors-1", "ok 03:14 by ana"),
        ran("checkout-errors-1", "an older one"),
        ran("restart-checkout", "failed: exit 3"),
    ];
    around.wrong = [("step-00000000001".to_owned(), 1)].into();
    let text = seen(&lay(&document(), &around));
    assert!(text.contains("x runs it\n  ok 03:14 by ana\n  1 note that it was wrong\n┃ curl"), "{text}");
    assert!(text.contains("x runs it\n      failed: exit 3\n"), "{text}");
    assert!(!text.contains("another") && !text.contains("older"), "{text}");
}

#[test]
fn ticks_of_the_incident_are_shown_with_who_made_them() {
    let mut around = around(60);
    around.ticks = [("aaaaaaaaaaaaaaaa".to_owned(), "bo 03:10".to_owned())].into();
    let layout = lay(&document(), &around);
    assert!(seen(&layout).contains("[x] the database answers bo 03:10\n[x] nobody deploys\n[ ] the queue"));
    let of: Vec<&str> = layout.tasks.iter().map(|task| task.text.as_str()).collect();
    assert_eq!(of, ["the database answers", "nobody deploys", "the queue is short"]);
}

#[test]
fn steps_that_cannot_be_run_say_so() {
    let around =
        Around { key: None, notes: vec!["its steps cannot be run: others can write it".to_owned()], ..around(60) };
    let text = seen(&lay(&document(), &around));
    assert!(text.starts_with("its steps cannot be run: others can write it\n\n# Checkout"), "{text}");
    assert!(text.contains("▸ step 1 · sh · cannot be run\n") && !text.contains("runs it"));
}

#[test]
fn lines_know_their_step_box_code_heading_and_link() {
    let document = document();
    let layout = lay(&document, &around(50));
    let line = |words: &str| layout.lines.iter().find(|line| line.text().contains(words)).unwrap();
    assert_eq!(line("exit 0").of.step, Some(1));
    assert!(layout.codes[line("exit 0").of.code.unwrap()].starts_with("curl"));
    assert_eq!(layout.tasks[line("queue is short").of.task.unwrap()].key, "cccccccccccccccc");
    assert_eq!(line("## Mitigation").of.heading, Some(2));
    assert_eq!(line("wait a minute").of.task, None);
    let links: Vec<&str> =
        layout.lines.iter().flat_map(super::Line::links).map(|at| layout.links[at].as_str()).collect();
    assert!(links.contains(&"https://grafana.example/d/chk?var=checkout") && links.contains(&"pool.png"));
    assert_eq!(layout.steps.iter().map(|(number, _)| *number).collect::<Vec<_>>(), [1, 2]);
    assert_eq!(step_of(&document, 2).unwrap().number, 2, "steps in lists are found");
    assert_eq!(layout.headings.len(), 3);
    assert!(layout.headings.iter().all(|heading| layout.lines[heading.line].of.heading == Some(heading.level)));
}

#[test]
fn a_cell_is_not_cut_and_numbers_stand_right() {
    let cell = |words: &str| text(words);
    let table = Block::Table {
        align: vec![Align::Left, Align::Right],
        head: vec![cell("disk"), cell("free")],
        rows: vec![vec![cell("/"), cell("5 GiB")], vec![cell("/数据"), cell("120 GiB")]],
    };
    assert_eq!(seen(&laid(vec![table], 50)), "disk  │    free\n──────┼────────\n/     │   5 GiB\n/数据 │ 120 GiB");
}

#[test]
fn code_is_never_cut_and_a_link_alone_shows_where_it_leads() {
    let code = shell(1, "x", "aaaa bbbb cccc dddd eeee");
    assert!(seen(&laid(vec![code], 14)).ends_with("┃ aaaa bbbb\n┃ ↪ cccc dddd\n┃ ↪ eeee"));
    let bare = Inline::Link { target: "https://x.example/".to_owned(), text: Vec::new() };
    assert_eq!(seen(&laid(vec![Block::Paragraph(vec![bare])], 40)), "https://x.example/");
}

#[test]
fn hostile_text_is_harmless_even_if_nobody_made_it_so() {
    let words = "a\u{1b}]0;x\u{7}b\u{202e}c";
    let all = vec![
        paragraph(words),
        shell(1, words, words),
        Block::Code { info: words.to_owned(), text: words.to_owned() },
        Block::Paragraph(vec![link(words, words), Inline::Missing(words.to_owned())]),
        Block::List { first: None, items: vec![item(vec![Block::Html(words.to_owned())])] },
    ];
    let layout = laid(all, 30);
    let shown = layout.lines.iter().flat_map(|line| &line.spans).map(|span| &span.text).chain(&layout.links);
    assert!(shown.map(String::as_str).all(|text| harmless::line(text, usize::MAX) == text));
}

/// Every word of inline text.
fn said(inlines: &[Inline], into: &mut String) {
    for inline in inlines {
        match inline {
            Inline::Text(text) | Inline::Html(text) | Inline::Missing(text) => into.push_str(text),
            Inline::Filled { value, .. } => into.push_str(value),
            Inline::Code(inner) | Inline::Strong(inner) | Inline::Emphasis(inner) | Inline::Strike(inner) => {
                said(inner, into);
            }
            Inline::Link { text, .. } => said(text, into),
            Inline::Image { target, text } => {
                said(text, into);
                into.push(' ');
                into.push_str(target);
            }
            Inline::Break => into.push(' '),
        }
        // What stands side by side may be told apart by marks.
        into.push(' ');
    }
}

fn all_words(blocks: &[Block], into: &mut String) {
    for block in blocks {
        match block {
            Block::Heading { text, .. } | Block::Paragraph(text) => said(text, into),
            Block::List { items, .. } => items.iter().for_each(|item| all_words(&item.blocks, into)),
            Block::Quote(blocks) => all_words(blocks, into),
            Block::Code { info, text } => into.extend([info.as_str(), " ", text]),
            Block::Step(step) => into.push_str(&step.text),
            Block::Table { head, rows, .. } => rows.iter().chain([head]).flatten().for_each(|cell| said(cell, into)),
            Block::Html(text) => into.push_str(text),
            Block::Rule => {}
        }
        into.push(' ');
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn any_document_at_any_width_keeps_all_words(document in documents(), width in 1_usize..200) {
        let layout = lay(&document, &around(width));
        let shown: String = layout.lines.iter().map(super::Line::words).collect::<Vec<_>>().concat();
        let shown: String = shown.split_whitespace().collect();
        let mut words = String::new();
        all_words(&document.blocks, &mut words);
        for word in words.split([' ', '\n']) {
            let word: String = harmless::line(word, usize::MAX).split_whitespace().collect();
            prop_assert!(shown.contains(&word), "{word:?} is not in {shown:?}");
        }
    }

    #[test]
    fn no_line_is_wider_than_its_room(document in documents(), columns in 4_usize..200) {
        let layout = lay(&document, &around(columns));
        for line in &layout.lines {
            let alone = super::pieces(&line.words()).count() == 1;
            prop_assert!(width(&line.text()) <= columns || alone, "{:?} in {columns}", line.text());
        }
    }

    #[test]
    fn a_table_has_the_same_blocks_at_every_width(cells in prop::collection::vec(0_usize..3, 0..4), head in 0_usize..3) {
        let cell = || vec![Inline::Text("some words that need room".to_owned())];
        let row = |cells: &usize| (0..*cells).map(|_| cell()).collect::<Vec<_>>();
        let table = Block::Table { align: Vec::new(), head: row(&head), rows: cells.iter().map(row).collect() };
        let document = Document { blocks: vec![table], ..Document::default() };
        let last = |width| lay(&document, &around(width)).lines.last().map(|line| line.of.block);
        prop_assert_eq!(last(200), last(9));
    }

    #[test]
    fn blocks_have_the_same_numbers_at_every_width(document in documents(), (one, other) in (1_usize..200, 1_usize..200)) {
        let (one, other) = (lay(&document, &around(one)), lay(&document, &around(other)));
        prop_assert_eq!(one.lines.last().map(|line| line.of.block), other.lines.last().map(|line| line.of.block));
        prop_assert_eq!((one.tasks, one.codes, one.links), (other.tasks, other.codes, other.links));
        prop_assert_eq!(one.steps.len(), other.steps.len());
    }
}
