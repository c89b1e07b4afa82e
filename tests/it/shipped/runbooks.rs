//! Every runbook that ships can be read at any width, and what it offers to run can be planned.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use midwatch::domain::Labels;
use midwatch::domain::remediation::plan::Call;
use midwatch::domain::remediation::wish::What;
use midwatch::domain::remediation::{Plan, Wish};
use midwatch::domain::runbook::document::Runs;
use midwatch::domain::runbook::laid::{self, Around, Layout};
use midwatch::domain::runbook::plain;
use midwatch::domain::runbook::{Block, Document, Step};
use midwatch::remedy::plan::{self, Machine};
use midwatch::runbook::{markdown, shipped};

fn all() -> impl Iterator<Item = (String, Document)> {
    shipped::names().into_iter().map(|(name, _)| {
        let document = markdown::parse(shipped::text(&name).expect("a shipped text"));
        (name, document)
    })
}

fn laid_out(name: &str, document: &Document, width: usize) -> Layout {
    let around = Around { width, name: name.to_owned(), key: Some("x".to_owned()), ..Around::default() };
    laid::lay(document, &around)
}

/// The letters and digits of a text; how it is broken into lines does not matter.
fn letters(text: &str) -> String {
    text.chars().filter(|letter| letter.is_alphanumeric()).collect()
}

#[test]
fn every_runbook_keeps_its_words_at_every_width() {
    for (name, document) in all() {
        let words: BTreeSet<String> = plain::document(&document).split_whitespace().map(letters).collect();
        for width in [200, 80, 40] {
            let layout = laid_out(&name, &document, width);
            let text: String = layout.lines.iter().map(|line| letters(&line.text())).collect();
            let lost: Vec<&String> = words.iter().filter(|word| !text.contains(*word)).collect();
            assert!(lost.is_empty(), "{name} at {width}: {lost:?}");
            let wide =
                layout.lines.iter().map(|line| unicode_width::UnicodeWidthStr::width(line.text().as_str())).max();
            assert!(wide.is_some_and(|wide| wide <= width), "{name} at {width}: {wide:?}");
        }
    }
}

fn steps(blocks: &[Block]) -> Vec<&Step> {
    fn inside(block: &Block) -> Vec<&Step> {
        match block {
            Block::Step(step) => vec![step],
            Block::Quote(blocks) => steps(blocks),
            Block::List { items, .. } => items.iter().flat_map(|item| steps(&item.blocks)).collect(),
            _ => Vec::new(),
        }
    }
    blocks.iter().flat_map(inside).collect()
}

fn planned(name: &str, step: &Step) -> Result<Plan, String> {
    let labels: Labels = [("alertname", "X"), ("instance", "db-2:9100"), ("service", "checkout")].into();
    let wish = Wish {
        token: 1,
        what: What::Step(format!("shipped:{name}"), Box::new(step.clone())),
        incident: None,
        subject: None,
        labels,
        values: BTreeMap::new(),
        secrets: BTreeMap::new(),
        signals: Vec::new(),
        auto: false,
    };
    let path = ["/usr/local/bin", "/usr/bin", "/bin"].map(PathBuf::from).to_vec();
    plan::step(name, &wish, &Machine { environment: None, path })
}

#[test]
fn every_step_can_be_planned() {
    let mut count = 0;
    for (name, document) in all() {
        for step in steps(&document.blocks) {
            assert!(matches!(step.runs, Runs::Shell(_)), "{name}: no remedy is declared where nothing is configured");
            let plan = planned(&name, step).unwrap_or_else(|words| panic!("{name}, step {}: {words}", step.number));
            let Call::Process(process) = &plan.run else { panic!("{name}: a script is a process") };
            assert!(Path::new(&process.argv[0]).is_absolute(), "{name}: {:?}", process.argv);
            assert!(process.script.is_some(), "{name}");
            count += 1;
        }
    }
    assert!(count > 20, "{count} steps");
}

#[test]
fn the_built_in_rules_have_one_each() {
    let known: BTreeSet<String> = shipped::names().into_iter().flat_map(|(_, alerts)| alerts).collect();
    let rules = [
        "HostCpuHigh",
        "HostMemoryHigh",
        "HostSwapHigh",
        "HostDiskFull",
        "HostDiskFillsSoon",
        "HostInodesFull",
        "HostLoadHigh",
        "HostErrorLines",
        "HostErrorBurst",
        "UnitFailed",
    ];
    let without: Vec<&&str> = rules.iter().filter(|rule| !known.contains(**rule)).collect();
    assert!(without.is_empty(), "{without:?}");
}
