//! Documents made by hand, for tests of whoever shows them.

use proptest::prelude::*;

use crate::domain::runbook::document::{Align, Runs, Task};
use crate::domain::runbook::{Block, Document, Inline, Item, Step};

pub(crate) fn text(words: &str) -> Vec<Inline> {
    vec![Inline::Text(words.to_owned())]
}

pub(crate) fn paragraph(words: &str) -> Block {
    Block::Paragraph(text(words))
}

pub(crate) fn heading(level: u8, words: &str) -> Block {
    Block::Heading { level, text: text(words) }
}

pub(crate) fn link(words: &str, target: &str) -> Inline {
    Inline::Link { target: target.to_owned(), text: text(words) }
}

pub(crate) fn task(key: &str, done: bool, words: &str) -> Item {
    Item { task: Some(Task { key: key.to_owned(), done }), blocks: vec![paragraph(words)] }
}

pub(crate) fn item(blocks: Vec<Block>) -> Item {
    Item { task: None, blocks }
}

pub(crate) fn shell(number: usize, under: &str, script: &str) -> Block {
    let (under, text) = (under.to_owned(), script.to_owned());
    Block::Step(Step {
        number,
        runs: Runs::Shell("sh".to_owned()),
        under,
        text,
        key: format!("step-{number:011}"),
        shown: Vec::new(),
    })
}

pub(crate) fn remedy(number: usize, id: &str) -> Block {
    let runs = Runs::Remedy { id: id.to_owned(), values: vec![("instance".to_owned(), "checkout-7".to_owned())] };
    let (under, text) = ("Mitigation".to_owned(), "instance = checkout-7\n".to_owned());
    Block::Step(Step { number, runs, under, text, key: format!("step-{number:011}"), shown: Vec::new() })
}

/// A runbook with a bit of everything.
pub(crate) fn document() -> Document {
    let filled = Inline::Filled { name: "labels.instance".to_owned(), value: "checkout-7".to_owned() };
    let cell = |words: &str| text(words);
    let table = Block::Table {
        align: vec![Align::Left, Align::Right, Align::Left],
        head: vec![cell("pool"), cell("in use"), cell("what it means")],
        rows: vec![
            vec![
                cell("write"),
                cell("50 of 50"),
                cell("exhausted: requests wait for a connection until they time out"),
            ],
            vec![cell("read"), cell("12 of 50"), cell("fine")],
        ],
    };
    let blocks = vec![
        heading(1, "Checkout errors high"),
        Block::Paragraph(vec![
            Inline::Text("The pool of ".to_owned()),
            filled,
            Inline::Text(" in ".to_owned()),
            Inline::Missing("labels.region".to_owned()),
            Inline::Text(" is full. See ".to_owned()),
            link("the dashboard", "https://grafana.example/d/chk?var=checkout"),
            Inline::Text(" and ".to_owned()),
            Inline::Image { target: "pool.png".to_owned(), text: text("how the pool looks") },
            Inline::Text(".".to_owned()),
        ]),
        heading(2, "Checks"),
        Block::List {
            first: None,
            items: vec![
                task("aaaaaaaaaaaaaaaa", false, "the database answers"),
                task("bbbbbbbbbbbbbbbb", true, "nobody deploys"),
                task("cccccccccccccccc", false, "the queue is short"),
            ],
        },
        shell(
            1,
            "Checks",
            "curl -fsS https://checkout.internal.example/health/pools?verbose=true | grep 'in use' | sort -rn | head -20\nexit 0\n",
        ),
        table,
        heading(2, "Mitigation"),
        Block::List {
            first: Some(9),
            items: vec![
                item(vec![paragraph("restart one instance"), remedy(2, "restart-checkout")]),
                item(vec![paragraph("wait a minute"), Block::Quote(vec![paragraph("do not restart two at once")])]),
            ],
        },
        Block::Code {
            info: "sql".to_owned(),
            text: "select count(*) from sessions\n\twhere pod = '{{labels.pod}}';\n".to_owned(),
        },
        Block::Rule,
        Block::Html("<b>old</b>".to_owned()),
        Block::Paragraph(vec![
            Inline::Strong(text("Escalate")),
            Inline::Text(" to ".to_owned()),
            Inline::Strike(text("bo")),
            Inline::Break,
            Inline::Emphasis(text("payments-team")),
            Inline::Text(" with ".to_owned()),
            Inline::Code(text("midwatch report")),
        ]),
    ];
    Document { title: Some("Checkout errors high".to_owned()), blocks }
}

fn words() -> impl Strategy<Value = String> {
    let word = prop_oneof![8 => "[a-z]{3,14}", 1 => "[磁盘已满đĩầy👩‍🚀ﾞ]{1,6}", 1 => "[a-z/:.]{20,90}", 1 => "\\PC{1,8}"];
    prop::collection::vec(word, 0..9).prop_map(|words| words.join(" "))
}

fn inlines() -> impl Strategy<Value = Vec<Inline>> {
    let leaf = prop_oneof![
        4 => words().prop_map(Inline::Text),
        1 => words().prop_map(|value| Inline::Filled { name: "labels.x".to_owned(), value }),
        1 => "[a-z.]{1,20}".prop_map(Inline::Missing),
        1 => Just(Inline::Break),
        1 => words().prop_map(Inline::Html),
    ];
    let inline = leaf.prop_recursive(3, 24, 4, |inner| {
        let inner = prop::collection::vec(inner, 0..4);
        prop_oneof![
            inner.clone().prop_map(Inline::Code),
            inner.clone().prop_map(Inline::Strong),
            inner.clone().prop_map(Inline::Emphasis),
            inner.clone().prop_map(Inline::Strike),
            (words(), inner.clone()).prop_map(|(target, text)| Inline::Link { target, text }),
            (words(), inner).prop_map(|(target, text)| Inline::Image { target, text }),
        ]
    });
    prop::collection::vec(inline, 0..4)
}

fn table() -> impl Strategy<Value = Block> {
    let row = || prop::collection::vec(inlines(), 0..5);
    let align = prop_oneof![Just(Align::Left), Just(Align::Centre), Just(Align::Right)];
    (prop::collection::vec(align, 0..5), row(), prop::collection::vec(row(), 0..4))
        .prop_map(|(align, head, rows)| Block::Table { align, head, rows })
}

fn code() -> impl Strategy<Value = String> {
    prop::collection::vec(words(), 0..4).prop_map(|lines| lines.join("\n"))
}

/// Any document at all.
pub(crate) fn documents() -> impl Strategy<Value = Document> {
    let leaf = prop_oneof![
        (1_u8..7, inlines()).prop_map(|(level, text)| Block::Heading { level, text }),
        inlines().prop_map(Block::Paragraph),
        (words(), code()).prop_map(|(info, text)| Block::Code { info, text }),
        (1_usize..4, code()).prop_map(|(number, text)| shell(number, "x", &text)),
        table(),
        Just(Block::Rule),
        code().prop_map(Block::Html),
    ];
    let block = leaf.prop_recursive(5, 24, 3, |inner| {
        let blocks = prop::collection::vec(inner, 0..3);
        let task = prop::option::of(("[0-9a-f]{16}", any::<bool>()).prop_map(|(key, done)| Task { key, done }));
        let item = (task, blocks.clone()).prop_map(|(task, blocks)| Item { task, blocks });
        prop_oneof![
            blocks.prop_map(Block::Quote),
            (prop::option::of(0_u64..1_000), prop::collection::vec(item, 0..4))
                .prop_map(|(first, items)| Block::List { first, items }),
        ]
    });
    prop::collection::vec(block, 0..5).prop_map(|blocks| Document { title: None, blocks })
}
