//! What a run said: taken live, read from the store, scrolled, copied.

use crate::app::cursor::Step;
use crate::app::desk::Heard;
use crate::app::{App, Changed, Effect, Place};
use crate::domain::remediation::output::{Output, OutputLine};
use crate::domain::remediation::run::RunId;

/// Adds what a run said. Who scrolled back keeps looking at the same lines.
pub(super) fn take(heard: &mut Heard, back: usize, left_out: u64, lines: Vec<OutputLine>) {
    let more = lines.len();
    heard.output.take(back, left_out, lines);
    if heard.back > 0 {
        let most = heard.output.len().saturating_sub(1);
        heard.back = (heard.back + more).saturating_sub(back).clamp(1, most.max(1));
    }
}

impl App {
    /// Opens the page of a run; what this watch did not hear is read from the store.
    pub(in crate::app::update) fn open_run(&mut self, id: RunId, effects: &mut Vec<Effect>) {
        self.enter(Place::Run(id));
        if !self.desk.runs.contains_key(&id) {
            effects.push(Effect::LoadOutput(id));
        }
    }

    /// What a run said that this watch did not hear.
    pub(in crate::app::update) fn take_output(&mut self, id: RunId, output: Output) -> Changed {
        if self.desk.runs.get(&id).is_some_and(Heard::is_live) {
            return Changed::No;
        }
        let Some(run) = self.run(id).cloned() else { return Changed::No };
        self.desk.hear(Heard::read(run, output));
        Changed::Data
    }

    /// Runs of others that the store knows to have ended since they were read: what they said is read again.
    pub(in crate::app::update) fn renew_runs(&mut self, effects: &mut Vec<Effect>) {
        let Self { board, desk, .. } = self;
        let mut ended = Vec::new();
        for kept in &board.memory().runs {
            if let Some(heard) = desk.runs.get_mut(&kept.id).filter(|heard| !heard.is_live() && heard.run != *kept) {
                if heard.run.is_running() && !kept.is_running() {
                    ended.push(kept.id);
                }
                heard.run = kept.clone();
            }
        }
        let shown = |id: &RunId| self.places.contains(&Place::Run(*id));
        effects.extend(ended.into_iter().filter(shown).map(Effect::LoadOutput));
    }

    /// Scrolls what a run said. At its end it follows.
    pub(in crate::app::update) fn scroll_output(&mut self, id: RunId, step: Step) {
        let (columns, rows) = (usize::from(self.size.columns), usize::from(self.size.rows));
        let Some(heard) = self.desk.runs.get_mut(&id) else { return };
        let most = most_back(&heard.output, columns, rows);
        heard.back = match step {
            Step::By(by) => heard.back.saturating_add_signed(-by).min(most),
            Step::First => most,
            Step::Last => 0,
        };
    }

    /// The command of a run and what it said.
    #[must_use]
    pub fn run_text(&self, id: RunId) -> Option<String> {
        let run = self.run(id)?;
        let mut lines = vec![format!("$ {}", run.command)];
        if let Some(heard) = self.desk.runs.get(&id) {
            let output = &heard.output;
            lines.extend((0..output.len()).map(|row| match output.row(row) {
                Some(line) => line.text(),
                None => format!("… {} lines were left out …", output.left_out()),
            }));
        }
        if !self.is_under_way(run) {
            lines.push(format!("# {}", super::ended_words(run)));
        }
        Some(lines.join("\n"))
    }
}

/// How far back there is anything to see: until the first line stands at the top. Long lines take several rows; the
/// page's head and frame are counted generously, so that the first line can always be reached.
fn most_back(output: &Output, columns: usize, rows: usize) -> usize {
    let (wide, mut room) = (columns.saturating_sub(8).max(1), rows.saturating_sub(12));
    let mut fitting = 0;
    while fitting < output.len() {
        let letters = output.row(fitting).map_or(1, |line| line.text().chars().count());
        let Some(left) = room.checked_sub(letters.div_ceil(wide).max(1)) else { break };
        room = left;
        fitting += 1;
    }
    output.len().saturating_sub(fitting.max(1))
}
