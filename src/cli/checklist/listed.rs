//! `midwatch checklist list` and `show`: looking only.

use super::super::args::checklist::{Form, List, Show};
use super::super::exit;
use super::super::look::remembered;
use super::super::output::Output;
use super::super::setup::Setup;
use super::{declared, here, listed};
use crate::report::checklists::{Shape, listed as told, shown};

/// Lists the checklists.
pub(super) async fn list(arguments: &List, setup: &Setup, output: &mut Output) -> Result<u8, String> {
    let looked = remembered(setup).await;
    looked.troubles.iter().for_each(|trouble| output.complain(trouble));
    let (lists, here) = (listed(&looked.app), here(setup, output));
    let written = match arguments.format {
        Form::Text => told::text(&lists, here, output.out()),
        Form::Md => told::md(&lists, here, output.out()),
        Form::Json => told::json(&lists, here, output.out()),
    };
    Ok(output.finish(written, exit::OK))
}

/// Shows one.
pub(super) fn show(arguments: &Show, setup: &Setup, output: &mut Output) -> u8 {
    let list = match declared(&arguments.id, setup) {
        Ok(list) => list,
        Err(words) => {
            output.complain(&words);
            return exit::FIRING;
        }
    };
    let width = output.width();
    let written = match arguments.format {
        Form::Text => shown::page(list, Shape::Text(width), output.out()),
        Form::Md => shown::page(list, Shape::Markdown, output.out()),
        Form::Json => shown::json(list, output.out()),
    };
    output.finish(written, exit::OK)
}
