//! Any text is a document: nothing in it acts on a terminal, no word is lost, and nothing takes long or deep.

use std::time::{Duration, Instant};

use proptest::prelude::*;

use crate::domain::harmless;
use crate::domain::runbook::document::{Block, Document, Inline};
use crate::runbook::fill::{self, Values};
use crate::runbook::{front, markdown, plain};

/// Marks and words that make a document of many shapes.
fn hostile() -> impl Strategy<Value = String> {
    const PARTS: [&str; 44] = [
        "\n",
        "\n\n",
        "  ",
        "    ",
        "\t",
        "> ",
        "- ",
        "* ",
        "1. ",
        "- [ ] ",
        "- [x] ",
        "# ",
        "## ",
        "---\n",
        "===\n",
        "```sh\n",
        "```\n",
        "~~~ remedy x\n",
        "`",
        "*",
        "**",
        "_",
        "~~",
        "[",
        "](",
        ")",
        "![",
        "<",
        ">",
        "|",
        "|-|-|\n",
        "[^1]",
        "[^1]: ",
        "[a]: /u\n",
        "\\",
        "&#27;",
        "&#x202e;",
        "\u{1b}[31m",
        "\u{202e}",
        "\0",
        "{{labels.a}}",
        "<!--",
        "<div>\n",
        "[!NOTE]\n",
    ];
    let part = prop_oneof![4 => prop::sample::select(&PARTS[..]).prop_map(str::to_owned), 1 => "[a-zé漢]{1,6}", 1 => "\\PC{0,3}"];
    prop::collection::vec(part, 0..60).prop_map(|parts| parts.concat())
}

/// How deep blocks and inline text stand in each other.
fn depth(blocks: &[Block]) -> usize {
    let inside = |block: &Block| match block {
        Block::Quote(inside) => depth(inside),
        Block::List { items, .. } => 1 + items.iter().map(|item| depth(&item.blocks)).max().unwrap_or(0),
        Block::Paragraph(text) | Block::Heading { text, .. } => inline_depth(text),
        Block::Table { rows, .. } => rows.iter().flatten().map(|cell| inline_depth(cell)).max().unwrap_or(0),
        _ => 0,
    };
    1 + blocks.iter().map(inside).max().unwrap_or(0)
}

fn inline_depth(all: &[Inline]) -> usize {
    let inside = |one: &Inline| match one {
        Inline::Code(inside) | Inline::Strong(inside) | Inline::Emphasis(inside) | Inline::Strike(inside) => {
            inline_depth(inside)
        }
        Inline::Link { text, .. } | Inline::Image { text, .. } => inline_depth(text),
        _ => 0,
    };
    1 + all.iter().map(inside).max().unwrap_or(0)
}

/// Every string of a document, as it is written down for machines.
fn strings(document: &Document) -> Vec<String> {
    fn walk(value: serde_json::Value, found: &mut Vec<String>) {
        match value {
            serde_json::Value::String(text) => found.push(text),
            serde_json::Value::Array(all) => all.into_iter().for_each(|one| walk(one, found)),
            serde_json::Value::Object(all) => all.into_iter().for_each(|(_, one)| walk(one, found)),
            _ => {}
        }
    }
    let mut found = Vec::new();
    walk(serde_json::to_value(document).unwrap(), &mut found);
    found
}

/// The first line that could act on a terminal. Tabs may begin a line of a script.
fn acting(document: &Document) -> Option<String> {
    let all = strings(document);
    let mut lines = all.iter().flat_map(|text| text.split('\n')).map(|line| line.trim_start_matches('\t'));
    lines.find(|line| harmless::line(line, usize::MAX) != **line).map(str::to_owned)
}

fn values() -> Values {
    Values { labels: [("a", "v\u{1b}[2J\u{202e}\n")].into(), ..Values::default() }
}

proptest! {
    #[test]
    fn any_text_is_a_harmless_document_of_bounded_depth(text in prop_oneof![hostile(), ".*", "(?s).{0,80}"]) {
        let document = fill::fill(markdown::parse(&text), &values());
        prop_assert_eq!(acting(&document), None);
        prop_assert!(depth(&document.blocks) <= 64);
        // Reading again gives the same: ticks and notes find their place.
        prop_assert_eq!(&document, &fill::fill(markdown::parse(&text), &values()));
    }

    #[test]
    fn plain_words_survive(words in prop::collection::vec("[a-z]{2,8}", 1..30), marks in prop::collection::vec(0_usize..14, 30)) {
        const MARKS: [(&str, &str); 14] = [
            ("", " "), ("**", "** "), ("*", "* "), ("`", "` "), ("~~", "~~ "), ("[", "](https://h) "), ("\n\n# ", "\n\n"), ("\n\n- ", "\n"),
            ("\n\n- [ ] ", "\n"), ("\n\n> ", "\n\n"), ("\n\n| a |\n|---|\n| ", " |\n\n"), ("\n\n```sh\n", "\n```\n"), ("\n\n```\n", "\n```\n"), ("<b>", "</b> "),
        ];
        let parts = words.iter().zip(&marks).map(|(word, mark)| [MARKS[*mark].0, word, MARKS[*mark].1].concat());
        let text: String = parts.collect();
        let made = plain(&markdown::parse(&text));
        let mut rest = made.as_str();
        for word in &words {
            let at = rest.find(word.as_str());
            prop_assert!(at.is_some(), "{word} of {text:?} is not in {made:?}");
            rest = &rest[at.unwrap() + word.len()..];
        }
    }

    #[test]
    fn any_front_matter_is_harmless(text in "---\n([a-z]{1,5}: \\PC{0,9}\n|- .{0,9}\n){0,5}---\n.*") {
        let front = front::read(&text);
        let all = front.title.iter().chain(&front.alerts).chain(front.others.iter().map(|(_, value)| value));
        for value in all {
            prop_assert_eq!(&harmless::line(value, usize::MAX), value);
        }
    }
}

/// What costs a careless reader a stack, or time that grows with the square of the text.
fn nasty(size: usize) -> Vec<(&'static str, String)> {
    let fill = |part: &str| part.repeat(size / part.len());
    let half = |part: &str| part.repeat(size / 2 / part.len());
    let stairs: String = (0..).map(|at| format!("{}- a\n", " ".repeat(2 * at))).take(size.isqrt()).collect();
    vec![
        ("quotes", fill(">")),
        ("lists", fill("- ")),
        ("lists with words", fill("- ") + "a"),
        ("quotes, then lines", half(">") + "a\n" + &half("b\n")),
        ("lists, then blank lines", "- ".repeat(90) + "a\n" + &fill("\n")),
        ("stairs", stairs.clone()),
        ("stairs, then blank lines", stairs + &half("\n")),
        ("emphasis", half("*a ") + &half("b* ")),
        ("strong and emphasis", fill("**a *b ")),
        ("opened brackets", fill("[")),
        ("links in links", half("[") + &half("](u)")),
        ("images in images", half("![") + &half("](u)")),
        ("backticks", (1..size.isqrt()).map(|at| "`".repeat(at) + " ").collect()),
        ("braces", fill("{{")),
        ("placeholders", fill("{{labels.a}}")),
        ("unclosed comments", fill("<!-- ")),
        ("unclosed tags", fill("<a ")),
        ("a wide table", format!("{}\n{}\n{}", half("a|"), half("-|"), half("a\n"))),
        ("a long table", format!("a|b\n-|-\n{}", fill("1|2\n"))),
        ("boxes", fill("- [ ] a\n")),
        ("steps", fill("```sh\nx\n```\n")),
        ("footnotes", fill("[^1]\n\n[^1]: a\n\n")),
        ("definitions", format!("[a]: /u\n\n{}", fill("[a] "))),
        ("escapes", fill("\u{1b}]")),
        ("tabs", fill("\t")),
    ]
}

#[test]
fn nothing_takes_deep_or_long() {
    for (name, text) in nasty(100_000) {
        let began = Instant::now();
        let document = fill::fill(markdown::parse(&text), &values());
        assert!(depth(&document.blocks) <= 64, "{name}");
        assert!(plain(&document).len() <= 4 * text.len() + 200, "{name}");
        let took = began.elapsed();
        assert!(took < Duration::from_secs(10), "{name}: {took:?}");
    }
}

#[test]
fn what_is_nested_too_deeply_is_shown_as_it_is_written_and_says_so() {
    let document = markdown::parse(&format!("{}word\n\n```sh\nuptime\n```\n", "> ".repeat(150)));
    let words = plain(&document);
    assert!(
        words.starts_with("This text is nested too deeply") && words.contains("word") && words.contains("uptime"),
        "{words}"
    );
    assert!(!document.blocks.iter().any(|block| matches!(block, Block::Step(_))));
}
