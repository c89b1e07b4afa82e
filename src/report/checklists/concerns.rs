//! `midwatch checklist export --concerns`: what an assessment comes to.

use std::io::{self, Write};

use super::page::{self, Shape};
use super::walk::Exported;
use super::yaml::quoted;
use super::{Here, words};
use crate::domain::checklist::concern::Concern;

fn all(exported: &Exported) -> Vec<Concern> {
    exported.walk.concerns().into_iter().map(|(_, concern)| concern).collect()
}

/// Writes the concerns and the verdict as YAML.
///
/// # Errors
/// Where the writer fails.
pub fn yaml(exported: &Exported, out: &mut dyn Write) -> io::Result<()> {
    let walk = exported.walk;
    let completed = walk.ended.as_ref().is_some_and(|end| end.completed);
    writeln!(out, "checklist: {}", quoted(walk.list.id.as_str()))?;
    writeln!(out, "title: {}", quoted(&walk.list.title))?;
    writeln!(out, "walk: {}", quoted(&walk.id.to_string()))?;
    writeln!(out, "begun: {}", quoted(&walk.begun.format("%Y-%m-%dT%H:%M:%SZ").to_string()))?;
    writeln!(out, "completed: {completed}")?;
    writeln!(out, "verdict: {}", quoted(walk.verdict(exported.applies).words()))?;
    let concerns = all(exported);
    if concerns.is_empty() {
        return writeln!(out, "concerns: []");
    }
    writeln!(out, "concerns:")?;
    concerns.iter().try_for_each(|concern| {
        writeln!(out, "  - type: {}", quoted(&concern.sort))?;
        texts(concern).iter().try_for_each(|(name, text)| writeln!(out, "    {name}: {}", quoted(text)))?;
        writeln!(out, "    deployment_blocker: {}", concern.deployment_blocker)?;
        writeln!(out, "    priority: {}", quoted(concern.priority.word()))
    })
}

fn texts(concern: &Concern) -> [(&'static str, &str); 4] {
    [
        ("description", &concern.description),
        ("user_impact", &concern.user_impact),
        ("technical_details", &concern.technical_details),
        ("recommendation", &concern.recommendation),
    ]
}

/// Writes the concerns and the verdict as a page of Markdown.
///
/// # Errors
/// Where the writer fails.
pub fn md(exported: &Exported, here: Here, out: &mut dyn Write) -> io::Result<()> {
    let walk = exported.walk;
    let about = format!("Walk {} · {} · {}", walk.id, words::at(walk.begun, here.zone), words::ending(walk));
    let mut blocks = vec![page::heading(1, &walk.list.title), page::paragraph(&about)];
    blocks.push(page::paragraph(&format!("Verdict: {}", walk.verdict(exported.applies).words())));
    let concerns = all(exported);
    if concerns.is_empty() {
        blocks.push(page::paragraph("No concerns."));
    }
    for (number, concern) in (1..).zip(&concerns) {
        blocks.push(page::heading(2, &format!("{number}. {}", concern.description)));
        let blocker = if concern.deployment_blocker { "yes" } else { "no" };
        let mut facts = vec![format!("type: {}", concern.sort), format!("priority: {}", concern.priority.word())];
        facts.push(format!("deployment_blocker: {blocker}"));
        let told = texts(concern).into_iter().skip(1).filter(|(_, text)| !text.is_empty());
        facts.extend(told.map(|(name, text)| format!("{name}: {text}")));
        blocks.extend(page::bullets(&facts));
    }
    page::write(blocks, Shape::Markdown, out)
}
