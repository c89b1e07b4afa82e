//! The filter line: it narrows the list with the focus while it is typed.

use crate::app::entry::TextEntry;
use crate::app::toast::Tone;
use crate::app::{App, Overlay, Pane, Place, View};
use crate::domain::filter::Filter;

/// Which list a filter narrows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FilterTarget {
    /// The incident list.
    Incidents,
    /// The log lines.
    Logs,
    /// The Mutes view.
    Mutes,
    /// The runbook that is open: nothing is hidden, what is searched for is gone to.
    Runbook,
}

impl App {
    /// Which list a filter narrows here, if any.
    #[must_use]
    pub fn filter_target(&self) -> Option<FilterTarget> {
        match (self.place(), self.focus) {
            (_, Pane::Logs) => Some(FilterTarget::Logs),
            (Place::Runbook, Pane::Runbook) => Some(FilterTarget::Runbook),
            (Place::View(View::Mutes), _) => Some(FilterTarget::Mutes),
            (Place::View(View::Watch | View::Incidents), _) => Some(FilterTarget::Incidents),
            _ => None,
        }
    }

    /// Whether rows of this place are hidden by a filter.
    #[must_use]
    pub fn is_filtered(&self) -> bool {
        match self.filter_target() {
            Some(FilterTarget::Incidents) => self.incidents.is_filtered(),
            Some(FilterTarget::Logs) => !self.logs.filter_text.is_empty(),
            Some(FilterTarget::Mutes) => !self.mutes.filter_text.is_empty(),
            Some(FilterTarget::Runbook) => self.desk.page.as_ref().is_some_and(|page| !page.search.is_empty()),
            None => false,
        }
    }

    pub(super) fn open_filter(&mut self) {
        if self.overlay.is_some() {
            return;
        }
        let Some(target) = self.filter_target() else {
            return self.say(Tone::Hint, "there is nothing to filter here; Watch, Incidents, Logs and Mutes can be");
        };
        let before = match target {
            FilterTarget::Incidents => self.incidents.filter_text.clone(),
            FilterTarget::Logs => self.logs.filter_text.clone(),
            FilterTarget::Mutes => self.mutes.filter_text.clone(),
            FilterTarget::Runbook => self.begin_search(),
        };
        self.overlay = Some(Overlay::Filter { entry: TextEntry::new(before.clone()), problem: None, before });
    }

    /// Applies what is typed if it can be read; else says what is wrong and keeps the last that could.
    pub(super) fn try_filter(&mut self, text: &str) {
        if self.filter_target() == Some(FilterTarget::Runbook) {
            return self.search_page(text);
        }
        let wrong = Filter::parse(text).err().map(|error| error.to_string());
        if wrong.is_none() {
            self.apply_filter(text);
        }
        if let Some(Overlay::Filter { problem, .. }) = &mut self.overlay {
            *problem = wrong;
        }
    }

    pub(super) fn apply_filter(&mut self, text: &str) {
        if self.filter_target() == Some(FilterTarget::Runbook) {
            return self.search_page(text);
        }
        let (Ok(filter), Some(target)) = (Filter::parse(text), self.filter_target()) else { return };
        let text = text.trim().to_owned();
        match target {
            FilterTarget::Incidents => (self.incidents.filter, self.incidents.filter_text) = (filter, text),
            FilterTarget::Logs => (self.logs.filter, self.logs.filter_text) = (filter, text),
            FilterTarget::Mutes => (self.mutes.filter, self.mutes.filter_text) = (filter, text),
            FilterTarget::Runbook => {}
        }
        self.settle_all();
    }

    pub(super) fn accept_filter(&mut self, entry: TextEntry, problem: Option<String>, before: String) {
        // That a word is not in a runbook keeps nobody in the search.
        if problem.is_some() && self.filter_target() != Some(FilterTarget::Runbook) {
            self.overlay = Some(Overlay::Filter { entry, problem, before });
        }
    }

    pub(super) fn clear_filters(&mut self) {
        (self.incidents.filter, self.incidents.only_critical) = (Filter::default(), false);
        self.incidents.filter_text.clear();
        self.settle_all();
    }

    pub(super) fn toggle_only_critical(&mut self) {
        self.incidents.only_critical = !self.incidents.only_critical;
        self.settle_all();
    }
}
