//! A document for people and for programs.

use crate::domain::runbook::document::{Align, Runs, Task};
use crate::domain::runbook::{Block, Document, Inline, Item, Step};

fn plain(text: &str) -> Inline {
    Inline::Text(text.to_owned())
}

fn document() -> Document {
    let filled = Inline::Filled { name: "labels.instance".to_owned(), value: "checkout*7\u{1b}[2J".to_owned() };
    let missing = Inline::Missing("labels.pod".to_owned());
    let link = Inline::Link { target: "https://grafana/d/1".to_owned(), text: vec![plain("the board")] };
    let task = Task { key: "0".repeat(16), done: true };
    let item = |task, text: &str| Item { task, blocks: vec![Block::Paragraph(vec![plain(text)])] };
    Document {
        title: Some("Checkout errors".to_owned()),
        blocks: vec![
            Block::Heading { level: 1, text: vec![plain("Checkout errors")] },
            Block::Paragraph(vec![
                plain("Look at "),
                filled,
                plain(" and "),
                missing,
                plain(", see "),
                link,
                plain("."),
            ]),
            Block::List { first: None, items: vec![item(Some(task), "told the team"), item(None, "more")] },
            Block::Paragraph(vec![plain("1. is no list")]),
            Block::Code { info: "text".to_owned(), text: "a ``` b\n```\n".to_owned() },
            Block::Table {
                align: vec![Align::Left, Align::Right],
                head: vec![vec![plain("code")], vec![plain("means")]],
                rows: vec![vec![vec![plain("502")], vec![plain("no one answers")]]],
            },
        ],
    }
}

#[test]
fn text_is_wrapped_and_harmless_and_says_where_links_lead() {
    let mut made = Vec::new();
    super::text::write(&document(), 30, &mut made).unwrap();
    let made = String::from_utf8(made).unwrap();
    let expected = "\
Checkout errors
═══════════════

Look at checkout*7 and
{{labels.pod}}, see the board
<https://grafana/d/1>.

• [x] told the team
• more

1. is no list

    a ``` b
    ```

code  means
────  ──────────────
502   no one answers
";
    assert_eq!(made, expected);
}

#[test]
fn markdown_says_the_same_and_a_value_brings_no_marks_of_its_own() {
    let mut made = Vec::new();
    super::markdown::write(&document(), &mut made).unwrap();
    let made = String::from_utf8(made).unwrap();
    let expected = "\
# Checkout errors

Look at checkout\\*7 and {{labels.pod}}, see [the board](<https://grafana/d/1>).

- [x] told the team
- more

1\\. is no list

````text
a ``` b
```
````

| code | means |
| --- | --: |
| 502 | no one answers |
";
    assert_eq!(made, expected);
}

#[test]
fn a_step_is_read_with_its_values_and_written_as_it_runs() {
    let value = Inline::Filled { name: "labels.instance".to_owned(), value: "db-2".to_owned() };
    let step = Step {
        number: 1,
        runs: Runs::Shell("sh".to_owned()),
        under: String::new(),
        text: "ping {{labels.instance}}".to_owned(),
        key: "0".repeat(16),
        shown: vec![plain("ping "), value],
    };
    let document = Document { title: None, blocks: vec![Block::Step(step)] };
    let (mut read, mut written) = (Vec::new(), Vec::new());
    super::text::write(&document, 80, &mut read).unwrap();
    super::markdown::write(&document, &mut written).unwrap();
    assert!(String::from_utf8(read).unwrap().contains("ping db-2"));
    assert!(
        String::from_utf8(written).unwrap().contains("ping {{labels.instance}}"),
        "nothing is spliced into what may be run"
    );
}
