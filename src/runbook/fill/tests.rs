//! Filled where values may go, and never where they may not.

use proptest::prelude::*;

use super::*;
use crate::runbook::{markdown, plain};

fn values() -> Values {
    Values {
        labels: [("instance", "db-2:9100"), ("path", "/srv/a b"), ("up", ".."), ("evil", "javascript:alert(1)//")]
            .into(),
        annotations: [("summary", "a\u{1b}[31m\nb\u{202e}c")].into(),
        others: vec![
            ("environment".to_owned(), "prod-eu".to_owned()),
            ("incident.title".to_owned(), "Down".to_owned()),
        ],
    }
}

fn filled(text: &str) -> Document {
    fill(markdown::parse(text), &values())
}

fn targets(text: &str) -> Vec<String> {
    let Some(Block::Paragraph(all)) = filled(text).blocks.pop() else { panic!("{text}") };
    let target = |one: Inline| match one {
        Inline::Link { target, .. } | Inline::Image { target, .. } => Some(target),
        _ => None,
    };
    all.into_iter().filter_map(target).collect()
}

fn value(name: &str, value: &str) -> Inline {
    Inline::Filled { name: name.to_owned(), value: value.to_owned() }
}

fn text(text: &str) -> Inline {
    Inline::Text(text.to_owned())
}

#[test]
fn text_in_pieces_that_say_what_was_filled() {
    let made = pieces("on {{ labels.instance }} in {{environment}}: {{$labels.nope}}!", &values());
    let expected = [
        text("on "),
        value("labels.instance", "db-2:9100"),
        text(" in "),
        value("environment", "prod-eu"),
        text(": "),
        Inline::Missing("labels.nope".to_owned()),
        text("!"),
    ];
    assert_eq!(made, expected);
}

#[test]
fn braces_of_other_templates_are_text() {
    for other in [
        "{{.State.Running}}",
        "{{ item }}",
        "{{labels.a b}}",
        "{{labels.a",
        "{{{{",
        "${{ github.ref }}",
        "{{}}",
        "{labels.instance}",
    ] {
        assert_eq!(pieces(other, &values()), [text(other)], "{other}");
    }
    let nested = pieces("{{{labels.instance}}}", &values());
    assert_eq!(nested, [text("{"), value("labels.instance", "db-2:9100"), text("}")]);
}

#[test]
fn everywhere_that_is_read() {
    let made = filled(
        "# On {{labels.instance}}\n\n`{{labels.instance}}` **{{labels.instance}}** ~~{{labels.instance}}~~\n\n\
         - [ ] {{labels.instance}}\n\n> {{labels.instance}}\n\n| {{labels.instance}} |\n|---|\n| {{labels.instance}} |\n\n\
         ```\nping {{labels.instance}} {{labels.nope}}\n```\n",
    );
    assert_eq!(made.title.as_deref(), Some("On db-2:9100"));
    let words = plain(&made);
    assert_eq!(words.matches("db-2:9100").count(), 9, "{words}");
    assert!(words.contains("{{labels.nope}}") && !words.contains("{{labels.instance}}"), "{words}");
}

#[test]
fn values_are_harmless_lines_of_bounded_length() {
    assert_eq!(pieces("{{annotations.summary}}", &values()), [value("annotations.summary", "a b·c")]);
    let long = Values { labels: [("a", "x".repeat(1 << 20).as_str())].into(), ..Values::default() };
    let [Inline::Filled { value, .. }] = &pieces("{{labels.a}}", &long)[..] else { panic!() };
    assert!(value.chars().count() == LONGEST && value.ends_with('…'));
}

#[test]
fn a_value_in_an_address_is_encoded_and_never_chooses_the_scheme() {
    for (written, expected) in [
        ("https://h/d?i={{labels.instance}}", "https://h/d?i=db-2%3A9100"),
        ("https://h/{{labels.path}}#{{environment}}", "https://h/%2Fsrv%2Fa%20b#prod-eu"),
        ("docs/{{labels.evil}}", "docs/javascript%3Aalert%281%29%2F%2F"),
        ("http://{{labels.instance}}/metrics", "http://db-2:9100/metrics"),
        ("//{{labels.instance}}", "//db-2:9100"),
    ] {
        assert_eq!(targets(&format!("[x]({written}) ![x]({written})")), [expected, expected], "{written}");
    }
    for stays in [
        "{{labels.evil}}",
        "{{labels.evil}}://h",
        "{{labels.instance}}:80",
        "http{{environment}}://h",
        "x:{{environment}}",
        "http:/{{environment}}",
        "http://{{labels.evil}}/",
        "http://{{labels.path}}",
        "https://h/{{labels.up}}/x",
        "https://h/{{labels.nope}}",
        "https://h/{{annotations.summary}}",
    ] {
        assert_eq!(targets(&format!("[x]({stays})")), [stays], "{stays}");
    }
}

#[test]
fn a_step_runs_as_it_is_written_and_is_shown_filled() {
    let made = filled("## On {{environment}}\n\n```sh\n\tping {{labels.instance}}\n```\n\n```sh\nuptime\n```\n");
    let [_, Block::Step(first), Block::Step(second)] = &made.blocks[..] else { panic!("{made:?}") };
    assert_eq!(first.text, "\tping {{labels.instance}}");
    assert_eq!(first.shown, [text("    ping "), value("labels.instance", "db-2:9100")]);
    assert_eq!(first.under, "On prod-eu");
    assert_eq!((second.shown.as_slice(), second.text.as_str()), (&[][..], "uptime"));
}

#[test]
fn a_remedy_gets_whole_values_or_none() {
    let made = filled("```remedy x\na = {{labels.instance}}\nb = {{annotations.summary}}\nc = {{labels.nope}}\n```\n");
    let [Block::Step(Step { runs: Runs::Remedy { values, .. }, .. })] = &made.blocks[..] else { panic!("{made:?}") };
    let given: Vec<&str> = values.iter().map(|(_, value)| value.as_str()).collect();
    assert_eq!(given, ["db-2:9100", "{{annotations.summary}}", "{{labels.nope}}"]);
}

#[test]
fn a_value_is_not_filled_again() {
    let inside = Values { labels: [("a", "{{labels.b}}"), ("b", "secret")].into(), ..Values::default() };
    assert_eq!(pieces("{{labels.a}}", &inside), [value("labels.a", "{{labels.b}}")]);
    let made = fill(markdown::parse("[x](https://h/{{labels.a}})\n\n`{{labels.a}}`"), &inside);
    assert!(!format!("{made:?}").contains("secret"), "{made:?}");
}

proptest! {
    #[test]
    fn no_value_gets_out_of_its_place(value in ".*", before in "[a-z:/?#.]{0,10}", after in "[a-z:/?#.]{0,6}") {
        let values = Values { labels: [("x", value.as_str())].into(), ..Values::default() };
        let written = format!("{before}{{{{labels.x}}}}{after}");
        if let Some(made) = target::fill(&written, &values) {
            let scheme = |text: &str| text.split([':', '/', '?', '#']).next().unwrap_or_default().to_owned();
            prop_assert_eq!(scheme(&made), scheme(&before));
            prop_assert!(made.is_ascii() && !made.contains([' ', '"', '<', '>', '\\']), "{}", made);
            let count = |text: &str| text.matches(['/', '?', '#', '@']).count();
            prop_assert_eq!(count(&made), count(&before) + count(&after));
        }
    }

    #[test]
    fn pieces_are_the_text(text in "([a-z{} .$]|\\{\\{labels\\.[a-z]+\\}\\}){0,20}") {
        let made: String = name::all(&text, &Values::default()).map(|found| match found {
            Found::Text(text) | Found::Name { written: text, .. } => text,
        }).collect();
        prop_assert_eq!(made, text);
    }
}
