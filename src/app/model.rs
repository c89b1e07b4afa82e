//! The model: everything the screen is drawn from.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::Arc;

use super::act::Act;
use super::bell::Bell;
use super::cursor::Cursor;
use super::desk::Desk;
use super::guard::Guard;
use super::incident_list::IncidentList;
use super::keys::KeyTable;
use super::log_rows::{LogRows, OwnLines};
use super::overlay::Overlay;
use super::place::{Context, Pane, Place, View};
use super::profile::Profile;
use super::toast::Toasts;
use super::undo::Undo;
use super::unsent::Unsent;
use super::walks::Walks;
use crate::board::{Board, Edge, Episode};
use crate::domain::filter::Filter;
use crate::domain::signal::SignalKey;
use crate::domain::{Incident, IncidentId, Level, Moment, MuteId, SourceName};

/// The size of the terminal in cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
pub struct Size {
    /// Columns.
    pub columns: u16,
    /// Rows.
    pub rows: u16,
}

/// How the log pane is looked at.
#[derive(Debug, Clone, PartialEq)]
pub struct LogView {
    /// The least level that is shown.
    pub level: Level,
    /// What lines are filtered by.
    pub filter: Filter,
    /// The filter as typed.
    pub filter_text: String,
    /// The line under the cursor, by its number; `None` follows the newest.
    pub at: Option<u64>,
    /// The lines that pass, as far as they were looked for.
    pub rows: LogRows,
    /// Whether the service at hand has lines of its own, as far as that was looked for.
    pub own: Option<OwnLines>,
}

/// One list with a cursor and a filter.
#[derive(Debug, Clone, PartialEq)]
pub struct Listing<K> {
    /// Where the cursor is.
    pub cursor: Cursor<K>,
    /// What rows are filtered by.
    pub filter: Filter,
    /// The filter as typed.
    pub filter_text: String,
}

impl<K> Default for Listing<K> {
    fn default() -> Self {
        Self { cursor: Cursor::default(), filter: Filter::default(), filter_text: String::new() }
    }
}

/// What identifies a row of the Mutes view: where it lives and its id.
pub type MuteKey = (Option<SourceName>, MuteId);

/// Everything the screen is drawn from. Only `update` changes it.
#[derive(Debug, Clone, PartialEq)]
pub struct App {
    /// What is known.
    pub board: Board,
    /// What was known when updates were paused; the screen shows this while it is there.
    pub paused: Option<Box<(Moment, Board)>>,
    /// Who watches what.
    pub profile: Profile,
    /// The moment of the last message. The screen's only clock.
    pub now: Moment,
    /// The terminal's size.
    pub size: Size,
    /// The stack of places; never empty.
    pub places: Vec<Place>,
    /// The pane with the focus.
    pub focus: Pane,
    /// Whether that pane fills the screen.
    pub full: bool,
    /// The incident list.
    pub incidents: IncidentList,
    /// The signals, by what is highlighted.
    pub signals: Cursor<SignalKey>,
    /// The log pane.
    pub logs: LogView,
    /// The Mutes view.
    pub mutes: Listing<MuteKey>,
    /// The Journal view, by row.
    pub journal: Cursor<i64>,
    /// The Sources view.
    pub sources: Cursor<SourceName>,
    /// How far each pane that only scrolls is scrolled, in rows.
    pub scroll: BTreeMap<ScrollKey, usize>,
    /// Runbooks and remedies: what is open, what runs, what is about to run by itself.
    pub desk: Desk,
    /// Checklists and walks.
    pub walks: Walks,
    /// What lies over the screen.
    pub overlay: Option<Overlay>,
    /// What was said.
    pub toasts: Toasts,
    /// Whether anything but looking is allowed.
    pub guard: Guard,
    /// Acts under way.
    pub pending: Vec<Act>,
    /// What can be taken back, the newest last.
    pub undo: VecDeque<Undo>,
    /// The last act's token.
    pub token: u64,
    /// Acks whose renewal is under way or was just tried: not before.
    pub renewing: BTreeMap<MuteId, Moment>,
    /// What rang last, and what waits to ring.
    pub bell: Bell,
    /// What was typed and could not be kept, by incident: it stands in the prompt when that is opened again.
    pub unsent: BTreeMap<IncidentId, Unsent>,
    /// What happened in the parts of an answer whose end has not come yet.
    pub arriving: Vec<Edge>,
    /// Incidents of it as they are to be kept; one that changed in several parts is there several times.
    pub to_keep: Vec<Episode>,
    /// Whether the store may hold incidents as open that nobody here has seen.
    pub has_unseen: bool,
    /// Those of them that were handed over as ended since the store was last heard of.
    pub ended_unseen: BTreeSet<IncidentId>,
    /// The keys that are really bound.
    pub keys: Arc<KeyTable>,
}

/// A pane of a place that only scrolls.
pub type ScrollKey = (u8, u8);

impl App {
    /// A watch that begins now.
    #[must_use]
    pub fn new(board: Board, profile: Profile, guard: Guard, keys: Arc<KeyTable>, now: Moment) -> Self {
        let mut toasts = Toasts::default();
        toasts.banner("notices", profile.notice());
        Self {
            board,
            paused: None,
            profile,
            now,
            size: Size { columns: 80, rows: 24 },
            places: vec![Place::View(View::Watch)],
            focus: Pane::Incidents,
            full: false,
            incidents: IncidentList::default(),
            signals: Cursor::default(),
            logs: LogView {
                level: Level::Trace,
                filter: Filter::default(),
                filter_text: String::new(),
                at: None,
                rows: LogRows::default(),
                own: None,
            },
            mutes: Listing::default(),
            journal: Cursor::default(),
            sources: Cursor::default(),
            scroll: BTreeMap::new(),
            desk: Desk::default(),
            walks: Walks::default(),
            overlay: None,
            toasts,
            guard,
            pending: Vec::new(),
            undo: VecDeque::new(),
            token: 0,
            renewing: BTreeMap::new(),
            bell: Bell::default(),
            unsent: BTreeMap::new(),
            arriving: Vec::new(),
            to_keep: Vec::new(),
            has_unseen: false,
            ended_unseen: BTreeSet::new(),
            keys,
        }
    }

    /// Where the operator is.
    #[must_use]
    pub fn place(&self) -> Place {
        self.places.last().copied().unwrap_or(Place::View(View::Watch))
    }

    /// What the screen shows: the board, or the one that was paused.
    #[must_use]
    pub fn shown(&self) -> &Board {
        self.paused.as_ref().map_or(&self.board, |paused| &paused.1)
    }

    /// The moment that ages on the screen are counted to.
    #[must_use]
    pub fn shown_now(&self) -> Moment {
        self.paused.as_ref().map_or(self.now, |paused| paused.0)
    }

    /// The incident that keys act on: the page's own, or the one under the cursor.
    #[must_use]
    pub fn subject(&self) -> Option<&Incident> {
        self.subject_id().and_then(|id| self.shown().incident(id))
    }

    /// Its id.
    #[must_use]
    pub fn subject_id(&self) -> Option<IncidentId> {
        match self.place() {
            Place::Incident(id) => Some(id),
            Place::View(View::Watch | View::Incidents) => self.incidents.selected(),
            Place::Runbook => self.desk.page.as_ref().and_then(|page| page.incident),
            Place::Run(run) => self.run(run).and_then(|run| run.incident),
            Place::View(_) | Place::Walk(_) | Place::History => None,
        }
    }

    /// The service that signals and logs beside an incident are shown for.
    #[must_use]
    pub fn service(&self) -> Option<&str> {
        self.subject().and_then(|incident| incident.service.as_deref())
    }

    /// What keys mean here, innermost first.
    #[must_use]
    pub fn contexts(&self) -> Vec<Context> {
        match &self.overlay {
            Some(Overlay::Help { .. } | Overlay::Card { .. }) => vec![Context::Help],
            Some(Overlay::Confirm(_)) => vec![Context::Confirm],
            Some(Overlay::Menu(_)) => vec![Context::Confirm, Context::List],
            Some(
                Overlay::Palette(_)
                | Overlay::Filter { .. }
                | Overlay::Prompt(_)
                | Overlay::Silence(_)
                | Overlay::Params(_)
                | Overlay::Remedy(_)
                | Overlay::Window(_)
                | Overlay::Concern(_),
            ) => vec![Context::Prompt],

            None => self.contexts_of_place(),
        }
    }

    /// What keys mean at this place when nothing lies over it, innermost first.
    #[must_use]
    pub fn contexts_of_place(&self) -> Vec<Context> {
        let own: &[Context] = match (self.place(), self.focus) {
            (Place::Incident(_), _) => &[Context::Incident, Context::Incidents],
            (_, Pane::Logs) => &[Context::Logs, Context::Incidents],
            (_, Pane::Signals) => &[Context::Signals, Context::Incidents],
            (Place::Runbook, _) => &[Context::Runbook, Context::Incidents],
            (Place::Run(_), _) => &[Context::Run],
            (Place::View(View::Remedies), _) => &[Context::Remedies],
            (Place::View(View::Mutes), _) => &[Context::Mutes],
            (Place::View(View::Journal), _) => &[Context::Journal],
            (Place::View(View::Sources), _) => &[Context::Sources],
            (Place::View(View::Checklists), _) => &[Context::Checklists],
            (Place::Walk(_), _) => &[Context::Walk],
            (Place::History, _) => &[Context::History],
            _ => &[Context::Incidents],
        };
        own.iter().copied().chain([Context::List, Context::Global]).collect()
    }
}
