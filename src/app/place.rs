//! Where the operator is: views, panes, and the contexts that decide what a key means.

use serde::Serialize;

use crate::domain::IncidentId;
use crate::domain::checklist::WalkId;
use crate::domain::remediation::RunId;

/// The views that a digit opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum View {
    /// Everything at a glance.
    Watch,
    /// The incident list.
    Incidents,
    /// The golden signals of every service.
    Signals,
    /// Log lines.
    Logs,
    /// Checklists and walks.
    Checklists,
    /// Acks, silences and snoozes.
    Mutes,
    /// Runbooks and remedies.
    Remedies,
    /// The record.
    Journal,
    /// The back ends.
    Sources,
}

impl View {
    /// All views in the order of their digits.
    pub const ALL: [Self; 9] = [
        Self::Watch,
        Self::Incidents,
        Self::Signals,
        Self::Logs,
        Self::Checklists,
        Self::Mutes,
        Self::Remedies,
        Self::Journal,
        Self::Sources,
    ];

    /// Its title.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Watch => "Watch",
            Self::Incidents => "Incidents",
            Self::Signals => "Signals",
            Self::Logs => "Logs",
            Self::Checklists => "Checklists",
            Self::Mutes => "Mutes",
            Self::Remedies => "Remedies",
            Self::Journal => "Journal",
            Self::Sources => "Sources",
        }
    }

    /// The name of the action that opens it.
    #[must_use]
    pub fn action_name(self) -> &'static str {
        match self {
            Self::Watch => "view.watch",
            Self::Incidents => "view.incidents",
            Self::Signals => "view.signals",
            Self::Logs => "view.logs",
            Self::Checklists => "view.checklists",
            Self::Mutes => "view.mutes",
            Self::Remedies => "view.remedies",
            Self::Journal => "view.journal",
            Self::Sources => "view.sources",
        }
    }
}

/// One level of the stack of places; `Esc` goes back one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Place {
    /// A view.
    View(View),
    /// One incident's page.
    Incident(IncidentId),
    /// The runbook that is open, beside its incident.
    Runbook,
    /// One run of a remedy: what it is, and what it says.
    Run(RunId),
    /// One walk: its items beside the one that is looked at.
    Walk(WalkId),
    /// What earlier walks of a list found.
    History,
}

/// The panes that can have the focus. Which of them are there depends on the place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Pane {
    /// The incident list.
    Incidents,
    /// Signals.
    Signals,
    /// Log lines.
    Logs,
    /// Checklists (and the newest of the journal) on Watch.
    Checklists,
    /// Labels and annotations of an incident.
    Says,
    /// What happened before and beside an incident.
    Beside,
    /// An incident's timeline.
    Timeline,
    /// The runbook.
    Runbook,
    /// Remedies, requests and runs.
    Remedies,
    /// The list of runbooks, and gaps.
    Runbooks,
    /// What a run says.
    Output,
    /// The items of a walk.
    Items,
    /// The item of a walk that is looked at, with its evidence.
    Item,
    /// The one pane of a view that has one.
    Whole,
}

impl Place {
    /// The panes of this place, in the order of `Tab`; the first has the focus at first.
    #[must_use]
    pub fn panes(self) -> &'static [Pane] {
        match self {
            Self::View(View::Watch) => &[Pane::Incidents, Pane::Signals, Pane::Logs, Pane::Checklists],
            Self::View(View::Incidents) => &[Pane::Incidents],
            Self::View(View::Signals) => &[Pane::Signals],
            Self::View(View::Logs) => &[Pane::Logs],
            Self::View(View::Remedies) => &[Pane::Remedies, Pane::Runbooks],
            Self::View(_) => &[Pane::Whole],
            Self::Runbook => &[Pane::Runbook, Pane::Says, Pane::Timeline],
            Self::Run(_) => &[Pane::Output],
            Self::Walk(_) => &[Pane::Items, Pane::Item],
            Self::History => &[Pane::Whole, Pane::Beside],
            Self::Incident(_) => &[Pane::Says, Pane::Beside, Pane::Logs, Pane::Timeline],
        }
    }
}

/// What a key means depends on where it is pressed: sections of a keymap, innermost first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Context {
    /// Everywhere but in text entry and questions.
    Global,
    /// Where there are rows to move over.
    List,
    /// Where an incident is highlighted.
    Incidents,
    /// On an incident's page.
    Incident,
    /// The Signals view.
    Signals,
    /// The Logs view.
    Logs,
    /// The Mutes view.
    Mutes,
    /// A runbook.
    Runbook,
    /// The Remedies view.
    Remedies,
    /// The page of a run.
    Run,
    /// The Checklists view.
    Checklists,
    /// A walk.
    Walk,
    /// The history of a checklist.
    History,
    /// The Journal view.
    Journal,
    /// The Sources view.
    Sources,
    /// While text is entered: printable keys are text.
    Prompt,
    /// While a yes-or-no question is open.
    Confirm,
    /// While the help or the link is shown.
    Help,
}

impl Context {
    /// All contexts.
    pub const ALL: [Self; 18] = [
        Self::Global,
        Self::List,
        Self::Incidents,
        Self::Incident,
        Self::Signals,
        Self::Logs,
        Self::Mutes,
        Self::Runbook,
        Self::Remedies,
        Self::Run,
        Self::Checklists,
        Self::Walk,
        Self::History,
        Self::Journal,
        Self::Sources,
        Self::Prompt,
        Self::Confirm,
        Self::Help,
    ];

    /// Its name as a section of a keymap.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Global => "global",
            Self::List => "list",
            Self::Incidents => "incidents",
            Self::Incident => "incident",
            Self::Signals => "signals",
            Self::Logs => "logs",
            Self::Mutes => "mutes",
            Self::Runbook => "runbook",
            Self::Remedies => "remedies",
            Self::Run => "run",
            Self::Checklists => "checklists",
            Self::Walk => "walk",
            Self::History => "history",
            Self::Journal => "journal",
            Self::Sources => "sources",
            Self::Prompt => "prompt",
            Self::Confirm => "confirm",
            Self::Help => "help",
        }
    }

    /// The context of a section's name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|context| context.name() == name)
    }

    /// Whether printable keys that are not bound here are text.
    #[must_use]
    pub fn takes_text(self) -> bool {
        self == Self::Prompt
    }
}
