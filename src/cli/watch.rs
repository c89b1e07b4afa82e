//! `midwatch`: the screen.

use std::io::IsTerminal;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;

use tokio::runtime::Runtime;

use super::exit;
use super::output::Output;
use super::setup::{self, Setup};
use crate::app::App;
use crate::app::guard::Guard;
use crate::config::Colours;
use crate::domain::checklist::ChecklistId;
use crate::keymap::{self, Keymap};
use crate::runtime::core::Core;
use crate::runtime::event_loop::{self, Ends, Exit};
use crate::runtime::hangup::Hangups;
use crate::runtime::input::TerminalInput;
use crate::runtime::session::{self, Ready, Session};
use crate::runtime::suspend::Jobs;
use crate::runtime::terminal::{self, Family, Screen, View};
use crate::theme::capability::{Environment, ascii_only};
use crate::theme::{Capability, Theme};

/// Opens the screen on what is configured; at a walk of a checklist, if one is named.
pub fn run(setup: &Setup, opens: Option<ChecklistId>, output: &mut Output) -> u8 {
    let look = Look::of(setup);
    let mut session = setup.session();
    session.opens = opens;
    session.notices.extend(look.notices.iter().cloned());
    match setup::runtime() {
        Ok(runtime) => open(runtime, session, &look, output),
        Err(error) => {
            output.complain(&format!("cannot start: {error}"));
            exit::FAULT
        }
    }
}

/// The theme and the keys, and what had to be left out of them.
#[derive(Debug)]
pub struct Look {
    /// How things look.
    pub theme: Theme,
    /// What keys mean.
    pub keymap: Keymap,
    /// Rows that were left out.
    pub notices: Vec<String>,
    family: Family,
    mouse: bool,
    bell: bool,
}

impl Look {
    /// Loads theme and keymap. Bad rows are left out and told, never fatal.
    #[must_use]
    pub fn of(setup: &Setup) -> Self {
        let look = &setup.settings.look;
        let environment = Environment::from_lookup(|name| std::env::var(name).ok());
        let capability = Capability::detect(None, colours(look.colours), &environment);
        let ascii = ascii_only(look.ascii, &environment);
        let (theme, theme_problems) = Theme::load(&look.theme, setup.themes_folder().as_deref(), capability, ascii);
        let (keymap, key_problems) = keymap::of_files(&look.keymap, setup.keymap_file().as_deref());
        let notices =
            theme_problems.iter().map(ToString::to_string).chain(key_problems.iter().map(ToString::to_string));
        let family = Family::of(&environment.term, std::env::var_os("TMUX").is_some());
        Self { notices: notices.collect(), theme, keymap, family, mouse: look.mouse, bell: look.bell }
    }
}

fn colours(colours: Colours) -> Option<Capability> {
    match colours {
        Colours::Auto => None,
        Colours::True => Some(Capability::TrueColor),
        Colours::Indexed => Some(Capability::Ansi256),
        Colours::Sixteen => Some(Capability::Ansi16),
        Colours::None => Some(Capability::None),
    }
}

/// What a screen is made of that is not configured.
pub struct Parts {
    /// What draws it.
    pub view: View,
    /// Sources that are built already, instead of those of the configuration with their names.
    pub sources: Vec<Ready>,
}

impl Default for Parts {
    fn default() -> Self {
        Self { view: crate::ui::view, sources: Vec::new() }
    }
}

/// Opens the screen on a session.
pub fn open(runtime: Runtime, session: Session, look: &Look, output: &mut Output) -> u8 {
    open_with(Parts::default(), runtime, session, look, output)
}

/// The same with other parts.
pub fn open_with(parts: Parts, runtime: Runtime, session: Session, look: &Look, output: &mut Output) -> u8 {
    if !std::io::stdout().is_terminal() {
        output.complain("standard output is no terminal; 'midwatch status' looks once without one");
        return exit::USAGE;
    }
    let mut core = core(&session, look);
    // What panics outside of the loop's turns is told by the hook as well.
    let watching = AssertUnwindSafe(|| runtime.block_on(watch(&mut core, parts, session, look)));
    let ended = std::panic::catch_unwind(watching).unwrap_or(Ok(Exit::Fault));
    terminal::leave();
    // Pollers that hang in a name look-up must not keep the shell waiting.
    runtime.shutdown_background();
    // After a fault the model is not to be asked any more.
    if !matches!(ended, Ok(Exit::Fault)) {
        core.app.farewell().iter().for_each(|line| output.complain(line));
    }
    match ended {
        Ok(Exit::Left) => exit::OK,
        Ok(Exit::Told(told)) => told.exit_status(),
        Ok(Exit::Fault) => exit::FAULT,
        Err(error) => {
            output.complain(&format!(
                "the terminal cannot be used: {error}; keys are read from standard input or /dev/tty. 'midwatch \
                 status' needs no terminal"
            ));
            exit::FAULT
        }
    }
}

/// The app with its keys, before anything is known.
#[must_use]
pub fn core(session: &Session, look: &Look) -> Core {
    let settings = &session.settings;
    let guard = Guard { read_only: settings.read_only, may_write: settings.allow_write, write_until: None };
    let keys = Arc::new(keymap::help::table(&look.keymap));
    let mut app = App::new(session.board(), session.profile(), guard, keys, session.clock.now());
    if let Some(list) = session.opens.clone() {
        app.open_walk_at_start(list);
    }
    Core::new(app, look.keymap.clone(), session.clock)
}

async fn watch(core: &mut Core, parts: Parts, session: Session, look: &Look) -> std::io::Result<Exit> {
    terminal::restore_on_panic();
    let hangups = Hangups::listen()?;
    let jobs = Jobs::listen()?;
    let screen = Screen::enter(look.family, look.mouse)?;
    let (sender, messages) = session::channel();
    let ready = session.start_with(parts.sources, sender.clone());
    let (view, input, bell) = (parts.view, TerminalInput::new(), look.bell);
    let ends = Ends { screen, view, input, messages, sender, ready, hangups, jobs, bell };
    event_loop::run(core, &look.theme, ends).await
}
