//! Maintenance windows: the form, its preview, its question, its act; ending one; and the header while it lasts.

use super::healing::window;
use super::*;
use crate::app::overlay::WindowForm;
use crate::domain::correlate::Grouping;
use crate::domain::maintenance::Window;
use crate::domain::mute::NewSilence;
use crate::domain::service::Service;

fn am2() -> SourceName {
    SourceName::new("am-2")
}

/// A watch of two Alertmanagers, in Berlin, with two alerts of checkout.
pub(crate) fn watch() -> Watch {
    let mut watch = Watch::new();
    let rules = BoardRules { operator: "ana".to_owned(), ..BoardRules::default() };
    rebuilt(&mut watch, rules);
    watch
}

fn rebuilt(watch: &mut Watch, rules: BoardRules) {
    let status = |name: SourceName| SourceStatus::new(name, "alertmanager", EVERY);
    watch.app.board = Board::new(rules, vec![status(am()), status(am2())]);
    watch.app.profile.acks.insert(am2(), AckRules::default());
    watch.app.profile.timezone = chrono_tz::Europe::Berlin;
    watch.answer(am(), vec![errors_on("pod-1"), errors_on("pod-2")], None);
}

pub(crate) fn form(watch: &Watch) -> &WindowForm {
    let Some(Overlay::Window(form)) = &watch.app.overlay else { panic!("no form: {:?}", watch.app.overlay) };
    form
}

fn question(watch: &Watch) -> (&str, &[String]) {
    let Some(Overlay::Confirm(confirm)) = &watch.app.overlay else { panic!("no question: {:?}", watch.app.overlay) };
    assert!(!confirm.yes, "No is the default");
    (&confirm.question, &confirm.consequences)
}

impl Watch {
    /// Moves to a field with Tab or S-Tab.
    pub(crate) fn goes_to(&mut self, field: usize) {
        for _ in 0..5 {
            match form(self).field.cmp(&field) {
                std::cmp::Ordering::Less => self.press(Action::PaneNext),
                std::cmp::Ordering::Greater => self.press(Action::PanePrevious),
                std::cmp::Ordering::Equal => return,
            };
        }
        assert_eq!(form(self).field, field);
    }

    /// Moves to a field and writes it anew.
    pub(crate) fn fills(&mut self, field: usize, words: &str) {
        self.goes_to(field);
        self.tell(Msg::Edit(Edit::DeleteToStart));
        self.type_text(words);
    }

    pub(crate) fn filled(starts: &str, ends: &str) -> Self {
        let mut watch = watch();
        watch.press(Action::Window);
        for (field, words) in [(1, starts), (2, ends), (3, "new database"), (4, "restore the snapshot")] {
            watch.fills(field, words);
        }
        watch
    }

    /// The window and the silences that are asked for in the end.
    pub(crate) fn agreed(&mut self) -> (Window, Vec<(SourceName, NewSilence)>) {
        self.press(Action::Accept);
        question(self);
        let update = self.press(Action::Yes);
        let [act] = acts(&update)[..] else { panic!("one act: {update:?} {}", self.said()) };
        let [Deed::OpenWindow { window, silences }] = act.deeds.as_slice() else { panic!("{:?}", act.deeds) };
        (window.clone(), silences.clone())
    }

    pub(crate) fn has(windows: Vec<Window>) -> Self {
        let mut watch = watch();
        watch.tell(Msg::Memory(Box::new(Memory { windows, ..Memory::default() })));
        watch
    }
}

#[test]
fn tab_goes_through_the_fields_and_the_preview_follows_what_is_typed() {
    let mut watch = watch();
    assert!(watch.press(Action::Window).effects.is_empty());
    assert_eq!((form(&watch).service.text(), form(&watch).field), ("checkout", 3), "the reason is what is missing");
    let mut steps = |action: Action| -> Vec<usize> {
        let step = |_| {
            watch.press(action);
            form(&watch).field
        };
        (0..5).map(step).collect()
    };
    assert_eq!(steps(Action::PanePrevious), [2, 1, 0, 0, 0]);
    assert_eq!(steps(Action::PaneNext), [1, 2, 3, 4, 4]);
    let said = |watch: &Watch| form(watch).preview.clone().unwrap().join("\n");
    assert!(said(&watch).contains("matches 2 now: CheckoutErrorsHigh ×2"), "{}", said(&watch));
    assert!(said(&watch).contains("covers  service=checkout at am, am-2"), "{}", said(&watch));
    watch.fills(2, "2h");
    assert!(said(&watch).contains("from now until 05:12 UTC (06:12 your time)"), "{}", said(&watch));
    watch.fills(2, "2 parsecs");
    assert!(form(&watch).preview.is_err());
    watch.fills(0, "search");
    watch.fills(2, "1h");
    assert!(said(&watch).contains("matches 0 now"), "{}", said(&watch));
    watch.fills(0, "");
    assert_eq!(form(&watch).preview, Err("say which service is worked on".to_owned()));
}

#[test]
fn a_reason_and_the_way_back_are_asked_for_before_anything_is_done() {
    let mut watch = watch();
    watch.press(Action::Window);
    assert!(watch.press(Action::Accept).effects.is_empty());
    let lacks = |watch: &Watch| form(watch).preview.clone().unwrap_err();
    assert!(lacks(&watch).contains("say why"), "{}", lacks(&watch));
    watch.fills(3, "new database");
    assert!(watch.press(Action::Accept).effects.is_empty());
    assert!(lacks(&watch).contains("say how to go back"), "{}", lacks(&watch));
    watch.fills(4, "   ");
    assert!(watch.press(Action::Accept).effects.is_empty());
    assert!(matches!(watch.app.overlay, Some(Overlay::Window(_))), "what was typed is not lost");
}

#[test]
fn the_question_tells_what_follows_and_the_act_has_a_silence_for_each_source() {
    let mut watch = Watch::filled("now", "2h");
    watch.press(Action::Accept);
    let (asked, follows) = question(&watch);
    assert_eq!(asked, "Begin maintenance of checkout in prod-eu?");
    let follows = follows.join("\n");
    for words in ["matches 2 now", "until 05:12 UTC (06:12 your time)", "new database", "restore the snapshot"] {
        assert!(follows.contains(words), "{words} in {follows}");
    }
    assert!(watch.press(Action::Accept).effects.is_empty(), "Enter is No");
    let mut watch = Watch::filled("now", "2h");
    let (window, silences) = watch.agreed();
    assert_eq!((window.service.as_str(), window.reason.as_str()), ("checkout", "new database"));
    assert_eq!((window.starts, window.ends), (start(), start() + TimeDelta::hours(2)));
    let (sources, silences): (Vec<_>, Vec<_>) = silences.into_iter().unzip();
    assert_eq!(sources, [am(), am2()]);
    for silence in silences {
        assert_eq!((silence.starts, silence.ends, silence.by.as_str()), (window.starts, window.ends, "ana"));
        assert_eq!(silence.comment, "maintenance of checkout: new database · to go back: restore the snapshot");
        assert_eq!(silence.matchers, [Matcher::equal("service", "checkout")]);
    }
}

#[test]
fn times_are_the_operators_and_spans_count_from_the_begin() {
    // It is 04:12 in Berlin.
    let at = |text: &str| text.parse::<Moment>().unwrap();
    let evening = at("2026-11-21T21:00:00Z");
    let table = [
        ("now", "90m", start(), start() + TimeDelta::minutes(90)),
        ("in 2h", "1h", start() + TimeDelta::hours(2), start() + TimeDelta::hours(3)),
        ("22:00", "2h", evening, evening + TimeDelta::hours(2)),
        ("22:00", "until 23:30", evening, at("2026-11-21T22:30:00Z")),
        ("22:00", "02:00", evening, at("2026-11-22T01:00:00Z")),
        ("tomorrow 22:00", "23:00", evening + TimeDelta::days(1), at("2026-11-22T22:00:00Z")),
        ("tomorrow 22:00", "tomorrow 23:00", evening + TimeDelta::days(1), at("2026-11-22T22:00:00Z")),
    ];
    for (starts, ends, from, until) in table {
        let (window, _) = Watch::filled(starts, ends).agreed();
        assert_eq!((window.starts, window.ends), (from, until), "{starts} for {ends}");
    }
    for (starts, ends) in [("tomorrow 22:00", "tomorrow 21:00"), ("22:00", "2026-11-21 12:00"), ("22:00", "99999999d")]
    {
        let mut watch = Watch::filled(starts, ends);
        assert!(watch.press(Action::Accept).effects.is_empty());
        assert!(matches!(watch.app.overlay, Some(Overlay::Window(_))), "{starts} for {ends}");
    }
}

#[test]
fn what_begins_later_is_asked_about_as_planned() {
    let mut watch = Watch::filled("22:00", "2h");
    watch.press(Action::Accept);
    let (asked, follows) = question(&watch);
    assert!(
        asked.starts_with("Plan the maintenance of checkout in prod-eu from 21:00 UTC (22:00 your time)"),
        "{asked}"
    );
    assert!(follows.join("\n").contains("from 21:00 UTC"), "{follows:?}");
    let update = watch.press(Action::Yes);
    let detail = &acts(&update)[0].entry.detail;
    assert!(detail.contains("from 21:00 UTC") && detail.contains("until"), "{detail}");
}

#[test]
fn a_configured_service_is_silenced_by_its_own_matchers_and_never_everything() {
    let service = |matchers| Service { name: "shop".to_owned(), matchers, owner: None, slo: None };
    let planned = |matchers: Vec<Matcher>| {
        let mut watch = watch();
        let grouping = Grouping { services: vec![service(matchers)], ..Grouping::default() };
        rebuilt(&mut watch, BoardRules { grouping, ..BoardRules::default() });
        watch.app.plan_window("shop", "now", "1h").map(|planned| planned.matchers)
    };
    let own = vec![Matcher::equal("team", "shop"), Matcher::equal("tier", "web")];
    assert_eq!(planned(own.clone()), Ok(own));
    let all = Matcher::new("team", crate::domain::Operation::Regex, ".*").unwrap();
    assert!(planned(vec![all]).unwrap_err().contains("every alert"));
}

#[test]
fn a_service_that_is_known_by_another_label_is_silenced_by_that() {
    let mut watch = watch();
    watch.answer(am2(), vec![alert(&[("alertname", "Slow"), ("app", "search")])], None);
    let planned = watch.app.plan_window("search", "now", "1h").unwrap();
    assert_eq!(planned.matchers, [Matcher::equal("app", "search")]);
    assert!(planned.words[0].contains("matches 1 now: Slow"), "{:?}", planned.words);
}

#[test]
fn w_during_a_window_asks_to_end_it_and_before_it_to_call_it_off() {
    let lasts = window(&watch(), "checkout");
    let mut during = Watch::has(vec![lasts.clone()]);
    assert!(during.press(Action::Window).effects.is_empty());
    assert_eq!(question(&during).0, "End the maintenance of checkout in prod-eu now?");
    assert!(question(&during).1[0].contains("by bo: new version"));
    let update = during.press(Action::Yes);
    assert_eq!(acts(&update)[0].deeds, [Deed::EndWindow(lasts.clone())]);
    assert_eq!(acts(&update)[0].entry.action, "maintenance.end");
    let ahead = Window { starts: start() + TimeDelta::minutes(30), ..lasts.clone() };
    let mut before = Watch::has(vec![ahead]);
    before.press(Action::Window);
    assert!(question(&before).0.starts_with("Call off the maintenance of checkout in prod-eu from "));
    for over in [
        Window { ended: Some(start()), ..lasts.clone() },
        Window { ends: start(), ..lasts.clone() },
        Window { service: "search".to_owned(), ..lasts },
    ] {
        let mut after = Watch::has(vec![over]);
        after.press(Action::Window);
        assert!(form(&after).reason.text().is_empty());
    }
}

#[test]
fn without_anything_that_can_be_silenced_or_while_read_only_there_is_none() {
    let mut watch = watch();
    watch.app.profile.acks.clear();
    watch.press(Action::Window);
    assert!(watch.app.overlay.is_none() && watch.said().contains("no source can be silenced"));
    let mut watch = Watch::filled("now", "1h");
    watch.press(Action::Accept);
    watch.app.guard = Guard { read_only: true, may_write: true, write_until: None };
    assert!(watch.press(Action::Yes).effects.is_empty());
}

#[test]
fn what_was_done_is_said_and_the_sources_are_asked_anew() {
    let mut watch = Watch::filled("now", "2h");
    watch.press(Action::Accept);
    let update = watch.press(Action::Yes);
    let act = acts(&update)[0].clone();
    let did = vec![Did { deed: act.deeds[0].clone(), id: None }];
    let update = watch.tell(Msg::Done(Done { token: act.token, did, failure: None, at: start() }));
    assert!(watch.said().contains("the maintenance of checkout is planned"), "{}", watch.said());
    assert!(
        update.effects.contains(&Effect::Refresh(Some(am()))) && update.effects.contains(&Effect::Refresh(Some(am2())))
    );
}
