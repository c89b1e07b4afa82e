//! Keys and messages in, model and effects out.

mod clock;
pub(crate) mod healing;
pub(crate) mod prompts;
pub(crate) mod remedies;
mod requests;
mod runs;
mod storm;
pub(crate) mod windows;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use chrono::TimeDelta;

use crate::app::act::{Deed, Did, Done};
use crate::app::entry::Edit;
use crate::app::guard::Guard;
use crate::app::keys::KeyTable;
use crate::app::overlay::Overlay;
use crate::app::{Action, App, Changed, Effect, Msg, Place, Profile, Update, View};
use crate::board::{Answer, Board, BoardRules, LocalAck, Memory, SourceEvent, SourceReport};
use crate::domain::alert::AlertChanges;
use crate::domain::mute::{AckRules, Cover, MuteKind};
use crate::domain::{
    Alert, AlertState, Fingerprint, IncidentId, Labels, Matcher, Moment, Mute, MuteId, Operator, Rated, Severity,
    SourceName, SourceStatus,
};

const EVERY: Duration = Duration::from_secs(5);

pub(crate) fn start() -> Moment {
    "2026-11-21T03:12:00Z".parse().unwrap()
}

pub(crate) fn am() -> SourceName {
    SourceName::new("am")
}

fn prom() -> SourceName {
    SourceName::new("prom")
}

/// A watch of one Alertmanager and one Prometheus, driven as the runtime drives it.
pub(crate) struct Watch {
    pub(crate) app: App,
    pub(crate) now: Moment,
}

impl Watch {
    pub(crate) fn new() -> Self {
        let status = |name: SourceName, kind| SourceStatus::new(name, kind, EVERY);
        let rules = BoardRules { operator: "ana".to_owned(), ..BoardRules::default() };
        let board = Board::new(rules, vec![status(am(), "alertmanager"), status(prom(), "prometheus")]);
        let profile = Profile {
            environment: Some("prod-eu".to_owned()),
            operator: Operator::new("ana", "bastion"),
            acks: BTreeMap::from([(am(), AckRules::default())]),
            ..Profile::default()
        };
        let app = App::new(board, profile, Guard::default(), Arc::new(KeyTable::default()), start());
        Self { app, now: start() }
    }

    pub(crate) fn tell(&mut self, msg: Msg) -> Update {
        self.app.update(self.now, msg)
    }

    pub(crate) fn press(&mut self, action: Action) -> Update {
        self.tell(Msg::Action(action))
    }

    pub(crate) fn type_text(&mut self, text: &str) {
        for character in text.chars() {
            self.tell(Msg::Edit(Edit::Insert(character)));
        }
    }

    pub(crate) fn answer(&mut self, source: SourceName, alerts: Vec<Alert>, mutes: Option<Vec<Mute>>) -> Update {
        let told = alerts.into_iter().map(Arc::new).collect();
        let changes = AlertChanges { told, gone: Vec::new() };
        self.report(source, Answer { alerts: Some(changes), mutes, ..Answer::default() })
    }

    pub(crate) fn report(&mut self, source: SourceName, answer: Answer) -> Update {
        let event = SourceEvent::Answered(Box::new(answer));
        self.tell(Msg::Source(SourceReport { source, at: self.now, took: Duration::ZERO, event }))
    }

    pub(crate) fn fail(&mut self, source: SourceName) -> Update {
        let event = SourceEvent::Failed { cause: "connection refused".to_owned(), retry: None };
        self.tell(Msg::Source(SourceReport { source, at: self.now, took: Duration::ZERO, event }))
    }

    pub(crate) fn the_incident(&self) -> IncidentId {
        self.app.board.incidents().next().unwrap().id
    }

    pub(crate) fn said(&self) -> String {
        self.app.toasts.iter().map(|toast| toast.words.as_str()).collect::<Vec<_>>().join("\n")
    }
}

fn alert(pairs: &[(&str, &str)]) -> Alert {
    let labels: Labels = pairs.iter().copied().collect();
    Alert {
        fingerprint: Fingerprint::of(&labels),
        labels,
        annotations: Labels::default(),
        since: start() - TimeDelta::minutes(4),
        state: AlertState::Firing,
        rated: Rated::known(Severity::Critical),
        silenced_by: Vec::new(),
        inhibited_by: Vec::new(),
        value: None,
        link: None,
    }
}

pub(crate) fn errors_on(instance: &str) -> Alert {
    alert(&[("alertname", "CheckoutErrorsHigh"), ("service", "checkout"), ("pod", instance), ("severity", "critical")])
}

fn ack_of(id: &str, by: &str) -> Mute {
    Mute {
        id: MuteId::new(id),
        kind: MuteKind::Ack,
        source: Some(am()),
        cover: Cover::Matchers(vec![Matcher::equal("service", "checkout")]),
        by: by.to_owned(),
        comment: String::new(),
        starts: start(),
        ends: start() + TimeDelta::minutes(15),
        pending: false,
    }
}

pub(crate) fn acts(update: &Update) -> Vec<&crate::app::Act> {
    fn act(effect: &Effect) -> Option<&crate::app::Act> {
        match effect {
            Effect::Act(act) => Some(&**act),
            _ => None,
        }
    }
    update.effects.iter().filter_map(act).collect()
}

#[test]
fn a_acks_with_the_stable_labels_and_the_prefix_and_u_takes_it_back() {
    let mut watch = Watch::new();
    watch.answer(am(), vec![errors_on("pod-1"), errors_on("pod-2")], Some(Vec::new()));
    let update = watch.press(Action::Ack);
    let act = acts(&update)[0].clone();
    let [Deed::CreateSilence { source, silence, ack: Some(ack) }] = act.deeds.as_slice() else {
        panic!("one silence: {:?}", act.deeds)
    };
    assert_eq!(*source, am());
    assert_eq!(
        silence.matchers.iter().map(|matcher| matcher.name.as_str()).collect::<Vec<_>>(),
        ["alertname", "service", "severity"]
    );
    assert!(silence.comment.starts_with("ACK! ana"), "{}", silence.comment);
    assert_eq!(silence.ends - silence.starts, TimeDelta::minutes(15));
    assert!(ack.renews);
    let did = vec![Did { deed: act.deeds[0].clone(), id: Some(MuteId::new("s1")) }];
    let update = watch.tell(Msg::Done(Done { token: act.token, did, failure: None, at: start() }));
    assert!(update.effects.contains(&Effect::Refresh(Some(am()))));
    assert!(watch.said().contains("acked CheckoutErrorsHigh"));
    let update = watch.press(Action::Undo);
    assert_eq!(acts(&update)[0].deeds, [Deed::ExpireSilence { source: am(), id: MuteId::new("s1") }]);
}

#[test]
fn a_second_press_while_the_first_is_under_way_does_nothing() {
    let mut watch = Watch::new();
    watch.answer(am(), vec![errors_on("pod-1")], None);
    assert_eq!(acts(&watch.press(Action::Ack)).len(), 1);
    assert_eq!(acts(&watch.press(Action::Ack)).len(), 0);
}

#[test]
fn somebody_elses_ack_is_asked_about_and_no_is_the_default() {
    let mut watch = Watch::new();
    let covered = Alert { state: AlertState::Silenced, silenced_by: vec!["s1".to_owned()], ..errors_on("pod-1") };
    watch.answer(am(), vec![covered], Some(vec![ack_of("s1", "bo")]));
    assert!(acts(&watch.press(Action::Undo)).is_empty());
    let Some(Overlay::Confirm(confirm)) = &watch.app.overlay else { panic!("a question") };
    assert!(confirm.question.contains("bo") && confirm.question.contains("prod-eu"), "{}", confirm.question);
    assert!(!confirm.yes);
    assert!(acts(&watch.press(Action::Accept)).is_empty(), "Enter takes the default");
    watch.press(Action::Undo);
    assert_eq!(acts(&watch.press(Action::Yes)).len(), 1);
}

#[test]
fn read_only_makes_no_act_until_it_is_lifted() {
    let mut watch = Watch::new();
    watch.app.guard = Guard { read_only: true, may_write: true, write_until: None };
    watch.answer(am(), vec![errors_on("pod-1")], None);
    for action in Action::all() {
        let update = watch.press(action);
        assert!(acts(&update).is_empty(), "{action}");
        watch.app.overlay = None;
        watch.app.paused = None;
        watch.app.incidents.only_critical = false;
        watch.press(Action::View(View::Watch));
    }
    watch.press(Action::Write);
    watch.press(Action::Accept);
    assert_eq!(acts(&watch.press(Action::Ack)).len(), 1);
    watch.now += TimeDelta::minutes(16);
    watch.tell(Msg::Tick);
    assert!(acts(&watch.press(Action::Ack)).is_empty());
}

#[test]
fn a_question_about_an_incident_that_resolved_meanwhile_does_nothing() {
    let mut watch = Watch::new();
    watch.answer(am(), vec![errors_on("pod-1")], None);
    watch.press(Action::Mark);
    watch.press(Action::AckMarked);
    let gone = AlertChanges { told: Vec::new(), gone: vec![errors_on("pod-1").fingerprint] };
    watch.report(am(), Answer { alerts: Some(gone), ..Answer::default() });
    assert!(acts(&watch.press(Action::Yes)).is_empty());
    assert!(watch.said().contains("resolved meanwhile"), "{}", watch.said());
}

#[test]
fn a_paste_never_triggers_keys() {
    let mut watch = Watch::new();
    watch.answer(am(), vec![errors_on("pod-1")], None);
    let update = watch.tell(Msg::Paste("aaauuq\ny".to_owned()));
    assert!(update.effects.is_empty());
    watch.press(Action::Comment);
    watch.tell(Msg::Paste("pool is full\nsince 03:06\u{1b}[31m".to_owned()));
    let update = watch.press(Action::Accept);
    assert_eq!(acts(&update)[0].entry.detail, "pool is full since 03:06");
}

#[test]
fn the_cursor_holds_on_to_its_incident_while_rows_come_and_go() {
    let mut watch = Watch::new();
    let quiet = |name| Alert { rated: Rated::known(Severity::Low), ..alert(&[("alertname", name), ("service", "x")]) };
    watch.answer(am(), vec![quiet("A"), quiet("B")], None);
    watch.press(Action::Down);
    let selected = watch.app.incidents.selected();
    watch.answer(am(), vec![errors_on("pod-1")], None);
    assert_eq!(watch.app.incidents.selected(), selected);
    assert_eq!(watch.app.incidents.place(), 2);
}

#[test]
fn a_failed_fetch_resolves_nothing_and_is_told_once() {
    let mut watch = Watch::new();
    watch.answer(am(), vec![errors_on("pod-1")], None);
    let update = watch.fail(am());
    assert!(watch.app.board.incidents().all(|incident| incident.is_open() && incident.stale));
    assert!(update.effects.iter().any(|effect| matches!(effect, Effect::Notice { .. })));
    let update = watch.fail(am());
    assert_eq!(update, Update::default(), "the same failure again draws nothing and rings no more");
}

#[test]
fn a_heartbeat_changes_nothing() {
    let mut watch = Watch::new();
    watch.answer(am(), vec![errors_on("pod-1")], None);
    let report = SourceReport { source: am(), at: start(), took: EVERY, event: SourceEvent::Heartbeat };
    assert_eq!(watch.tell(Msg::Source(report)), Update::default());
}

#[test]
fn a_silence_needs_a_reason_and_shows_what_it_hits() {
    let mut watch = Watch::new();
    watch.answer(am(), vec![errors_on("pod-1"), errors_on("pod-2")], None);
    watch.press(Action::Silence);
    assert!(acts(&watch.press(Action::Accept)).is_empty());
    assert!(watch.said().contains("say why"));
    watch.type_text("deploy of v813");
    watch.press(Action::Accept);
    let Some(Overlay::Confirm(confirm)) = &watch.app.overlay else { panic!("a question") };
    assert!(confirm.consequences.iter().any(|line| line.contains("2 now: CheckoutErrorsHigh ×2")));
    let update = watch.press(Action::Yes);
    let [Deed::CreateSilence { silence, ack: None, .. }] = acts(&update)[0].deeds.as_slice() else { panic!("one") };
    assert_eq!(silence.comment, "deploy of v813");
}

#[test]
fn a_snooze_hides_for_me_and_is_counted() {
    let mut watch = Watch::new();
    watch.answer(am(), vec![errors_on("pod-1")], None);
    watch.press(Action::Snooze);
    let update = watch.press(Action::Accept);
    let [Deed::Snooze(snoozed)] = acts(&update)[0].deeds.as_slice() else { panic!("a snooze") };
    let memory = Memory { snoozes: vec![snoozed.clone()], ..Memory::default() };
    watch.tell(Msg::Memory(Box::new(memory)));
    assert_eq!((watch.app.incidents.len(), watch.app.board.summary(watch.now).snoozed), (0, 1));
    watch.now += TimeDelta::minutes(31);
    watch.tell(Msg::Tick);
    assert_eq!((watch.app.incidents.len(), watch.app.board.summary(watch.now).snoozed), (1, 0));
}

#[test]
fn an_ack_renews_itself_only_while_the_alert_fires_and_only_mine() {
    let mut watch = Watch::new();
    let covered = Alert { state: AlertState::Silenced, silenced_by: vec!["s1".to_owned()], ..errors_on("pod-1") };
    watch.answer(am(), vec![covered], Some(vec![ack_of("s1", "ana")]));
    let ack = LocalAck {
        id: MuteId::new("s1"),
        source: Some(am()),
        incident: watch.the_incident(),
        by: Operator::new("ana", "bastion"),
        comment: String::new(),
        starts: start(),
        ends: start() + TimeDelta::minutes(15),
        limit: start() + TimeDelta::hours(12),
        renews: true,
    };
    let other = LocalAck { id: MuteId::new("s2"), by: Operator::new("ana", "elsewhere"), ..ack.clone() };
    watch.tell(Msg::Memory(Box::new(Memory { acks: vec![ack, other], ..Memory::default() })));
    watch.now += TimeDelta::minutes(9);
    assert!(watch.tell(Msg::Tick).effects.is_empty(), "more than a third is left");
    watch.now += TimeDelta::minutes(1);
    assert!(watch.tell(Msg::Tick).effects.is_empty(), "a source that is late is not believed");
    watch.report(am(), Answer::default());
    watch.tell(Msg::Tick);
    assert!(watch.app.renewing.contains_key(&MuteId::new("s1")));
    assert!(!watch.app.renewing.contains_key(&MuteId::new("s2")), "another host's ack is its own business");
    assert!(watch.app.farewell().join(" ").contains("CheckoutErrorsHigh lapses at 03:27"));
}

#[test]
fn the_palette_finds_by_a_few_letters_and_takes_an_argument() {
    let mut watch = Watch::new();
    watch.answer(am(), vec![errors_on("pod-1")], None);
    watch.press(Action::Palette);
    watch.type_text("mutes");
    watch.press(Action::Accept);
    assert_eq!(watch.app.place(), Place::View(View::Mutes));
    watch.press(Action::View(View::Watch));
    watch.press(Action::Palette);
    watch.type_text("snooze 2h");
    let update = watch.press(Action::Accept);
    let [Deed::Snooze(snoozed)] = acts(&update)[0].deeds.as_slice() else { panic!("a snooze") };
    assert_eq!(snoozed.until - snoozed.starts, TimeDelta::hours(2));
}

#[test]
fn a_filter_narrows_while_it_is_typed_and_esc_puts_it_back() {
    let mut watch = Watch::new();
    watch.answer(am(), vec![errors_on("pod-1"), alert(&[("alertname", "Disk"), ("service", "db")])], None);
    watch.press(Action::Filter);
    watch.type_text("service=db");
    assert_eq!(watch.app.incidents.len(), 1);
    watch.press(Action::Cancel);
    assert_eq!(watch.app.incidents.len(), 2);
    watch.press(Action::Filter);
    watch.type_text("@ackd=no");
    let Some(Overlay::Filter { problem: Some(problem), .. }) = &watch.app.overlay else { panic!("a problem") };
    assert!(problem.contains("@acked"), "{problem}");
}

#[test]
fn paused_updates_change_nothing_on_the_screen_and_go_on_below() {
    let mut watch = Watch::new();
    watch.answer(am(), vec![errors_on("pod-1")], None);
    watch.press(Action::Pause);
    let update = watch.answer(am(), vec![alert(&[("alertname", "Disk"), ("service", "db")])], None);
    assert_eq!(update.changed, Changed::No);
    assert_eq!((watch.app.incidents.len(), watch.app.shown().incidents().count()), (1, 1));
    watch.press(Action::Pause);
    assert_eq!(watch.app.incidents.len(), 2);
}

#[test]
fn an_incident_that_only_prometheus_tells_is_acked_in_the_store() {
    let mut watch = Watch::new();
    watch.answer(prom(), vec![errors_on("pod-1")], None);
    let update = watch.press(Action::Ack);
    assert!(matches!(acts(&update)[0].deeds.as_slice(), [Deed::KeepAck(_)]));
}

#[test]
fn leaving_at_the_root_is_q_and_never_esc() {
    let mut watch = Watch::new();
    assert!(watch.press(Action::Back).effects.is_empty());
    watch.press(Action::View(View::Journal));
    assert!(watch.press(Action::Quit).effects.is_empty());
    assert_eq!(watch.app.place(), Place::View(View::Watch));
    assert_eq!(watch.press(Action::Quit).effects, [Effect::Quit]);
}
