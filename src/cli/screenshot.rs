//! `midwatch screenshot`: one frame of the demo, drawn by the program itself into a file.

use std::time::Duration;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use tokio::sync::mpsc;

use super::args::Global;
use super::args::look::{Screenshot, View};
use super::demo::{Staged, staged};
use super::exit;
use super::output::Output;
use super::{setup, watch};
use crate::app::{Action, Effect, Msg, Place, Update};
use crate::config::Colours;
use crate::demo::{self, DemoClock, DemoOptions};
use crate::domain::{Health, Moment};
use crate::runtime::core::Core;
use crate::runtime::event_loop::Running;
use crate::runtime::{picture, session};

/// When the pictures are taken, so that they are the same whenever they are made.
const AT: &str = "2026-11-21T03:12:44Z";
/// How long the demo may take to answer.
const PATIENCE: Duration = Duration::from_secs(20);

/// The demo's log ends no longer than this before its moment.
const NEWEST: chrono::TimeDelta = chrono::TimeDelta::seconds(5);

/// Draws one frame into a file.
pub fn run(arguments: &Screenshot, global: &Global, output: &mut Output) -> u8 {
    let drawn = setup::runtime().map_err(|error| error.to_string()).and_then(|runtime| {
        let drawn = runtime.block_on(draw(arguments, global));
        runtime.shutdown_background();
        drawn
    });
    let written = drawn.and_then(|text| {
        std::fs::write(&arguments.out, text)
            .map_err(|error| format!("cannot write {}: {error}", arguments.out.display()))
    });
    match written {
        Ok(()) => exit::OK,
        Err(words) => {
            output.complain(&words);
            exit::FAULT
        }
    }
}

async fn draw(arguments: &Screenshot, global: &Global) -> Result<String, String> {
    let at: Moment = AT.parse().map_err(|error| format!("{AT}: {error}"))?;
    let options = DemoOptions { clock: DemoClock::fixed(at), ..DemoOptions::default() };
    let world = demo::start(options).await.map_err(|error| error.to_string())?;
    let colours = if global.no_color { Colours::None } else { Colours::True };
    let Staged { session, look } =
        staged(&world, global, Some(at), Some(colours)).map_err(|problems| problems.to_string())?;
    let mut core = watch::core(&session, &look);
    let (columns, rows) = (arguments.size.columns, arguments.size.rows);
    core.tell(Msg::Resize { columns, rows });
    let (sender, mut messages) = session::channel();
    let ready = session.start(sender);
    let story = async {
        let running = ready.await.map_err(|_| "the demo did not begin".to_owned())?;
        settle(&mut core, &mut messages, &running).await;
        go(&mut core, arguments.view)
    };
    tokio::time::timeout(PATIENCE, story).await.map_err(|_| "the demo did not answer in time".to_owned())??;
    let area = Rect::new(0, 0, columns, rows);
    let mut frame = Buffer::empty(area);
    let _cursor = crate::ui::view(&core.app, &look.theme, area, &mut frame);
    Ok(match arguments.out.extension().and_then(std::ffi::OsStr::to_str) {
        Some("txt") => text(&frame),
        _ => picture::svg(&frame, look.theme.name() == "daylight"),
    })
}

/// Takes messages until every source is live, the log is read to its end, and what began is in the journal.
async fn settle(core: &mut Core, messages: &mut mpsc::Receiver<Msg>, running: &Running) {
    let settled = |core: &Core| {
        let app = &core.app;
        let live = app.board.sources().all(|status| status.health(app.now) == Health::Live);
        let newest = app.board.logs().lines().back().is_some_and(|kept| app.now - kept.line.at < NEWEST);
        let noted = app.board.incidents().all(|incident| {
            let id = incident.id.to_string();
            app.board.journal().iter().any(|row| row.entry.target == id)
        });
        live && newest && noted
    };
    while !settled(core) {
        let Some(message) = messages.recv().await else { return };
        follow(core.tell(message), running);
    }
}

/// Effects that only the store sees are carried out, so that the journal is there to be seen.
fn follow(update: Update, running: &Running) {
    for effect in update.effects {
        match effect {
            Effect::KeepEpisodes(episodes) => running.keeper.order(crate::runtime::effects::Order::Episodes(episodes)),
            Effect::Note(entries) => running.keeper.order(crate::runtime::effects::Order::Note(entries)),
            _ => {}
        }
    }
}

/// Presses what a person would press to get there.
fn go(core: &mut Core, view: View) -> Result<(), String> {
    use crate::app::View as To;
    let to = match view {
        View::Watch | View::Help | View::Incident => To::Watch,
        View::Incidents => To::Incidents,
        View::Signals => To::Signals,
        View::Logs => To::Logs,
        View::Mutes => To::Mutes,
        View::Journal => To::Journal,
        View::Sources => To::Sources,
    };
    core.tell(Msg::Action(Action::View(to)));
    match view {
        View::Help => drop(core.tell(Msg::Action(Action::Help))),
        View::Incident => {
            core.tell(Msg::Action(Action::Open));
            if !matches!(core.app.place(), Place::Incident(_)) {
                return Err("the demo has no incident".to_owned());
            }
        }
        _ => {}
    }
    Ok(())
}

fn text(frame: &Buffer) -> String {
    let row = |y: u16| -> String {
        let cells = (0..frame.area.width).filter_map(|x| frame.cell((x, y)));
        cells.map(ratatui::buffer::Cell::symbol).collect::<String>().trim_end().to_owned()
    };
    (0..frame.area.height).map(row).collect::<Vec<_>>().join("\n") + "\n"
}
