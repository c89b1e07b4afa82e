//! What sources and the store tell: rows that changed, edges that are told once, facts to keep.

use crate::app::toast::Tone;
use crate::app::{App, Changed, Effect};
use crate::board::{Change, Edge, Memory, SourceEvent, SourceReport};
use crate::domain::journal::{Entry, Outcome, Row};
use crate::domain::{IncidentId, Moment, SourceName};

/// How many edges of one answer are told one by one; more are told as a number.
const TOLD_ONE_BY_ONE: usize = 3;

/// So many incidents are handed over to be kept together, of an answer in parts: a hundred thousand at its end would keep
/// the machine busy while keys wait.
const KEPT_AT_ONCE: usize = 1_000;

/// More incidents than this that alerts joined in one answer are journalled as one row.
const JOINED_ONE_BY_ONE: usize = 20;

impl App {
    pub(super) fn take_report(&mut self, report: SourceReport, effects: &mut Vec<Effect>) -> Changed {
        let arriving = matches!(report.event, SourceEvent::Arriving(_));
        let mut change = self.board.apply(report);
        // Of each part at once: a hundred thousand at the end would keep keys waiting.
        self.look_what_to_keep(&change);
        if !arriving || self.to_keep.len() >= KEPT_AT_ONCE {
            self.keep(effects);
        }
        if arriving {
            // What happened is told and rung for once, when all of it is there.
            self.arriving.append(&mut change.edges);
            return self.take_kept(&change, effects);
        }
        if !self.arriving.is_empty() {
            let mut edges = std::mem::take(&mut self.arriving);
            edges.append(&mut change.edges);
            change.edges = edges;
        }
        // An answer that says the same may be the first after what the store holds was seen.
        let may_end = self.has_unseen || !change.incidents.is_empty() || change.parts.sources;
        let changed = self.take_kept(&change, effects);
        if may_end {
            self.settle_unseen(effects);
        }
        changed
    }

    /// What a source tells for one look: the lists are brought up to date, and nothing is kept, rung for or renewed,
    /// because whoever looks does not stay.
    pub fn look_at(&mut self, at: Moment, report: SourceReport) {
        self.take_time(at);
        let change = self.board.apply(report);
        self.incidents.refresh(&self.board, &change.incidents, self.now);
        self.settle_mutes();
        self.settle_signals();
        // A reminder that was held back until the sources were heard belongs to what is seen.
        self.look_at_held(&mut Vec::new());
    }

    pub(super) fn take_memory(&mut self, memory: Memory, effects: &mut Vec<Effect>) -> Changed {
        let now = self.now;
        let requests: Vec<_> = self.board.memory().requests.iter().map(|request| request.id).collect();
        let change = self.board.remember(memory, now);
        self.ended_unseen.clear();
        self.has_unseen = true;
        self.take_open_walks(effects);
        self.renew_acks(effects);
        self.renew_runs(effects);
        self.look_at_requests(effects);
        self.tell_requests(&requests);
        self.settle_if_shown();
        let changed = self.take_change(&change, effects);
        changed.max(self.take_lists(change.parts.walks, effects))
    }

    pub(super) fn take_journal(&mut self, rows: Vec<Row>, effects: &mut Vec<Effect>) -> Changed {
        let change = self.board.take_journal(rows);
        if !change.parts.journal {
            return Changed::No;
        }
        // Another watch may have stopped what this one counts down for.
        let counted = self.announces().is_some();
        self.heal(effects);
        if self.paused.is_none() {
            self.settle_journal();
            return Changed::Data;
        }
        if counted && self.announces().is_none() { Changed::Data } else { Changed::No }
    }

    /// Brings lists up to date with the board and deals with what happened just now.
    pub(super) fn take_change(&mut self, change: &Change, effects: &mut Vec<Effect>) -> Changed {
        self.look_what_to_keep(change);
        self.keep(effects);
        self.take_kept(change, effects)
    }

    /// The same of what is kept already.
    fn take_kept(&mut self, change: &Change, effects: &mut Vec<Effect>) -> Changed {
        if change.is_empty() {
            return Changed::No;
        }
        self.tell(&change.edges, effects);
        self.renew_acks(effects);
        self.heal(effects);
        self.look_at_held(effects);
        if self.paused.is_some() {
            return Changed::No;
        }
        self.incidents.refresh(&self.board, &change.incidents, self.now);
        if change.parts.mutes {
            self.settle_mutes();
        }
        if change.parts.signals {
            self.settle_signals();
        }
        if self.sources.key().is_none() {
            self.settle_sources();
        }
        Changed::Data
    }

    /// Incidents that began or ended, or are rated otherwise now, are kept in the store.
    fn look_what_to_keep(&mut self, change: &Change) {
        let ids = change.edges.iter().filter_map(|edge| match edge {
            Edge::Began(id) | Edge::Refired(id) | Edge::Rated(id) | Edge::Resolved(id) => Some(*id),
            _ => None,
        });
        let episodes = ids.filter_map(|id| self.board.incident(id)).map(|incident| self.board.episode_of(incident));
        self.to_keep.extend(episodes);
    }

    /// Hands over what is to be kept: together it is one line of the journal if it is much.
    fn keep(&mut self, effects: &mut Vec<Effect>) {
        if !self.to_keep.is_empty() {
            effects.push(Effect::KeepEpisodes(std::mem::take(&mut self.to_keep)));
        }
    }

    /// Episodes that ended while nobody watched are closed in the store.
    pub(super) fn settle_unseen(&mut self, effects: &mut Vec<Effect>) {
        let (mut ended, others) = self.board.ended_unseen();
        self.has_unseen = others;
        ended.retain(|episode| self.ended_unseen.insert(episode.id));
        for episode in &mut ended {
            episode.resolved = Some(self.now);
        }
        if !ended.is_empty() {
            effects.push(Effect::KeepEpisodes(ended));
        }
    }

    fn tell(&mut self, edges: &[Edge], effects: &mut Vec<Effect>) {
        self.ring(edges, effects);
        let mut facts = Vec::new();
        let loud: Vec<(Tone, String)> = edges.iter().filter_map(|edge| self.words_for(edge)).collect();
        if loud.len() > TOLD_ONE_BY_ONE {
            self.say(Tone::Hint, format!("{} things happened at once", loud.len()));
        } else {
            for (tone, words) in loud {
                self.say(tone, words);
            }
        }
        let joined = edges.iter().filter(|edge| matches!(edge, Edge::Joined { .. })).count();
        if joined > JOINED_ONE_BY_ONE {
            facts.push(self.fact("incidents.joined", &"", format!("alerts joined {joined} incidents at once")));
        }
        for edge in edges {
            match edge {
                Edge::Joined { .. } if joined > JOINED_ONE_BY_ONE => {}
                Edge::SourceLost(name) => facts.push(self.fact("source.lost", name, self.cause(name))),
                Edge::SourceBack(name) => facts.push(self.fact("source.back", name, String::new())),
                Edge::Uncovered(id) => facts.push(self.incident_fact("incident.uncovered", *id)),
                Edge::Joined { incident, alerts } => {
                    let mut fact = self.incident_fact("incident.joined", *incident);
                    fact.detail = format!("{} · {alerts} alerts now", fact.detail);
                    facts.push(fact);
                }
                Edge::Resolved(id) => facts.extend(self.note_worked(*id)),
                Edge::Began(_) | Edge::Refired(_) | Edge::Rated(_) => {}
            }
        }
        if !facts.is_empty() {
            effects.push(Effect::Note(facts));
        }
    }

    fn words_for(&self, edge: &Edge) -> Option<(Tone, String)> {
        let title = |id: &IncidentId| self.board.incident(*id).map(|incident| incident.title.clone());
        let owned = |id: &IncidentId| self.board.incident(*id).is_some_and(|incident| incident.owner.is_some());
        match edge {
            Edge::Refired(id) => title(id).map(|title| (Tone::Failed, format!("{title} fires again"))),
            Edge::Joined { incident, alerts } if owned(incident) => {
                title(incident).map(|title| (Tone::Hint, format!("{title}: {alerts} alerts now")))
            }
            Edge::Resolved(id) => title(id).map(|title| (Tone::Done, format!("{title} resolved"))),
            Edge::Uncovered(id) => {
                title(id).map(|title| (Tone::Failed, format!("{title} still fires and nothing covers it any more")))
            }
            Edge::SourceLost(name) => Some((Tone::Failed, format!("{name} is lost: {}", self.cause(name)))),
            Edge::SourceBack(name) => Some((Tone::Done, format!("{name} answers again"))),
            Edge::Began(_) | Edge::Joined { .. } | Edge::Rated(_) => None,
        }
    }

    fn cause(&self, name: &SourceName) -> String {
        let failure = self.board.source(name).and_then(|status| status.failure.as_ref());
        failure.map(|failure| failure.cause.clone()).unwrap_or_default()
    }

    fn incident_fact(&self, action: &str, id: IncidentId) -> Entry {
        let title = self.board.incident(id).map(|incident| incident.title.clone()).unwrap_or_default();
        self.fact(action, &id, title)
    }

    fn fact(&self, action: &str, target: &impl ToString, detail: String) -> Entry {
        Entry {
            at: self.now,
            operator: self.profile.operator.clone(),
            action: action.to_owned(),
            target: target.to_string(),
            detail,
            outcome: Outcome::Noted,
        }
    }
}
