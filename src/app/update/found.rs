//! Marks, and cards that show one row whole.

use crate::app::toast::Tone;
use crate::app::{App, Overlay, Pane, Place, View};
use crate::board::logs::Kept;
use crate::domain::IncidentId;

impl App {
    pub(super) fn mark(&mut self) {
        let Some(id) = self.incidents.selected().filter(|_| self.focus == Pane::Incidents) else {
            return self.say(Tone::Hint, "only incidents can be marked");
        };
        if !self.incidents.marks.remove(&id) {
            self.incidents.marks.insert(id);
        }
        self.incidents.step(crate::app::cursor::Step::By(1));
    }

    /// Marks every incident that passes the filter and fires; if all are marked, none.
    pub(super) fn mark_all(&mut self) {
        let board = self.shown();
        let open = |id: &IncidentId| board.incident(*id).is_some_and(crate::domain::Incident::is_open);
        let all: Vec<IncidentId> = self.incidents.rows().filter(open).collect();
        if all.iter().all(|id| self.incidents.marks.contains(id)) {
            self.incidents.marks.clear();
        } else {
            self.incidents.marks.extend(all);
        }
    }

    /// The log line under the cursor, or the newest.
    #[must_use]
    pub fn selected_line(&self) -> Option<&Kept> {
        self.log_rows_until(self.logs.at).next().map(|(_, kept)| kept)
    }

    pub(super) fn open_line(&mut self) {
        let Some(kept) = self.selected_line() else { return self.say(Tone::Hint, "there is no line") };
        let lines = vec![
            format!("at      {}", kept.at.format("%Y-%m-%d %H:%M:%S%.3f UTC")),
            format!("level   {}", kept.level),
            format!("origin  {}", kept.origin()),
            format!("source  {}", kept.source()),
            String::new(),
            kept.text.to_string(),
        ];
        self.overlay =
            Some(Overlay::Card { title: "Line".to_owned(), lines, copy: Some(kept.text.to_string()), top: 0 });
    }

    pub(super) fn open_card(&mut self) {
        let card = match self.place() {
            Place::View(View::Journal) => self.journal_card(),
            Place::View(View::Mutes) => self.mute_card(),
            Place::View(View::Sources) => self.source_card(),
            _ => None,
        };
        match card {
            Some((title, lines)) => {
                let copy = Some(lines.join("\n"));
                self.overlay = Some(Overlay::Card { title, lines, copy, top: 0 });
            }
            None => self.say(Tone::Hint, "there is nothing to open here"),
        }
    }

    fn journal_card(&self) -> Option<(String, Vec<String>)> {
        let id = self.journal.key()?;
        let row = self.journal_rows().find(|row| row.id == *id)?;
        let entry = &row.entry;
        let lines = vec![
            format!("at       {}", entry.at.format("%Y-%m-%d %H:%M:%S%.3f UTC")),
            format!("who      {} on {}", entry.operator.name, entry.operator.host),
            format!("what     {}", entry.action),
            format!("target   {}", entry.target),
            format!("detail   {}", entry.detail),
            format!("outcome  {} {}", entry.outcome.word(), entry.outcome.why()),
            format!("hash     {}", row.hash),
        ];
        Some((format!("Journal row {}", row.id), lines))
    }

    fn mute_card(&self) -> Option<(String, Vec<String>)> {
        let mute = self.selected_mute()?;
        let cover = match &mute.cover {
            crate::domain::mute::Cover::Matchers(matchers) => crate::domain::matcher::text(matchers),
            crate::domain::mute::Cover::Incident(id) => {
                let title = self.shown().incident(*id).map_or("an incident that is gone", |incident| &incident.title);
                format!("{title} ({})", id.short())
            }
        };
        let lines = vec![
            format!("by       {}", mute.by),
            format!("why      {}", mute.comment),
            format!("covers   {cover}"),
            format!("where    {}", mute.source.as_ref().map_or("this store", |source| source.as_str())),
            format!("began    {}", self.clock(mute.starts)),
            format!("ends     {}", self.clock(mute.ends)),
            format!("id       {}", mute.id),
        ];
        Some((mute.kind.word().to_owned(), lines))
    }

    fn source_card(&self) -> Option<(String, Vec<String>)> {
        let status = self.sources.key().and_then(|name| self.shown().source(name))?;
        let mut lines = vec![
            format!("kind      {}", status.kind),
            format!("state     {}", status.health(self.shown_now()).words()),
            format!("asked     every {} s", status.every.as_secs_f64()),
            format!("answered  {}", status.answered.map_or("never".to_owned(), |at| self.clock(at))),
        ];
        lines.extend(status.took.map(|took| format!("took      {} ms", took.as_millis())));
        if let Some(failure) = &status.failure {
            lines.push(format!("fails     since {}", self.clock(failure.since)));
            lines.push(format!("cause     {}", failure.cause));
            lines.extend(failure.retry.map(|at| format!("next try  {}", self.clock(at))));
        }
        lines.extend(status.notes.iter().map(|note| format!("note      {note}")));
        Some((status.name.to_string(), lines))
    }
}
