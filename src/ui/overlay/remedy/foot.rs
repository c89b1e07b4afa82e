//! What is asked of the operator, or what stands in the way.

use ratatui::style::{Modifier, Style};
use ratatui::text::Line;

use crate::app::overlay::RemedyPrompt;
use crate::app::update::Question;
use crate::app::{Action, Context};
use crate::theme::{Glyph, Role};
use crate::ui::footer;
use crate::ui::scene::Scene;
use crate::ui::widget::flow;

/// The lower part of the prompt.
pub(super) struct Foot {
    /// The question, or what stands in the way.
    pub(super) asks: Vec<Line<'static>>,
    /// Whether there is a line to type on.
    pub(super) has_line: bool,
    /// What is wrong with what was typed, and what else can be done.
    pub(super) below: Vec<Line<'static>>,
}

impl Foot {
    pub(super) fn rows(&self) -> usize {
        self.asks.len() + usize::from(self.has_line) + self.below.len()
    }
}

/// How much is said; the most that leaves room for what it is about is taken.
#[derive(Clone, Copy)]
struct Saying {
    whole: bool,
    hint: bool,
}

const SAYINGS: [Saying; 3] =
    [Saying { whole: true, hint: true }, Saying { whole: true, hint: false }, Saying { whole: false, hint: false }];

/// What is asked, in at most so many rows; the line to type on is never without room.
pub(super) fn fitting(scene: &Scene<'_>, prompt: &RemedyPrompt, wide: usize, room: usize) -> Foot {
    let question = scene.app.question(prompt);
    let body = 3.min(room / 2);
    let made = SAYINGS.map(|saying| foot(scene, prompt, &question, wide, saying));
    let mut last = Foot { asks: Vec::new(), has_line: false, below: Vec::new() };
    for foot in made {
        let fits = foot.rows() + body <= room;
        last = foot;
        if fits {
            break;
        }
    }
    // What is left out of too little room: first what is below the line, then what is above it.
    let line = usize::from(last.has_line);
    last.below.truncate(room.saturating_sub(line));
    let asks = room.saturating_sub(line + last.below.len());
    last.asks.truncate(asks.max(usize::from(!last.has_line && last.below.is_empty())));
    last
}

fn foot(scene: &Scene<'_>, prompt: &RemedyPrompt, question: &Question, wide: usize, saying: Saying) -> Foot {
    let mut below = Vec::new();
    if let Some(problem) = &prompt.problem {
        below.extend(flow::plain(scene.style(Role::Failed), problem, wide));
    }
    if saying.hint && !scene.small {
        below.push(Line::default());
        below.extend(flow::plain(scene.style(Role::Dim), &hint(scene), wide));
    }
    let asks = match question {
        Question::Barred => hurdles(scene, prompt, wide),
        _ => asks(scene, prompt, question, wide, saying.whole && !scene.small),
    };
    Foot { asks, has_line: question.has_line(), below }
}

fn hurdles(scene: &Scene<'_>, prompt: &RemedyPrompt, wide: usize) -> Vec<Line<'static>> {
    let sign = scene.glyph(Glyph::Lost);
    let one = |words: String| flow::plain(scene.bold(Role::Failed), &format!("{sign} {words}"), wide);
    scene.app.hurdles(prompt).into_iter().flat_map(one).collect()
}

fn asks(scene: &Scene<'_>, prompt: &RemedyPrompt, question: &Question, wide: usize, whole: bool) -> Vec<Line<'static>> {
    let (text, strong) = (scene.style(Role::Text), scene.bold(Role::Strong));
    let sign = scene.glyph(Glyph::High);
    let changes = if whole { format!("{sign} changes production. ") } else { format!("{sign} ") };
    let second = second(scene, prompt);
    let changes = (scene.bold(Role::High), changes.as_str());
    let pieces: Vec<(Style, &str)> = match question {
        Question::Planning => vec![(scene.style(Role::Dim), "planning …")],
        Question::Barred => Vec::new(),
        Question::Enter => vec![(text, "Enter "), (text, &second)],
        Question::Yes => {
            vec![changes, (strong, "y"), (text, ", then Enter, "), (text, &second), (text, "; Enter alone is No")]
        }
        Question::Type(word) => {
            let underlined = strong.add_modifier(Modifier::UNDERLINED);
            vec![changes, (text, "Type "), (underlined, word), (text, " "), (text, &second)]
        }
    };
    flow::flow(pieces, wide)
}

/// What follows: it runs, or somebody else is asked.
fn second(scene: &Scene<'_>, prompt: &RemedyPrompt) -> String {
    if let Some(request) = prompt.approves.and_then(|id| scene.app.request(id)) {
        return format!("to agree: the midwatch of {} then runs it", request.asked_by.name);
    }
    let plan = prompt.prepared.as_ref().and_then(|prepared| prepared.plan.as_ref().ok());
    if plan.is_some_and(|plan| plan.approvals > 1) { "to ask a second person" } else { "to run it" }.to_owned()
}

/// What else can be done here, by the keys that are really bound.
fn hint(scene: &Scene<'_>) -> String {
    let mut words = Vec::new();
    let says = [
        (Action::Cancel, "leaves everything as it is"),
        (Action::RemedyDryRun, "dry run"),
        (Action::RemedyParams, "parameters"),
    ];
    for (action, what) in says {
        let key = scene.app.keys.keys_for(&[Context::Prompt], action);
        if let Some(key) = key.filter(|_| footer::why_not(scene, action).is_none()) {
            words.push(format!("{key} {what}"));
        }
    }
    words.join(" · ")
}
