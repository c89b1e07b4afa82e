//! The prompt of a remedy: planned, tried, agreed to.

mod approve;

use crate::app::effect::Go;
use crate::app::overlay::RemedyPrompt;
use crate::app::toast::Tone;
use crate::app::{Action, App, Changed, Effect, Overlay};
use crate::domain::remediation::wish::{DryRun, Prepared, What};
use crate::domain::remediation::{Confirm, Plan};

/// What the prompt asks of the operator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Question {
    /// Nothing yet: it is being planned.
    Planning,
    /// Nothing: something stands in the way.
    Barred,
    /// Enter.
    Enter,
    /// `y`, then Enter. Enter alone is No.
    Yes,
    /// This word, then Enter.
    Type(String),
}

impl Question {
    /// Whether there is a line to type on.
    #[must_use]
    pub fn has_line(&self) -> bool {
        matches!(self, Self::Yes | Self::Type(_))
    }
}

impl App {
    /// What stands in the way now, each in words that say what to do. Nothing runs while there is one.
    #[must_use]
    pub fn hurdles(&self, prompt: &RemedyPrompt) -> Vec<String> {
        let mut hurdles: Vec<String> = Vec::new();
        if self.guard.allows(self.now).is_err() {
            let lift = if self.guard.may_write {
                "':write 15m' lifts it for a time"
            } else {
                "the configuration forbids to lift it"
            };
            hurdles.push(format!("read-only: nothing can be run; {lift}"));
        }
        if let Some(id) = prompt.approves {
            hurdles.extend(self.request_to_approve(id).err());
            return hurdles;
        }
        if let Some(prepared) = &prompt.prepared {
            hurdles.extend(prepared.plan.as_ref().err().cloned());
            hurdles.extend(prepared.hurdles.iter().cloned());
        }
        hurdles.extend(self.gone(prompt));
        hurdles
    }

    /// What is said if the incident that it is for does not fire any more. A step of a runbook is run all the same:
    /// what comes after the end is in a runbook too.
    fn gone(&self, prompt: &RemedyPrompt) -> Option<String> {
        let id = prompt.wish.incident.filter(|_| matches!(prompt.wish.what, What::Remedy(_)))?;
        let subject = prompt.wish.subject.as_deref().unwrap_or("the incident");
        match self.board.incident(id) {
            None => Some(format!("{subject} is gone from the board; nothing is run for it")),
            Some(incident) if !incident.is_open() => {
                Some(format!("{subject} has resolved meanwhile; nothing is run for it"))
            }
            Some(_) => None,
        }
    }

    /// What the prompt asks of the operator now.
    #[must_use]
    pub fn question(&self, prompt: &RemedyPrompt) -> Question {
        if !self.hurdles(prompt).is_empty() {
            return Question::Barred;
        }
        if let Some(id) = prompt.approves {
            let word = self.request_to_approve(id).map(|request| request.remedy.to_string());
            return word.map_or(Question::Barred, Question::Type);
        }
        match plan_of(prompt) {
            None => Question::Planning,
            Some(plan) => match plan.confirm {
                Confirm::None => Question::Enter,
                Confirm::Ask => Question::Yes,
                Confirm::Type => Question::Type(plan.remedy.to_string()),
            },
        }
    }

    /// A wish was planned. An answer to another question than the one that is open is left out.
    pub(super) fn take_prepared(&mut self, prepared: Prepared, effects: &mut Vec<Effect>) -> Changed {
        if self.take_healing(&prepared, effects) {
            return Changed::Data;
        }
        let Some(Overlay::Remedy(prompt)) = &mut self.overlay else { return Changed::No };
        if prompt.wish.token != prepared.wish.token || prompt.approves.is_some() {
            return Changed::No;
        }
        prompt.prepared = Some(prepared);
        self.try_dry_run(effects);
        Changed::Input
    }

    /// Lets the plan show what it would do, where it can and may. What stands in the way of running stands in the
    /// way of this as well: it is a process too.
    fn try_dry_run(&mut self, effects: &mut Vec<Effect>) -> Option<String> {
        let Some(Overlay::Remedy(prompt)) = &self.overlay else { return None };
        if prompt.trying {
            return Some("the dry run is under way".to_owned());
        }
        let Some(plan) = plan_of(prompt).filter(|plan| plan.dry_run.is_some()).cloned() else {
            return Some("it has no dry run".to_owned());
        };
        if let Some(hurdle) = self.hurdles(prompt).into_iter().next() {
            return Some(format!("not tried: {hurdle}"));
        }
        if let Some(Overlay::Remedy(prompt)) = &mut self.overlay {
            (prompt.trying, prompt.dry_run) = (true, None);
        }
        effects.push(Effect::DryRun(Box::new(plan)));
        None
    }

    /// A dry run ended.
    pub(super) fn take_dry_run(&mut self, told: DryRun) -> Changed {
        let Some(Overlay::Remedy(prompt)) = &mut self.overlay else { return Changed::No };
        if plan_of(prompt).is_none_or(|plan| plan.hash != told.plan) {
            return Changed::No;
        }
        (prompt.trying, prompt.dry_run) = (false, Some(told));
        Changed::Input
    }

    /// Keys of the prompt that are no text.
    pub(super) fn act_on_prompt(&mut self, action: Action, effects: &mut Vec<Effect>) {
        let Some(Overlay::Remedy(prompt)) = &self.overlay else {
            return self.say(Tone::Hint, "this works in the prompt of a remedy");
        };
        let said = if action == Action::RemedyDryRun {
            self.try_dry_run(effects)
        } else if let Some(form) = self.edit_params(&prompt.wish).filter(|_| prompt.approves.is_none()) {
            self.overlay = Some(Overlay::Params(Box::new(form)));
            None
        } else {
            Some("it has no parameters".to_owned())
        };
        if let (Some(words), Some(Overlay::Remedy(prompt))) = (said, &mut self.overlay) {
            prompt.problem = Some(words);
        }
    }

    /// A step of typing in the prompt, where it has a line.
    pub(super) fn type_in_prompt(&mut self, edit: impl FnOnce(&mut crate::app::entry::TextEntry)) {
        let Some(Overlay::Remedy(prompt)) = &self.overlay else { return };
        let has_line = self.question(prompt).has_line();
        if let Some(Overlay::Remedy(prompt)) = &mut self.overlay
            && has_line
        {
            edit(&mut prompt.entry);
            prompt.problem = None;
        }
    }

    /// Enter in the prompt. Everything is looked at once more; what does not hold any more is said, and not done.
    pub(super) fn accept_remedy(&mut self, mut prompt: RemedyPrompt, effects: &mut Vec<Effect>) {
        let typed = prompt.entry.text().trim();
        let problem = match self.question(&prompt) {
            Question::Planning => Some("it is still being planned; nothing was run".to_owned()),
            Question::Barred => Some("nothing was run".to_owned()),
            Question::Yes if !["y", "yes"].contains(&typed.to_ascii_lowercase().as_str()) => {
                return self.say(Tone::Hint, format!("No: {} was not run", title_of(&prompt)));
            }
            Question::Type(word) if typed.is_empty() => Some(format!("type {word}, then Enter; nothing was run")),
            Question::Type(word) if typed != word => Some(format!("'{typed}' is not {word}; nothing was run")),
            Question::Enter | Question::Yes | Question::Type(_) => None,
        };
        if problem.is_some() {
            prompt.problem = problem;
            self.overlay = Some(Overlay::Remedy(Box::new(prompt)));
            return;
        }
        if let Some(id) = prompt.approves {
            return self.approve(id, effects);
        }
        if let Some(plan) = plan_of(&prompt).cloned() {
            self.go(Go { wish: prompt.wish, plan, request: None }, true, effects);
        }
    }

    /// Hands over what was agreed to: to be run, or to be agreed to by a second person first.
    pub(super) fn go(&mut self, go: Go, opens: bool, effects: &mut Vec<Effect>) {
        self.desk.expect(go.clone(), opens);
        let second = go.plan.approvals > 1 && go.request.is_none();
        effects.push(if second { Effect::AskApproval(Box::new(go)) } else { Effect::Run(Box::new(go)) });
    }
}

/// The plan that a prompt shows, once it is made.
pub(super) fn plan_of(prompt: &RemedyPrompt) -> Option<&Plan> {
    prompt.prepared.as_ref().and_then(|prepared| prepared.plan.as_ref().ok())
}

fn title_of(prompt: &RemedyPrompt) -> String {
    plan_of(prompt).map_or_else(|| prompt.title.clone(), |plan| plan.remedy.to_string())
}
