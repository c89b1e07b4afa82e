//! From `x` to a wish: which remedy, with which values. And what the other tests of remedies stand on.

use super::*;
use crate::app::overlay::{ParamForm, RemedyPrompt};
use crate::board::{Answer, SourceEvent};
use crate::domain::remediation::kind::Kind;
use crate::domain::remediation::param::{Param, ParamKind};
use crate::domain::remediation::pattern::Pattern;
use crate::domain::remediation::plan::{Call, ProcessCall};
use crate::domain::remediation::wish::{Prepared, What};
use crate::domain::remediation::{Confirm, Origin, Plan, Precondition, Remedy, RemedyId, Template, Wish};
use crate::domain::signal::{SignalKey, SignalUpdate};
use crate::domain::{Reading, Signal, SignalKind, SignalLevel};

pub(crate) fn param(name: &str, label: Option<&str>, kind: ParamKind) -> Param {
    Param { name: name.into(), kind, label: label.map(Into::into), default: None, help: String::new() }
}

pub(crate) fn text(name: &str, label: Option<&str>) -> Param {
    param(name, label, ParamKind::Text(Pattern::new("[a-z0-9-]{1,32}").unwrap()))
}

pub(crate) fn remedy(id: &str, params: Vec<Param>) -> Remedy {
    let words = |words: &[&str]| words.iter().map(|word| Template::parse(word).unwrap()).collect();
    Remedy {
        id: RemedyId::new(id),
        title: format!("Title of {id}"),
        help: String::new(),
        matchers: vec![Matcher::equal("service", "checkout")],
        environments: Vec::new(),
        kind: Kind::Command(words(&["systemctl", "restart", "checkout"])),
        dry_run: None,
        verify: None,
        require: Vec::new(),
        confirm: Confirm::Type,
        approvals: 1,
        cooldown: TimeDelta::minutes(10),
        timeout: TimeDelta::seconds(60),
        grace: TimeDelta::seconds(5),
        watch: TimeDelta::minutes(10),
        target: None,
        params,
        env: Vec::new(),
        cwd: "/".into(),
        exits: BTreeMap::new(),
        auto: None,
        origin: Origin::File("/etc/midwatch/config.toml".into()),
    }
}

pub(crate) fn call(argv: &[&str]) -> Call {
    let argv = argv.iter().map(|word| (*word).to_owned()).collect();
    Call::Process(ProcessCall { argv, script: None, env: Vec::new(), cwd: "/".into() })
}

/// What the runtime would plan, as far as the app looks at it.
pub(crate) fn plan(watch: &Watch, wish: &Wish) -> Plan {
    let id = match &wish.what {
        What::Remedy(id) => id.clone(),
        What::Step(_, step) => RemedyId::new(&format!("checkout-errors-{}", step.number)),
    };
    let declared = watch.app.profile.remedy(&id);
    Plan {
        title: declared.map_or_else(String::new, |remedy| remedy.title.clone()),
        confirm: declared.map_or(Confirm::Ask, |remedy| remedy.confirm),
        approvals: declared.map_or(1, |remedy| remedy.approvals),
        dry_run: declared.and_then(|remedy| remedy.dry_run.as_ref()).map(|_| call(&["systemctl", "status"])),
        remedy: id,
        target: "checkout-7".to_owned(),
        incident: wish.incident,
        subject: wish.subject.clone(),
        environment: Some("prod-eu".to_owned()),
        values: Vec::new(),
        run: call(&["/usr/bin/systemctl", "restart", "checkout@checkout-7"]),
        verify: None,
        checks: Vec::new(),
        cooldown: TimeDelta::minutes(10),
        timeout: TimeDelta::seconds(60),
        grace: TimeDelta::seconds(5),
        watch: TimeDelta::minutes(10),
        exits: BTreeMap::new(),
        origin: Origin::Shipped,
        hash: format!("{:064x}", wish.token),
    }
}

impl Watch {
    /// A watch with these remedies, over alerts of checkout on these pods.
    pub(crate) fn with(remedies: Vec<Remedy>, pods: &[&str]) -> Self {
        let mut watch = Self::new();
        watch.app.profile.remedies = remedies.into();
        watch.answer(am(), pods.iter().map(|pod| errors_on(pod)).collect(), None);
        watch
    }

    /// The wish that was handed over to be planned.
    pub(crate) fn wished(update: &Update) -> Wish {
        let wish = update.effects.iter().find_map(|effect| match effect {
            Effect::Prepare(wish) => Some(Wish::clone(wish)),
            _ => None,
        });
        wish.unwrap_or_else(|| panic!("nothing is to be planned: {:?}", update.effects))
    }

    /// The runtime planned it.
    pub(crate) fn planned(&mut self, wish: &Wish, hurdles: &[&str]) -> Update {
        let plan = Ok(plan(self, wish));
        let hurdles = hurdles.iter().map(|words| (*words).to_owned()).collect();
        self.tell(Msg::Prepared(Box::new(Prepared { wish: wish.clone(), plan, hurdles, last: None })))
    }

    pub(crate) fn form(&self) -> &ParamForm {
        let Some(Overlay::Params(form)) = &self.app.overlay else { panic!("no form: {:?}", self.app.overlay) };
        form
    }

    pub(crate) fn prompt(&self) -> &RemedyPrompt {
        let Some(Overlay::Remedy(prompt)) = &self.app.overlay else { panic!("no prompt: {:?}", self.app.overlay) };
        prompt
    }

    /// The incident's alerts are gone from the next answer.
    pub(crate) fn resolve(&mut self, pods: &[&str]) -> Update {
        let gone = pods.iter().map(|pod| errors_on(pod).fingerprint).collect();
        let changes = AlertChanges { told: Vec::new(), gone };
        self.report(am(), Answer { alerts: Some(changes), ..Answer::default() })
    }
}

#[test]
fn one_remedy_that_fits_is_planned_with_the_labels_of_its_alerts() {
    let mut watch = Watch::with(vec![remedy("restart-checkout", vec![text("pod", Some("pod"))])], &["pod-1"]);
    let wish = Watch::wished(&watch.press(Action::Remedy));
    assert_eq!(wish.what, What::Remedy(RemedyId::new("restart-checkout")));
    assert_eq!(wish.incident, Some(watch.the_incident()));
    assert_eq!(wish.labels.get("pod"), Some("pod-1"));
    assert!(wish.values.is_empty(), "what a label says is left to the label: {:?}", wish.values);
    assert_eq!(watch.prompt().title, "Title of restart-checkout");
    assert!(watch.prompt().prepared.is_none(), "it is planned now");
}

#[test]
fn where_none_fits_it_is_said_what_to_do_by_hand() {
    let mut watch = Watch::with(Vec::new(), &["pod-1"]);
    assert!(watch.press(Action::Remedy).effects.is_empty());
    assert!(watch.said().contains("no remedy is declared for this; the runbook (r)"), "{}", watch.said());
    let elsewhere = Remedy { environments: vec!["staging".to_owned()], ..remedy("restart-checkout", Vec::new()) };
    let mut watch = Watch::with(vec![elsewhere], &["pod-1"]);
    watch.press(Action::Remedy);
    assert!(watch.said().contains("restart-checkout is for this, but may not run in prod-eu"), "{}", watch.said());
}

#[test]
fn several_are_a_menu_with_their_last_runs() {
    let mut watch = Watch::with(vec![remedy("restart", Vec::new()), remedy("drain", Vec::new())], &["pod-1"]);
    watch.press(Action::Remedy);
    let Some(Overlay::Menu(menu)) = &mut watch.app.overlay else { panic!("a menu") };
    assert_eq!(menu.rows.len(), 2);
    assert_eq!(menu.rows[0].info, "never ran");
    menu.at = 1;
    let wish = Watch::wished(&watch.press(Action::Accept));
    assert_eq!(wish.what, What::Remedy(RemedyId::new("drain")));
}

#[test]
fn where_the_alerts_differ_their_values_are_chosen_from_and_none_is_taken_for_granted() {
    let mut watch = Watch::with(vec![remedy("restart", vec![text("pod", Some("pod"))])], &["pod-2", "pod-1", "Pod_Ä"]);
    assert!(watch.press(Action::Remedy).effects.is_empty(), "nothing is planned before it is chosen");
    let field = &watch.form().fields[0];
    assert_eq!(
        (field.choices.as_slice(), field.entry.text()),
        (["pod-1".to_owned(), "pod-2".to_owned()].as_slice(), "")
    );
    assert!(watch.press(Action::Accept).effects.is_empty());
    assert_eq!(watch.form().fields[0].problem.as_deref(), Some("choose the pod with the arrows"));
    watch.tell(Msg::Edit(Edit::Right));
    watch.tell(Msg::Edit(Edit::Right));
    watch.type_text("x");
    watch.tell(Msg::Paste("pod-9".to_owned()));
    let wish = Watch::wished(&watch.press(Action::Accept));
    assert_eq!(wish.values, BTreeMap::from([("pod".to_owned(), "pod-2".to_owned())]));
}

#[test]
fn what_nothing_tells_is_typed_and_checked_while_it_is_typed() {
    let whole = ParamKind::Number { min: Some(1.0), max: Some(9.0), whole: true };
    let params = vec![text("pod", Some("pod")), param("replicas", None, whole)];
    let mut watch = Watch::with(vec![remedy("scale", params)], &["pod-1"]);
    watch.press(Action::Remedy);
    assert_eq!(watch.form().at, 1, "the cursor stands where something is missing");
    assert!(watch.form().fields[1].help.contains("a whole number from 1 to 9"));
    watch.type_text("12");
    assert!(watch.form().fields[1].problem.as_ref().unwrap().contains("between 1 and 9"));
    watch.tell(Msg::Edit(Edit::Backspace));
    assert_eq!(watch.form().fields[1].problem, None);
    let wish = Watch::wished(&watch.press(Action::Accept));
    assert_eq!(wish.values, BTreeMap::from([("replicas".to_owned(), "1".to_owned())]), "pod is still the label's");
    watch.planned(&wish, &[]);
    watch.press(Action::RemedyParams);
    assert_eq!(watch.form().fields[1].entry.text(), "1", "Ctrl-e begins with what there is");
}

#[test]
fn a_label_that_does_not_fit_is_asked_for_and_told() {
    let mut watch = Watch::with(vec![remedy("restart", vec![text("pod", Some("pod"))])], &["$(reboot)"]);
    assert!(watch.press(Action::Remedy).effects.is_empty());
    let field = &watch.form().fields[0];
    assert_eq!(field.entry.text(), "$(reboot)");
    assert!(field.problem.as_ref().unwrap().contains("must match"), "{field:?}");
    assert!(watch.press(Action::Accept).effects.is_empty());
}

#[test]
fn a_secret_is_handed_over_hidden_and_printed_nowhere() {
    let mut watch = Watch::with(vec![remedy("rotate", vec![param("token", None, ParamKind::Secret)])], &["pod-1"]);
    watch.press(Action::Remedy);
    watch.type_text("hunter2");
    assert!(!format!("{:?}", watch.app).contains("hunter2"));
    let update = watch.press(Action::Accept);
    let wish = Watch::wished(&update);
    assert_eq!(wish.secrets["token"].reveal(), "hunter2");
    watch.planned(&wish, &[]);
    watch.type_text("rotate");
    let ran = watch.press(Action::Accept);
    let told = format!("{:?} {update:?} {ran:?} {}", watch.app, serde_json::to_string(&ran).unwrap());
    assert!(!told.contains("hunter2"));
    assert!(!serde_json::to_string(&update).unwrap().contains("hunter2"));
}

#[test]
fn the_signals_of_preconditions_are_handed_over_and_unknown_ones_as_unknown() {
    let signal = |service: Option<&str>, signal: &str| Precondition::Signal {
        service: service.map(str::to_owned),
        signal: signal.to_owned(),
        comparison: ">".to_owned(),
        bound: 1.0,
    };
    let require = vec![signal(None, "errors"), signal(None, "saturation cpu"), signal(Some("search"), "errors")];
    let mut watch = Watch::with(vec![Remedy { require, ..remedy("restart", Vec::new()) }], &["pod-1"]);
    let told = |kind, label: &str, value| SignalUpdate {
        signal: Signal {
            key: SignalKey { service: "checkout".to_owned(), kind, part: String::new() },
            label: label.to_owned(),
            unit: "%".to_owned(),
            warn: Some(0.5),
            critical: Some(1.0),
            source: prom(),
        },
        readings: vec![Reading { at: start(), value }],
        problem: None,
    };
    let signals = vec![told(SignalKind::Errors, "", Some(4.7)), told(SignalKind::Saturation, "cpu", None)];
    watch.report(prom(), Answer { signals, ..Answer::default() });
    let wish = Watch::wished(&watch.press(Action::Remedy));
    let unknown = |service: &str, name: &str| (service.to_owned(), name.to_owned(), None, SignalLevel::Unknown);
    let errors = ("checkout".to_owned(), "errors".to_owned(), Some(4.7), SignalLevel::Critical);
    assert_eq!(wish.signals, [errors, unknown("checkout", "saturation cpu"), unknown("search", "errors")]);
    let event = SourceEvent::Failed { cause: "refused".to_owned(), retry: None };
    watch.now += TimeDelta::minutes(5);
    watch.tell(Msg::Source(SourceReport { source: prom(), at: watch.now, took: Duration::ZERO, event }));
    watch.press(Action::Cancel);
    let wish = Watch::wished(&watch.press(Action::Remedy));
    assert_eq!(wish.signals[0], unknown("checkout", "errors"), "a source that is away tells nothing");
}

#[test]
fn in_the_remedies_view_one_that_fits_is_for_the_highlighted_incident_and_others_for_none() {
    let other =
        Remedy { matchers: vec![Matcher::equal("service", "db")], ..remedy("vacuum", vec![text("table", None)]) };
    let mut watch = Watch::with(vec![other, remedy("restart", Vec::new())], &["pod-1"]);
    watch.press(Action::View(View::Remedies));
    let wish = Watch::wished(&watch.press(Action::Remedy));
    assert_eq!((wish.what, wish.incident), (What::Remedy(RemedyId::new("restart")), Some(watch.the_incident())));
    watch.press(Action::Cancel);
    watch.press(Action::Down);
    watch.press(Action::Open);
    let form = watch.form();
    assert_eq!((&form.wish.what, form.wish.incident), (&What::Remedy(RemedyId::new("vacuum")), None));
    assert_eq!(form.fields[0].name, "table");
}

#[test]
fn a_resolved_incident_has_nothing_to_remedy() {
    let mut watch = Watch::with(vec![remedy("restart", Vec::new())], &["pod-1"]);
    watch.resolve(&["pod-1"]);
    assert!(watch.press(Action::Remedy).effects.is_empty());
    assert!(watch.said().contains("has resolved"), "{}", watch.said());
}
