//! Every example of the `CommonMark` specification keeps its words.

use serde::Deserialize;

use super::seen;
use crate::domain::runbook::Document;
use crate::runbook::{markdown, plain};

#[derive(Deserialize)]
struct Example {
    example: usize,
    section: String,
    markdown: String,
    html: String,
}

/// Examples whose words are others than those of the expected HTML, each with the reason.
const OTHERS: &[(usize, &str)] = &[];

fn examples() -> Vec<Example> {
    serde_json::from_str(include_str!("../../../tests/fixtures/commonmark/spec.json")).unwrap()
}

/// Without white space: how it is laid out is another matter.
fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

fn words(document: Document) -> String {
    squeezed(&plain(&seen::without_html(document)))
}

#[test]
fn every_example_of_the_specification_says_the_same_words() {
    let all = examples();
    assert_eq!(all.len(), 652);
    let mut wrong = Vec::new();
    for example in &all {
        let made = words(markdown::parse(&example.markdown));
        let expected = squeezed(&seen::of_html(&example.html));
        if made != expected && !OTHERS.iter().any(|(known, _)| *known == example.example) {
            let Example { example, section, markdown, .. } = example;
            wrong.push(format!("{example} ({section}): {markdown:?}\n  expected {expected:?}\n  made     {made:?}"));
        }
    }
    assert!(wrong.is_empty(), "{} examples:\n{}", wrong.len(), wrong.join("\n"));
}
