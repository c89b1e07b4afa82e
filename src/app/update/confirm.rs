//! Answering what lies over the screen: Enter, yes, no.

use crate::app::overlay::{Confirm, Then};
use crate::app::toast::Tone;
use crate::app::{App, Effect, Overlay};

impl App {
    /// Enter in whatever lies over the screen. In a question it takes what is highlighted; No at first.
    pub(super) fn accept(&mut self, effects: &mut Vec<Effect>) {
        match self.overlay.take() {
            Some(Overlay::Confirm(confirm)) if confirm.yes => self.agree(confirm, effects),
            Some(Overlay::Filter { entry, problem, before }) => self.accept_filter(entry, problem, before),
            Some(Overlay::Palette(palette)) => self.run_palette(&palette, effects),
            Some(Overlay::Prompt(prompt)) => self.accept_prompt(prompt, effects),
            Some(Overlay::Silence(form)) => self.accept_silence(*form),
            Some(Overlay::Menu(menu)) if self.choose_line(&menu) => {}
            Some(Overlay::Menu(menu)) => self.choose(menu, effects),
            Some(Overlay::Params(form)) => self.accept_params(*form, effects),
            Some(Overlay::Remedy(prompt)) => self.accept_remedy(*prompt, effects),
            Some(Overlay::Window(form)) => self.accept_window(*form),
            Some(Overlay::Concern(form)) => self.accept_concern(*form, effects),
            Some(Overlay::Confirm(_) | Overlay::Help { .. } | Overlay::Card { .. }) | None => {}
        }
    }

    pub(super) fn yes(&mut self, effects: &mut Vec<Effect>) {
        match self.overlay.take() {
            Some(Overlay::Confirm(confirm)) => self.agree(confirm, effects),
            // A menu asks nothing that yes would answer.
            other => self.overlay = other,
        }
    }

    /// Begins what was asked about. What changed since the question was put is said, and not done.
    fn agree(&mut self, confirm: Confirm, effects: &mut Vec<Effect>) {
        match confirm.then {
            Then::Quit => self.leave(effects),
            Then::Cancel(run) => self.cancel_run(run, effects),
            Then::GiveUp(walk) => self.give_up(walk, effects),
            Then::Complete(walk) => self.sign_off(walk),
            Then::Over(incident) => self.declare_over(incident, effects),
            Then::Act(acts) => {
                if let Err(words) = self.guard.allows(self.now) {
                    return self.say(Tone::Failed, words);
                }
                for act in acts {
                    let gone = act.incident.is_some_and(|id| self.board.incident(id).is_none_or(|i| !i.is_open()));
                    if gone {
                        let words = format!("{}: it has resolved meanwhile; nothing was done", act.entry.detail);
                        self.say(Tone::Hint, words);
                    } else {
                        self.begin(act, effects);
                    }
                }
            }
        }
    }
}
