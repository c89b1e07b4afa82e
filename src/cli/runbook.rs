//! `midwatch runbook`: the runbook of an incident, filled; or one by its file or name.

use std::path::{Path, PathBuf};

use super::act::explain;
use super::args::runbook::{Form, Runbook as Arguments};
use super::exit;
use super::look::{Looked, look, without_sources};
use super::output::Output;
use super::setup::{Setup, runtime};
use crate::app::App;
use crate::app::effect::RunbookWish;
use crate::domain::runbook::{Catalogue, Found, Runbook};
use crate::domain::{Incident, Labels, age};
use crate::report::runbook::{markdown, text};
use crate::runtime::effects::{Hands, runbooks};

/// How wide text is where it goes to no terminal.
const WIDTH: usize = 80;

/// Prints a runbook, or the names of those that are known.
pub fn run(arguments: &Arguments, setup: &Setup, output: &mut Output) -> u8 {
    let catalogue = runbooks::catalogue(&setup.settings);
    let Some(what) = &arguments.what else { return list(&catalogue, output) };
    let runtime = match runtime() {
        Ok(runtime) => runtime,
        Err(error) => {
            output.complain(&format!("cannot start: {error}"));
            return exit::FAULT;
        }
    };
    let read = runtime.block_on(read(what, arguments, setup, &catalogue, output));
    runtime.shutdown_background();
    match read {
        Ok((runbook, hands)) => print(&runbook, arguments, &hands, output),
        Err(words) => {
            output.complain(&words);
            exit::FIRING
        }
    }
}

fn list(catalogue: &Catalogue, output: &mut Output) -> u8 {
    let own = catalogue.own.iter().map(|(name, path)| (name.clone(), path.display().to_string()));
    let shipped = catalogue.shipped.iter().map(|(name, alerts)| {
        let about =
            if alerts.is_empty() { "shipped".to_owned() } else { format!("shipped, for {}", alerts.join(", ")) };
        (name.clone(), about)
    });
    let names: Vec<(String, String)> = own.chain(shipped).collect();
    let width = output.width();
    let written = text::list_names(&names, width, output.out());
    output.finish(written, exit::OK)
}

async fn read(
    what: &str,
    arguments: &Arguments,
    setup: &Setup,
    catalogue: &Catalogue,
    output: &mut Output,
) -> Result<(Runbook, Hands), String> {
    if let Some(found) = at_once(what, catalogue) {
        let (hands, troubles) = without_sources(setup).await;
        for trouble in &troubles {
            output.complain(trouble);
        }
        let runbook = hands.load_runbook(&plain(found, setup, arguments.afresh)).await?;
        return Ok((runbook, hands));
    }
    let Looked { app, hands, troubles } = look(setup, arguments.wait.wait.to_std().unwrap_or_default()).await;
    for trouble in &troubles {
        output.complain(trouble);
    }
    let wish = match app.board.find(what) {
        Ok(incident) => of_incident(&app, incident, arguments.afresh)?,
        Err(not_one) if not_one.candidates.is_empty() => {
            let found = catalogue.named(what);
            let found = found.ok_or_else(|| {
                format!(
                    "{}\nno runbook is called that either; 'midwatch runbook --list' lists them",
                    explain(&app, &not_one)
                )
            })?;
            plain(found, setup, arguments.afresh)
        }
        Err(not_one) => return Err(explain(&app, &not_one)),
    };
    Ok((hands.load_runbook(&wish).await?, hands))
}

/// What needs no look at the sources: a path, an address, and the exact name of a shipped runbook.
fn at_once(what: &str, catalogue: &Catalogue) -> Option<Found> {
    if what.starts_with("https://") || what.starts_with("http://") {
        return catalogue.at(what);
    }
    let is_markdown = Path::new(what).extension().is_some_and(|end| end.eq_ignore_ascii_case("md"));
    if what.contains('/') || is_markdown {
        let path = PathBuf::from(what);
        return Some(Found::File(std::path::absolute(&path).unwrap_or(path)));
    }
    let own = catalogue.own.iter().any(|(name, _)| name == what);
    let shipped = catalogue.shipped.iter().any(|(name, _)| name == what);
    (shipped && !own).then(|| Found::Shipped(what.to_owned()))
}

/// For no incident.
fn plain(found: Found, setup: &Setup, afresh: bool) -> RunbookWish {
    let others = others(setup);
    RunbookWish { found, incident: None, labels: Labels::default(), annotations: Labels::default(), others, afresh }
}

fn others(setup: &Setup) -> Vec<(String, String)> {
    let environment = setup.settings.environment.iter().map(|name| ("environment".to_owned(), name.clone()));
    environment.chain([("operator".to_owned(), setup.operator.name.clone())]).collect()
}

/// The runbook of an incident, as the screen finds and fills it.
fn of_incident(app: &App, incident: &Incident, afresh: bool) -> Result<RunbookWish, String> {
    let found = app.runbook_of(incident).ok_or_else(|| {
        format!(
            "no runbook is linked to {}: a runbook_url annotation, a [[runbook]] in the configuration, or a file of \
             its name in runbooks/ links one",
            incident.title
        )
    })?;
    Ok(app.runbook_wish(found, Some(incident.id), afresh))
}

fn print(runbook: &Runbook, arguments: &Arguments, hands: &Hands, output: &mut Output) -> u8 {
    let now = hands.clock.now();
    let dated = runbook.dated.map(|at| format!(", {} old", age::since(at, now))).unwrap_or_default();
    output.complain(&format!("{}{dated}", runbook.found.key()));
    runbook.kept.iter().for_each(|words| output.complain(words));
    if let Some(words) = &runbook.untrusted {
        output.complain(&format!("its steps may not be run: {words}"));
    }
    let form = arguments.format.unwrap_or(if output.on_terminal() { Form::Text } else { Form::Md });
    let width = if output.on_terminal() { output.width() } else { WIDTH };
    let written = match form {
        Form::Text => text::write(&runbook.document, width, output.out()),
        Form::Md => markdown::write(&runbook.document, output.out()),
    };
    output.finish(written, exit::OK)
}
