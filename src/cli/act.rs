//! `midwatch ack`, `unack`, `silence`, `snooze`, `comment`, `resolve`: the same acts as the keys.

mod resolve;

use std::time::Duration;

use super::args::act::{Ack, Comment, Silence, Snooze, Target, Unack};
use super::args::values::Wait;
use super::exit;
use super::look::{Looked, look};
use super::output::Output;
use super::setup::{Setup, runtime};
use crate::app::App;
use crate::app::act::{Act, Deed};
use crate::app::entry::TextEntry;
use crate::app::update::{AckWish, Asked};
use crate::board::Snoozed;
use crate::domain::IncidentId;
use crate::domain::mute::NewSilence;

pub use resolve::resolve;

/// Says "I am on it".
pub fn ack(arguments: &Ack, setup: &Setup, output: &mut Output) -> u8 {
    run(&arguments.target, setup, output, |looked, id, output| {
        let wish = AckWish { lasts: arguments.lasts, comment: arguments.comment.clone().unwrap_or_default() };
        match looked.app.ack_question(id) {
            Asked::Refused(words) => return Err(words),
            Asked::First(question) if !output.ask(&question) => return Err(refused(&question, output)),
            Asked::First(_) | Asked::AtOnce => {}
        }
        looked.app.ack_act(id, &wish).ok_or_else(|| GONE.to_owned())
    })
}

/// Takes an ack back.
pub fn unack(arguments: &Unack, setup: &Setup, output: &mut Output) -> u8 {
    run(&arguments.target, setup, output, |looked, id, output| {
        let (act, others) = looked.app.unack_act(id).ok_or("no ack of this incident is known")?;
        let question = format!("End the ack of {}{}?", others.join(" and "), looked.app.in_environment());
        if !others.is_empty() && !arguments.yes && !output.ask(&question) {
            return Err(refused(&question, output));
        }
        Ok(act)
    })
}

/// Asks the source to be quiet, after a preview; for a service, plans a maintenance window.
pub fn silence(arguments: &Silence, setup: &Setup, output: &mut Output) -> u8 {
    if let Some(service) = &arguments.service {
        return super::maintenance::plan(service, arguments, setup, output);
    }
    run(&arguments.target(), setup, output, |looked, id, output| {
        let ends =
            arguments.ends().ok_or("say --for or --until")?.ahead(looked.app.now, looked.app.profile.timezone)?;
        let mut form = looked.app.silence_form(id)?;
        form.reason = TextEntry::new(arguments.comment.clone());
        let mut preview = looked.app.preview(&form)?;
        preview.ends = ends;
        for line in looked.app.silence_words(&form.source, &preview, &arguments.comment) {
            output.complain(&line);
        }
        let question = format!("Silence {} alerts at {}{}?", preview.count, form.source, looked.app.in_environment());
        if !arguments.yes && !output.ask(&question) {
            return Err(refused(&question, output));
        }
        let matchers = crate::domain::matcher::text(&preview.matchers);
        let detail = format!("{} · {} · until {} · {matchers}", form.title, arguments.comment, looked.app.clock(ends));
        let silence = NewSilence {
            matchers: preview.matchers,
            starts: looked.app.now,
            ends,
            by: looked.app.profile.operator.name.clone(),
            comment: arguments.comment.clone(),
        };
        let deed = Deed::CreateSilence { source: form.source, silence, ack: None };
        Ok(looked.app.act("silence", Some(id), id.to_string(), detail, vec![deed]))
    })
}

/// Hides an incident from the operator's own view.
pub fn snooze(arguments: &Snooze, setup: &Setup, output: &mut Output) -> u8 {
    run(&arguments.target, setup, output, |looked, id, _| {
        let until = arguments.ends()?.ahead(looked.app.now, looked.app.profile.timezone)?;
        let title = looked.app.board.incident(id).map(|incident| incident.title.clone()).unwrap_or_default();
        let operator = looked.app.profile.operator.name.clone();
        let detail = format!("{title} · until {}", looked.app.clock(until));
        let snoozed = Snoozed { incident: id, operator, starts: looked.app.now, until };
        Ok(looked.app.act("snooze", Some(id), id.to_string(), detail, vec![Deed::Snooze(snoozed)]))
    })
}

/// Adds a comment to an incident's timeline.
pub fn comment(arguments: &Comment, setup: &Setup, output: &mut Output) -> u8 {
    let text = crate::domain::harmless::line(&arguments.text(), LONGEST_COMMENT).into_owned();
    run(&arguments.target, setup, output, |looked, id, _| {
        Ok(looked.app.act("comment", Some(id), id.to_string(), text, vec![Deed::Comment]))
    })
}

const GONE: &str = "it is gone from the board; nothing was done";
const LONGEST_COMMENT: usize = 4_000;

pub(super) fn refused(question: &str, output: &Output) -> String {
    if output.may_ask() {
        "nothing was done".to_owned()
    } else {
        format!(
            "nothing was done: '{question}' must be answered; run it in a terminal or give --yes where there is one"
        )
    }
}

/// Looks, finds the incident, makes the act and carries it out.
fn run(
    target: &Target,
    setup: &Setup,
    output: &mut Output,
    make: impl FnOnce(&mut Looked, IncidentId, &mut Output) -> Result<Act, String>,
) -> u8 {
    looking(target.wait, setup, output, |looked, runtime, output| carry_out(looked, runtime, target, output, make))
}

/// Looks once and does something with what was found; what came of it is printed, or complained of.
pub(super) fn looking(
    wait: Wait,
    setup: &Setup,
    output: &mut Output,
    work: impl FnOnce(&mut Looked, &tokio::runtime::Runtime, &mut Output) -> Result<String, String>,
) -> u8 {
    let runtime = match runtime() {
        Ok(runtime) => runtime,
        Err(error) => {
            output.complain(&format!("cannot start: {error}"));
            return exit::FAULT;
        }
    };
    let wait: Duration = wait.wait.to_std().unwrap_or_default();
    let mut looked = runtime.block_on(look(setup, wait));
    for trouble in &looked.troubles {
        output.complain(trouble);
    }
    let done = work(&mut looked, &runtime, output);
    runtime.shutdown_background();
    match done {
        Ok(words) => {
            let written = writeln!(output.out(), "{words}");
            output.finish(written, exit::OK)
        }
        Err(words) => {
            output.complain(&words);
            exit::FIRING
        }
    }
}

fn carry_out(
    looked: &mut Looked,
    runtime: &tokio::runtime::Runtime,
    target: &Target,
    output: &mut Output,
    make: impl FnOnce(&mut Looked, IncidentId, &mut Output) -> Result<Act, String>,
) -> Result<String, String> {
    let incident = looked.app.board.find(&target.incident).map_err(|not_one| explain(&looked.app, &not_one))?.clone();
    // An act names the incident by its id, so the store must know it under this id.
    let episode = looked.app.board.episode_of(&incident);
    let act = make(looked, incident.id, output)?;
    let allowed = looked.app.guard.allows(looked.app.now);
    let words = format!("{}: {}", act.entry.action, act.entry.detail);
    let done = runtime.block_on(async {
        if let Some(store) = looked.hands.store.get()
            && let Err(error) = store.save_episodes(&[episode]).await
        {
            tracing::warn!(%error, "the incident could not be kept");
        }
        looked.hands.carry_out(act, allowed).await
    });
    done.failure.map_or(Ok(words), Err)
}

/// What is missing may be at a source that did not answer.
pub(super) fn explain(app: &App, not_one: &crate::board::find::NotOne) -> String {
    let now = app.now;
    let missing: Vec<String> = app
        .board
        .sources()
        .filter(|status| status.health(now).is_missing())
        .map(|status| {
            let cause = status.failure.as_ref().map(|failure| format!(": {}", failure.cause)).unwrap_or_default();
            format!("\n{} is {}{cause}", status.name, status.health(now).words())
        })
        .collect();
    format!("{not_one}{}", missing.concat())
}
