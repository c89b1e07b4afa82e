//! `midwatch checklist`: how lists stand, what they hold, walking one, and looking back.

mod export;
mod find;
mod history;
pub(crate) mod import;
mod kept;
mod listed;
mod probes;
mod walk;

use super::args::checklist::ChecklistCommand;
use super::output::Output;
use super::setup::{Setup, within};
use crate::app::App;
use crate::app::guard::Guard;
use crate::clock::Clock;
use crate::domain::checklist::Checklist;
use crate::report::checklists::{Here, Listed, UnderWay};

use self::find::Named;
use self::kept::Kept;

const NO_STORE: &str = "walks are kept in the store, and it cannot be read";

/// Does what is asked.
pub fn run(command: &ChecklistCommand, setup: &Setup, output: &mut Output) -> u8 {
    match command {
        ChecklistCommand::List(list) => within(output, async |output| listed::list(list, setup, output).await),
        ChecklistCommand::Show(show) => listed::show(show, setup, output),
        ChecklistCommand::Walk(walk) => walk::run(walk, setup, output),
        ChecklistCommand::History(history) => within(output, async |output| history::run(history, setup, output).await),
        ChecklistCommand::Export(export) => within(output, async |output| export::run(export, setup, output).await),
        ChecklistCommand::Import(import) => import::run(import, setup, output),
    }
}

/// The lists that are offered, as reports tell them: in the order of the Checklists view, then those that are not in
/// it, of which it is not known how they stand.
pub(super) fn listed(app: &App) -> Vec<Listed<'_>> {
    let rows = app.walks.rows.iter().map(|row| Listed {
        list: &row.list,
        standing: Some(&row.standing),
        open: row.open.and_then(|id| app.walk(id)).map(|walk| UnderWay { walk, looked_at: row.looked_at, of: row.of }),
        last: row.last.as_ref(),
    });
    let others = app.profile.checklists.iter().filter(|list| app.walks.rows.iter().all(|row| row.list.id != list.id));
    let last = |list: &Checklist| app.board.memory().walked.iter().find(|walked| walked.checklist == list.id);
    rows.chain(others.map(|list| Listed { list, standing: None, open: None, last: last(list) })).collect()
}

/// The list that is meant, of those that are offered.
///
/// # Errors
/// In words, which it could be.
fn declared<'a>(text: &str, setup: &'a Setup) -> Result<&'a Checklist, String> {
    let lists = &setup.settings.checklists;
    let named: Vec<Named> = lists.iter().map(|list| Named { id: list.id.clone(), title: list.title.clone() }).collect();
    let id = find::list(text, &named).map_err(|words| refused(words, setup))?;
    lists.iter().find(|list| list.id == id).ok_or_else(|| format!("no checklist is called '{id}'"))
}

/// The same words, and the files that are left out because they are wrong: the list may be one of them.
fn refused(words: String, setup: &Setup) -> String {
    let files = setup.checklists.refused.iter().map(|refused| format!("\n{refused}"));
    std::iter::once(words).chain(files).collect()
}

/// What the guard says: a command cannot lift read-only.
fn allowed(setup: &Setup) -> Result<(), String> {
    let guard = Guard { read_only: setup.settings.read_only, may_write: false, write_until: None };
    guard.allows(Clock::System.now())
}

/// When and where a report is read.
fn here(setup: &Setup, output: &Output) -> Here {
    Here { now: Clock::System.now(), zone: setup.settings.timezone, width: output.width() }
}
