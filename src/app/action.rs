//! Everything a key or the palette can ask for: one closed list with names, words and reach.
//!
//! Help, footer, palette, keymap errors and the README's table are generated from [`ALL`].

use std::fmt;

use serde::{Serialize, Serializer};

use super::place::View;

/// How far an action reaches, which decides how much friction it has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Reach {
    /// It only looks.
    Look,
    /// The operator's own and reversible: at once, with undo.
    Own,
    /// Felt by others: asks, default No.
    Others,
    /// Changes production: the exact command, then the typed id.
    Production,
}

macro_rules! actions {
    ($($(#[$doc:meta])* $variant:ident $(($view:path))? = $name:literal, $group:literal, $words:literal, $reach:ident;)*) => {
        /// What an operator can ask for.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Action {
            /// Open a view.
            View(View),
            $(#[doc = $words] $variant,)*
        }

        /// Every action but the views, in the order of the help.
        pub const ALL: &[Spec] = &[$(Spec { action: Action::$variant, name: $name, group: $group, words: $words, reach: Reach::$reach },)*];
    };
}

actions! {
    Down = "cursor.down", "move", "down", Look;
    Up = "cursor.up", "move", "up", Look;
    Left = "cursor.left", "move", "left", Look;
    Right = "cursor.right", "move", "right", Look;
    Top = "cursor.top", "move", "first", Look;
    Bottom = "cursor.bottom", "move", "last", Look;
    HalfDown = "cursor.half-down", "move", "half a page down", Look;
    HalfUp = "cursor.half-up", "move", "half a page up", Look;
    PaneNext = "pane.next", "move", "next pane", Look;
    PanePrevious = "pane.previous", "move", "previous pane", Look;
    Open = "open", "look", "open", Look;
    Back = "back", "look", "back", Look;
    FullScreen = "pane.full", "look", "full screen pane", Look;
    Filter = "filter", "look", "filter", Look;
    FindNext = "filter.next", "look", "next match", Look;
    FindPrevious = "filter.previous", "look", "previous match", Look;
    OnlyCritical = "filter.critical", "look", "only unacked critical", Look;
    Refresh = "refresh", "look", "refresh now", Look;
    Pause = "pause", "look", "pause updates", Look;
    Help = "help", "look", "keys", Look;
    Palette = "palette", "look", "command", Look;
    Mark = "mark", "incidents", "mark", Own;
    MarkAll = "mark.all", "incidents", "mark all visible", Own;
    Ack = "incident.ack", "incidents", "ack", Own;
    AckMarked = "incident.ack-marked", "incidents", "ack the marked", Others;
    Undo = "incident.undo", "incidents", "un-ack mine, undo", Own;
    Silence = "incident.silence", "incidents", "silence", Others;
    Snooze = "incident.snooze", "incidents", "snooze", Own;
    Comment = "incident.comment", "incidents", "comment", Own;
    CommentEditor = "incident.comment-editor", "incidents", "comment in $EDITOR", Others;
    Mitigated = "incident.mitigated", "incidents", "mitigated", Others;
    Assign = "incident.assign", "incidents", "assign", Others;
    Escalate = "incident.escalate", "incidents", "escalate", Others;
    Merge = "incident.merge", "incidents", "merge", Others;
    Resolve = "incident.resolve", "incidents", "declare over what was declared", Others;
    Declare = "incident.declare", "incidents", "declare an incident", Others;
    Runbook = "incident.runbook", "incidents", "runbook", Look;
    Remedy = "incident.remedy", "incidents", "remedy", Look;
    Link = "incident.link", "incidents", "open or show the link", Look;
    Logs = "incident.logs", "incidents", "logs", Look;
    Signals = "incident.signals", "incidents", "signals", Look;
    Timeline = "incident.timeline", "incidents", "timeline", Look;
    RunbookTick = "runbook.tick", "runbooks", "tick", Own;
    RunbookOutline = "runbook.outline", "runbooks", "outline", Look;
    RunbookNextStep = "runbook.step-next", "runbooks", "next step", Look;
    RunbookPreviousStep = "runbook.step-previous", "runbooks", "step before", Look;
    RunbookEdit = "runbook.edit", "runbooks", "edit in $EDITOR", Own;
    RunbookWrong = "runbook.wrong", "runbooks", "this step was wrong", Own;
    RemedyDryRun = "remedy.dry-run", "remedies", "dry run again", Look;
    RemedyParams = "remedy.params", "remedies", "edit parameters", Look;
    RunCancel = "run.cancel", "remedies", "stop the run", Others;
    RunApprove = "run.approve", "remedies", "agree as the second person", Production;
    RunRefuse = "run.refuse", "remedies", "take back or refuse the request", Others;
    WalkDone = "walk.done", "walks", "done", Own;
    WalkValue = "walk.value", "walks", "value", Own;
    WalkProbe = "walk.probe", "walks", "probe again", Look;
    WalkFail = "walk.fail", "walks", "fail", Own;
    WalkSkip = "walk.skip", "walks", "skip", Own;
    WalkNote = "walk.note", "walks", "note", Own;
    WalkOwner = "walk.owner", "walks", "who answers for it", Own;
    WalkConcern = "walk.concern", "walks", "what it means: the concern", Own;
    WalkNext = "walk.next", "walks", "next", Look;
    WalkUndo = "walk.undo", "walks", "undo mine", Own;
    WalkOpen = "walk.open", "walks", "open its view or link", Look;
    WalkRemedy = "walk.remedy", "walks", "its remedy", Look;
    WalkComplete = "walk.complete", "walks", "complete", Own;
    WalkGiveUp = "walk.give-up", "walks", "give the walk up", Others;
    WalkHistory = "walk.history", "walks", "history", Look;
    WalkCompare = "walk.compare", "walks", "compare the two marked", Look;
    Window = "window.plan", "watch", "maintenance window", Others;
    Page = "page", "look", "show in $PAGER", Look;
    Copy = "copy", "incidents", "copy", Look;
    Handover = "handover", "watch", "handover", Look;
    Write = "write", "watch", "lift read-only for a time", Others;
    ReadOnly = "read-only", "watch", "read-only again", Own;
    Accept = "prompt.accept", "prompt", "accept", Look;
    Cancel = "prompt.cancel", "prompt", "leave everything as it is", Look;
    Yes = "prompt.yes", "prompt", "yes", Own;
    No = "prompt.no", "prompt", "no", Own;
    Quit = "quit", "watch", "back; leave at the root", Look;
    Leave = "leave", "watch", "leave at once", Look;
}

/// One row of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spec {
    /// The action.
    pub action: Action,
    /// Its name in a keymap and in the palette.
    pub name: &'static str,
    /// Under which heading the help shows it.
    pub group: &'static str,
    /// What it does, in a few words.
    pub words: &'static str,
    /// How far it reaches.
    pub reach: Reach,
}

impl Action {
    /// Every action, views first.
    pub fn all() -> impl Iterator<Item = Self> {
        View::ALL.into_iter().map(Self::View).chain(ALL.iter().map(|spec| spec.action))
    }

    /// Its row.
    #[must_use]
    pub fn spec(self) -> Spec {
        match self {
            Self::View(view) => {
                Spec { action: self, name: view.action_name(), group: "views", words: view.title(), reach: Reach::Look }
            }
            other => ALL.iter().copied().find(|spec| spec.action == other).unwrap_or(Spec {
                action: other,
                name: "",
                group: "",
                words: "",
                reach: Reach::Look,
            }),
        }
    }

    /// The action of a name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::all().find(|action| action.spec().name == name)
    }

    /// What is not built yet, and says so when asked for.
    #[must_use]
    pub fn comes_later(self) -> Option<&'static str> {
        match self {
            Self::Assign => {
                Some("assigning needs a pager source, which comes with a later version; 'a' says that you are on it")
            }
            Self::Escalate => Some("escalating needs a pager source, which comes with a later version"),
            Self::Merge => Some("merging comes with a later version; group_by decides what is one incident"),
            Self::Handover => Some("the handover comes with a later version; the journal (8) holds what was done"),
            _ => None,
        }
    }
}

impl fmt::Display for Action {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.spec().name)
    }
}

impl Serialize for Action {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.spec().name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn every_action_has_one_name_that_finds_it() {
        let names: HashSet<&str> = Action::all().map(|action| action.spec().name).collect();
        assert_eq!(names.len(), Action::all().count());
        for action in Action::all() {
            assert_eq!(Action::named(action.spec().name), Some(action));
        }
    }
}
