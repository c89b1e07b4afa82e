//! Where links of a runbook lead, and what is taken along from it.

use crate::app::page::address_of;
use crate::app::toast::Tone;
use crate::app::{App, Overlay, Pane, Place};

impl App {
    /// `o` on a line with a link: where it leads. Says whether there was one.
    pub(in crate::app::update) fn show_page_link(&mut self) -> bool {
        let Some(page) = self.desk.page.as_ref().filter(|_| self.is_in_runbook()) else { return false };
        let mut lines: Vec<String> = page.links().into_iter().map(str::to_owned).collect();
        let of_page = address_of(&page.found);
        let (title, copy) = match lines.first() {
            Some(first) => ("Link".to_owned(), first.clone()),
            None => (format!("Runbook · {}", page.title()), of_page.clone()),
        };
        if lines.is_empty() {
            lines.push(of_page);
            lines.push("no link stands in the highlighted line".to_owned());
        }
        self.overlay = Some(Overlay::Card { title, lines, copy: Some(copy), top: 0 });
        true
    }

    /// Enter: where the link of the line leads; a heading of this runbook is gone to.
    pub(in crate::app::update) fn open_in_page(&mut self) {
        let Some(page) = &self.desk.page else { return };
        let anchor = page.links().into_iter().find_map(|link| link.strip_prefix('#')).map(slug);
        let heading = anchor.and_then(|anchor| page.laid.headings.iter().find(|heading| slug(&heading.text) == anchor));
        match heading.map(|heading| heading.line) {
            Some(line) => self.go_to_line(line),
            None if !page.links().is_empty() => {
                self.show_page_link();
            }
            None if page.step().is_some() => self.say(Tone::Hint, "'x' runs the step, after it was shown whole"),
            None => self.say(Tone::Hint, "there is nothing to open in this line"),
        }
    }

    /// What `y` takes from the runbook: the code under the cursor whole, else the link, else the line.
    pub(in crate::app::update) fn copied_from_page(&self) -> Option<(&'static str, String)> {
        let page = self.desk.page.as_ref()?;
        let Some(line) = page.line() else { return Some(("the address", address_of(&page.found))) };
        if let Some(code) = line.of.code.and_then(|at| page.laid.codes.get(at)) {
            return Some(("the code", code.clone()));
        }
        if let Some(link) = page.links().first() {
            return Some(("the link", (*link).to_owned()));
        }
        let words = line.words().trim().to_owned();
        if words.is_empty() { Some(("the address", address_of(&page.found))) } else { Some(("the line", words)) }
    }

    /// Whether keys go to the text of a runbook.
    #[must_use]
    pub fn is_in_runbook(&self) -> bool {
        self.place() == Place::Runbook && self.focus == Pane::Runbook
    }
}

/// As GitHub makes anchors of headings, less what only punctuation tells apart.
fn slug(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
