//! `midwatch checklist history`: earlier walks, and what differs between two.

use super::super::args::checklist::{Form, History as Arguments};
use super::super::exit;
use super::super::look::remembered;
use super::super::output::Output;
use super::super::setup::Setup;
use super::{Kept, here};
use crate::app::walks::PAST;
use crate::board::Memory;
use crate::report::checklists::history::{self, History, Told, values};
use crate::report::checklists::{Here, compared};
use crate::store::Store;

/// Prints what is asked for.
pub(super) async fn run(arguments: &Arguments, setup: &Setup, output: &mut Output) -> Result<u8, String> {
    let looked = remembered(setup).await;
    looked.troubles.iter().for_each(|trouble| output.complain(trouble));
    let store = looked.hands.store.get().ok_or(super::NO_STORE)?;
    let kept = Kept::new(setup, looked.app.board.memory());
    let here = here(setup, output);
    let (form, most) = (arguments.format, arguments.limit);
    if let Some([one, other]) = arguments.compare.as_deref() {
        return compare([one, other], &kept, store, form, here, output).await;
    }
    let Some(id) = &arguments.id else {
        let history = History { walks: all(looked.app.board.memory(), most), items: Vec::new() };
        return Ok(print(&history, form, here, output));
    };
    let list = kept.list(id)?;
    let walks = store.walks_of(&list, most.max(PAST)).await.map_err(|error| error.to_string())?;
    let items = walks.first().map(|newest| values(&walks, newest.list.items())).unwrap_or_default();
    let history = History { walks: walks.iter().take(most).map(Told::Whole).collect(), items };
    if walks.is_empty() {
        output.complain(&format!("{list} was never walked"));
    }
    Ok(print(&history, form, here, output))
}

/// All walks that are known, newest first.
fn all(memory: &Memory, most: usize) -> Vec<Told<'_>> {
    let open = memory.walks.iter().map(|walk| (walk.begun, Told::Whole(walk)));
    let mut all: Vec<_> = open.chain(memory.walked.iter().map(|walked| (walked.begun, Told::Short(walked)))).collect();
    all.sort_by_key(|(begun, _)| std::cmp::Reverse(*begun));
    all.into_iter().take(most).map(|(_, told)| told).collect()
}

fn print(history: &History, form: Form, here: Here, output: &mut Output) -> u8 {
    let written = match form {
        Form::Text => history::text(history, here, output.out()),
        Form::Md => history::md(history, here, output.out()),
        Form::Json => history::json(history, output.out()),
    };
    output.finish(written, exit::OK)
}

async fn compare(
    ids: [&String; 2],
    kept: &Kept<'_>,
    store: &Store,
    form: Form,
    here: Here,
    output: &mut Output,
) -> Result<u8, String> {
    let (one, other) = (kept.whole(ids[0], store).await?, kept.whole(ids[1], store).await?);
    if one.list.id != other.list.id {
        output.complain(&format!("these are walks of two lists, {} and {}", one.list.id, other.list.id));
    }
    let (older, newer) = if one.begun <= other.begun { (one, other) } else { (other, one) };
    let written = match form {
        Form::Text => compared::text(&older, &newer, here, output.out()),
        Form::Md => compared::md(&older, &newer, here, output.out()),
        Form::Json => compared::json(&older, &newer, output.out()),
    };
    Ok(output.finish(written, exit::OK))
}
