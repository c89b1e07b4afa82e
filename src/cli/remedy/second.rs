//! Waiting for the second person.

use std::time::Duration;

use super::super::args::remedy::Run;
use super::super::output::Output;
use super::Ended;
use super::stop::Stops;
use crate::app::effect::Go;
use crate::domain::duration;
use crate::domain::remediation::RunId;
use crate::domain::remediation::run::Request;
use crate::runtime::effects::Hands;
use crate::store::Store;

/// How often the request is looked at.
const LOOK: Duration = Duration::from_millis(500);

/// Asks for a second person and waits until somebody agreed; the request that was agreed to.
pub(super) async fn person(
    arguments: &Run,
    hands: &Hands,
    go: &Go,
    allowed: Result<(), String>,
    stops: &mut Stops,
    output: &mut Output,
) -> Result<RunId, Ended> {
    if arguments.wait_approval <= chrono::TimeDelta::zero() {
        return Err(format!("{} needs a second person: --wait-approval says how long to wait", arguments.id).into());
    }
    let request = hands.request(go, allowed, arguments.wait_approval).await?;
    let store = hands.store.get().ok_or("the store cannot be used")?;
    output.complain(&format!(
        "a second person must agree within {}: 'midwatch remedy approve {} --yes {}', or on their screen",
        duration::text(arguments.wait_approval),
        request.id,
        request.remedy
    ));
    let agreed = tokio::select! {
        agreed = agreed(store, &request, hands) => agreed,
        _ = stops.next() => Err("nothing was run: stopped while waiting for the second person".into()),
    };
    match agreed {
        Ok(by) => {
            output.complain(&format!("{by} agreed"));
            Ok(request.id)
        }
        Err(ended) => {
            if let Err(error) = store.close_request(request.id).await {
                output.complain(&format!("the request could not be taken back and lapses: {error}"));
            }
            Err(ended)
        }
    }
}

/// Who agreed; in words, why nobody will.
async fn agreed(store: &Store, request: &Request, hands: &Hands) -> Result<String, Ended> {
    loop {
        match store.request(request.id).await.map_err(|error| error.to_string())? {
            Some(Request { approved_by: Some(by), closed: false, .. }) => return Ok(by.name),
            Some(Request { closed: false, .. }) => {}
            _ => return Err("nothing was run: the request was refused".into()),
        }
        if hands.clock.now() >= request.expires {
            return Err("nothing was run: nobody agreed in time".into());
        }
        tokio::time::sleep(LOOK).await;
    }
}
