//! The page of a runbook: its room on the screen, its name, and what is under its cursor.
//!
//! What lives here: questions to a page, and the one rule that says how many columns its text has, which `update`
//! lays out for and the screen draws in. What must not: what keys do, which is `update`'s.

use super::desk::Page;
use crate::domain::runbook::laid::{Layout, Line, step_of};
use crate::domain::runbook::{Found, Runbook, Step};
use crate::domain::{IncidentId, harmless};

/// From this width on the incident stands beside its runbook.
const BESIDE: u16 = 110;
/// Below this width nothing has a frame.
const FRAMED: u16 = 60;
/// What a frame, the cursor and the gap before the other edge take.
const EDGES: u16 = 4;

/// How many columns the runbook and the incident beside it have; `None` where there is no room beside it.
#[must_use]
pub fn sides(columns: u16, full: bool) -> Option<(u16, u16)> {
    let left = columns / 5 * 3;
    (columns >= BESIDE && !full).then_some((left, columns - left))
}

/// How many columns the text of a runbook has on a screen of so many.
#[must_use]
pub fn text_columns(columns: u16, full: bool) -> u16 {
    let pane = sides(columns, full).map_or(columns, |(left, _)| left);
    // Without a frame there is only the cursor beside the text.
    let edges = if columns < FRAMED { 1 } else { EDGES };
    pane.saturating_sub(edges).max(1)
}

/// A runbook's name, as people say it: the file's, the address, the shipped one's.
#[must_use]
pub fn name_of(found: &Found) -> String {
    let name = match found {
        Found::File(path) | Found::Mapped(path, _) => {
            path.file_stem().map_or_else(|| path.display().to_string(), |stem| stem.to_string_lossy().into_owned())
        }
        Found::Web(url) => url.clone(),
        Found::Shipped(name) => name.clone(),
    };
    harmless::line(&name, 2_000).into_owned()
}

/// Where a runbook is, in full: what is copied, and what is told when it cannot be read.
#[must_use]
pub fn address_of(found: &Found) -> String {
    let address = match found {
        Found::Mapped(_, url) => url.clone(),
        other => other.key(),
    };
    harmless::line(&address, 2_000).into_owned()
}

impl Page {
    /// A page that nothing was read for.
    #[must_use]
    pub fn new(found: Found, incident: Option<IncidentId>) -> Self {
        Self {
            found,
            incident,
            read: None,
            at: 0,
            search: String::new(),
            from: 0,
            laid: std::sync::Arc::default(),
            around: crate::domain::runbook::laid::Around::default(),
            wish: None,
            under_way: Vec::new(),
            not_again: None,
            ticked: std::collections::BTreeMap::new(),
            noting: None,
        }
    }

    /// Whether it is for no incident: then nothing stands beside it.
    #[must_use]
    pub fn is_alone(&self) -> bool {
        self.incident.is_none()
    }

    /// The runbook, if it was read.
    #[must_use]
    pub fn runbook(&self) -> Option<&Runbook> {
        self.read.as_ref().and_then(|read| read.as_deref().ok())
    }

    /// What it is called: its first heading, else its name.
    #[must_use]
    pub fn title(&self) -> String {
        let title = self.runbook().and_then(|runbook| runbook.document.title.as_deref());
        title.map_or_else(|| name_of(&self.found), |title| harmless::line(title, 200).into_owned())
    }

    /// Whether an answer is waited for.
    #[must_use]
    pub fn is_reading(&self) -> bool {
        self.under_way.iter().any(|wish| wish.found == self.found)
    }

    /// The line under the cursor.
    #[must_use]
    pub fn line(&self) -> Option<&Line> {
        self.laid.lines.get(self.at)
    }

    /// The step under the cursor.
    #[must_use]
    pub fn step(&self) -> Option<&Step> {
        step_of(&self.runbook()?.document, self.line()?.of.step?)
    }

    /// Where the links of the line under the cursor lead.
    #[must_use]
    pub fn links(&self) -> Vec<&str> {
        let lead = |at: usize| self.laid.links.get(at).map(String::as_str);
        let mut links: Vec<&str> = self.line().into_iter().flat_map(Line::links).filter_map(lead).collect();
        links.dedup();
        links
    }

    /// Takes lines that were laid out anew; the cursor stays at its block.
    pub fn lay(&mut self, laid: Layout) {
        let block = self.line().map(|line| line.of.block);
        // Not every block has lines at every width: the next one stands for it.
        let begin = |lines: &[Line]| lines.iter().position(|line| Some(line.of.block) >= block);
        let inside = begin(&self.laid.lines).map_or(0, |begin| self.at - begin.min(self.at));
        let last = laid.lines.len().saturating_sub(1);
        let there = begin(&laid.lines).map(|begin| {
            let own = laid.lines.get(begin).map(|line| line.of.block);
            let same = |at: &usize| laid.lines.get(*at).map(|line| line.of.block) == own;
            (begin..=begin + inside).take_while(same).last().unwrap_or(begin)
        });
        self.at = there.unwrap_or(self.at).min(last);
        self.laid = std::sync::Arc::new(laid);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::runbook::laid::{Around, lay, made};
    use proptest::prelude::*;

    #[test]
    fn the_text_has_the_room_that_edges_leave() {
        assert_eq!((sides(120, false), text_columns(120, false)), (Some((72, 48)), 68));
        assert_eq!((sides(120, true), text_columns(120, true)), (None, 116));
        assert_eq!((text_columns(80, false), text_columns(40, false), text_columns(0, true)), (76, 39, 1));
    }

    #[test]
    fn a_name_is_what_people_say() {
        let file = Found::File("/etc/midwatch/runbooks/checkout-errors.md".into());
        assert_eq!(name_of(&file), "checkout-errors");
        assert_eq!(
            address_of(&Found::Mapped("/w/a.md".into(), "https://wiki.example/a".into())),
            "https://wiki.example/a"
        );
        assert_eq!(name_of(&Found::Shipped("disk-full".into())), "disk-full");
    }

    proptest! {
        #[test]
        fn the_cursor_stays_at_its_block_when_the_width_changes(at in 0_usize..60, widths in prop::collection::vec(1_usize..120, 1..5)) {
            let mut page = Page::new(Found::Shipped("x".to_owned()), None);
            let laid = |width| lay(&made::document(), &Around { width, ..Around::default() });
            page.lay(laid(68));
            page.at = at.min(page.laid.lines.len() - 1);
            let mut block = page.line().unwrap().of.block;
            for width in widths {
                page.lay(laid(width));
                let nearest = page.laid.lines.iter().map(|line| line.of.block).find(|at| *at >= block);
                prop_assert_eq!(page.line().map(|line| line.of.block), nearest);
                block = nearest.unwrap();
            }
        }
    }
}
