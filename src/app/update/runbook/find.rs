//! Which runbook an incident has, what fills it, and what is said where there is none.

use crate::app::effect::RunbookWish;
use crate::app::{App, Overlay};
use crate::domain::runbook::Found;
use crate::domain::{Alert, Incident, IncidentId, Labels};

/// How many alerts of an incident are asked: those of one incident rarely differ in their runbook, and a screen asks
/// again with every frame.
const LOOKED_AT: usize = 100;

impl App {
    /// The runbook of an incident: the first that one of its alerts has; of one that resolved, by what it was
    /// grouped by. `None` is a gap.
    #[must_use]
    pub fn runbook_of(&self, incident: &Incident) -> Option<Found> {
        let catalogue = &self.profile.catalogue;
        let mut alerts = self.shown().alerts_of(incident).take(LOOKED_AT).peekable();
        if alerts.peek().is_some() {
            return alerts.find_map(|alert| catalogue.of_alert(alert));
        }
        catalogue.of_labels(&incident.group.0)
    }

    /// How many incidents that fire have no runbook.
    #[must_use]
    pub fn runbook_gaps(&self) -> usize {
        let open = self.shown().incidents().filter(|incident| incident.is_open());
        open.filter(|incident| self.runbook_of(incident).is_none()).count()
    }

    /// What is asked of the runtime: where it is, and what fills it.
    #[must_use]
    pub fn runbook_wish(&self, found: Found, id: Option<IncidentId>, afresh: bool) -> RunbookWish {
        let incident = id.and_then(|id| self.shown().incident(id));
        let first: Option<&Alert> = incident.and_then(|incident| self.shown().alerts_of(incident).next());
        // Labels that all alerts share, and for those that differ the first alert's: that is what the first has.
        let labels = first.map(|alert| alert.labels.clone());
        let labels = labels.or_else(|| incident.map(|incident| incident.group.0.clone())).unwrap_or_default();
        let annotations: Labels = first.map(|alert| alert.annotations.clone()).unwrap_or_default();
        let mut others: Vec<(String, String)> = incident.map(of_incident).unwrap_or_default();
        others.extend(self.profile.environment.iter().map(|name| ("environment".to_owned(), name.clone())));
        others.push(("operator".to_owned(), self.profile.operator.name.clone()));
        RunbookWish { found, incident: id, labels, annotations, others, afresh }
    }

    /// There is no runbook: what to do so that there is one next time.
    pub(super) fn show_gap(&mut self, incident: &Incident) {
        let first = self.shown().alerts_of(incident).next();
        let name = first.map_or(incident.title.as_str(), Alert::name);
        let mut lines = vec![format!(
            "no runbook linked: write runbooks/{}.md beside the configuration, or set runbook_url",
            file_name(name)
        )];
        if let Some(told) = first.and_then(Alert::runbook) {
            lines.push(format!("the alert names '{told}', which is no web address and lies under no [[runbook_root]]"));
        }
        let gaps = self.runbook_gaps();
        let of =
            if gaps == 1 { "1 incident that fires has".to_owned() } else { format!("{gaps} incidents that fire have") };
        lines.push(format!("{of} no runbook"));
        let title = format!("No runbook · {}", incident.title);
        self.overlay =
            Some(Overlay::Card { title, lines, copy: Some(format!("runbooks/{}.md", file_name(name))), top: 0 });
    }
}

fn of_incident(incident: &Incident) -> Vec<(String, String)> {
    let others = [
        ("incident.title", incident.title.clone()),
        ("incident.service", incident.service.clone().unwrap_or_default()),
        ("incident.severity", incident.rated.severity.word().to_owned()),
        ("incident.since", incident.since.format("%Y-%m-%d %H:%M:%S UTC").to_string()),
    ];
    let known = others.into_iter().filter(|(_, value)| !value.is_empty());
    known.map(|(name, value)| (name.to_owned(), value)).collect()
}

/// `CheckoutErrorsHigh` as people name files: `checkout-errors-high`.
fn file_name(name: &str) -> String {
    let mut made = String::new();
    let mut before = ' ';
    for character in name.chars() {
        let begins = character.is_uppercase() && (before.is_lowercase() || before.is_numeric());
        if (begins || !character.is_alphanumeric()) && !made.is_empty() && !made.ends_with('-') {
            made.push('-');
        }
        if character.is_alphanumeric() {
            made.extend(character.to_lowercase());
        }
        before = character;
    }
    made.truncate(made.trim_end_matches('-').len());
    made
}

#[cfg(test)]
mod tests {
    use super::file_name;

    #[test]
    fn a_file_is_named_after_its_alert() {
        assert_eq!(file_name("CheckoutErrorsHigh"), "checkout-errors-high");
        assert_eq!(file_name("Disk_full (db 2)"), "disk-full-db-2");
        assert_eq!(file_name("P95High"), "p95-high");
        assert_eq!(file_name("../etc"), "etc");
    }
}
