//! What is pressed to get to each picture, and what is waited for on the way.

use super::super::args::look::View;
use super::stage::Stage;
use crate::app::entry::Edit;
use crate::app::{Action, App, Msg, Overlay, Place, View as To};

/// The alert whose runbook, remedy and run are shown.
const ALERT: &str = "CheckoutErrorsHigh";
/// The most lines that are gone down to find something.
const LINES: usize = 100;

/// Whether a picture shows what is run, so that the folder of the scripts must have the same name each time.
pub(super) fn shows_calls(view: View) -> bool {
    matches!(view, View::Remedy | View::Run | View::Remedies)
}

/// Presses what a person would press to get there.
pub(super) async fn act(stage: &mut Stage, view: View) -> Result<(), String> {
    stage.press(Action::View(place(view)));
    match view {
        View::Help => stage.press(Action::Help),
        View::Incident => {
            stage.press(Action::Open);
            if !matches!(stage.app().place(), Place::Incident(_)) {
                return Err("the demo has no incident".to_owned());
            }
        }
        View::Runbook => runbook(stage).await?,
        View::Remedy => {
            remedy(stage).await?;
            stage.type_text("restart-chec");
        }
        View::Run => run(stage).await?,
        View::Remedies => {
            request(stage).await?;
            run(stage).await?;
            stage.press(Action::View(To::Remedies));
        }
        View::Maintenance => maintenance(stage).await?,
        View::Walk => walk(stage).await?,
        View::History => history(stage).await?,
        _ => {}
    }
    Ok(())
}

fn place(view: View) -> To {
    match view {
        View::Incidents => To::Incidents,
        View::Signals => To::Signals,
        View::Logs => To::Logs,
        View::Mutes => To::Mutes,
        View::Journal => To::Journal,
        View::Sources => To::Sources,
        View::Checklists | View::Walk | View::History => To::Checklists,
        _ => To::Watch,
    }
}

/// Goes down to an incident.
fn highlight(stage: &mut Stage, title: &str) -> Result<(), String> {
    stage.press(Action::Top);
    go_down(stage, |app| app.subject().is_some_and(|incident| incident.title == title))
        .then_some(())
        .ok_or_else(|| format!("the demo has no {title}"))
}

fn go_down(stage: &mut Stage, there: impl Fn(&App) -> bool) -> bool {
    for _ in 0..LINES {
        if there(stage.app()) {
            return true;
        }
        stage.press(Action::Down);
    }
    false
}

/// The runbook with its first box ticked and a step highlighted.
async fn runbook(stage: &mut Stage) -> Result<(), String> {
    highlight(stage, ALERT)?;
    stage.press(Action::Runbook);
    stage.until(|app| app.desk.page.as_ref().is_some_and(|page| page.runbook().is_some())).await;
    if go_down(stage, |app| app.why_not(Action::RunbookTick).is_none()) {
        stage.press(Action::RunbookTick);
        stage.until(|app| !app.board.memory().ticks.is_empty()).await;
    }
    stage.press(Action::RunbookNextStep);
    stage.press(Action::RunbookNextStep);
    Ok(())
}

/// The prompt: the instance is chosen, the plan is there, the dry run has ended.
async fn remedy(stage: &mut Stage) -> Result<(), String> {
    highlight(stage, ALERT)?;
    stage.press(Action::Remedy);
    stage.press(Action::Accept);
    stage.tell(Msg::Edit(Edit::Left));
    stage.press(Action::Accept);
    stage.until(|app| prompt(app).is_none_or(|prompt| prompt.dry_run.is_some())).await;
    prompt(stage.app()).map(|_| ()).ok_or_else(|| "the demo asks nothing before its remedy".to_owned())
}

fn prompt(app: &App) -> Option<&crate::app::overlay::RemedyPrompt> {
    match &app.overlay {
        Some(Overlay::Remedy(prompt)) => Some(prompt),
        _ => None,
    }
}

/// The run's page: the instance was stopped, and is being started.
async fn run(stage: &mut Stage) -> Result<(), String> {
    remedy(stage).await?;
    stage.type_text("restart-checkout");
    stage.press(Action::Accept);
    let starting = |app: &App| {
        let heard = app.desk.runs.values().next();
        heard.is_some_and(|heard| {
            (0..heard.output.len())
                .any(|at| heard.output.row(at).is_some_and(|line| line.text().contains("starting v812")))
        })
    };
    stage.until(starting).await;
    Ok(())
}

/// A request that waits for a second person.
async fn request(stage: &mut Stage) -> Result<(), String> {
    highlight(stage, "DiskFillsIn4h")?;
    stage.press(Action::Remedy);
    stage.until(|app| prompt(app).is_none_or(|prompt| prompt.prepared.is_some())).await;
    stage.type_text("grow-volume");
    stage.press(Action::Accept);
    stage.until(|app| app.open_requests().next().is_some()).await;
    Ok(())
}

/// A window that lasts, and whose alerts are silenced.
async fn maintenance(stage: &mut Stage) -> Result<(), String> {
    highlight(stage, "DiskFillsIn4h")?;
    stage.press(Action::Window);
    stage.type_text("the volume is moved to new disks");
    stage.press(Action::Down);
    stage.type_text("mount the old volume again");
    stage.press(Action::Accept);
    stage.press(Action::Yes);
    let quiet = |app: &App| {
        let mut of_db = app.board.incidents().filter(|incident| incident.service.as_deref() == Some("db"));
        app.windows_now().next().is_some() && app.pending.is_empty() && of_db.all(|incident| incident.quiet.is_some())
    };
    stage.until(quiet).await;
    Ok(())
}

/// Goes down to a checklist.
async fn checklist(stage: &mut Stage, id: &str) -> Result<(), String> {
    stage.until(|app| !app.walks.rows.is_empty() && !app.board.memory().walked.is_empty()).await;
    stage.press(Action::Top);
    let there = |app: &App| app.walks.list.key().is_some_and(|list| list.as_str() == id);
    go_down(stage, there).then_some(()).ok_or_else(|| format!("the demo has no checklist {id}"))
}

/// The walk that the outage interrupted, where it goes on.
async fn walk(stage: &mut Stage) -> Result<(), String> {
    checklist(stage, "weekly").await?;
    stage.press(Action::Open);
    let asked = |app: &App| {
        let read = app.walks.past.values().any(Result::is_ok);
        matches!(app.place(), Place::Walk(_)) && app.walks.asked.is_empty() && app.walks.sent.is_empty() && read
    };
    stage.until(asked).await;
    Ok(())
}

/// The history of the daily list.
async fn history(stage: &mut Stage) -> Result<(), String> {
    checklist(stage, "daily").await?;
    stage.press(Action::WalkHistory);
    stage.until(|app| app.walks.past.values().any(Result::is_ok)).await;
    Ok(())
}
