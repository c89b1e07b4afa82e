//! `midwatch remedy approve`: the second person.

use super::super::args::remedy::Approve;
use super::super::exit;
use super::super::look::without_sources;
use super::super::output::Output;
use super::super::setup::Setup;
use super::{Ended, agree, allowed, meant};
use crate::app::act::{Act, Deed};
use crate::domain::journal::{Entry, Outcome};
use crate::domain::remediation::Confirm;

/// Agrees to what another operator asked for.
pub(super) async fn run(arguments: &Approve, setup: &Setup, output: &mut Output) -> Result<u8, Ended> {
    allowed(setup)?;
    let (hands, troubles) = without_sources(setup).await;
    for trouble in &troubles {
        output.complain(trouble);
    }
    let store = hands.store.get().ok_or("requests are kept in the store, and it cannot be used")?;
    let memory = store.memory(hands.clock.now()).await.map_err(|error| error.to_string())?;
    let request = meant("request", &arguments.request, &memory.requests, |request| request.id)?.clone();
    if request.asked_by.name == hands.operator.name {
        return Err("a second person must agree: you asked for it yourself".into());
    }
    let about = request.subject.as_ref().map(|subject| format!(" for {subject}")).unwrap_or_default();
    output.complain(&format!("{} asks{about}: {} on {}", request.asked_by.name, request.title, request.target));
    output.complain(&request.command);
    let question = format!("Let {} run {}?", request.asked_by.name, request.remedy);
    agree::agree(&question, request.remedy.as_str(), Confirm::Type, arguments.yes.as_deref(), output)?;
    let entry = Entry {
        at: hands.clock.now(),
        operator: hands.operator.clone(),
        action: "remedy.approve".to_owned(),
        target: request.incident.map_or_else(|| request.remedy.to_string(), |incident| incident.to_string()),
        detail: format!(
            "{} on {} · {} · asked by {}",
            request.remedy, request.target, request.command, request.asked_by.name
        ),
        outcome: Outcome::Intent,
    };
    let act =
        Act { token: 1, entry, incident: request.incident, deeds: vec![Deed::Approve(request.id)], undoes: false };
    match hands.carry_out(act, allowed(setup)).await.failure {
        None => {
            output.complain(&format!("agreed: {} runs it now, if its midwatch still waits", request.asked_by.name));
            Ok(exit::OK)
        }
        Some(words) => Err(words.into()),
    }
}
