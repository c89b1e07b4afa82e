//! Declaring over what was declared. What a source measures no source can be told to end.

use crate::app::overlay::Then;
use crate::app::toast::Tone;
use crate::app::walks::WalkOrder;
use crate::app::{App, Effect};
use crate::board::own;
use crate::domain::checklist::UpdateId;
use crate::domain::declared::DeclaredIncident;
use crate::domain::{Incident, IncidentId, age};

/// What is asked before something is declared over, for the screen and for commands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OverAsked {
    /// The question, with the environment.
    pub question: String,
    /// What follows, in lines.
    pub consequences: Vec<String>,
    /// Whether sources still tell of it, so that it stays open: a second confirmation is due.
    pub still_fires: bool,
}

impl App {
    /// `D` on an incident.
    pub(super) fn ask_whether_over(&mut self) {
        let Some(id) = self.subject_id() else { return self.say(Tone::Hint, "highlight an incident first") };
        match self.over_asked(id) {
            Ok(asked) => self.ask(asked.question, asked.consequences, Then::Over(id)),
            Err(words) => self.say(Tone::Hint, words),
        }
    }

    /// What is asked before an incident is declared over.
    ///
    /// # Errors
    /// In words, why it cannot be: nobody declared it.
    pub fn over_asked(&self, id: IncidentId) -> Result<OverAsked, String> {
        let incident = self.board.incident(id).ok_or("it is gone from the board; nothing was done")?;
        let declared = self.declared_of(incident)?;
        let said = |one: &&DeclaredIncident| {
            format!("declared by {} {} ago: {}", one.by.name, age::coarse(self.now - one.at), one.title)
        };
        let mut consequences: Vec<String> = declared.iter().map(said).collect();
        let measured = |alert: &&crate::domain::Alert| !self.board.told_by(alert.fingerprint).all(own::is_own);
        let others = self.board.alerts_of(incident).filter(measured).count();
        if others > 0 {
            let alerts = if others == 1 { "1 alert".to_owned() } else { format!("{others} alerts") };
            consequences.push(format!("sources still tell {alerts} of it: it stays open until they are gone"));
        }
        let question = format!("Declare {}{} over?", incident.title, self.in_environment());
        Ok(OverAsked { question, consequences, still_fires: others > 0 })
    }

    /// The orders that declare an incident over, one for each time it was declared.
    ///
    /// # Errors
    /// In words, why it cannot be: nobody declared it.
    pub fn over_orders(&self, id: IncidentId) -> Result<Vec<WalkOrder>, String> {
        let incident = self.board.incident(id).ok_or("it is gone from the board; nothing was done")?;
        let (at, by) = (self.now, &self.profile.operator);
        let declared = self.declared_of(incident)?;
        Ok(declared.into_iter().map(|one| WalkOrder::Over { id: one.id, at, by: by.clone() }).collect())
    }

    /// Yes, what was declared is over.
    pub(in crate::app::update) fn declare_over(&mut self, incident: IncidentId, effects: &mut Vec<Effect>) {
        let orders = self.guard.allows(self.now).and_then(|()| self.over_orders(incident));
        match orders {
            Ok(orders) => {
                // The last of them says it: they are kept in their order.
                let last = orders.len().saturating_sub(1);
                for (at, order) in orders.into_iter().enumerate() {
                    if at == last {
                        self.send_and_say(order, (Tone::Done, "declared over".to_owned()), effects);
                    } else {
                        self.send_order(order, effects);
                    }
                }
            }
            Err(words) => self.say(Tone::Failed, words),
        }
    }

    /// What was declared and makes up this incident. A label that a source tells is nobody's declaration.
    fn declared_of(&self, incident: &Incident) -> Result<Vec<&DeclaredIncident>, String> {
        let title = &incident.title;
        if !incident.is_open() {
            return Err(format!("{title} has resolved already"));
        }
        let ids: Vec<UpdateId> = self
            .board
            .own_alerts_of(incident)
            .filter_map(|alert| alert.labels.get("declared").and_then(UpdateId::parse))
            .collect();
        let declared: Vec<&DeclaredIncident> =
            self.board.memory().declared.iter().filter(|one| one.over.is_none() && ids.contains(&one.id)).collect();
        match declared.as_slice() {
            [] if self.board.is_own(incident) => {
                Err(format!("{title} ends when the checklist is walked; '5' lists it"))
            }
            [] => Err(format!(
                "{title} was not declared, and no source can be told: it resolves by itself when its alerts are gone"
            )),
            _ => Ok(declared),
        }
    }
}
