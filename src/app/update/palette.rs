//! The command palette: type a few letters of what to do.

use nucleo_matcher::pattern::{AtomKind, CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};

use crate::app::cursor::Cursor;
use crate::app::overlay::{Choice, Palette, Purpose};
use crate::app::{Action, App, Effect, Overlay};

/// What the palette offers: everything but moving a cursor and answering a prompt.
pub fn offered() -> impl Iterator<Item = Action> {
    Action::all().filter(|action| !matches!(action.spec().group, "move" | "prompt"))
}

/// What a row of the palette is searched by: the name first, so that what fits in it can be highlighted there.
fn words(action: Action) -> String {
    let spec = action.spec();
    format!("{} {}", spec.name, spec.words)
}

impl App {
    pub(super) fn open_palette(&mut self) {
        self.overlay = Some(Overlay::Palette(Palette::default()));
        self.search_palette();
    }

    /// Finds what fits the typed text. Where the first word is a command that takes an argument, the rest is it.
    pub(super) fn search_palette(&mut self) {
        let Some(Overlay::Palette(palette)) = &mut self.overlay else { return };
        let (typed, _) = split(palette.entry.text());
        palette.found = search(typed);
        palette.cursor = Cursor::default();
        let actions: Vec<Action> = palette.found.iter().map(|choice| choice.action).collect();
        palette.cursor.settle(&actions);
    }

    pub(super) fn run_palette(&mut self, palette: &Palette, effects: &mut Vec<Effect>) {
        let Some(action) = palette.cursor.key().copied() else { return };
        let (_, argument) = split(palette.entry.text());
        match (action, argument) {
            (Action::Write, Some(span)) => self.run_with(Purpose::Write, span, effects),
            (Action::Snooze, Some(span)) => self.run_with(Purpose::Snooze, span, effects),
            (Action::Comment, Some(text)) => self.run_with(Purpose::Comment, text, effects),
            _ => {
                self.act_on(action, effects);
            }
        }
    }

    /// The same as opening the prompt, typing the argument and Enter.
    fn run_with(&mut self, purpose: Purpose, argument: &str, effects: &mut Vec<Effect>) {
        self.prompt_for(purpose, argument);
        if let Some(Overlay::Prompt(_)) = &self.overlay {
            self.accept(effects);
        }
    }
}

/// The command's letters and, after the first space of `write 15m`, `snooze 2h` or `comment …`, its argument.
fn split(text: &str) -> (&str, Option<&str>) {
    let Some((first, rest)) = text.split_once(' ') else { return (text, None) };
    let takes_argument = ["write", "snooze", "comment"].contains(&first) && !rest.trim().is_empty();
    if takes_argument { (first, Some(rest.trim())) } else { (text, None) }
}

fn search(typed: &str) -> Vec<Choice> {
    let pattern = Pattern::new(typed, CaseMatching::Ignore, Normalization::Smart, AtomKind::Fuzzy);
    let mut matcher = Matcher::new(Config::DEFAULT);
    let mut buffer = Vec::new();
    let mut found: Vec<(u32, Choice)> = offered()
        .filter_map(|action| {
            let (words, mut at) = (words(action), Vec::new());
            let score = pattern.indices(Utf32Str::new(&words, &mut buffer), &mut matcher, &mut at)?;
            at.sort_unstable();
            at.dedup();
            let at = at.into_iter().filter_map(|at| usize::try_from(at).ok()).collect();
            Some((score, Choice { action, at }))
        })
        .collect();
    found.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
    found.into_iter().map(|(_, choice)| choice).collect()
}
