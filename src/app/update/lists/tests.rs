//! Lists, histories, reminders and declared incidents, as an operator meets them.

mod declaring;
mod history;
mod known;
mod reminders;
mod strip;

mod table;

use std::sync::Arc;

use chrono::TimeDelta;

use crate::app::walks::{ListRow, WalkOrder};
use crate::app::{Effect, Msg, Update};
use crate::board::Memory;
use crate::domain::checklist::schedule::Period;
use crate::domain::checklist::standing::{Standing, State};
use crate::domain::checklist::walk::End;
use crate::domain::checklist::{
    Change, Checklist, Item, ItemId, ItemKind, Schedule, Section, Update as Said, UpdateId, Walk, WalkId, Walked,
};
use crate::domain::{Operator, Severity};

pub(super) use crate::app::update::tests::{Watch, am, errors_on, start};

pub(super) fn item(id: &str) -> Item {
    Item::new(id, &format!("Look at {id}"), ItemKind::Tick)
}

/// A list of two items, due every day at nine.
pub(super) fn daily(id: &str) -> Checklist {
    let at = chrono::NaiveTime::from_hms_opt(9, 0, 0).unwrap();
    Checklist {
        schedule: Some(Schedule::Calendar { period: Period::Daily, at }),
        remind: Some(Severity::Low),
        adopted: true,
        ..Checklist::new(id, &format!("List {id}"), vec![Section::untitled(vec![item("logs"), item("disk")])])
    }
}

pub(super) fn on_demand(id: &str) -> Checklist {
    Checklist { schedule: None, ..daily(id) }
}

pub(super) fn ana() -> Operator {
    Operator::new("ana", "bastion")
}

/// A walk of a list that began so many days before the start and was completed.
pub(super) fn ended(id: u64, list: &Checklist, days: i64, said: Vec<Change>) -> Walk {
    let begun = start() - TimeDelta::days(days);
    let said = said.into_iter().zip(1..).map(|(change, at)| Said {
        id: UpdateId(id * 100 + at),
        item: Some(ItemId::new("logs")),
        change,
        by: ana(),
        at: begun,
    });
    let mut walk = Walk::new(WalkId(id), Arc::new(list.clone()), None, begun, ana()).with(said);
    walk.ended = Some(End { at: begun, by: ana(), completed: true, sign: "ana".to_owned() });
    walk
}

pub(super) fn in_short(walk: &Walk) -> Walked {
    walk.walked(walk.ended.as_ref().unwrap())
}

impl Watch {
    /// A watch that offers these lists; both its sources answer, and the store was read.
    pub(super) fn offering_lists(lists: &[Checklist]) -> Self {
        let mut watch = Self::new();
        watch.app.profile.checklists = lists.iter().cloned().map(Arc::new).collect();
        watch
    }

    pub(super) fn remember_lists(&mut self, memory: Memory) -> Update {
        self.tell(Msg::Memory(Box::new(memory)))
    }

    pub(super) fn list_ids(&self) -> Vec<&str> {
        self.app.walks.rows.iter().map(|row| row.list.id.as_str()).collect()
    }

    /// Titles of what fires.
    pub(super) fn titles_firing(&self) -> Vec<&str> {
        let open = self.app.board.incidents().filter(|incident| incident.is_open());
        open.map(|incident| incident.title.as_str()).collect()
    }

    /// A list stands so from now on.
    pub(super) fn list_stands(&mut self, id: &str, state: State) -> Update {
        let since = self.now - TimeDelta::hours(2);
        let standing =
            Standing { state, due: Some(since), overdue_from: Some(since), missed: 3, streak: 0, changes: None };
        let rows = self.app.walks.rows.iter().map(|row| {
            let standing = if row.list.id.as_str() == id { standing.clone() } else { row.standing.clone() };
            ListRow { standing, ..row.clone() }
        });
        self.app.walks.rows = rows.collect();
        let mut update = Update::default();
        self.app.settle_own(&mut update.effects);
        update
    }
}

pub(super) fn orders(update: &Update) -> Vec<&WalkOrder> {
    let order = |effect: &'_ Effect| matches!(effect, Effect::Walk(_));
    let walks = update.effects.iter().filter(|effect| order(effect));
    walks.filter_map(|effect| if let Effect::Walk(order) = effect { Some(&**order) } else { None }).collect()
}
