//! Texts of a checklist: harmless, and no longer than somebody reads in the middle of a walk.

use crate::config::reader::Item;
use crate::domain::harmless;

/// The longest title, in characters.
pub(super) const TITLE: usize = 80;
/// The longest text of an item.
pub(super) const TEXT: usize = 200;
/// The longest help.
pub(super) const HELP: usize = 2_000;
/// The longest name or word.
pub(super) const WORD: usize = 60;
/// The longest unit.
pub(super) const UNIT: usize = 16;
/// The longest query, address or argument.
pub(super) const LONG: usize = 4_000;
/// The longest id.
const ID: usize = 64;

/// Text on one line.
pub(super) fn line(item: &Item<'_>, most: usize) -> Option<String> {
    let text = item.word()?;
    fits(item, &text, most).then(|| harmless::line(&text, usize::MAX).into_owned())
}

/// Text of several lines.
pub(super) fn block(item: &Item<'_>, most: usize) -> Option<String> {
    let text = item.query()?;
    if text.contains(|c: char| c.is_control() && !"\n\r\t".contains(c)) {
        item.wrong("this text holds a control character");
        return None;
    }
    fits(item, &text, most).then(|| harmless::block(&text, usize::MAX, usize::MAX))
}

/// Text that is handed to a machine: it must read as what it is, so nothing in it is replaced.
pub(super) fn exact(item: &Item<'_>, most: usize) -> Option<String> {
    let text = item.text()?;
    let is_seen = text.lines().all(|line| {
        let line = line.replace('\t', " ");
        harmless::line(&line, usize::MAX) == line
    });
    if !is_seen {
        item.wrong("this text holds a control character, or one that hides or turns around what is beside it");
        return None;
    }
    fits(item, text, most).then(|| text.to_owned())
}

fn fits(item: &Item<'_>, text: &str, most: usize) -> bool {
    let fits = text.chars().count() <= most;
    if !fits {
        item.wrong(&format!("this text is longer than {most} characters"));
    }
    fits
}

/// The id of a list, an item or a remedy.
pub(super) fn id(item: &Item<'_>, what: &str) -> Option<String> {
    let id = item.word()?;
    if is_id(&id) {
        return Some(id);
    }
    let lower = id.to_lowercase().replace([' ', '_', '.'], "-");
    let message = format!(
        "{} is no id of {what}: small letters, digits and '-', at most {ID} of them, and it does not begin with '-'",
        item.quote()
    );
    item.meant(&message, Some(lower.as_str()).filter(|lower| is_id(lower)));
    None
}

/// Whether a text has the shape of an id.
pub(super) fn is_id(id: &str) -> bool {
    let letter = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
    id.starts_with(letter) && id.chars().all(|c| letter(c) || c == '-') && id.len() <= ID
}
