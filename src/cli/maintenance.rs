//! `midwatch silence --service`: a maintenance window, the same as the form of the screen.

use super::act::{looking, refused};
use super::args::act::Silence;
use super::output::Output;
use super::setup::Setup;
use crate::app::entry::TextEntry;
use crate::app::overlay::WindowForm;

/// Plans a maintenance window, after a preview.
pub fn plan(service: &str, arguments: &Silence, setup: &Setup, output: &mut Output) -> u8 {
    looking(arguments.wait, setup, output, |looked, runtime, output| {
        let app = &mut looked.app;
        if app.profile.acks.is_empty() {
            return Err("no source can be silenced, so there is no maintenance window".to_owned());
        }
        // As it was written: whether a span or a clock's time, it counts from the begin.
        let ends = arguments.ends().ok_or("say --for or --until")?.to_string();
        let form = WindowForm {
            service: TextEntry::new(service),
            starts: TextEntry::new(arguments.from.clone().unwrap_or_default()),
            ends: TextEntry::new(ends),
            reason: TextEntry::new(arguments.comment.clone()),
            rollback: TextEntry::new(arguments.rollback.clone().unwrap_or_default()),
            field: 0,
            preview: Err(String::new()),
        };
        let (act, words) = app.window_act(&form)?;
        for line in words {
            output.complain(&line);
        }
        let question = app.window_question(&form);
        if !arguments.yes && !output.ask(&question) {
            return Err(refused(&question, output));
        }
        let allowed = app.guard.allows(app.now);
        let words = format!("{}: {}", act.entry.action, act.entry.detail);
        let done = runtime.block_on(looked.hands.carry_out(act, allowed));
        done.failure.map_or(Ok(words), Err)
    })
}
