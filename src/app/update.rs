//! `update`: one message, the new state, and what is to be done.
//!
//! One file for each group of actions. Nothing here waits or looks at a clock: the moment comes with the message.

mod acks;
mod clock;
mod confirm;
mod copy;
mod done;
mod entry;
mod filter;
mod found;
mod healing;
mod lists;
mod moving;
mod news;
mod palette;
mod places;
mod prompts;
mod remedies;
mod remedy_prompt;
mod renew;
mod ring;
mod rows;
mod runbook;
mod runs;
mod silence;
mod time;
mod walks;
mod windows;

#[cfg(test)]
pub(crate) mod tests;

pub use acks::{AckWish, Asked};
pub use filter::FilterTarget;
pub use lists::OverAsked;
pub use palette::offered;
pub use remedies::{RunbookRow, Section, Shelf};
pub use remedy_prompt::Question;
pub use windows::PlannedWindow;

use super::action::Reach;
use super::toast::Tone;
use super::{Action, App, Changed, Effect, Msg, Place, Update};
use crate::domain::Moment;

impl App {
    /// Takes one message that came at `at`.
    pub fn update(&mut self, at: Moment, msg: Msg) -> Update {
        self.take_time(at);
        let stood = self.stands_at();
        let mut update = Update::default();
        let changed = match msg {
            Msg::Source(report) => self.take_report(report, &mut update.effects),
            Msg::Memory(memory) => self.take_memory(*memory, &mut update.effects),
            Msg::Journal(rows) => self.take_journal(rows, &mut update.effects),
            Msg::Action(action) => self.act_on(action, &mut update.effects),
            Msg::Unbound(key) => self.unbound(&key),
            Msg::Edit(edit) => self.take_edit(edit),
            Msg::Paste(text) => self.take_paste(&text),
            Msg::Resize { columns, rows } => self.resize(columns, rows),
            Msg::Tick => self.tick(&mut update.effects),
            Msg::Comment { incident, text } => {
                self.comment(incident, text.trim(), &mut update.effects);
                Changed::Input
            }
            Msg::Runbook(found, read) => self.take_runbook(&found, read, &mut update.effects),
            Msg::Edited(path) => self.take_edited(&path, &mut update.effects),
            Msg::Prepared(prepared) => self.take_prepared(*prepared, &mut update.effects),
            Msg::DryRun(told) => self.take_dry_run(*told),
            Msg::Run(news) => self.take_run_news(*news, &mut update.effects),
            Msg::Output(run, output) => self.take_output(run, *output),
            Msg::Walk(news) => self.take_walk_news(*news, &mut update.effects),
            Msg::Probed(probed) => self.take_probed(*probed, &mut update.effects),
            Msg::Walks(list, read) => self.take_past_walks(list, read),
            Msg::StopHealing => self.stop_healing(&mut update.effects),
            Msg::Say { tone, words } => {
                self.say(tone, words);
                Changed::Input
            }
            Msg::Done(done) => self.take_done(&done, &mut update.effects),
            Msg::Trouble { key, words } => {
                if self.toasts.banner(key, words) {
                    Changed::Data
                } else {
                    Changed::No
                }
            }
        };
        self.settle_page();
        self.settle_logs();
        self.settle_strip();
        let settled = self.settle_walk(stood, &mut update.effects);
        update.changed = update.changed.max(changed).max(settled);
        update
    }

    fn act_on(&mut self, action: Action, effects: &mut Vec<Effect>) -> Changed {
        if let Some(words) = action.comes_later() {
            self.say(Tone::Hint, words);
            return Changed::Input;
        }
        if matches!(action.spec().reach, Reach::Others | Reach::Production)
            // Lifting read-only is how it is left, and what runs may always be stopped.
            && !matches!(action, Action::Write | Action::RunCancel)
            && let Err(words) = self.guard.allows(self.now)
        {
            self.say(Tone::Failed, words);
            return Changed::Input;
        }
        self.dispatch(action, effects);
        Changed::Input
    }

    fn dispatch(&mut self, action: Action, effects: &mut Vec<Effect>) {
        match action {
            Action::View(view) => self.show(view),
            Action::Down | Action::Up | Action::Left | Action::Right => self.arrow(action),
            Action::Top | Action::Bottom | Action::HalfDown | Action::HalfUp => self.leap(action),
            Action::FindNext | Action::FindPrevious => self.find(action == Action::FindNext),
            Action::PaneNext | Action::PanePrevious => self.change_pane(action == Action::PaneNext),
            Action::Open => self.open(effects),
            Action::Back | Action::Cancel | Action::No => self.back(),
            Action::Accept => self.accept(effects),
            Action::Yes => self.yes(effects),
            Action::FullScreen => self.full = !self.full,
            Action::Filter => self.open_filter(),
            Action::OnlyCritical => self.toggle_only_critical(),
            Action::Refresh => self.refresh(effects),
            Action::Pause => self.toggle_pause(),
            Action::Help => self.open_help(),
            Action::Palette => self.open_palette(),
            Action::Mark if self.place() == Place::History => self.act_on_lists(action, effects),
            Action::Mark => self.mark(),
            Action::MarkAll => self.mark_all(),
            Action::Ack => self.ack(effects),
            Action::AckMarked => self.ack_marked(),
            Action::Undo => self.unack_or_undo(effects),
            Action::Silence => self.open_silence(),
            Action::Snooze | Action::Comment | Action::Write => self.open_prompt(action),
            Action::Mitigated => self.ask_mitigated(),
            Action::Link => self.show_link(),
            Action::Page => self.page(effects),
            Action::CommentEditor => self.comment_in_editor(effects),
            Action::Copy => self.copy(effects),
            Action::Logs | Action::Signals | Action::Timeline => self.look_beside(action),
            Action::ReadOnly => self.read_only_again(),
            Action::Quit => self.quit(effects),
            Action::Leave => self.leave(effects),
            Action::Runbook => self.open_runbook(effects),
            Action::Remedy => self.open_remedy(effects),
            Action::RunbookTick
            | Action::RunbookOutline
            | Action::RunbookNextStep
            | Action::RunbookPreviousStep
            | Action::RunbookEdit
            | Action::RunbookWrong => self.act_on_runbook(action, effects),
            Action::RemedyDryRun | Action::RemedyParams => self.act_on_prompt(action, effects),
            Action::RunCancel | Action::RunApprove | Action::RunRefuse => self.act_on_run(action, effects),
            Action::Window => self.open_window(),
            Action::WalkDone
            | Action::WalkValue
            | Action::WalkProbe
            | Action::WalkFail
            | Action::WalkSkip
            | Action::WalkNote
            | Action::WalkOwner
            | Action::WalkConcern
            | Action::WalkNext
            | Action::WalkUndo
            | Action::WalkOpen
            | Action::WalkRemedy
            | Action::WalkComplete
            | Action::WalkGiveUp => self.act_on_walks(action, effects),
            Action::WalkHistory | Action::WalkCompare | Action::Declare | Action::Resolve => {
                self.act_on_lists(action, effects);
            }
            Action::Assign | Action::Escalate | Action::Merge | Action::Handover => {}
        }
    }

    /// Says something in a toast.
    pub(super) fn say(&mut self, tone: Tone, words: impl Into<String>) {
        self.toasts.push(tone, words, self.now);
    }

    fn unbound(&mut self, key: &str) -> Changed {
        self.say(Tone::Hint, format!("'{key}' does nothing here; '?' shows the keys"));
        Changed::Input
    }
}
