//! `midwatch remedy list`, `show`, `runs` and `output`: looking only.

use super::super::args::look::Format;
use super::super::args::remedy::{List, Runs, Show, Shown};
use super::super::exit;
use super::super::look::without_sources;
use super::super::output::Output;
use super::super::setup::Setup;
use super::{Ended, live, meant};
use crate::clock::Clock;
use crate::domain::remediation::run::Ending;
use crate::domain::remediation::{Remedy, Run};
use crate::report::remedies::{declared, runs as told};
use crate::runtime::effects::Hands;

/// Lists what is declared.
pub(super) fn list(arguments: &List, setup: &Setup, output: &mut Output) -> u8 {
    let remedies: Vec<&Remedy> = setup.settings.remedies.iter().collect();
    let (here, width) = (setup.settings.environment.as_deref(), output.width());
    let written = match arguments.format {
        Format::Json => declared::json(&remedies, here, output.out()),
        Format::Text => declared::text(&remedies, here, width, output.out()),
    };
    if remedies.is_empty() {
        output.complain(&format!("no remedy is declared; [[remedy]] in {} declares one", setup.file.display()));
    }
    output.finish(written, exit::OK)
}

/// Shows everything about one.
pub(super) fn show(arguments: &Show, setup: &Setup, output: &mut Output) -> u8 {
    let remedy = match declared_as(setup, &arguments.id) {
        Ok(remedy) => remedy,
        Err(words) => {
            output.complain(&words);
            return exit::FIRING;
        }
    };
    let written = match arguments.format {
        Format::Json => declared::json(&[remedy], setup.settings.environment.as_deref(), output.out()),
        Format::Text => declared::card(remedy, output.out()),
    };
    output.finish(written, exit::OK)
}

/// Lists runs.
pub(super) async fn runs(arguments: &Runs, setup: &Setup, output: &mut Output) -> Result<u8, Ended> {
    let (_, runs) = remembered(setup, output).await?;
    let (now, width) = (Clock::System.now(), output.width());
    let written = match arguments.format {
        Format::Json => told::json(&runs, output.out()),
        Format::Text => told::text(&runs, now, width, output.out()),
    };
    Ok(output.finish(written, exit::OK))
}

/// Shows what a run said.
pub(super) async fn output(arguments: &Shown, setup: &Setup, output: &mut Output) -> Result<u8, Ended> {
    let (hands, runs) = remembered(setup, output).await?;
    let run = meant("run", &arguments.run, &runs, |run| run.id)?;
    let said = hands.output_of(run.id).await;
    let mut printer = live::Printer::new(output);
    printer.all(&said, output);
    let ending = run.ending.as_ref().map_or_else(|| "it still runs".to_owned(), Ending::words);
    output.complain(&format!("{} on {}: {ending}", run.remedy, run.target));
    Ok(exit::OK)
}

async fn remembered(setup: &Setup, output: &mut Output) -> Result<(Hands, Vec<Run>), Ended> {
    let (hands, troubles) = without_sources(setup).await;
    for trouble in &troubles {
        output.complain(trouble);
    }
    let store = hands.store.get().ok_or("runs are kept in the store, and it cannot be read")?;
    // One whose midwatch was killed does not run.
    hands.settle_abandoned().await.iter().for_each(|words| output.complain(words));
    let memory = store.memory(hands.clock.now()).await.map_err(|error| error.to_string())?;
    Ok((hands, memory.runs))
}

/// A remedy by its id.
///
/// # Errors
/// In words, with the ids that there are.
pub(super) fn declared_as<'a>(setup: &'a Setup, id: &str) -> Result<&'a Remedy, String> {
    let all = &setup.settings.remedies;
    all.iter().find(|remedy| remedy.id.as_str() == id).ok_or_else(|| {
        let known: Vec<&str> = all.iter().map(|remedy| remedy.id.as_str()).collect();
        let there =
            if known.is_empty() { "none is declared".to_owned() } else { format!("there are: {}", known.join(", ")) };
        format!("no remedy is called '{id}'; {there}")
    })
}
