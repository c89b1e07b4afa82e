//! Ringing: once for all that needs somebody now and did not before, and for a lost source; in a storm not for each wave.

use crate::app::{App, Effect};
use crate::board::Edge;
use crate::domain::{Incident, IncidentId, Severity};

impl App {
    /// Rings for what just happened, or remembers it for the next ring.
    pub(super) fn ring(&mut self, edges: &[Edge], effects: &mut Vec<Effect>) {
        if self.profile.notify.is_none() {
            return;
        }
        let began = edges.iter().filter_map(|edge| match edge {
            Edge::Began(id) | Edge::Refired(id) | Edge::Uncovered(id) => Some(*id),
            _ => None,
        });
        let began: Vec<(Severity, IncidentId)> = began.filter_map(|id| Some((self.rings_for(id)?, id))).collect();
        if !began.is_empty() {
            // Before more come, of which the least make room.
            self.look_again();
            self.bell.wants(began);
            return self.ring_if_it_may(effects);
        }
        if let Some(Edge::SourceLost(name)) = edges.iter().find(|edge| matches!(edge, Edge::SourceLost(_))) {
            effects.push(Effect::Notice { severity: Severity::High, words: format!("source {name} is lost") });
        }
    }

    /// Rings for what waits, if it may ring now.
    pub(super) fn ring_if_due(&mut self, effects: &mut Vec<Effect>) {
        self.look_again();
        self.ring_if_it_may(effects);
    }

    fn ring_if_it_may(&mut self, effects: &mut Vec<Effect>) {
        let all = || self.bell.waiting().filter_map(|id| self.board.incident(id));
        let worst = all().min_by_key(|incident| incident.rank());
        let worst = worst.map(|worst| (worst.rated.severity, worst.title.clone(), all().count() - 1));
        if let Some((severity, title, more)) = worst
            && self.bell.may(severity, self.now)
        {
            let more = if more == 0 { String::new() } else { format!(" and {more} more") };
            effects.push(Effect::Notice { severity, words: format!("{severity}: {title}{more}") });
            self.bell.rings(severity, self.now);
        }
    }

    fn look_again(&mut self) {
        let mut bell = std::mem::take(&mut self.bell);
        bell.look_again(|id| self.rings_for(id));
        self.bell = bell;
    }

    /// How bad it is, if it rings.
    fn rings_for(&self, id: IncidentId) -> Option<Severity> {
        let loud = |incident: &&Incident| self.profile.notify.is_some_and(|least| incident.rated.severity <= least);
        let incident = self.board.incident(id).filter(|incident| incident.needs_somebody()).filter(loud)?;
        Some(incident.rated.severity)
    }
}
