//! Faults of our own. Nothing that ships falls over on command, so this binary runs itself once more in a terminal: the
//! same watch, with a view or a source of the test's.

use std::path::PathBuf;
use std::time::Duration;

use futures_util::FutureExt as _;
use futures_util::future::BoxFuture;
use midwatch::app::App;
use midwatch::cli::args::Args;
use midwatch::cli::output::Output;
use midwatch::cli::setup::{self, Setup};
use midwatch::cli::watch::{self, Look, Parts};
use midwatch::runtime::session::Ready;
use midwatch::source::poller::Schedule;
use midwatch::source::{Capabilities, Observation, Part, Source, SourceError};
use midwatch::theme::Theme;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::SIZE;
use crate::support::counting::Counting;
use crate::support::home::Home;
use crate::support::pty::Terminal;
use crate::support::wait::{self, DEADLINE};

/// Set in the child.
const CHILD: &str = "MIDWATCH_TEST_PANICS";
/// A width at which the view falls over.
const FALLS_AT: u16 = 77;
/// The source that falls over at every other poll.
const FRAGILE: &str = "[[source]]\nname = \"fragile\"\nkind = \"alertmanager\"\nurl = \"http://127.0.0.1:9\"\n";

/// What runs in the terminal. By itself it is nothing to test.
#[test]
fn child() {
    if std::env::var_os(CHILD).is_none() {
        return;
    }
    let args = Args::read([std::ffi::OsString::from("midwatch")]).expect("no arguments");
    let setup = Setup::new(&args.global).expect("a good configuration");
    let schedule = Schedule { every: Duration::from_millis(300), timeout: Duration::from_secs(5) };
    let fragile = Ready { name: "fragile".into(), source: Box::new(Fragile(0)), schedule };
    let has_fragile = setup.settings.sources.iter().any(|source| source.name == fragile.name);
    let parts = Parts { view: falls_over, sources: has_fragile.then_some(fragile).into_iter().collect() };
    let runtime = setup::runtime().expect("threads");
    let (session, look) = (setup.session(), Look::of(&setup));
    let status = watch::open_with(parts, runtime, session, &look, &mut Output::stdio());
    // The harness has words of its own for how a test ends.
    std::process::exit(i32::from(status));
}

fn falls_over(app: &App, theme: &Theme, area: Rect, buffer: &mut Buffer) -> Option<Position> {
    let cursor = midwatch::ui::view(app, theme, area, buffer);
    assert_ne!(area.width, FALLS_AT, "the view fell over");
    cursor
}

struct Fragile(usize);

impl Source for Fragile {
    fn kind(&self) -> &'static str {
        "alertmanager"
    }

    fn tells(&self) -> Capabilities {
        Capabilities { alerts: true, ..Capabilities::default() }
    }

    fn poll(&mut self) -> BoxFuture<'_, Result<Observation, SourceError>> {
        async move {
            self.0 += 1;
            assert!(self.0 > 2, "the adapter fell over");
            Ok(Observation { alerts: Part::Now(Vec::new()), ..Observation::default() })
        }
        .boxed()
    }
}

/// The child in a terminal; also its modes before. The harness' own words end with the script's `clear`.
fn open(config: &str) -> (Home, Terminal) {
    let home = Home::with_config(config).with(CHILD, "1");
    let this: PathBuf = std::env::current_exe().expect("a test has a file");
    let script = home.script(
        "child",
        &format!("#!/bin/sh\nexec '{}' --exact terminal::panics::child --nocapture\n", this.display()),
    );
    let screen = Terminal::start(&home, &script, &[], SIZE);
    (home, screen)
}

#[test]
fn a_fault_of_the_screen_gives_the_terminal_back_tells_where_and_keeps_what_was_said() {
    let server = Counting::start();
    server.fire("SteadyFires");
    let (home, mut screen) = open(&server.config("1s"));
    let before = screen.modes();
    screen.wait_for("SteadyFires");
    assert_ne!(screen.modes(), before, "it is raw while it runs");
    screen.press("8");
    screen.wait_for("Journal");
    screen.resize(FALLS_AT, SIZE.1);
    assert_eq!(screen.wait_exit(DEADLINE), 70, "{}", screen.text());
    screen.after_exit();
    let (alternate, hidden, paste) =
        screen.look(|screen| (screen.alternate_screen(), screen.hide_cursor(), screen.bracketed_paste()));
    assert_eq!((alternate, hidden, paste), (false, false, false));
    assert_eq!(screen.modes(), before);
    let told = screen.text();
    for words in ["the view fell over", "tests/it/terminal/panics.rs", "Please report"] {
        assert!(told.contains(words), "{words}:\n{told}");
    }
    let rows = home.journal();
    assert!(rows.iter().any(|row| row["detail"] == "SteadyFires"), "{rows:?}");
    assert_eq!(home.run(&["journal", "--verify"]).status, 0);
}

#[test]
fn a_fault_of_a_source_is_its_state_and_it_is_asked_again() {
    let server = Counting::start();
    server.fire("SteadyFires");
    let (_home, mut screen) = open(&format!("{}{FRAGILE}", server.config("1s")));
    screen.wait_for("SteadyFires");
    screen.press("0");
    screen.wait_for("the adapter fell over");
    screen.wait_for("a fault of midwatch");
    screen.wait_gone("the adapter fell over");
    screen.press("1");
    screen.wait_for("fragile live");
    screen.wait_for("SteadyFires");
    assert!(!screen.text().contains("panicked at"), "nothing is written over the screen");
    screen.press("q");
    let status = wait::until("it leaves", || screen.try_exit().ok_or_else(|| screen.text()));
    assert_eq!(status, 0);
}
