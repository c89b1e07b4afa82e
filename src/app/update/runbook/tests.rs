//! An operator with a runbook, key by key.

mod flows;
mod reading;

use std::sync::Arc;
use std::time::Duration;

use crate::app::act::{Deed, Did, Done};
use crate::app::desk::Page;
use crate::app::entry::Edit;
use crate::app::guard::Guard;
use crate::app::keys::KeyTable;
use crate::app::{Act, Action, App, Effect, Msg, Profile, Update};
use crate::board::{Answer, Board, BoardRules, Memory, SourceEvent, SourceReport};
use crate::domain::alert::AlertChanges;
use crate::domain::runbook::laid::made;
use crate::domain::runbook::{Catalogue, Found, Runbook};
use crate::domain::{
    Alert, AlertState, Fingerprint, IncidentId, Labels, Matcher, Moment, Operator, Rated, Severity, SourceName,
    SourceStatus,
};

fn start() -> Moment {
    "2026-11-21T03:12:00Z".parse().unwrap()
}

fn file() -> Found {
    Found::File("/etc/midwatch/runbooks/checkout-errors.md".into())
}

fn runbook(found: Found) -> Box<Runbook> {
    let (document, hash) = (made::document(), "0".repeat(64));
    Box::new(Runbook { found, document, dated: Some(start()), kept: None, untrusted: None, hash })
}

/// A watch over two incidents: one that has a runbook, one that has none.
struct Watch {
    app: App,
    now: Moment,
}

impl Watch {
    fn new() -> Self {
        let rules = BoardRules { operator: "ana".to_owned(), ..BoardRules::default() };
        let status = SourceStatus::new(SourceName::new("am"), "alertmanager", Duration::from_secs(5));
        let catalogue = Catalogue {
            matched: vec![(
                vec![Matcher::equal("alertname", "CheckoutErrorsHigh")],
                "/etc/midwatch/runbooks/checkout-errors.md".into(),
            )],
            roots: vec![("https://wiki.example/".to_owned(), "/srv/wiki".into())],
            shipped: vec![("disk-full".to_owned(), vec!["DiskFull".to_owned()])],
            ..Catalogue::default()
        };
        let profile = Profile {
            environment: Some("prod-eu".to_owned()),
            operator: Operator::new("ana", "bastion"),
            catalogue: Arc::new(catalogue),
            ..Profile::default()
        };
        let board = Board::new(rules, vec![status]);
        let app = App::new(board, profile, Guard::default(), Arc::new(KeyTable::default()), start());
        let mut watch = Self { app, now: start() };
        watch.tell(Msg::Resize { columns: 120, rows: 36 });
        watch.fire(vec![checkout("checkout-7"), checkout("checkout-2"), alert("QueueStuck", "mailer", "m-1")]);
        watch
    }

    fn tell(&mut self, msg: Msg) -> Update {
        self.app.update(self.now, msg)
    }

    fn press(&mut self, action: Action) -> Update {
        self.tell(Msg::Action(action))
    }

    fn type_text(&mut self, text: &str) {
        for character in text.chars() {
            self.tell(Msg::Edit(Edit::Insert(character)));
        }
    }

    fn fire(&mut self, alerts: Vec<Alert>) {
        self.change(AlertChanges { told: alerts.into_iter().map(Arc::new).collect(), gone: Vec::new() });
    }

    fn change(&mut self, alerts: AlertChanges) {
        let answer = Answer { alerts: Some(alerts), ..Answer::default() };
        let event = SourceEvent::Answered(Box::new(answer));
        self.tell(Msg::Source(SourceReport { source: "am".into(), at: self.now, took: Duration::ZERO, event }));
    }

    fn incident(&self, title: &str) -> IncidentId {
        self.app.board.incidents().find(|incident| incident.title == title).unwrap().id
    }

    fn highlight(&mut self, title: &str) {
        let id = self.incident(title);
        self.app.incidents.select(id);
    }

    /// `r` on the checkout, answered.
    fn open(&mut self) {
        self.highlight("CheckoutErrorsHigh");
        self.press(Action::Runbook);
        self.answer(file());
    }

    fn answer(&mut self, found: Found) -> Update {
        self.tell(Msg::Runbook(found.clone(), Ok(runbook(found))))
    }

    fn page(&self) -> &Page {
        self.app.desk.page.as_ref().unwrap()
    }

    fn line(&self) -> String {
        self.page().line().unwrap().text()
    }

    /// The cursor at the line that has these words.
    fn go_to(&mut self, words: &str) {
        let at = self.page().laid.lines.iter().position(|line| line.text().contains(words)).unwrap();
        self.app.go_to_line(at);
    }

    fn done(&mut self, act: &Act, failure: Option<&str>) {
        let did = act.deeds.iter().map(|deed| Did { deed: deed.clone(), id: None });
        let did = if failure.is_some() { Vec::new() } else { did.collect() };
        let failure = failure.map(str::to_owned);
        self.tell(Msg::Done(Done { token: act.token, did, failure, at: self.now }));
    }

    fn remember(&mut self, memory: Memory) {
        self.tell(Msg::Memory(Box::new(memory)));
    }

    fn said(&self) -> String {
        self.app.toasts.iter().map(|toast| toast.words.as_str()).collect::<Vec<_>>().join("\n")
    }
}

fn alert(name: &str, service: &str, instance: &str) -> Alert {
    let labels: Labels = [("alertname", name), ("service", service), ("instance", instance)].into();
    Alert {
        fingerprint: Fingerprint::of(&labels),
        labels,
        annotations: [("summary", "customers cannot pay")].into(),
        since: start(),
        state: AlertState::Firing,
        rated: Rated::known(Severity::Critical),
        silenced_by: Vec::new(),
        inhibited_by: Vec::new(),
        value: None,
        link: None,
    }
}

fn checkout(instance: &str) -> Alert {
    alert("CheckoutErrorsHigh", "checkout", instance)
}

fn wishes(update: &Update) -> Vec<&crate::app::effect::RunbookWish> {
    fn wish(effect: &Effect) -> Option<&crate::app::effect::RunbookWish> {
        match effect {
            Effect::LoadRunbook(wish) => Some(&**wish),
            _ => None,
        }
    }
    update.effects.iter().filter_map(wish).collect()
}

fn act(update: &Update) -> &Act {
    fn act(effect: &Effect) -> Option<&Act> {
        match effect {
            Effect::Act(act) => Some(&**act),
            _ => None,
        }
    }
    update.effects.iter().find_map(act).unwrap()
}

fn deed(update: &Update) -> &Deed {
    &act(update).deeds[0]
}
