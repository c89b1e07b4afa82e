//! What was declared and makes up an incident: what is asked before it is declared over, and the orders that do it.

use crate::app::App;
use crate::app::walks::WalkOrder;
use crate::board::own::OWN;
use crate::domain::checklist::UpdateId;
use crate::domain::declared::DeclaredIncident;
use crate::domain::{Alert, Incident, IncidentId, age};

/// What is asked before an incident is declared over.
pub(super) struct OverAsked {
    /// The question, with the environment.
    pub(super) question: String,
    /// What follows, in lines.
    pub(super) consequences: Vec<String>,
}

/// What is asked.
///
/// # Errors
/// In words, why it cannot be declared over.
pub(super) fn asked(app: &App, id: IncidentId) -> Result<OverAsked, String> {
    let incident = app.board.incident(id).ok_or(super::GONE)?;
    let said = |one: &&DeclaredIncident| {
        format!("declared by {} {} ago: {}", one.by.name, age::coarse(app.now - one.at), one.title)
    };
    let mut consequences: Vec<String> = declared(app, incident)?.iter().map(said).collect();
    let measured = app.board.alerts_of(incident).filter(|alert| !is_own(app, alert)).count();
    if measured > 0 {
        consequences.push("sources still tell of it: it stays open until its alerts are gone".to_owned());
    }
    Ok(OverAsked { question: format!("Declare {}{} over?", incident.title, app.in_environment()), consequences })
}

/// One for each time it was declared.
///
/// # Errors
/// In words, why it cannot be declared over.
pub(super) fn orders(app: &App, id: IncidentId) -> Result<Vec<WalkOrder>, String> {
    let incident = app.board.incident(id).ok_or(super::GONE)?;
    let over = |one: &DeclaredIncident| WalkOrder::Over { id: one.id, at: app.now, by: app.profile.operator.clone() };
    Ok(declared(app, incident)?.into_iter().map(over).collect())
}

fn is_own(app: &App, alert: &Alert) -> bool {
    app.board.told_by(alert.fingerprint).all(|source| source.as_str() == OWN)
}

/// A label that a source tells is nobody's declaration.
fn declared<'a>(app: &'a App, incident: &Incident) -> Result<Vec<&'a DeclaredIncident>, String> {
    let title = &incident.title;
    if !incident.is_open() {
        return Err(format!("{title} has resolved already"));
    }
    let own = app.board.alerts_of(incident).filter(|alert| is_own(app, alert));
    let ids: Vec<UpdateId> = own.filter_map(|alert| alert.labels.get("declared").and_then(UpdateId::parse)).collect();
    let all = &app.board.memory().declared;
    let found: Vec<_> = all.iter().filter(|one| one.over.is_none() && ids.contains(&one.id)).collect();
    if found.is_empty() {
        return Err(format!(
            "{title} still fires: its sources resolve it by themselves when the condition is gone. 'ack' says that you \
             are on it, 'silence' keeps it quiet"
        ));
    }
    Ok(found)
}
