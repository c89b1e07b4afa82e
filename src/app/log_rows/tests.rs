//! Tests of the log rows, against a plain walk over all lines.

use std::sync::Arc;
use std::time::Duration;

use chrono::TimeDelta;
use proptest::prelude::*;

use crate::app::cursor::Step;
use crate::app::guard::Guard;
use crate::app::keys::KeyTable;
use crate::app::{Action, App, Msg, Profile, View};
use crate::board::{Answer, Board, BoardRules, SourceEvent, SourceReport};
use crate::domain::alert::AlertChanges;
use crate::domain::filter::Filter;
use crate::domain::{
    Alert, AlertState, Fingerprint, Labels, Level, LogLine, Moment, Rated, Severity, SourceName, SourceStatus,
};

fn now() -> Moment {
    Moment::UNIX_EPOCH + TimeDelta::days(20_000)
}

fn watch(limit: usize) -> App {
    let source = SourceStatus::new(SourceName::new("log"), "file", Duration::from_secs(10));
    let board = Board::new(BoardRules { log_lines: limit, ..BoardRules::default() }, vec![source]);
    let mut app = App::new(board, Profile::default(), Guard::default(), Arc::new(KeyTable::default()), now());
    app.update(now(), Msg::Action(Action::View(View::Logs)));
    app
}

fn line(origin: &str, text: &str) -> LogLine {
    LogLine { at: now(), level: Level::Info, origin: origin.into(), text: text.into() }
}

fn report(app: &mut App, answer: Answer) {
    let event = SourceEvent::Answered(Box::new(answer));
    app.update(
        now(),
        Msg::Source(SourceReport { source: SourceName::new("log"), at: now(), took: Duration::ZERO, event }),
    );
}

fn tell(app: &mut App, words: impl IntoIterator<Item = String>) {
    let logs = words.into_iter().map(|text| line("app", &text)).collect();
    report(app, Answer { logs, ..Answer::default() });
}

fn filter(app: &mut App, text: &str) {
    (app.logs.filter, app.logs.filter_text) = (Filter::parse(text).unwrap(), text.to_owned());
    app.update(now(), Msg::Tick);
}

fn shown(app: &App, count: usize) -> Vec<u64> {
    app.log_rows_until(app.logs.at).take(count).map(|(number, _)| number).collect()
}

/// All that pass, newest first, by looking at each.
fn all(app: &App) -> Vec<u64> {
    app.log_rows().map(|(number, _)| number).collect()
}

#[test]
fn a_rare_line_far_back_is_found_in_turns_and_nothing_says_before_that_there_is_none() {
    let mut app = watch(100_000);
    tell(&mut app, (0..100_000).map(|number| if number == 7 { "needle".to_owned() } else { format!("hay {number}") }));
    filter(&mut app, "needle");
    let mut turns = 1;
    while app.logs.rows.is_looking() {
        assert!(shown(&app, 1).is_empty());
        assert_eq!(app.next_change(), Some(app.now), "the next turn comes at once");
        app.update(now(), Msg::Tick);
        turns += 1;
    }
    assert_eq!((shown(&app, 9), turns), (vec![8], 4));
}

#[test]
fn a_filter_by_age_comes_to_an_end_although_time_passes() {
    let mut app = watch(100_000);
    tell(&mut app, (0..100_000).map(|number| format!("hay {number}")));
    filter(&mut app, "@age<1h needle");
    for turn in 1..9 {
        app.update(now() + TimeDelta::milliseconds(20 * turn), Msg::Tick);
    }
    assert!(!app.logs.rows.is_looking());
    filter(&mut app, "@age<1h");
    assert_eq!(shown(&app, 1), [100_000]);
    app.update(now() + TimeDelta::hours(2), Msg::Tick);
    assert!(shown(&app, 1).is_empty(), "all of them are too old by now");
}

#[test]
fn whether_a_service_has_lines_of_its_own_is_looked_for_once_for_each_newest_line() {
    let mut app = watch(100);
    let labels: Labels = [("alertname", "Down"), ("service", "api")].into();
    let alert = Alert {
        fingerprint: Fingerprint::of(&labels),
        rated: Rated::known(Severity::High),
        labels,
        annotations: Labels::default(),
        since: now(),
        state: AlertState::Firing,
        silenced_by: Vec::new(),
        inhibited_by: Vec::new(),
        value: None,
        link: None,
    };
    let alerts = Some(AlertChanges { told: vec![Arc::new(alert)], gone: Vec::new() });
    report(&mut app, Answer { alerts, ..Answer::default() });
    app.update(now(), Msg::Action(Action::View(View::Watch)));
    tell(&mut app, ["a line of the app".to_owned()]);
    assert_eq!((app.service(), app.found_own_lines("api")), (Some("api"), Some(false)));
    app.update(now(), Msg::Tick);
    assert_eq!((app.found_own_lines("api"), app.log_service()), (Some(false), None));
    report(&mut app, Answer { logs: vec![line("api-1", "a line of its own")], ..Answer::default() });
    assert_eq!((app.found_own_lines("api"), app.log_service()), (Some(true), Some("api")));
    assert_eq!(app.found_own_lines("web"), None, "nobody has looked for lines of another");
}

#[test]
fn what_is_looked_at_for_a_screen_is_what_is_on_it_not_what_is_kept() {
    let mut app = watch(100_000);
    tell(&mut app, (0..100_000).map(|number| format!("line {number}")));
    filter(&mut app, "line");
    assert_eq!(100_001 - app.logs.rows.from, 2 * 24, "two screens of 24 rows");
    app.update(now(), Msg::Action(Action::Up));
    assert!(100_001 - app.logs.rows.from <= 3 * 24);
    app.update(now(), Msg::Action(Action::Top));
    assert_eq!(app.logs.at, Some(1), "who goes to the top has all looked at");
}

#[derive(Debug, Clone)]
enum Deed {
    Lines(Vec<bool>),
    Filter(bool),
    Level(bool),
    Step(Step),
    Pause,
}

fn deed() -> impl Strategy<Value = Deed> {
    let step = prop_oneof![(-5_isize..5).prop_map(Step::By), Just(Step::First), Just(Step::Last)];
    prop_oneof![
        3 => prop::collection::vec(any::<bool>(), 0..40).prop_map(Deed::Lines),
        1 => any::<bool>().prop_map(Deed::Filter),
        1 => any::<bool>().prop_map(Deed::Level),
        4 => step.prop_map(Deed::Step),
        1 => Just(Deed::Pause),
    ]
}

proptest! {
    #[test]
    fn rows_are_what_a_walk_over_all_lines_finds(deeds in prop::collection::vec(deed(), 1..30)) {
        let mut app = watch(60);
        for deed in deeds {
            match deed {
                Deed::Lines(fits) => tell(&mut app, fits.into_iter().map(|fits| if fits { "yes" } else { "no" }.to_owned())),
                Deed::Filter(on) => filter(&mut app, if on { "yes" } else { "" }),
                Deed::Level(on) => app.logs.level = if on { Level::Info } else { Level::Trace },
                Deed::Pause => drop(app.update(now(), Msg::Action(Action::Pause))),
                Deed::Step(step) => {
                    let before = all(&app);
                    let here = app.logs.at.map_or(0, |at| before.iter().position(|number| *number <= at).unwrap_or(0));
                    let last = before.len().saturating_sub(1);
                    let there = match step {
                        Step::By(by) => here.saturating_add_signed(-by).min(last),
                        Step::First => last,
                        Step::Last => 0,
                    };
                    app.step_logs(step);
                    prop_assert_eq!(app.logs.at, if there == 0 { None } else { before.get(there).copied() });
                }
            }
            app.update(now(), Msg::Tick);
            let upto: Vec<u64> = all(&app).into_iter().filter(|number| app.logs.at.is_none_or(|at| *number <= at)).collect();
            let count = upto.len().min(24);
            prop_assert_eq!(shown(&app, count), &upto[..count]);
        }
    }
}

#[test]
fn with_an_age_in_the_filter_a_key_takes_the_line_that_is_drawn() {
    let mut app = watch(100);
    tell(&mut app, (0..9).map(|number| format!("hay {number}")));
    filter(&mut app, "@age<10m");
    let drawn = |app: &App| app.log_rows_until(app.logs.at).next().map(|(number, _)| number);
    for second in (595..620).step_by(3) {
        app.update(now() + TimeDelta::seconds(second), Msg::Tick);
        let taken = app.selected_line().map(|kept| kept.text.to_string());
        let copied = app.log_rows().next().map(|(number, _)| number);
        assert_eq!((drawn(&app).is_some(), drawn(&app)), (taken.is_some(), copied), "after {second} s");
    }
    assert_eq!(drawn(&app), None);
}
