//! Declaring an incident: what is wrong and how bad, as an operator says it.

use super::own::LONGEST_TITLE;
use crate::app::entry::TextEntry;
use crate::app::overlay::{Prompt, Purpose};
use crate::app::toast::Tone;
use crate::app::walks::WalkOrder;
use crate::app::{App, Effect, Overlay};
use crate::domain::checklist::{Change, Item, ItemId, UpdateId, Walk, WalkId};
use crate::domain::declared::DeclaredIncident;
use crate::domain::{Severity, harmless};

impl App {
    /// `I`: asks what is wrong. The service of the incident at hand is taken for its own.
    pub(super) fn ask_what_is_wrong(&mut self) {
        if self.overlay.is_some() {
            return;
        }
        let near = self.subject().filter(|incident| incident.service.is_some()).map(|incident| incident.id);
        let service = self.service().map(|service| format!(" of {service}")).unwrap_or_default();
        self.open_declare(&format!("an incident{service}"), near, None, "");
    }

    /// The same for an item of a walk that failed, as it says.
    pub(in crate::app::update) fn declare_for(&mut self, walk: WalkId, item: &ItemId) {
        if let Err(words) = self.guard.allows(self.now) {
            return self.say(Tone::Failed, words);
        }
        let Some(found) = self.walk(walk).and_then(|walk| walk.list.item(item)) else {
            return self.say(Tone::Failed, "the item is gone; nothing was declared");
        };
        let severity = if found.blocker { Severity::Critical } else { Severity::High };
        let first = format!("{} {}", severity.letter(), found.text);
        let title = found.text.clone();
        self.open_declare(&title, None, Some((walk, Some(item.clone()))), &first);
    }

    fn open_declare(
        &mut self,
        title: &str,
        incident: Option<crate::domain::IncidentId>,
        item: Option<(WalkId, Option<ItemId>)>,
        first: &str,
    ) {
        let (entry, title) = (TextEntry::new(first), title.to_owned());
        let purpose = Purpose::Declare;
        self.overlay = Some(Overlay::Prompt(Prompt { purpose, incident, item, title, entry, problem: None }));
    }

    /// Enter in that line: `C Payments down`, High where no severity is said.
    ///
    /// # Errors
    /// In words, what must be mended.
    pub(in crate::app::update) fn accept_declare(
        &mut self,
        prompt: &Prompt,
        text: &str,
        effects: &mut Vec<Effect>,
    ) -> Result<(), String> {
        self.guard.allows(self.now)?;
        let (severity, title) = read(text)?;
        let service = prompt.incident.and_then(|id| self.board.incident(id)).and_then(|one| one.service.clone());
        let from = prompt.item.clone().and_then(|(walk, item)| Some((walk, item?)));
        let detail = from.as_ref().map(|(walk, item)| self.detail_of(*walk, item)).unwrap_or_default();
        let (by, at) = (self.profile.operator.clone(), self.now);
        let id = self.declared_id();
        let declared =
            DeclaredIncident { id, title, service, severity, detail, by, at, from: from.clone(), over: None };
        let words = format!("declared {severity}: {}", declared.title);
        self.send_and_say(WalkOrder::Declare(Box::new(declared)), (Tone::Done, words.clone()), effects);
        if let Some((walk, item)) = &from {
            self.say_in_walk(*walk, Some(item), Change::Followed { words }, effects);
        }
        Ok(())
    }

    /// What the item, its note and its evidence tell.
    fn detail_of(&self, walk: WalkId, item: &ItemId) -> String {
        let Some((walk, item)) = self.walk(walk).and_then(|walk| Some((walk, walk.list.item(item)?))) else {
            return String::new();
        };
        said_of(walk, item)
    }

    /// An id that nobody else gives.
    fn declared_id(&mut self) -> UpdateId {
        self.token += 1;
        let said = [self.profile.seed, self.token, u64::try_from(self.now.timestamp_millis()).unwrap_or_default()];
        let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
        for byte in said.iter().flat_map(|part| part.to_le_bytes()) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
        UpdateId(hash)
    }
}

fn said_of(walk: &Walk, item: &Item) -> String {
    let entry = walk.entry(&item.id);
    let note = entry.map(|entry| entry.note.as_str());
    let evidence = entry.and_then(|entry| entry.evidence.as_ref()).map(|evidence| evidence.words.as_str());
    let said = note.into_iter().chain(evidence).filter(|words| !words.is_empty());
    let parts: Vec<&str> = [walk.list.title.as_str(), item.text.as_str()].into_iter().chain(said).collect();
    parts.join(" · ")
}

/// A severity, its letter or its word, and a title; High where none is said.
fn read(text: &str) -> Result<(Severity, String), String> {
    let text = text.trim();
    let (first, rest) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
    let (severity, title) = Severity::parse(first).map_or((Severity::High, text), |severity| (severity, rest.trim()));
    let title = harmless::line(title, LONGEST_TITLE).trim().to_owned();
    if title.is_empty() {
        return Err("say what is wrong, as in 'C Payments down'; without a severity it is High".to_owned());
    }
    Ok((severity, title))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_severity_then_a_title() {
        let said = |text| read(text).map(|(severity, title)| (severity.letter(), title));
        assert_eq!(said("C Payments down"), Ok(('C', "Payments down".to_owned())));
        assert_eq!(said("medium  slow\u{1b}[31m queries"), Ok(('M', "slow queries".to_owned())));
        assert_eq!(said("Payments down"), Ok(('H', "Payments down".to_owned())));
        for nothing in ["", " ", "C", "critical "] {
            assert!(said(nothing).is_err(), "{nothing}");
        }
        assert_eq!(read(&"x".repeat(500)).unwrap().1.chars().count(), LONGEST_TITLE);
    }
}
