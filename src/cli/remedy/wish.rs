//! From what was typed to a wish: the labels of the incident's alerts, values, secrets, and the signals that
//! preconditions name.

use std::collections::{BTreeMap, BTreeSet};

use super::super::args::remedy::Run;
use crate::app::App;
use crate::domain::remediation::wish::What;
use crate::domain::remediation::{Hidden, Precondition, Remedy, Wish};
use crate::domain::{Incident, Labels, SignalLevel};
use crate::report::json::level;
use crate::source::secret;

/// A wish for a remedy, about an incident if there is one.
///
/// # Errors
/// In words, which value nothing takes, or which secret cannot be read.
pub(super) async fn of(
    arguments: &Run,
    remedy: &Remedy,
    app: Option<&App>,
    incident: Option<&Incident>,
) -> Result<Wish, String> {
    for (name, is_secret) in given(arguments) {
        match remedy.param(name) {
            None => return Err(format!("{} takes no '{name}'; {}", remedy.id, takes(remedy))),
            Some(param) if param.is_secret() && !is_secret => {
                return Err(format!("{name} is a secret and no argument: --secret {name}=env:VARIABLE"));
            }
            Some(param) if !param.is_secret() && is_secret => {
                return Err(format!("{name} is no secret: --set {name}=…"));
            }
            Some(_) => {}
        }
    }
    let mut secrets: BTreeMap<String, Hidden> = BTreeMap::new();
    for (name, place) in &arguments.secrets {
        let read = secret::hidden(place).await.map_err(|error| format!("the secret {name}: {error}"))?;
        secrets.insert(name.clone(), read);
    }
    let alerts = app.zip(incident).map(|(app, incident)| labels(app, remedy, incident)).unwrap_or_default();
    Ok(Wish {
        token: 1,
        what: What::Remedy(remedy.id.clone()),
        incident: incident.map(|incident| incident.id),
        subject: incident.map(|incident| incident.title.clone()),
        labels: shared(&alerts),
        values: arguments.values.iter().cloned().collect(),
        secrets,
        signals: app.map(|app| signals(app, remedy, incident)).unwrap_or_default(),
        auto: false,
    })
}

fn given(arguments: &Run) -> impl Iterator<Item = (&str, bool)> {
    let values = arguments.values.iter().map(|(name, _)| (name.as_str(), false));
    values.chain(arguments.secrets.iter().map(|(name, _)| (name.as_str(), true)))
}

fn takes(remedy: &Remedy) -> String {
    let names: Vec<&str> = remedy.params.iter().map(|param| &*param.name).collect();
    if names.is_empty() { "it takes nothing".to_owned() } else { format!("it takes: {}", names.join(", ")) }
}

/// The labels of the incident's alerts that the remedy is for.
fn labels<'a>(app: &'a App, remedy: &Remedy, incident: &Incident) -> Vec<&'a Labels> {
    let here = app.profile.environment.as_deref();
    let all = app.board.alerts_of(incident).map(|alert| &alert.labels);
    all.filter(|labels| remedy.matchers.is_empty() || remedy.fits(labels, here)).collect()
}

/// Whether a remedy is for an incident: for one of its alerts, or for none at all.
pub(super) fn is_for(app: &App, remedy: &Remedy, incident: &Incident) -> bool {
    let holds = |labels: &Labels| crate::domain::matcher::all_match(&remedy.matchers, labels);
    remedy.matchers.is_empty() || app.board.alerts_of(incident).any(|alert| holds(&alert.labels))
}

fn shared(all: &[&Labels]) -> Labels {
    let Some((first, rest)) = all.split_first() else { return Labels::default() };
    rest.iter().fold((*first).clone(), |shared, labels| shared.shared_with(labels))
}

/// What could be said where alerts differ: parameters that no value was given for, and the values that are there.
pub(super) fn choices(app: &App, remedy: &Remedy, incident: &Incident, wish: &Wish) -> Vec<String> {
    let alerts = labels(app, remedy, incident);
    let mut said = Vec::new();
    for param in &remedy.params {
        let Some(label) = &param.label else { continue };
        let known = wish.values.contains_key(&*param.name) || wish.labels.get(label).is_some();
        let values: BTreeSet<&str> = alerts.iter().filter_map(|labels| labels.get(label)).collect();
        if !known && values.len() > 1 {
            let values: Vec<&str> = values.into_iter().collect();
            said.push(format!(
                "its alerts differ in {label}: add --set {}=… with one of {}",
                param.name,
                values.join(", ")
            ));
        }
    }
    said
}

/// Whether its preconditions need to know how signals stand.
pub(super) fn needs_signals(remedy: &Remedy) -> bool {
    remedy.require.iter().any(|precondition| matches!(precondition, Precondition::Signal { .. }))
}

/// The signals that the preconditions name, as they stand now. One that several rows could mean, whose source is away,
/// or that has no number, is not known.
pub(super) fn signals(
    app: &App,
    remedy: &Remedy,
    incident: Option<&Incident>,
) -> Vec<(String, String, Option<f64>, SignalLevel)> {
    let own = incident.and_then(|incident| incident.service.clone()).unwrap_or_default();
    let mut told: Vec<(String, String, Option<f64>, SignalLevel)> = Vec::new();
    for precondition in &remedy.require {
        let Precondition::Signal { service, signal, .. } = precondition else { continue };
        let service = service.as_ref().unwrap_or(&own);
        if !told.iter().any(|(known, name, ..)| known == service && name == signal) {
            let (value, level) = signal_now(app, service, signal);
            told.push((service.clone(), signal.clone(), value, level));
        }
    }
    told
}

fn signal_now(app: &App, service: &str, name: &str) -> (Option<f64>, SignalLevel) {
    let called = |kind: &str, label: &str, part: &str| {
        let rest = name.strip_prefix(kind).map(str::trim_start);
        name == kind || rest.is_some_and(|rest| rest == label || rest == part)
    };
    let mut meant = app.board.signals().of(service).filter(|track| {
        let signal = &track.signal;
        called(signal.key.kind.as_str(), &signal.label, &signal.key.part)
    });
    let (Some(track), None) = (meant.next(), meant.next()) else { return (None, SignalLevel::Unknown) };
    let value = track.latest().and_then(|reading| reading.value).filter(|_| track.problem.is_none());
    match level(&app.board, track, app.now) {
        SignalLevel::Unknown => (None, SignalLevel::Unknown),
        level => (value, level),
    }
}
