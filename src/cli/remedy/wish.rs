//! From what was typed to a wish: values and secrets; labels and signals are the app's to tell.

use std::collections::{BTreeMap, BTreeSet};

use super::super::args::remedy::Run;
use crate::app::App;
use crate::domain::remediation::wish::What;
use crate::domain::remediation::{Hidden, Precondition, Remedy, Wish};
use crate::domain::{Incident, Labels};
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
    let mut wish = match app {
        Some(app) => app.wish_of(remedy, incident),
        None => Wish::about(What::Remedy(remedy.id.clone()), None, Labels::default()),
    };
    wish.token = 1;
    wish.values = arguments.values.iter().cloned().collect();
    wish.secrets = secrets;
    wish.signals = app.map(|app| app.signals_for(&wish)).unwrap_or_default();
    Ok(wish)
}

fn given(arguments: &Run) -> impl Iterator<Item = (&str, bool)> {
    let values = arguments.values.iter().map(|(name, _)| (name.as_str(), false));
    values.chain(arguments.secrets.iter().map(|(name, _)| (name.as_str(), true)))
}

fn takes(remedy: &Remedy) -> String {
    let names: Vec<&str> = remedy.params.iter().map(|param| &*param.name).collect();
    if names.is_empty() { "it takes nothing".to_owned() } else { format!("it takes: {}", names.join(", ")) }
}

/// Whether a remedy is for an incident: for one of its alerts, or for none at all.
pub(super) fn is_for(app: &App, remedy: &Remedy, incident: &Incident) -> bool {
    let holds = |labels: &Labels| crate::domain::matcher::all_match(&remedy.matchers, labels);
    remedy.matchers.is_empty() || app.board.alerts_of(incident).any(|alert| holds(&alert.labels))
}

/// What could be said where alerts differ: parameters that no value was given for, and the values that are there.
pub(super) fn choices(app: &App, remedy: &Remedy, incident: &Incident, wish: &Wish) -> Vec<String> {
    let alerts = app.labels_for(remedy, Some(incident));
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
