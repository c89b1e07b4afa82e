//! Steps of runbooks: whether a block may run, by the runbook that it stands in. The runbook is read again: the very
//! block must stand in a content that is trusted.

use std::path::PathBuf;

use super::super::Hands;
use super::origin::is_accepted;
use crate::domain::runbook::{Block, Document, Found, Item, Step};
use crate::remedy::trust;
use crate::runbook::{markdown, text};

/// Where a runbook is, by its key.
pub(super) fn found(key: &str) -> Found {
    if let Some(name) = key.strip_prefix("shipped:") {
        Found::Shipped(name.to_owned())
    } else if key.starts_with("https://") || key.starts_with("http://") {
        Found::Web(key.to_owned())
    } else {
        Found::File(PathBuf::from(key))
    }
}

/// Its name, for ids and messages: the last part of its path or address.
pub(super) fn name(key: &str) -> String {
    let path = key.strip_prefix("shipped:").unwrap_or(key).split(['?', '#']).next().unwrap_or_default();
    let last = path.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
    last.strip_suffix(".md").unwrap_or(last).to_owned()
}

/// Why the steps of a runbook with this content may not be run; `None` if they may.
pub(in super::super) async fn untrusted(hands: &Hands, found: &Found, hash: &str) -> Option<String> {
    match found {
        Found::Shipped(_) => None,
        Found::File(path) | Found::Mapped(path, _) => {
            let place = path.clone();
            let what = format!("a look at {}", path.display());
            let checked = super::machine::looked(&what, move || trust::check(&place)).await;
            let words = checked.and_then(|checked| checked).err()?;
            let accepted = is_accepted(hands, hash).await;
            // What to do about it is part of what it says.
            (!accepted).then_some(words)
        }
        Found::Web(url) => {
            let accepted = is_accepted(hands, hash).await;
            let who = &hands.operator.name;
            let advice = format!("'midwatch remedy accept {url}' shows what it brings, and accepts it as it is now");
            (!accepted).then(|| format!("{url} was not accepted by {who} in this content yet: {advice}"))
        }
    }
}

/// What stands in the way of a step because of the runbook that it stands in.
pub(super) async fn hurdle(hands: &Hands, key: &str, step: &Step) -> Option<String> {
    let found = found(key);
    let cache = hands.remedies.runbook_cache();
    let read = match text::read(&found, &cache, hands.clock.now(), false).await {
        Ok(read) => read,
        Err(words) => return Some(words),
    };
    let stands =
        steps(&markdown::parse(&read.text)).iter().any(|known| known.text == step.text && known.runs == step.runs);
    if !stands {
        return Some(format!("{} says something else now: open the runbook again", name(key)));
    }
    untrusted(hands, &found, &trust::hash(read.text.as_bytes())).await
}

/// All steps of a document, in order.
#[must_use]
pub fn steps(document: &Document) -> Vec<&Step> {
    fn of<'a>(blocks: &'a [Block], found: &mut Vec<&'a Step>) {
        for block in blocks {
            match block {
                Block::Step(step) => found.push(step),
                Block::Quote(blocks) => of(blocks, found),
                Block::List { items, .. } => items.iter().for_each(|Item { blocks, .. }| of(blocks, found)),
                _ => {}
            }
        }
    }
    let mut found = Vec::new();
    of(&document.blocks, &mut found);
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_says_where_a_runbook_is_and_what_it_is_called() {
        assert_eq!(found("shipped:high-cpu"), Found::Shipped("high-cpu".to_owned()));
        assert_eq!(found("https://wiki/run/a.md?x=1"), Found::Web("https://wiki/run/a.md?x=1".to_owned()));
        assert_eq!(found("/etc/runbooks/a.md"), Found::File(PathBuf::from("/etc/runbooks/a.md")));
        let names = ["shipped:high-cpu", "https://wiki/run/disk.md?x=1#top", "https://wiki/run/", "/etc/runbooks/a.md"];
        assert_eq!(names.map(name), ["high-cpu", "disk", "run", "a"]);
    }
}
