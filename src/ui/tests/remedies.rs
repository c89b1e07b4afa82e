//! Remedies on the screen: the prompt, the form, a run, the view, the badges.

mod desk;
mod prompt;
mod run;

use std::collections::BTreeMap;

use chrono::TimeDelta;
use ratatui::layout::Rect;
use ratatui::style::{Color, Style};

use super::board::{ago, app_over, board, keys, now};
use super::drawn::{frame, rows, screen};
use crate::app::desk::Heard;
use crate::app::entry::TextEntry;
use crate::app::keys::KeyRow;
use crate::app::overlay::{Overlay, ParamField, ParamForm, RemedyPrompt};
use crate::app::{Action, App, Context, Place, View};
use crate::board::Memory;
use crate::domain::journal::{Entry, Outcome, Row};
use crate::domain::remediation::kind::Kind;
use crate::domain::remediation::output::{Output, OutputLine, Paint, Stream};
use crate::domain::remediation::param::{Param, ParamKind};
use crate::domain::remediation::pattern::Pattern;
use crate::domain::remediation::plan::{Call, Check, EnvValue, ProcessCall};
use crate::domain::remediation::run::{Ending, Phase, Request, Run, RunId};
use crate::domain::remediation::wish::{DryRun, Prepared, What};
use crate::domain::remediation::{Confirm, Origin, Plan, Remedy, RemedyId, Template, Wish};
use crate::domain::runbook::{Catalogue, WrongStep};
use crate::domain::{Labels, Matcher, Operator};
use crate::theme::{Capability, Role, Theme};

const SIZES: [(u16, u16); 3] = [(120, 36), (80, 24), (40, 10)];
const RUN: RunId = RunId(0x4f2a_0000_0000_0001);

fn words(words: &[&str]) -> Vec<Template> {
    words.iter().map(|word| Template::parse(word).unwrap()).collect()
}

fn remedy(id: &str, service: &str) -> Remedy {
    let pattern = ParamKind::Text(Pattern::new("[a-z0-9-]{1,32}").unwrap());
    Remedy {
        id: RemedyId::new(id),
        title: "Restart one checkout instance".to_owned(),
        help: String::new(),
        matchers: vec![Matcher::equal("service", service)],
        environments: Vec::new(),
        kind: Kind::Command(words(&["systemctl", "restart", "checkout@{instance}"])),
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
        params: vec![Param {
            name: "instance".into(),
            kind: pattern,
            label: Some("instance".into()),
            default: None,
            help: "which one".to_owned(),
        }],
        env: Vec::new(),
        cwd: "/srv".into(),
        exits: BTreeMap::new(),
        auto: None,
        origin: Origin::Shipped,
    }
}

fn process(argv: &[&str]) -> ProcessCall {
    let argv = argv.iter().map(|word| (*word).to_owned()).collect();
    let env = vec![
        ("PATH".to_owned(), EnvValue::Inherited),
        ("MIDWATCH_PARAM_INSTANCE".to_owned(), EnvValue::Plain("checkout-7".to_owned())),
    ];
    ProcessCall { argv, script: None, env, cwd: "/srv".into() }
}

fn plan() -> Plan {
    Plan {
        remedy: RemedyId::new("restart-checkout"),
        title: "Restart one checkout instance".to_owned(),
        target: "checkout-7".to_owned(),
        incident: None,
        subject: None,
        environment: Some("prod-eu".to_owned()),
        values: vec![("instance".to_owned(), "checkout-7".to_owned())],
        run: Call::Process(process(&["/usr/bin/systemctl", "restart", "checkout@checkout-7"])),
        dry_run: Some(Call::Process(process(&["/usr/bin/systemctl", "status", "checkout@checkout-7"]))),
        verify: Some(Call::Process(process(&["/usr/bin/systemctl", "is-active", "checkout@checkout-7"]))),
        checks: vec![Check::Signal { words: "checkout errors 4.7 %, must be > 1".to_owned(), holds: true }],
        confirm: Confirm::Type,
        approvals: 1,
        cooldown: TimeDelta::minutes(10),
        timeout: TimeDelta::seconds(60),
        grace: TimeDelta::seconds(5),
        watch: TimeDelta::minutes(10),
        exits: BTreeMap::new(),
        origin: Origin::Shipped,
        hash: "a".repeat(64),
    }
}

fn run(id: RunId, ending: Option<Ending>) -> Run {
    Run {
        id,
        remedy: RemedyId::new("restart-checkout"),
        title: "Restart one checkout instance".to_owned(),
        target: "checkout-7".to_owned(),
        incident: None,
        subject: Some("CheckoutErrorsHigh".to_owned()),
        operator: Operator::new("ana", "bastion"),
        holder: "ana@bastion (4711)".to_owned(),
        process: None,
        command: "/usr/bin/systemctl restart checkout@checkout-7".to_owned(),
        started: now() - TimeDelta::milliseconds(12_300),
        ended: ending.as_ref().map(|_| now() - TimeDelta::milliseconds(8_200)),
        ending,
        lease: now() + TimeDelta::seconds(20),
        cooldown_until: now() + TimeDelta::minutes(6),
        auto: false,
        approved_by: None,
    }
}

fn request(by: &str) -> Request {
    Request {
        id: RunId(0x77aa_0000_0000_0000),
        plan: "b".repeat(64),
        remedy: RemedyId::new("restart-checkout"),
        title: "Restart one checkout instance".to_owned(),
        target: "checkout-5".to_owned(),
        incident: None,
        subject: None,
        command: "/usr/bin/systemctl restart checkout@checkout-5".to_owned(),
        asked_by: Operator::new(by, "laptop"),
        asked: ago(4),
        expires: ago(-11),
        approved_by: None,
        closed: false,
    }
}

/// A board with remedies, over everything that is on the small board.
fn with(memory: Memory) -> App {
    let mut board = board(false);
    board.remember(memory, now());
    let mut app = app_over(board);
    app.profile.remedies = vec![remedy("restart-checkout", "checkout"), remedy("vacuum-db", "db")].into();
    let mut table = keys();
    for (keys, action) in [("Ctrl-r", Action::RemedyDryRun), ("Ctrl-e", Action::RemedyParams)] {
        let words = action.spec().words.to_owned();
        table.rows.push(KeyRow { context: Context::Prompt, keys: keys.to_owned(), action, words });
    }
    app.keys = table.into();
    app
}

fn prompt(app: &App, prepared: Option<Prepared>) -> RemedyPrompt {
    let incident = app.board.incidents().find(|incident| incident.title == "CheckoutErrorsHigh").unwrap();
    let wish = Wish {
        token: 1,
        what: What::Remedy(RemedyId::new("restart-checkout")),
        incident: Some(incident.id),
        subject: Some(incident.title.clone()),
        labels: Labels::from([("instance", "checkout-7")]),
        values: BTreeMap::new(),
        secrets: BTreeMap::new(),
        signals: Vec::new(),
        auto: false,
    };
    RemedyPrompt {
        wish,
        title: "Restart one checkout instance".to_owned(),
        prepared,
        dry_run: None,
        trying: false,
        entry: TextEntry::new("restart-chec"),
        problem: None,
        top: 0,
        approves: None,
    }
}

fn prepared(plan: Plan) -> Prepared {
    let empty = Wish {
        token: 1,
        what: What::Remedy(RemedyId::new("restart-checkout")),
        incident: None,
        subject: None,
        labels: Labels::default(),
        values: BTreeMap::new(),
        secrets: BTreeMap::new(),
        signals: Vec::new(),
        auto: false,
    };
    let last = Run { started: ago(5), ended: Some(ago(4)), ..run(RunId(3), Some(Ending::Ok)) };
    Prepared { wish: empty, plan: Ok(plan), hurdles: Vec::new(), last: Some(last) }
}

fn at_prompt(change: impl FnOnce(&mut RemedyPrompt)) -> App {
    let mut app = with(Memory::default());
    let mut prompt = prompt(&app, Some(prepared(plan())));
    change(&mut prompt);
    app.overlay = Some(Overlay::Remedy(Box::new(prompt)));
    app
}

/// The text of a screen without frames and line breaks: what is wrapped is found.
fn unwrapped(text: &str) -> String {
    let bare = text.replace(['│', '╭', '╮', '╰', '╯', '─'], " ");
    bare.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn form() -> ParamForm {
    let field = |name: &str, text: &str, choices: &[&str]| ParamField {
        name: name.to_owned(),
        help: format!("help of {name}"),
        entry: TextEntry::new(text),
        choices: choices.iter().map(|choice| (*choice).to_owned()).collect(),
        secret: false,
        problem: None,
    };
    let secret = ParamField { entry: TextEntry::secret("hunter2"), secret: true, ..field("token", "", &[]) };
    let wrong = ParamField { problem: Some("replicas must be a number".to_owned()), ..field("replicas", "x", &[]) };
    let fields = vec![field("instance", "checkout-5", &["checkout-2", "checkout-5"]), wrong, secret];
    let wish = prompt(&with(Memory::default()), None).wish;
    ParamForm { wish, title: "Restart one checkout instance".to_owned(), fields, at: 0 }
}

fn said(stream: Stream, colour: Option<u8>, words: &str) -> OutputLine {
    OutputLine { stream, at_ms: 0, pieces: vec![(Paint { colour, ..Paint::default() }, words.into())] }
}

/// An app on the page of a run that says these lines.
fn at_run(run: Run, live: bool, lines: Vec<OutputLine>, back: usize) -> App {
    let mut app = with(Memory::default());
    let mut output = Output::default();
    output.take(0, 0, lines);
    let heard = Heard::begun(run, TimeDelta::minutes(10), Some(TimeDelta::seconds(5)));
    let phase = live.then_some(Phase::Running);
    app.desk.hear(Heard { phase, output, back, ..heard });
    app.focus = crate::app::Pane::Output;
    app.places.push(Place::Run(RUN));
    app
}

/// A theme in which every role has a colour of its own.
fn coloured() -> Theme {
    Theme::of(|role| Style::new().fg(Color::Indexed(u8::try_from(role as usize).unwrap() + 1)), false)
}

fn full_desk() -> App {
    let wrong = WrongStep {
        runbook: "shipped:storage-full".to_owned(),
        step: "k".to_owned(),
        says: "df -h".to_owned(),
        note: "needs sudo".to_owned(),
        by: "bo".to_owned(),
        at: ago(600),
        incident: None,
    };
    let old = WrongStep { at: ago(8 * 1440), step: "old".to_owned(), note: "long ago".to_owned(), ..wrong.clone() };
    let ended =
        Run { started: ago(30), ended: Some(ago(29)), ..run(RunId(7), Some(Ending::Failed("exit 3".to_owned()))) };
    let memory = Memory {
        runs: vec![run(RUN, None), ended],
        requests: vec![request("bo")],
        wrong_steps: vec![wrong.clone(), wrong, old],
        ..Memory::default()
    };
    let mut app = with(memory);
    let catalogue = Catalogue {
        matched: vec![(
            vec![Matcher::equal("alertname", "CheckoutErrorsHigh")],
            "/srv/runbooks/checkout-errors.md".into(),
        )],
        shipped: vec![("storage-full".to_owned(), Vec::new())],
        ..Catalogue::default()
    };
    app.profile.catalogue = catalogue.into();
    let _ = app.update(now(), crate::app::Msg::Action(Action::View(View::Remedies)));
    app
}

#[test]
fn no_size_is_too_small() {
    let apps = vec![
        full_desk(),
        at_prompt(|prompt| prompt.problem = Some("a problem ".repeat(20))),
        at_prompt(|prompt| prompt.prepared.as_mut().unwrap().hurdles = vec!["a hurdle ".repeat(30); 9]),
        at_run(run(RUN, None), true, vec![said(Stream::Error, Some(200), &"漢字 ".repeat(300)); 3], 1),
        at_run(run(RUN, None), true, vec![said(Stream::Out, None, ""); 3], 99),
        App { overlay: Some(Overlay::Params(Box::new(form()))), ..with(Memory::default()) },
        App { places: vec![Place::Run(RunId(1))], ..with(Memory::default()) },
    ];
    for app in &apps {
        for width in (0..130).step_by(7) {
            for height in 0..40 {
                let (first, cursor) = frame(app, &coloured(), width, height);
                assert_eq!(first, frame(app, &coloured(), width, height).0);
                assert!(cursor.is_none_or(|at| at.x < width && at.y < height));
                assert!(crate::ui::next_frame(app).is_some_and(|wait| !wait.is_zero()));
            }
        }
    }
}
