//! Every example of the `CommonMark` specification keeps its words.

use serde::Deserialize;

use super::seen;
use crate::runbook::{markdown, plain};

#[derive(Deserialize)]
struct Example {
    #[serde(rename = "example")]
    number: usize,
    section: String,
    markdown: String,
    html: String,
}

fn examples() -> Vec<Example> {
    serde_json::from_str(include_str!("../../../tests/fixtures/commonmark/spec.json")).unwrap()
}

fn words(text: &str) -> Vec<&str> {
    text.split_whitespace().collect()
}

#[test]
fn every_example_of_the_specification_says_the_same_words() {
    let all = examples();
    assert_eq!(all.len(), 652);
    let mut wrong = Vec::new();
    let mut with_words = 0;
    for example in &all {
        let made = plain(&seen::without_html(markdown::parse(&example.markdown)));
        let expected = seen::of_html(&example.html);
        let (made, expected) = (words(&made), words(&expected));
        with_words += usize::from(!expected.is_empty());
        if made != expected {
            let Example { number, section, markdown, .. } = example;
            wrong.push(format!("{number} ({section}): {markdown:?}\n  expected {expected:?}\n  made     {made:?}"));
        }
    }
    assert!(with_words > 600, "{with_words} examples say anything");
    assert!(wrong.is_empty(), "{} examples:\n{}", wrong.len(), wrong.join("\n"));
}
