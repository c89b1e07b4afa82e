//! From what is highlighted to a wish: the labels that count, the signals that preconditions name.

use crate::app::overlay::{ParamForm, RemedyPrompt};
use crate::app::toast::Tone;
use crate::app::{App, Effect, Overlay};
use crate::board::signals::Track;
use crate::domain::remediation::wish::What;
use crate::domain::remediation::{Precondition, Remedy, RemedyId, Wish};
use crate::domain::{Incident, IncidentId, Labels, SignalLevel};

impl App {
    /// Wishes for a remedy. What nothing tells is asked for first.
    pub(in crate::app::update) fn wish_remedy(
        &mut self,
        id: &RemedyId,
        incident: Option<IncidentId>,
        values: Vec<(String, String)>,
        effects: &mut Vec<Effect>,
    ) {
        let Some(remedy) = self.profile.remedy(id) else {
            return self.say(Tone::Failed, format!("no remedy '{id}' is declared; nothing was done"));
        };
        let incident = incident.and_then(|id| self.board.incident(id));
        let mut wish = self.wish_of(remedy, incident);
        wish.values = values.into_iter().collect();
        let title = remedy.title.clone();
        let (fields, at) = self.param_fields(remedy, &wish);
        match at {
            Some(at) => self.overlay = Some(Overlay::Params(Box::new(ParamForm { wish, title, fields, at }))),
            None => self.prepare(wish, title, effects),
        }
    }

    /// A wish for a remedy with what the labels say; its token is not given yet.
    #[must_use]
    pub fn wish_of(&self, remedy: &Remedy, incident: Option<&Incident>) -> Wish {
        let labels = shared(&self.labels_for(remedy, incident));
        Wish::about(What::Remedy(remedy.id.clone()), incident, labels)
    }

    /// Wishes for a step of a runbook. It has no parameters: its values are the labels.
    pub(in crate::app::update) fn wish_step(
        &mut self,
        step: What,
        incident: Option<IncidentId>,
        effects: &mut Vec<Effect>,
    ) {
        let title = match &step {
            What::Step(_, step) if !step.under.is_empty() => format!("Step {} · {}", step.number, step.under),
            What::Step(_, step) => format!("Step {}", step.number),
            What::Remedy(id) => id.to_string(),
        };
        let incident = incident.and_then(|id| self.board.incident(id));
        let labels: Vec<&Labels> = incident
            .into_iter()
            .flat_map(|incident| self.board.alerts_of(incident))
            .map(|alert| &alert.labels)
            .collect();
        let wish = Wish::about(step, incident, shared(&labels));
        self.prepare(wish, title, effects);
    }

    /// The labels of the incident's alerts that the remedy is for; of all of them where a runbook names one that is
    /// declared for others.
    #[must_use]
    pub fn labels_for(&self, remedy: &Remedy, incident: Option<&Incident>) -> Vec<&Labels> {
        let Some(incident) = incident else { return Vec::new() };
        let here = self.profile.environment.as_deref();
        let all = || self.board.alerts_of(incident).map(|alert| &alert.labels);
        let fitting: Vec<&Labels> = all().filter(|labels| remedy.fits(labels, here)).collect();
        if fitting.is_empty() { all().collect() } else { fitting }
    }

    /// Lets a wish be planned, and opens its prompt at once.
    pub(in crate::app::update) fn prepare(&mut self, mut wish: Wish, title: String, effects: &mut Vec<Effect>) {
        self.token += 1;
        wish.token = self.token;
        wish.signals = self.signals_for(&wish);
        self.overlay = Some(Overlay::Remedy(Box::new(RemedyPrompt {
            wish: wish.clone(),
            title,
            prepared: None,
            dry_run: None,
            trying: false,
            entry: crate::app::entry::TextEntry::default(),
            problem: None,
            top: 0,
            approves: None,
        })));
        effects.push(Effect::Prepare(Box::new(wish)));
    }

    /// The signals that the preconditions of what is wished for name, as they stand now.
    #[must_use]
    pub fn signals_for(&self, wish: &Wish) -> Vec<(String, String, Option<f64>, SignalLevel)> {
        let What::Remedy(id) = &wish.what else { return Vec::new() };
        let Some(remedy) = self.profile.remedy(id) else { return Vec::new() };
        let incident = wish.incident.and_then(|id| self.board.incident(id));
        let own = incident.and_then(|incident| incident.service.clone()).unwrap_or_default();
        let only_if = remedy.auto.iter().flat_map(|auto| &auto.only_if);
        let mut told: Vec<(String, String, Option<f64>, SignalLevel)> = Vec::new();
        for precondition in remedy.require.iter().chain(only_if) {
            let Precondition::Signal { service, signal, .. } = precondition else { continue };
            let service = service.as_ref().unwrap_or(&own);
            if !told.iter().any(|(known, name, ..)| known == service && name == signal) {
                let (value, level) = self.signal(service, signal);
                told.push((service.clone(), signal.clone(), value, level));
            }
        }
        told
    }

    /// What a signal reads now. One that several rows could mean, whose source is away, or that has no number, is
    /// not known.
    fn signal(&self, service: &str, name: &str) -> (Option<f64>, SignalLevel) {
        let mut meant = self.board.signals().of(service).filter(|track| is_called(track, name));
        let unknown = (None, SignalLevel::Unknown);
        let (Some(track), None) = (meant.next(), meant.next()) else { return unknown };
        let away = |source| self.board.source(source).is_none_or(|status| status.health(self.now).is_missing());
        let value = track.latest().and_then(|reading| reading.value).filter(|_| track.problem.is_none());
        if away(&track.signal.source) || value.is_none() { unknown } else { (value, track.level()) }
    }
}

/// Whether a signal is meant by `errors`, or by `saturation cpu`.
fn is_called(track: &Track, name: &str) -> bool {
    let kind = track.signal.key.kind.as_str();
    let rest = name.strip_prefix(kind).map(str::trim_start);
    name == kind || rest.is_some_and(|rest| rest == track.signal.label || rest == track.signal.key.part)
}

/// The labels that all hold with equal values.
fn shared(all: &[&Labels]) -> Labels {
    let Some((first, rest)) = all.split_first() else { return Labels::default() };
    rest.iter().fold((*first).clone(), |shared, labels| shared.shared_with(labels))
}
