//! `midwatch screenshot`: one frame of the demo, drawn by the program itself into a file.

mod scenes;
mod stage;

use std::time::Duration;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use self::stage::Stage;
use super::args::Global;
use super::args::look::Screenshot;
use super::demo::{Staged, staged};
use super::exit;
use super::output::Output;
use super::{setup, watch};
use crate::app::Msg;
use crate::config::Colours;
use crate::demo::{self, DemoClock, DemoOptions};
use crate::domain::Moment;
use crate::runtime::picture;

/// When the pictures are taken, so that they are the same whenever they are made.
const AT: &str = "2026-11-21T03:12:44Z";
/// How long the demo may take to answer.
const PATIENCE: Duration = Duration::from_secs(20);

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
    let options = DemoOptions {
        clock: DemoClock::fixed(at),
        posed: scenes::shows_calls(arguments.view),
        ..DemoOptions::default()
    };
    let world = demo::start(options).await.map_err(|error| error.to_string())?;
    let colours = if global.no_color { Colours::None } else { Colours::True };
    let Staged { session, look } =
        staged(&world, global, Some(at), Some(colours)).map_err(|problems| problems.to_string())?;
    let core = watch::core(&session, &look);
    let (columns, rows) = (arguments.size.columns, arguments.size.rows);
    let acted = async {
        let mut stage = Stage::begin(core, session).await?;
        stage.tell(Msg::Resize { columns, rows });
        stage.settle().await;
        let shown = scenes::act(&mut stage, arguments.view).await;
        Ok::<_, String>((stage, shown))
    };
    let late = |_| "the demo did not answer in time".to_owned();
    let (stage, shown) = Box::pin(tokio::time::timeout(PATIENCE, acted)).await.map_err(late)??;
    shown?;
    let area = Rect::new(0, 0, columns, rows);
    let mut frame = Buffer::empty(area);
    let _cursor = crate::ui::view(stage.app(), &look.theme, area, &mut frame);
    stage.end().await;
    Ok(match arguments.out.extension().and_then(std::ffi::OsStr::to_str) {
        Some("txt") => text(&frame),
        _ => picture::svg(&frame, look.theme.name() == "daylight"),
    })
}

fn text(frame: &Buffer) -> String {
    let row = |y: u16| -> String {
        let cells = (0..frame.area.width).filter_map(|x| frame.cell((x, y)));
        cells.map(ratatui::buffer::Cell::symbol).collect::<String>().trim_end().to_owned()
    };
    (0..frame.area.height).map(row).collect::<Vec<_>>().join("\n") + "\n"
}
