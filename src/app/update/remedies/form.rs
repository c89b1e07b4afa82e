//! The form of parameters: what is asked for, checked while it is typed, and what becomes of it.

use crate::app::entry::{Edit, TextEntry};
use crate::app::overlay::{ParamField, ParamForm};
use crate::app::{App, Effect, Overlay};
use crate::domain::duration;
use crate::domain::remediation::param::ParamKind;
use crate::domain::remediation::wish::What;
use crate::domain::remediation::{Hidden, Param, Remedy, Wish};

impl App {
    /// The fields of a remedy's form, and the first that must be filled in; `None` if nothing must.
    pub(super) fn param_fields(&self, remedy: &Remedy, wish: &Wish) -> (Vec<ParamField>, Option<usize>) {
        let fields: Vec<ParamField> = remedy.params.iter().map(|param| self.param_field(remedy, param, wish)).collect();
        let wanting =
            fields.iter().zip(&remedy.params).position(|(field, param)| param.check(field.entry.text()).is_err());
        (fields, wanting)
    }

    fn param_field(&self, remedy: &Remedy, param: &Param, wish: &Wish) -> ParamField {
        let name = param.name.to_string();
        if param.is_secret() {
            let typed = wish.secrets.get(&name).map_or("", Hidden::reveal);
            let entry = TextEntry::secret(typed);
            return ParamField { name, help: help(param), entry, choices: Vec::new(), secret: true, problem: None };
        }
        let from_label = label_of(param, wish);
        let differing = if from_label.is_none() { self.differing(remedy, param, wish) } else { Vec::new() };
        let typed = wish.values.get(&name).map(String::as_str);
        // Where alerts differ nothing is taken for granted: which one is meant must be said.
        let default = param.default.as_deref().filter(|_| differing.is_empty());
        let text = typed.or(from_label).or(default).unwrap_or_default();
        let choices = match &param.kind {
            ParamKind::Choice(words) => words.clone(),
            _ => differing,
        };
        let problem = param.check(text).err().filter(|_| !text.is_empty());
        ParamField { name, help: help(param), entry: TextEntry::new(text), choices, secret: false, problem }
    }

    /// The values that a parameter's label has on the alerts, where they differ: those that fit.
    fn differing(&self, remedy: &Remedy, param: &Param, wish: &Wish) -> Vec<String> {
        let Some(label) = &param.label else { return Vec::new() };
        let incident = wish.incident.and_then(|id| self.board.incident(id));
        let all = self.labels_for(remedy, incident).into_iter().filter_map(|labels| labels.get(label));
        let mut values: Vec<String> = all.filter(|value| param.check(value).is_ok()).map(str::to_owned).collect();
        values.sort();
        values.dedup();
        values
    }

    /// `Ctrl-e`: all parameters of a wish, as they are.
    pub(in crate::app::update) fn edit_params(&self, wish: &Wish) -> Option<ParamForm> {
        let What::Remedy(id) = &wish.what else { return None };
        let remedy = self.profile.remedy(id).filter(|remedy| !remedy.params.is_empty())?;
        let (fields, at) = self.param_fields(remedy, wish);
        Some(ParamForm { wish: wish.clone(), title: remedy.title.clone(), fields, at: at.unwrap_or(0) })
    }

    /// A step of editing in the form: text, or a choice with the arrows.
    pub(in crate::app::update) fn edit_param(&mut self, edit: impl FnOnce(&mut TextEntry), step: Option<Edit>) {
        let Some(Overlay::Params(form)) = &mut self.overlay else { return };
        let Some(field) = form.fields.get_mut(form.at) else { return };
        match step {
            Some(step) if !field.choices.is_empty() => turn(field, step),
            // Nothing but the choices is taken where there are any.
            None if !field.choices.is_empty() => return,
            _ => edit(&mut field.entry),
        }
        let What::Remedy(id) = &form.wish.what else { return };
        let param = self.profile.remedies.iter().find(|remedy| remedy.id == *id);
        let param = param.and_then(|remedy| remedy.param(&field.name));
        field.problem = param.and_then(|param| param.check(field.entry.text()).err());
    }

    /// Enter in the form of parameters: planned if all fit, else the first that does not is at hand.
    pub(in crate::app::update) fn accept_params(&mut self, mut form: ParamForm, effects: &mut Vec<Effect>) {
        let What::Remedy(id) = &form.wish.what else { return };
        let Some(remedy) = self.profile.remedy(id) else { return };
        for field in &mut form.fields {
            field.problem = remedy.param(&field.name).and_then(|param| problem(param, field));
        }
        if let Some(at) = form.fields.iter().position(|field| field.problem.is_some()) {
            form.at = at;
            self.overlay = Some(Overlay::Params(Box::new(form)));
            return;
        }
        let mut wish = form.wish;
        for field in &form.fields {
            let text = field.entry.text();
            let Some(param) = remedy.param(&field.name) else { continue };
            if field.secret {
                wish.secrets.insert(field.name.clone(), Hidden::new(text));
                continue;
            }
            // What a label or the default says is left to them, so that it is seen where a value comes from.
            let told = label_of(param, &wish).or(param.default.as_deref());
            if told == Some(text) {
                wish.values.remove(&field.name);
            } else {
                wish.values.insert(field.name.clone(), text.to_owned());
            }
        }
        self.prepare(wish, form.title, effects);
    }
}

/// What is wrong with a field; where there are choices, how to choose.
fn problem(param: &Param, field: &ParamField) -> Option<String> {
    if field.entry.text().is_empty() && !field.choices.is_empty() {
        return Some(format!("choose the {} with the arrows", field.name));
    }
    param.check(field.entry.text()).err()
}

/// What the labels that all alerts share say of a parameter.
fn label_of<'a>(param: &Param, wish: &'a Wish) -> Option<&'a str> {
    param.label.as_ref().and_then(|label| wish.labels.get(label))
}

/// The arrows go through the choices and around; a letter goes to the next choice that begins with it.
fn turn(field: &mut ParamField, step: Edit) {
    let count = field.choices.len();
    let here = field.choices.iter().position(|choice| choice == field.entry.text());
    let there = match (step, here) {
        (Edit::Right | Edit::Insert(' '), None) | (Edit::Start, _) => Some(0),
        (Edit::Right | Edit::Insert(' '), Some(here)) => Some((here + 1) % count),
        (Edit::Left, None) | (Edit::End, _) => Some(count - 1),
        (Edit::Left, Some(here)) => Some((here + count - 1) % count),
        (Edit::Insert(letter), here) => {
            let from = here.map_or(0, |here| here + 1);
            (0..count).map(|by| (from + by) % count).find(|at| {
                let first = field.choices.get(*at).and_then(|choice| choice.chars().next());
                first.is_some_and(|first| first.eq_ignore_ascii_case(&letter))
            })
        }
        _ => None,
    };
    if let Some(choice) = there.and_then(|there| field.choices.get(there)) {
        field.entry = TextEntry::new(choice.clone());
    }
}

/// What a parameter is for, and what it takes.
fn help(param: &Param) -> String {
    let takes = match &param.kind {
        ParamKind::Text(pattern) => format!("matches {}", pattern.text()),
        ParamKind::Number { min, max, whole } => {
            let what = if *whole { "a whole number" } else { "a number" };
            format!("{what}{}", between(min.map(|min| min.to_string()), max.map(|max| max.to_string())))
        }
        ParamKind::Choice(words) => format!("one of {}", words.join(", ")),
        ParamKind::Duration { min, max } => {
            format!("such as 15m{}", between(min.map(duration::text), max.map(duration::text)))
        }
        ParamKind::Secret => "a secret: shown as dots, kept nowhere".to_owned(),
    };
    let from = param.label.as_ref().map(|label| format!("from label {label}"));
    let help = Some(param.help.clone()).filter(|help| !help.is_empty());
    [help, from, Some(takes)].into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

fn between(min: Option<String>, max: Option<String>) -> String {
    match (min, max) {
        (Some(min), Some(max)) => format!(" from {min} to {max}"),
        (Some(min), None) => format!(", at least {min}"),
        (None, Some(max)) => format!(", at most {max}"),
        (None, None) => String::new(),
    }
}
