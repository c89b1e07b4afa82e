//! "I am on it", and taking it back.

use std::fmt::Write as _;

use crate::app::act::{Act, Deed};
use crate::app::overlay::{Confirm, Then};
use crate::app::toast::Tone;
use crate::app::{App, Effect, Overlay, Place, View};
use crate::board::LocalAck;
use crate::domain::journal::{Entry, Outcome};
use crate::domain::mute::{AckRules, Cover, Extend, MuteKind, NewSilence};
use crate::domain::{Incident, IncidentId, Moment, Mute, MuteId, age, matcher};

/// What an operator asks an ack to be, where it is not as the source's rules say.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct AckWish {
    /// For how long, instead of the rules' span.
    pub lasts: Option<chrono::TimeDelta>,
    /// Why.
    pub comment: String,
}

impl App {
    pub(super) fn ack(&mut self, effects: &mut Vec<Effect>) {
        if let Err(words) = self.guard.allows(self.now) {
            return self.say(Tone::Failed, words);
        }
        let Some(id) = self.subject_id() else { return self.say(Tone::Hint, "highlight an incident to ack it") };
        match self.ack_question(id) {
            Asked::Refused(words) => self.say(Tone::Hint, words),
            Asked::AtOnce => {
                if let Some(act) = self.ack_act(id, &AckWish::default()) {
                    self.begin(act, effects);
                }
            }
            Asked::First(question) => {
                let acts: Vec<Act> = self.ack_act(id, &AckWish::default()).into_iter().collect();
                self.ask(question, Vec::new(), Then::Act(acts));
            }
        }
    }

    pub(super) fn ack_marked(&mut self) {
        // As they stand in the list, the worst first; marked ones that a filter hides come after.
        let listed: Vec<IncidentId> = self.incidents.rows().filter(|id| self.incidents.marks.contains(id)).collect();
        let hidden = self.incidents.marks.iter().copied().filter(|id| !listed.contains(id));
        let marked: Vec<IncidentId> = listed.iter().copied().chain(hidden).collect();
        if marked.is_empty() {
            return self.say(Tone::Hint, "mark incidents with Space first; 'a' acks the one under the cursor");
        }
        let waiting: Vec<IncidentId> =
            marked.into_iter().filter(|id| !matches!(self.ack_question(*id), Asked::Refused(_))).collect();
        let acts: Vec<Act> = waiting.iter().filter_map(|id| self.ack_act(*id, &AckWish::default())).collect();
        if acts.is_empty() {
            return self.say(Tone::Hint, "none of the marked incidents waits for somebody");
        }
        let question = format!("Ack {} incidents{}?", acts.len(), self.in_environment());
        let consequences = acts.iter().map(|act| act.entry.detail.clone()).collect();
        self.ask(question, consequences, Then::Act(acts));
    }

    /// Whether an ack is in order, needs a question first, or makes no sense.
    #[must_use]
    pub fn ack_question(&self, id: IncidentId) -> Asked {
        let Some(incident) = self.board.incident(id) else {
            return Asked::Refused("it is gone from the board; nothing was done".to_owned());
        };
        let title = &incident.title;
        if !incident.is_open() {
            return Asked::Refused(format!("{title} has resolved; there is nothing to ack"));
        }
        match (&incident.owner, &incident.quiet) {
            (Some(owner), _) if owner.by == self.profile.operator.name => {
                Asked::Refused(format!("{title} is yours already, for another {}", age::short(owner.until - self.now)))
            }
            (Some(owner), _) => Asked::First(format!(
                "{title}{} is acked by {} for another {}. Ack it too? A comment ('c') may be kinder.",
                self.in_environment(),
                owner.by,
                age::short(owner.until - self.now)
            )),
            (None, Some(_)) => Asked::Refused(format!("{title} is quiet already; see Mutes")),
            (None, None) => Asked::AtOnce,
        }
    }

    /// The act that acks an incident; `None` if it is gone.
    pub fn ack_act(&mut self, id: IncidentId, wish: &AckWish) -> Option<Act> {
        let incident = self.board.incident(id)?.clone();
        let plan = self.board.plan_ack(&incident, |source| self.profile.ack_rules(source));
        let mut deeds = Vec::new();
        let (mut title, mut where_to) = (incident.title.clone(), String::new());
        let mut latest = self.now;
        for planned in plan.silences {
            let rules = self.profile.ack_rules(&planned.source).unwrap_or_default();
            let ack = self.local_ack(&incident, &rules, wish);
            latest = latest.max(ack.ends);
            let _ = write!(where_to, " · {} at {}", matcher::text(&planned.matchers), planned.source);
            let silence = NewSilence {
                matchers: planned.matchers,
                starts: ack.starts,
                ends: ack.ends,
                by: self.profile.operator.name.clone(),
                comment: self.ack_comment(&rules, wish),
            };
            let ack = LocalAck { source: Some(planned.source.clone()), ..ack };
            deeds.push(Deed::CreateSilence { source: planned.source, silence, ack: Some(ack) });
        }
        if plan.in_store {
            let ack = self.local_ack(&incident, &self.profile.local_ack.clone(), wish);
            latest = latest.max(ack.ends);
            deeds.push(Deed::KeepAck(ack));
        }
        if !wish.comment.is_empty() {
            let _ = write!(title, " · {}", wish.comment);
        }
        // What people look for first; the matchers, which are long, last.
        let detail = format!("{title} · until {}{where_to}", self.clock(latest));
        Some(self.act("ack", Some(id), id.to_string(), detail, deeds))
    }

    fn local_ack(&self, incident: &Incident, rules: &AckRules, wish: &AckWish) -> LocalAck {
        let lasts = wish.lasts.unwrap_or(rules.lasts);
        LocalAck {
            id: MuteId::new(&format!("ack-{}-{}", incident.id, self.now.timestamp_millis())),
            source: None,
            incident: incident.id,
            by: self.profile.operator.clone(),
            comment: wish.comment.clone(),
            starts: self.now,
            ends: self.now + lasts,
            limit: self.now + rules.max.max(lasts),
            renews: rules.extend == Extend::Own && wish.lasts.is_none(),
        }
    }

    fn ack_comment(&self, rules: &AckRules, wish: &AckWish) -> String {
        let operator = &self.profile.operator;
        if wish.comment.is_empty() {
            format!("{} {} is on it, with midwatch on {}", rules.prefix, operator.name, operator.host)
        } else {
            format!("{} {}", rules.prefix, wish.comment)
        }
    }

    /// `u`: ends my ack of what is highlighted, or my mute; else takes back the last act.
    pub(super) fn unack_or_undo(&mut self, effects: &mut Vec<Effect>) {
        if let Err(words) = self.guard.allows(self.now) {
            return self.say(Tone::Failed, words);
        }
        if self.place() == Place::View(View::Mutes) {
            return self.end_selected_mute(effects);
        }
        // Who unticks a box in a runbook must not lose the ack of its incident.
        if self.place() == Place::Runbook {
            return self.undo_in_runbook(effects);
        }
        let Some(id) = self.subject_id().filter(|id| self.board.incident(*id).is_some_and(|i| i.owner.is_some()))
        else {
            return self.undo_last(effects);
        };
        match self.unack_act(id) {
            Some((act, others)) if others.is_empty() => self.begin(act, effects),
            Some((act, others)) => {
                let question = format!("End the ack of {}{}?", others.join(" and "), self.in_environment());
                let consequences = vec![act.entry.detail.clone()];
                self.ask(question, consequences, Then::Act(vec![act]));
            }
            None => self.say(Tone::Hint, "no ack of this incident is known"),
        }
    }

    /// The act that ends every ack that covers an incident, and whose acks are not this operator's.
    pub fn unack_act(&mut self, id: IncidentId) -> Option<(Act, Vec<String>)> {
        let incident = self.board.incident(id)?.clone();
        let mut acks: Vec<Mute> = self
            .board
            .alerts_of(&incident)
            .flat_map(|alert| self.board.covering(alert, self.now))
            .chain(self.board.mutes().filter(|mute| mute.cover == Cover::Incident(id) && mute.in_force(self.now)))
            .filter(|mute| mute.kind == MuteKind::Ack)
            .cloned()
            .collect();
        acks.sort_by(|a, b| (&a.source, &a.id).cmp(&(&b.source, &b.id)));
        acks.dedup();
        if acks.is_empty() {
            return None;
        }
        let mut others: Vec<String> =
            acks.iter().filter(|ack| ack.by != self.profile.operator.name).map(|ack| ack.by.clone()).collect();
        others.sort();
        others.dedup();
        let deeds = acks.iter().map(end_of).collect();
        Some((self.act("unack", Some(id), id.to_string(), incident.title, deeds), others))
    }

    fn end_selected_mute(&mut self, effects: &mut Vec<Effect>) {
        let Some(mute) = self.selected_mute().cloned() else { return self.undo_last(effects) };
        let detail = format!("{} by {} {}", mute.kind.word(), mute.by, describe(&mute));
        let act = self.act("unmute", None, mute.id.to_string(), detail.clone(), vec![end_of(&mute)]);
        if mute.by == self.profile.operator.name && mute.kind != MuteKind::Silence {
            self.begin(act, effects);
        } else {
            let question = format!("End this {}{}? It is {}'s.", mute.kind.word(), self.in_environment(), mute.by);
            self.ask(question, vec![detail], Then::Act(vec![act]));
        }
    }

    pub(super) fn undo_last(&mut self, effects: &mut Vec<Effect>) {
        let Some(undo) = self.undo.pop_back() else { return self.say(Tone::Hint, "there is nothing to take back") };
        let target = undo.incident.map(|id| id.to_string()).unwrap_or_default();
        let mut act = self.act("undo", undo.incident, target, undo.words, undo.deeds);
        act.undoes = true;
        self.begin(act, effects);
    }

    /// Puts an act together; its token is new.
    pub fn act(
        &mut self,
        action: &str,
        incident: Option<IncidentId>,
        target: String,
        detail: String,
        deeds: Vec<Deed>,
    ) -> Act {
        self.token += 1;
        let entry = Entry {
            at: self.now,
            operator: self.profile.operator.clone(),
            action: action.to_owned(),
            target,
            detail,
            outcome: Outcome::Intent,
        };
        Act { token: self.token, entry, incident, deeds, undoes: false }
    }

    /// Hands an act to the runtime; one about the same incident that is under way is waited for.
    pub(super) fn begin(&mut self, act: Act, effects: &mut Vec<Effect>) {
        if act.incident.is_some() && self.pending.iter().any(|pending| pending.incident == act.incident) {
            return self.say(Tone::Hint, "an earlier act on this incident is still under way");
        }
        self.pending.push(act.clone());
        effects.push(Effect::Act(Box::new(act)));
    }

    pub(super) fn ask(&mut self, question: String, consequences: Vec<String>, then: Then) {
        self.overlay = Some(Overlay::Confirm(Confirm { question, consequences, then, yes: false }));
    }

    /// ` in prod-eu`, or nothing.
    #[must_use]
    pub fn in_environment(&self) -> String {
        self.profile.environment.as_ref().map(|name| format!(" in {name}")).unwrap_or_default()
    }

    /// A clock time in UTC and in the operator's zone.
    #[must_use]
    pub fn clock(&self, at: Moment) -> String {
        let local = at.with_timezone(&self.profile.timezone);
        if local.format("%Z").to_string() == "UTC" {
            at.format("%H:%M UTC").to_string()
        } else {
            format!("{} ({} your time)", at.format("%H:%M UTC"), local.format("%H:%M"))
        }
    }
}

/// Whether an act may begin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Asked {
    /// Yes.
    AtOnce,
    /// After this question.
    First(String),
    /// It makes no sense, and why.
    Refused(String),
}

fn end_of(mute: &Mute) -> Deed {
    match (&mute.source, mute.kind, &mute.cover) {
        (Some(source), ..) => Deed::ExpireSilence { source: source.clone(), id: mute.id.clone() },
        (None, MuteKind::Snooze, Cover::Incident(incident)) => {
            Deed::Unsnooze { incident: *incident, operator: mute.by.clone() }
        }
        (None, ..) => Deed::DropAck(mute.id.clone()),
    }
}

fn describe(mute: &Mute) -> String {
    match &mute.cover {
        Cover::Matchers(matchers) => matcher::text(matchers),
        Cover::Incident(id) => format!("incident {}", id.short()),
    }
}
