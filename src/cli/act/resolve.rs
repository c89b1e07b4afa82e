//! `midwatch resolve`: declares over what was declared. What a source tells is refused while it still fires.

use tokio::runtime::Runtime;

use super::super::args::act::Resolve;
use super::super::look::Looked;
use super::super::output::Output;
use super::super::setup::Setup;
use super::{LONGEST_COMMENT, explain, looking};
use crate::app::act::Deed;
use crate::app::walks::WalkOrder;
use crate::domain::{IncidentId, harmless};

/// Declares an incident over.
pub fn resolve(arguments: &Resolve, setup: &Setup, output: &mut Output) -> u8 {
    looking(arguments.target.wait, setup, output, |looked, runtime, output| {
        let found = looked.app.board.find(&arguments.target.incident);
        let incident = found.map_err(|not_one| explain(&looked.app, &not_one))?;
        let (id, title) = (incident.id, incident.title.clone());
        let asked = looked.app.over_asked(id)?;
        looked.app.guard.allows(looked.app.now)?;
        asked.consequences.iter().for_each(|line| output.complain(line));
        agree(&asked.question, &title, arguments.yes.as_deref(), output)?;
        let comment = arguments.comment.as_deref().map(|text| harmless::line(text, LONGEST_COMMENT).into_owned());
        close(looked, id, comment, runtime)?;
        Ok(format!("resolve: {title} is declared over"))
    })
}

/// Others feel it: the title is typed, here or beforehand.
fn agree(question: &str, title: &str, yes: Option<&str>, output: &mut Output) -> Result<(), String> {
    let typed = match yes {
        Some(yes) => yes.trim().to_owned(),
        None => output.ask_word(&format!("{question} Type its title, {title}:")).ok_or_else(|| {
            format!("nothing was done: '{question}' must be answered; run it in a terminal or give --yes \"{title}\"")
        })?,
    };
    if typed == title { Ok(()) } else { Err(format!("nothing was done: '{typed}' is not its title, '{title}'")) }
}

/// What was done about it is noted before it is over: nothing is added to what has resolved.
fn close(looked: &mut Looked, id: IncidentId, comment: Option<String>, runtime: &Runtime) -> Result<(), String> {
    let orders = looked.app.over_orders(id)?;
    let note = comment.map(|text| looked.app.act("comment", Some(id), id.to_string(), text, vec![Deed::Comment]));
    let allowed = looked.app.guard.allows(looked.app.now);
    let store =
        looked.hands.store.get().cloned().ok_or("what was declared is kept in the store, and it cannot be written")?;
    let episode = looked.app.board.incident(id).map(|incident| looked.app.board.episode_of(incident));
    runtime.block_on(async {
        // The comment names the incident by its id, so the store must know it under this id.
        if let Some(episode) = episode
            && let Err(error) = store.save_episodes(&[episode]).await
        {
            tracing::warn!(%error, "the incident could not be kept");
        }
        if let Some(note) = note
            && let Some(failure) = looked.hands.carry_out(note, allowed).await.failure
        {
            return Err(format!("nothing was declared over: the comment was not kept: {failure}"));
        }
        for order in orders {
            if let WalkOrder::Over { id, at, by } = order {
                store.declare_over(id, at, &by).await.map_err(|error| format!("the store: {error}"))?;
            }
        }
        Ok(())
    })
}
