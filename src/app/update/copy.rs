//! Taking something with you: copying, and showing where a link leads.

use crate::app::desk::DeskRow;
use crate::app::toast::Tone;
use crate::app::{App, Effect, Overlay, Pane, Place, View};
use crate::domain::{Alert, Incident};

impl App {
    pub(super) fn copy(&mut self, effects: &mut Vec<Effect>) {
        let Some((what, text)) = self.copied() else { return self.say(Tone::Hint, "there is nothing to copy here") };
        effects.push(Effect::Copy(text));
        self.say(Tone::Done, format!("sent {what} to the terminal's clipboard"));
    }

    /// Hands what is highlighted to the operator's pager, whole.
    pub(super) fn page(&mut self, effects: &mut Vec<Effect>) {
        let text = match (&self.overlay, self.place(), self.focus) {
            (Some(Overlay::Card { lines, .. }), ..) => Some(lines.join("\n")),
            (None, Place::View(View::Journal), _) => {
                Some(self.journal_rows().map(journal_line).collect::<Vec<_>>().join("\n"))
            }
            (None, _, Pane::Logs) => {
                let line = |(_, kept): (u64, &crate::board::logs::Kept)| {
                    format!("{} {:5} {} {}", kept.at.to_rfc3339(), kept.level, kept.origin(), kept.text)
                };
                let mut lines: Vec<String> = self.log_rows().map(line).collect();
                lines.reverse();
                Some(lines.join("\n"))
            }
            _ => self.copied().map(|(_, text)| text),
        };
        match text {
            Some(text) => effects.push(Effect::Page(text)),
            None => self.say(Tone::Hint, "there is nothing to show in a pager here"),
        }
    }

    pub(super) fn comment_in_editor(&mut self, effects: &mut Vec<Effect>) {
        match self.subject_id() {
            Some(id) => effects.push(Effect::Edit(id)),
            None => self.say(Tone::Hint, "highlight an incident first"),
        }
    }

    fn copied(&self) -> Option<(&'static str, String)> {
        if let Some(overlay) = &self.overlay {
            return match overlay {
                Overlay::Card { copy: Some(text), .. } => Some(("it", text.clone())),
                _ => None,
            };
        }
        match (self.place(), self.focus) {
            (Place::Run(id), _) => self.run_text(id).map(|text| ("the command and what it said", text)),
            (Place::View(View::Remedies), Pane::Runbooks) => {
                self.desk.runbooks.key().map(|key| ("where the runbook is", key.clone()))
            }
            (Place::View(View::Remedies), _) => match self.desk_row()? {
                DeskRow::Run(id) => self.run(id).map(|run| ("the command", run.command.clone())),
                DeskRow::Request(id) => self.request(id).map(|request| ("the command", request.command.clone())),
                DeskRow::Remedy(id) => Some(("the remedy's id", id.to_string())),
            },
            (Place::View(View::Mutes), _) => self.selected_mute().map(|mute| ("the mute", mute_text(mute))),
            (Place::View(View::Sources), _) => {
                let status = self.sources.key().and_then(|name| self.shown().source(name))?;
                let cause = status.failure.as_ref().map(|failure| format!(": {}", failure.cause)).unwrap_or_default();
                Some(("the source", format!("{} ({}){cause}", status.name, status.kind)))
            }
            (Place::Runbook, Pane::Runbook) => self.copied_from_page(),
            (Place::View(View::Checklists) | Place::History | Place::Walk(_), _) => self.copied_walk(),
            (Place::View(_), Pane::Logs) => {
                let kept = self.selected_line()?;
                Some(("the line", format!("{} {} {}", kept.at.to_rfc3339(), kept.origin(), kept.text)))
            }
            _ => self.subject().map(|incident| ("the incident", self.incident_text(incident))),
        }
    }

    /// An incident in the words one pastes into a chat.
    #[must_use]
    pub fn incident_text(&self, incident: &Incident) -> String {
        let alerts: Vec<&Alert> = self.shown().alerts_of(incident).collect();
        let summary = alerts.iter().find_map(|alert| alert.summary()).unwrap_or("no summary");
        let owner = incident.owner.as_ref().map_or("unacked".to_owned(), |owner| format!("acked by {}", owner.by));
        let mut lines = vec![
            format!("{} {} · {}", incident.rated.severity, incident.title, incident.service.as_deref().unwrap_or("—")),
            format!("since {} · {} alerts · {owner}", incident.since.format("%Y-%m-%d %H:%M:%S UTC"), alerts.len()),
            summary.to_owned(),
        ];
        lines.extend(alerts.iter().take(10).map(|alert| alert.labels.to_string()));
        lines.join("\n")
    }

    pub(super) fn show_link(&mut self) {
        if self.show_page_link() {
            return;
        }
        let Some(incident) = self.subject() else { return self.say(Tone::Hint, "highlight an incident first") };
        let title = incident.title.clone();
        let alerts: Vec<&Alert> = self.shown().alerts_of(incident).collect();
        let runbook = alerts.iter().find_map(|alert| alert.runbook()).map(str::to_owned);
        let mut lines = vec![format!("runbook    {}", runbook.as_deref().unwrap_or("no runbook linked"))];
        for name in ["dashboard_url", "dashboard", "grafana_url", "logs_url", "wiki", "link"] {
            if let Some(link) = alerts.iter().find_map(|alert| alert.annotations.get(name)) {
                lines.push(format!("{name:<10} {link}"));
            }
        }
        let source = alerts.iter().find_map(|alert| alert.link.as_deref()).map(str::to_owned);
        lines.extend(source.iter().map(|link| format!("source     {link}")));
        self.overlay =
            Some(Overlay::Card { title: format!("Links · {title}"), lines, copy: runbook.or(source), top: 0 });
    }
}

fn mute_text(mute: &crate::domain::Mute) -> String {
    let cover = match &mute.cover {
        crate::domain::mute::Cover::Matchers(matchers) => crate::domain::matcher::text(matchers),
        crate::domain::mute::Cover::Incident(id) => format!("incident {id}"),
    };
    format!("{} {} by {} until {}: {}", mute.kind.word(), cover, mute.by, mute.ends.to_rfc3339(), mute.comment)
}

fn journal_line(row: &crate::domain::journal::Row) -> String {
    let entry = &row.entry;
    format!(
        "{} {} {} {} {}",
        entry.at.to_rfc3339(),
        entry.operator.name,
        entry.action,
        entry.detail,
        entry.outcome.word()
    )
}
