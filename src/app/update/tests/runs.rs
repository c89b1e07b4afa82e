//! Runs: what they tell, stopping them, and what the alert did afterwards.

use super::prompts::gos;
use super::remedies::remedy;
use super::*;
use crate::domain::journal::Entry;
use crate::domain::remediation::RemedyId;
use crate::domain::remediation::output::{Output, OutputLine, Paint, Stream};
use crate::domain::remediation::run::{Ending, Phase, Run, RunId, RunNews};

pub(super) const RUN: RunId = RunId(0x4f2a_0000_0000_0001);

pub(super) fn run(watch: &Watch, id: RunId) -> Run {
    Run {
        id,
        remedy: RemedyId::new("restart-checkout"),
        title: "Title of restart-checkout".to_owned(),
        target: "checkout-7".to_owned(),
        incident: watch.app.board.incidents().next().map(|incident| incident.id),
        subject: Some("CheckoutErrorsHigh".to_owned()),
        operator: Operator::new("ana", "bastion"),
        holder: "ana@bastion (4711)".to_owned(),
        process: None,
        command: "/usr/bin/systemctl restart checkout@checkout-7".to_owned(),
        started: watch.now,
        ended: None,
        ending: None,
        lease: watch.now + TimeDelta::seconds(30),
        cooldown_until: watch.now + TimeDelta::minutes(10),
        auto: false,
        approved_by: None,
    }
}

pub(super) fn line(words: &str) -> OutputLine {
    OutputLine { stream: Stream::Out, at_ms: 0, pieces: vec![(Paint::default(), words.into())] }
}

impl Watch {
    pub(super) fn news(&mut self, news: RunNews) -> Update {
        self.tell(Msg::Run(Box::new(news)))
    }

    /// From `x` to the first news of the run.
    fn running() -> Self {
        let mut watch = Self::with(vec![remedy("restart-checkout", Vec::new())], &["pod-1"]);
        let wish = Self::wished(&watch.press(Action::Remedy));
        watch.planned(&wish, &[]);
        watch.type_text("restart-checkout");
        assert_eq!(gos(&watch.press(Action::Accept)).len(), 1);
        let begun = run(&watch, RUN);
        watch.news(RunNews::Began(begun));
        watch
    }

    fn end(&mut self, ending: Ending) -> Update {
        self.now += TimeDelta::milliseconds(4_100);
        let run = Run { ended: Some(self.now), ending: Some(ending), ..self.app.run(RUN).unwrap().clone() };
        self.news(RunNews::Ended(run))
    }
}

fn facts(update: &Update) -> Vec<&Entry> {
    let notes = update.effects.iter().filter_map(|effect| match effect {
        Effect::Note(facts) => Some(facts),
        _ => None,
    });
    notes.flatten().filter(|fact| fact.action.starts_with("remedy.")).collect()
}

#[test]
fn a_run_opens_its_page_for_who_asked_and_tells_live() {
    let mut watch = Watch::running();
    assert_eq!(watch.app.place(), Place::Run(RUN));
    assert!(!watch.said().contains("is running"), "its page says so: {}", watch.said());
    watch.news(RunNews::Phase(RUN, Phase::Running));
    let output = |back, lines: &[&str]| RunNews::Output {
        run: RUN,
        back,
        lines: lines.iter().map(|words| line(words)).collect(),
        left_out: 0,
    };
    watch.news(output(0, &["begin", "10 %"]));
    watch.news(output(1, &["20 %", "done"]));
    let heard = &watch.app.desk.runs[&RUN];
    let told: Vec<String> = heard.output.first().iter().map(OutputLine::text).collect();
    assert_eq!((told.join("|").as_str(), heard.phase), ("begin|20 %|done", Some(Phase::Running)));
    let update = watch.end(Ending::Ok);
    assert!(update.effects.contains(&Effect::Refresh(None)));
    assert!(watch.said().contains("restart-checkout on checkout-7: ok, 4.1 s"), "{}", watch.said());
    let copied = watch.press(Action::Copy);
    let [Effect::Copy(text)] = &copied.effects[..] else { panic!("copied: {copied:?}") };
    assert!(text.starts_with("$ /usr/bin/systemctl restart checkout@checkout-7\nbegin\n20 %"), "{text}");
}

#[test]
fn a_run_that_nobody_asked_for_here_opens_nothing() {
    let mut watch = Watch::with(vec![remedy("restart-checkout", Vec::new())], &["pod-1"]);
    let begun = run(&watch, RUN);
    watch.news(RunNews::Began(Run { auto: true, ..begun }));
    assert_eq!(watch.app.place(), Place::View(View::Watch));
    assert_eq!(watch.app.desk.live().count(), 1);
}

#[test]
fn what_was_refused_is_said() {
    let mut watch = Watch::with(vec![remedy("restart-checkout", Vec::new())], &["pod-1"]);
    let wish = Watch::wished(&watch.press(Action::Remedy));
    watch.planned(&wish, &[]);
    watch.type_text("restart-checkout");
    watch.press(Action::Accept);
    watch.news(RunNews::Refused(wish.token, "bo runs it right now".to_owned()));
    assert!(watch.said().contains("restart-checkout was not run: bo runs it right now"), "{}", watch.said());
    assert!(watch.app.desk.expected.is_empty());
}

#[test]
fn an_outcome_that_nobody_knows_is_no_success() {
    let mut watch = Watch::running();
    let update = watch.end(Ending::Unknown("the answer was lost".to_owned()));
    assert!(facts(&update).is_empty());
    assert!(watch.said().contains("outcome unknown: the answer was lost"));
    assert!(watch.app.toasts.iter().all(|toast| toast.tone != crate::app::toast::Tone::Done));
    assert!(watch.app.desk.watched.is_empty());
}

#[test]
fn the_alert_is_watched_and_its_end_is_noted_once() {
    let mut watch = Watch::running();
    watch.end(Ending::Ok);
    watch.now += TimeDelta::seconds(42);
    let update = watch.resolve(&["pod-1"]);
    let [fact] = facts(&update)[..] else { panic!("one fact: {update:?}") };
    assert_eq!(fact.action, "remedy.worked");
    assert_eq!(fact.target, watch.the_incident().to_string());
    assert_eq!(fact.detail, "CheckoutErrorsHigh resolved 42 s after restart-checkout");
    assert!(watch.said().contains("resolved 42 s after restart-checkout"));
    watch.answer(am(), vec![errors_on("pod-1")], None);
    assert!(facts(&watch.resolve(&["pod-1"])).is_empty(), "only once");
}

#[test]
fn an_alert_that_resolves_while_the_verification_runs_is_noted_too() {
    let mut watch = Watch::running();
    watch.now += TimeDelta::seconds(1);
    assert!(facts(&watch.resolve(&["pod-1"])).is_empty(), "the run is not over");
    let update = watch.end(Ending::Ok);
    assert_eq!(facts(&update)[0].detail, "CheckoutErrorsHigh resolved while restart-checkout ran");
}

#[test]
fn an_alert_that_fires_on_is_noted_when_the_watch_ends() {
    let mut watch = Watch::running();
    watch.end(Ending::Ok);
    watch.now += TimeDelta::minutes(9);
    assert!(facts(&watch.tell(Msg::Tick)).is_empty());
    assert!(watch.app.next_change().unwrap() <= watch.now + TimeDelta::minutes(1));
    watch.now += TimeDelta::minutes(1);
    watch.report(am(), Answer::default());
    let update = watch.tell(Msg::Tick);
    assert_eq!(facts(&update)[0].action, "remedy.no-effect");
    assert_eq!(facts(&update)[0].detail, "CheckoutErrorsHigh still fires 10 min after restart-checkout");
    assert!(facts(&watch.tell(Msg::Tick)).is_empty());
}

#[test]
fn whether_it_still_fires_is_not_known_while_its_source_is_away() {
    let mut watch = Watch::running();
    watch.end(Ending::Ok);
    watch.now += TimeDelta::minutes(10);
    watch.fail(am());
    assert_eq!(facts(&watch.tell(Msg::Tick))[0].action, "remedy.not-known");
}

#[test]
fn what_failed_is_not_said_to_have_worked() {
    let mut watch = Watch::running();
    watch.end(Ending::Failed("exit 3".to_owned()));
    assert!(facts(&watch.resolve(&["pod-1"])).is_empty());
}

#[test]
fn stopping_asks_and_is_possible_while_read_only() {
    let mut watch = Watch::running();
    watch.app.guard = Guard { read_only: true, may_write: false, write_until: None };
    assert!(watch.press(Action::RunCancel).effects.is_empty());
    let Some(Overlay::Confirm(confirm)) = &watch.app.overlay else { panic!("a question") };
    assert_eq!(confirm.question, "Stop restart-checkout on checkout-7 in prod-eu? TERM now, KILL after 5 s.");
    assert!(!confirm.yes, "No is the default");
    assert!(watch.press(Action::Accept).effects.is_empty());
    watch.press(Action::RunCancel);
    assert_eq!(watch.press(Action::Yes).effects, [Effect::CancelRun(RUN)]);
    assert!(watch.press(Action::RunCancel).effects.is_empty());
    assert!(watch.said().contains("KILL follows"), "{}", watch.said());
}

#[test]
fn one_that_ended_before_the_answer_is_not_stopped_nor_is_anothers() {
    let mut watch = Watch::running();
    watch.press(Action::RunCancel);
    watch.end(Ending::Ok);
    assert!(watch.press(Action::Yes).effects.is_empty());
    assert!(watch.said().contains("ended meanwhile"), "{}", watch.said());
    let others = Run { holder: "bo@laptop (12)".to_owned(), ..run(&watch, RunId(9)) };
    watch.tell(Msg::Memory(Box::new(Memory { runs: vec![others], ..Memory::default() })));
    watch.app.places.push(Place::Run(RunId(9)));
    watch.press(Action::RunCancel);
    assert!(watch.said().contains("the midwatch of bo@laptop (12)"), "{}", watch.said());
}

#[test]
fn leaving_asks_while_a_run_goes_on() {
    let mut watch = Watch::running();
    watch.press(Action::View(View::Watch));
    assert!(watch.press(Action::Quit).effects.is_empty());
    let Some(Overlay::Confirm(confirm)) = &watch.app.overlay else { panic!("a question") };
    assert_eq!(confirm.question, "1 remedy is running: leave and stop it?");
    assert!(watch.press(Action::Yes).effects.contains(&Effect::Quit));
    let mut watch = Watch::running();
    watch.end(Ending::Ok);
    watch.press(Action::View(View::Watch));
    assert!(watch.press(Action::Quit).effects.contains(&Effect::Quit), "nothing runs, nothing is asked");
}

#[test]
fn a_stored_run_is_read_and_read_again_when_it_has_ended() {
    let mut watch = Watch::with(Vec::new(), &["pod-1"]);
    let others = Run { operator: Operator::new("bo", "laptop"), ..run(&watch, RunId(9)) };
    watch.tell(Msg::Memory(Box::new(Memory { runs: vec![others.clone()], ..Memory::default() })));
    watch.press(Action::View(View::Remedies));
    assert_eq!(watch.press(Action::Open).effects, [Effect::LoadOutput(RunId(9))]);
    assert_eq!(watch.app.place(), Place::Run(RunId(9)));
    watch.tell(Msg::Output(RunId(9), Box::default()));
    let ended = Run { ended: Some(watch.now), ending: Some(Ending::Ok), ..others };
    let update = watch.tell(Msg::Memory(Box::new(Memory { runs: vec![ended], ..Memory::default() })));
    assert_eq!(update.effects, [Effect::LoadOutput(RunId(9))]);
    let mut output = Output::default();
    output.take(0, 0, [line("done")]);
    watch.tell(Msg::Output(RunId(9), Box::new(output)));
    assert_eq!(watch.app.desk.runs[&RunId(9)].output.len(), 1);
    assert!(!watch.app.desk.runs[&RunId(9)].run.is_running());
}

#[test]
fn scrolling_back_keeps_its_place_while_more_is_said() {
    let mut watch = Watch::running();
    let say = |watch: &mut Watch, count: usize| {
        let lines = (0..count).map(|at| line(&at.to_string())).collect();
        watch.news(RunNews::Output { run: RUN, back: 0, lines, left_out: 0 });
    };
    say(&mut watch, 100);
    assert_eq!(watch.app.desk.runs[&RUN].back, 0, "it follows");
    watch.press(Action::Up);
    watch.press(Action::Up);
    say(&mut watch, 10);
    assert_eq!(watch.app.desk.runs[&RUN].back, 12);
    watch.press(Action::Bottom);
    say(&mut watch, 10);
    assert_eq!(watch.app.desk.runs[&RUN].back, 0);
    watch.press(Action::Top);
    let back = watch.app.desk.runs[&RUN].back;
    assert!((100..120).contains(&back), "{back}");
}

#[test]
fn runs_are_kept_within_a_bound_and_never_one_that_goes_on() {
    let mut watch = Watch::running();
    for at in 0..80_u64 {
        watch.now += TimeDelta::seconds(1);
        let ended = Run { ended: Some(watch.now), ending: Some(Ending::Ok), ..run(&watch, RunId(100 + at)) };
        watch.news(RunNews::Ended(ended));
    }
    assert_eq!(watch.app.desk.runs.len(), 50);
    assert!(watch.app.desk.runs.contains_key(&RUN));
    assert!(watch.app.desk.runs.contains_key(&RunId(179)));
}
