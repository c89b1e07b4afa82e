//! What lies over the screen: help, palette, prompts and questions. Exactly one at a time.

use serde::Serialize;

use super::Action;
use super::act::Act;
use super::cursor::Cursor;
use super::entry::TextEntry;
use super::place::Context;
use crate::domain::checklist::concern::Priority;
use crate::domain::checklist::{ItemId, WalkId};
use crate::domain::remediation::wish::{DryRun, Prepared, Wish};
use crate::domain::remediation::{RemedyId, RunId};
use crate::domain::{IncidentId, Matcher, Moment, SourceName};

/// What lies over the screen.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub enum Overlay {
    /// The keys of this place, and a text to narrow them by.
    Help {
        /// From where it was opened.
        contexts: Vec<Context>,
        /// The first row in sight.
        top: usize,
    },
    /// Type what to do.
    Palette(Palette),
    /// The filter line.
    Filter {
        /// What is typed.
        entry: TextEntry,
        /// What is wrong with it, in words.
        problem: Option<String>,
        /// The filter before, for `Esc`.
        before: String,
    },
    /// One line of text for an act.
    Prompt(Prompt),
    /// The silence form.
    Silence(Box<SilenceForm>),
    /// Which remedy, or which heading of a runbook.
    Menu(Menu),
    /// The parameters of a remedy.
    Params(Box<ParamForm>),
    /// A remedy that was planned: what it would do, and what is asked of the operator.
    Remedy(Box<RemedyPrompt>),
    /// A maintenance window.
    Window(Box<WindowForm>),
    /// What a failed item of an assessment means.
    Concern(Box<ConcernForm>),
    /// A yes-or-no question; No is the default.
    Confirm(Confirm),
    /// A text to look at: a link, the details of a row.
    Card {
        /// The title.
        title: String,
        /// The lines.
        lines: Vec<String>,
        /// What `y` copies.
        copy: Option<String>,
        /// The first line in sight.
        top: usize,
    },
}

/// A list to choose from.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Menu {
    /// The title.
    pub title: String,
    /// What can be chosen.
    pub rows: Vec<MenuRow>,
    /// Which is highlighted.
    pub at: usize,
}

/// One row of a menu.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MenuRow {
    /// What it says.
    pub words: String,
    /// What is said beside it: the last run, a cool-down.
    pub info: String,
    /// What is chosen with it.
    pub choice: MenuChoice,
}

/// What is chosen in a menu.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub enum MenuChoice {
    /// A remedy, for the incident that was highlighted.
    Remedy(RemedyId, Option<IncidentId>),
    /// A line of the runbook that is open.
    Line(usize),
    /// A word for an item of a walk.
    Word(WalkId, ItemId, String),
    /// Declare an incident for a failed item.
    DeclareFor(WalkId, ItemId),
    /// Write a note about it.
    NoteFor(WalkId, ItemId),
    /// Ask for its remedy.
    RemedyFor(WalkId, ItemId, RemedyId),
    /// Leave it at that.
    Nothing,
}

/// The form of a concern.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ConcernForm {
    /// In which walk.
    pub walk: WalkId,
    /// For which item.
    pub item: ItemId,
    /// What the item says.
    pub title: String,
    /// Type, description, user impact, technical details, recommendation.
    pub texts: [TextEntry; 5],
    /// Whether nothing is deployed before it is mended.
    pub blocker: bool,
    /// How pressing.
    pub priority: Priority,
    /// Which of the seven lines has the cursor: the texts, then blocker, then priority.
    pub field: usize,
    /// What is wrong with it, in words.
    pub problem: Option<String>,
}

impl ConcernForm {
    /// The names of its lines.
    pub const FIELDS: [&'static str; 7] =
        ["type", "description", "user impact", "details", "recommendation", "blocker", "priority"];
}

/// The parameters of a remedy, to be filled in.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ParamForm {
    /// What was asked for so far.
    pub wish: Wish,
    /// The remedy's title.
    pub title: String,
    /// One line for each parameter.
    pub fields: Vec<ParamField>,
    /// Which of them has the cursor.
    pub at: usize,
}

/// One parameter in a form.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ParamField {
    /// The parameter's name.
    pub name: String,
    /// What it is for, and what it takes.
    pub help: String,
    /// What is typed. Of a secret neither `Debug` nor serialisation tells it.
    pub entry: TextEntry,
    /// Values to choose from with the arrows; empty where it is typed.
    pub choices: Vec<String>,
    /// Whether what is typed is shown as dots.
    pub secret: bool,
    /// What is wrong with it, in words.
    pub problem: Option<String>,
}

/// A remedy that was asked for: planned or being planned.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RemedyPrompt {
    /// What was asked for.
    pub wish: Wish,
    /// The title, from the first moment on.
    pub title: String,
    /// The plan and what stands in its way; `None` while it is being made.
    pub prepared: Option<Prepared>,
    /// What the dry run said; `None` while it runs or where there is none.
    pub dry_run: Option<DryRun>,
    /// Whether a dry run is under way.
    pub trying: bool,
    /// What is typed: the remedy's id.
    pub entry: TextEntry,
    /// What is wrong with it, in words.
    pub problem: Option<String>,
    /// The first line in sight, where the screen is too low.
    pub top: usize,
    /// The request of another operator that is to be approved; `None` for one's own wish.
    pub approves: Option<RunId>,
}

/// The form of a maintenance window.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct WindowForm {
    /// The service.
    pub service: TextEntry,
    /// When it begins: `now`, `22:00`, `in 2h`.
    pub starts: TextEntry,
    /// When it ends: a span, or a time.
    pub ends: TextEntry,
    /// Why.
    pub reason: TextEntry,
    /// How to go back.
    pub rollback: TextEntry,
    /// Which of the five lines has the cursor.
    pub field: usize,
    /// What it would do as it stands: lines, or what must be filled in or mended first.
    pub preview: Result<Vec<String>, String>,
}

/// The command palette.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Palette {
    /// What is typed.
    pub entry: TextEntry,
    /// What fits, best first; with an argument where the command takes one.
    pub found: Vec<Choice>,
    /// Which is highlighted.
    pub cursor: Cursor<Action>,
}

/// One row of the palette.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Choice {
    /// What it does.
    pub action: Action,
    /// Which characters of its name fit, for the highlight.
    pub at: Vec<usize>,
}

/// What a line of text is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Purpose {
    /// A comment on the incident.
    Comment,
    /// Until when to hide it: `30m`, `2h`, `until 09:00`.
    Snooze,
    /// For how long to lift read-only.
    Write,
    /// What was wrong with a step of the runbook that is open.
    WrongStep,
    /// A value for an item of a walk.
    Value,
    /// A note on it.
    Note,
    /// Why it is left out.
    Skip,
    /// Why it failed.
    Fail,
    /// Who answers for it.
    Owner,
    /// The name a walk is signed off with.
    SignOff,
    /// What is wrong, for an incident that is declared: a severity, then a title.
    Declare,
}

impl Purpose {
    /// Whether it is about something else than an incident.
    #[must_use]
    pub fn needs_no_incident(self) -> bool {
        !matches!(self, Self::Comment | Self::Snooze)
    }
}

/// One line of text for an act.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Prompt {
    /// For what.
    pub purpose: Purpose,
    /// The incident that was highlighted when the key went down.
    pub incident: Option<IncidentId>,
    /// The item of a walk that was; only the walk, for its end.
    pub item: Option<(WalkId, Option<ItemId>)>,
    /// Its title then.
    pub title: String,
    /// What is typed.
    pub entry: TextEntry,
    /// What is wrong with it, in words.
    pub problem: Option<String>,
}

/// The silence form: what, why, until when, with a preview that is always there.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SilenceForm {
    /// The incident that was highlighted when the key went down.
    pub incident: IncidentId,
    /// Its title then.
    pub title: String,
    /// Where it will be made.
    pub source: SourceName,
    /// The matchers as text, `name=value` separated by spaces.
    pub matchers: TextEntry,
    /// For how long, or until when.
    pub span: TextEntry,
    /// Why.
    pub reason: TextEntry,
    /// Which of the three lines has the cursor: 0, 1 or 2.
    pub field: usize,
    /// What the form would do as it stands.
    pub preview: Result<SilencePreview, String>,
}

/// What a silence would do.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SilencePreview {
    /// The matchers, read.
    pub matchers: Vec<Matcher>,
    /// When it would end.
    pub ends: Moment,
    /// The names of known alerts it would cover now, with how often each.
    pub covers: Vec<(String, usize)>,
    /// How many alerts that is.
    pub count: usize,
    /// Something about it that deserves a second look.
    pub warning: Option<String>,
}

/// A yes-or-no question about an act that others feel.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Confirm {
    /// What is asked, with target, environment and count.
    pub question: String,
    /// What follows from Yes, in lines.
    pub consequences: Vec<String>,
    /// What is done on Yes, and for which incident with how many alerts it was asked.
    pub then: Then,
    /// Whether Yes is highlighted.
    pub yes: bool,
}

/// What a Yes does.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub enum Then {
    /// Acts, each about the incident it names.
    Act(Vec<Act>),
    /// Leaves midwatch.
    Quit,
    /// Stops a run.
    Cancel(RunId),
    /// Gives a walk up.
    GiveUp(WalkId),
    /// Completes a walk although items were not looked at.
    Complete(WalkId),
    /// Declares over what was declared.
    Over(IncidentId),
}
