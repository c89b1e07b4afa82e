//! `midwatch checklist export`: a walk, written down; or what an assessment comes to.

use super::super::args::checklist::{ConcernForm, Export, Form};
use super::super::exit;
use super::super::look::remembered;
use super::super::output::Output;
use super::super::setup::Setup;
use super::{Kept, here};
use crate::app::App;
use crate::domain::checklist::{Item, Walk};
use crate::report::checklists::walk::{Break, Exported, json, page};
use crate::report::checklists::{Shape, concerns};
use crate::store::Store;

/// Writes it down.
pub(super) async fn run(arguments: &Export, setup: &Setup, output: &mut Output) -> Result<u8, String> {
    let looked = remembered(setup).await;
    looked.troubles.iter().for_each(|trouble| output.complain(trouble));
    let store = looked.hands.store.get().ok_or(super::NO_STORE)?;
    let kept = Kept::new(setup, looked.app.board.memory());
    let walk = meant(&arguments.what, &kept, store).await?;
    let breaks = breaks(&looked.app, &walk);
    let applies = |item: &Item| looked.app.applies(&walk, item);
    let exported = Exported { walk: &walk, applies: &applies, breaks: &breaks };
    let here = here(setup, output);
    if arguments.concerns.is_some() && !walk.list.assessment {
        return Err(format!("{} is no assessment; 'assessment = true' in its file makes it one", walk.list.id));
    }
    let written = match (arguments.concerns, arguments.format) {
        (Some(ConcernForm::Yaml), _) => concerns::yaml(&exported, output.out()),
        (Some(ConcernForm::Md), _) => concerns::md(&exported, here, output.out()),
        (None, Form::Text) => page(&exported, here, Shape::Text(here.width), output.out()),
        (None, Form::Md) => page(&exported, here, Shape::Markdown, output.out()),
        (None, Form::Json) => json(&exported, output.out()),
    };
    Ok(output.finish(written, exit::OK))
}

/// The newest walk of a list, open or ended; else the walk of an id.
async fn meant(what: &str, kept: &Kept<'_>, store: &Store) -> Result<Walk, String> {
    let unknown = match kept.list(what) {
        Ok(list) => {
            let none = || format!("{list} was never walked; there is nothing to export");
            let id = store.newest_walk_of(&list).await.map_err(|error| error.to_string())?.ok_or_else(none)?;
            // One that cannot be read is told: an older one is not what was asked for.
            return store.walk(id).await.map_err(|error| error.to_string())?.ok_or_else(none);
        }
        Err(words) => words,
    };
    match kept.walk(what)? {
        Some(_) => kept.whole(what, store).await,
        None => Err(format!("{unknown}\nno walk is called that either; 'midwatch checklist history' lists them")),
    }
}

fn breaks(app: &App, walk: &Walk) -> Vec<Break> {
    let all = app.interruptions(walk).into_iter();
    all.map(|one| Break { from: one.from, until: one.until, by: one.by }).collect()
}
