//! `midwatch remedy run`: planned, shown, agreed to, run, told.

use tokio::sync::mpsc;

use super::super::act::explain;
use super::super::args::remedy::Run as Arguments;
use super::super::exit;
use super::super::look::{Looked, look, without_sources};
use super::super::output::Output;
use super::super::setup::Setup;
use super::stop::{self, Stop, Stops};
use super::{Ended, agree, allowed, listed, live, planned, second, watched, wish};
use crate::app::effect::Go;
use crate::app::{App, Msg};
use crate::domain::remediation::run::{Ending, RunNews};
use crate::domain::remediation::{Confirm, Plan, Remedy, Run, Wish};
use crate::domain::{Incident, duration};
use crate::runtime::effects::Hands;

/// Runs a remedy, or shows what would run.
pub(super) async fn run(arguments: &Arguments, setup: &Setup, output: &mut Output) -> Result<u8, Ended> {
    let remedy = listed::declared_as(setup, &arguments.id)?;
    let (app, hands) = stand(arguments, remedy, setup, output).await;
    let incident = about(arguments, remedy, app.as_ref())?;
    // Before the hurdles are asked for: a run whose midwatch was killed is none.
    for words in hands.settle_abandoned().await {
        output.complain(&words);
    }
    let asked = wish::of(arguments, remedy, app.as_ref(), incident.as_ref()).await?;
    let prepared = hands.prepare(asked.clone()).await;
    let plan = match &prepared.plan {
        Ok(plan) => plan.clone(),
        Err(words) => {
            let choices = app.as_ref().zip(incident.as_ref());
            let choices =
                choices.map(|(app, incident)| wish::choices(app, remedy, incident, &asked)).unwrap_or_default();
            let all: Vec<String> = std::iter::once(words.clone()).chain(choices).chain(prepared.hurdles).collect();
            return Err(all.join("\n").into());
        }
    };
    if arguments.dry_run {
        let page = planned::page(&prepared, &plan, &setup.settings);
        let written = output.out().write_all(page.as_bytes());
        let well = if prepared.hurdles.is_empty() { exit::OK } else { exit::FIRING };
        let well = if arguments.try_it { well.max(try_it(setup, &hands, plan, output).await) } else { well };
        return Ok(output.finish(written, well));
    }
    allowed(setup)?;
    if !prepared.hurdles.is_empty() {
        return Err(prepared.hurdles.join("\n").into());
    }
    agreed_to(arguments, &plan, output)?;
    keep_incident(app.as_ref(), incident.as_ref(), &hands).await;
    let mut stops = Stops::listen()?;
    let mut go = Go { wish: asked, plan, request: None };
    if go.plan.approvals > 1 {
        go.request = Some(second::person(arguments, &hands, &go, allowed(setup), &mut stops, output).await?);
        go.wish = again(arguments, remedy, setup, go.wish).await;
    }
    let run = carry_out(setup, &hands, go, &mut stops, output).await?;
    let status = status_of(&run);
    match (&incident, arguments.watch > chrono::TimeDelta::zero()) {
        (Some(incident), true) if status == exit::OK => {
            let ended = run.ended.unwrap_or_else(|| hands.clock.now());
            let watched_for = (incident.id, incident.title.as_str());
            Ok(watched::incident(arguments, setup, watched_for, ended, &mut stops, output).await)
        }
        _ => Ok(status),
    }
}

/// The hands, and what is known where the sources must be asked for that.
async fn stand(arguments: &Arguments, remedy: &Remedy, setup: &Setup, output: &mut Output) -> (Option<App>, Hands) {
    let (app, hands, troubles) = if arguments.incident.is_some() || wish::needs_signals(remedy) {
        let Looked { app, hands, troubles } = look(setup, wait(arguments)).await;
        (Some(app), hands, troubles)
    } else {
        let (hands, troubles) = without_sources(setup).await;
        (None, hands, troubles)
    };
    for trouble in &troubles {
        output.complain(trouble);
    }
    (app, hands)
}

fn wait(arguments: &Arguments) -> std::time::Duration {
    arguments.wait.wait.to_std().unwrap_or_default()
}

/// The incident that it is about.
fn about(arguments: &Arguments, remedy: &Remedy, app: Option<&App>) -> Result<Option<Incident>, String> {
    let (Some(text), Some(app)) = (&arguments.incident, app) else { return Ok(None) };
    let incident = app.board.find(text).map_err(|not_one| explain(app, &not_one))?;
    if !wish::is_for(app, remedy, incident) {
        let matchers = crate::domain::matcher::text(&remedy.matchers);
        return Err(format!("{} is for {matchers}, and no alert of {} is that", remedy.id, incident.title));
    }
    Ok(Some(incident.clone()))
}

/// Shows the exact command and lets the operator agree.
fn agreed_to(arguments: &Arguments, plan: &Plan, output: &mut Output) -> Result<(), String> {
    let place = plan.environment.as_ref().map(|name| format!(" in {name}")).unwrap_or_default();
    output.complain(&format!("{} on {}{place}: {}", plan.title, plan.target, plan.run.words()));
    if plan.confirm != Confirm::None {
        let (timeout, cooldown) = (duration::text(plan.timeout), duration::text(plan.cooldown));
        output.complain(&format!("killed after {timeout}; not again on this target for {cooldown}"));
    }
    let question = format!("Run {} on {}{place}?", plan.remedy, plan.target);
    agree::agree(&question, plan.remedy.as_str(), plan.confirm, arguments.yes.as_deref(), output)
}

/// The journal names the incident by its id, so the store must know it under this id.
async fn keep_incident(app: Option<&App>, incident: Option<&Incident>, hands: &Hands) {
    if let (Some(app), Some(incident), Some(store)) = (app, incident, hands.store.get())
        && let Err(error) = store.save_episodes(&[app.board.episode_of(incident)]).await
    {
        tracing::warn!(%error, "the incident could not be kept");
    }
}

/// Signals are asked again after a wait for people.
async fn again(arguments: &Arguments, remedy: &Remedy, setup: &Setup, asked: Wish) -> Wish {
    if !wish::needs_signals(remedy) {
        return asked;
    }
    let looked = look(setup, wait(arguments)).await;
    Wish { signals: looked.app.signals_for(&asked), ..asked }
}

async fn try_it(setup: &Setup, hands: &Hands, plan: Plan, output: &mut Output) -> u8 {
    let told = hands.dry_run(plan, allowed(setup)).await;
    for line in &told.lines {
        // A reader that has gone is seen at the end.
        let _ = writeln!(output.out(), "{line}");
    }
    output.complain(&format!("the dry run: {}", told.words));
    if told.ok { exit::OK } else { exit::FIRING }
}

/// Runs it, prints what it says, and stops it when told to.
async fn carry_out(setup: &Setup, hands: &Hands, go: Go, stops: &mut Stops, output: &mut Output) -> Result<Run, Ended> {
    let (tell, mut told) = mpsc::channel(256);
    let (doing, may) = (hands.clone(), allowed(setup));
    let doing = tokio::spawn(async move { Box::pin(doing.run(go, may, tell)).await });
    let mut printer = live::Printer::new(output);
    let mut ended = Err(Ended {
        status: exit::UNKNOWN,
        words: "it is not known how it ended; its row in the journal says what is known".to_owned(),
    });
    loop {
        tokio::select! {
            news = told.recv() => match news {
                Some(Msg::Run(news)) => match *news {
                    RunNews::Output { back, lines, left_out, .. } => printer.lines(back, &lines, left_out, output),
                    RunNews::Ended(run) => ended = Ok(run),
                    RunNews::Refused(_, words) => ended = Err(words.into()),
                    news => say(&news, output),
                },
                Some(_) => {}
                None => break,
            },
            stop = stops.next() => {
                if stop == Stop::Asked {
                    output.complain("stopping it; once more kills it at once");
                }
                stop::tell(hands, stop);
            }
        }
    }
    if doing.await.is_err() {
        tracing::error!("a run failed inside midwatch");
    }
    if let Ok(run) = &ended {
        let words = run.ending.as_ref().map(Ending::words).unwrap_or_default();
        output.complain(&format!("{} on {}: {words} · run {}", run.remedy, run.target, run.id));
    }
    ended
}

fn say(news: &RunNews, output: &mut Output) {
    match news {
        RunNews::Began(run) => output.complain(&format!("run {} began", run.id)),
        RunNews::Phase(_, phase) => output.complain(&format!("{} …", phase.word())),
        _ => {}
    }
}

/// What a run's ending means for a script.
fn status_of(run: &Run) -> u8 {
    match &run.ending {
        Some(Ending::Ok) => exit::OK,
        Some(Ending::Unknown(_) | Ending::Unverified(_)) | None => exit::UNKNOWN,
        Some(Ending::Failed(_) | Ending::TimedOut | Ending::Cancelled(_) | Ending::Signalled(_)) => exit::FIRING,
    }
}
