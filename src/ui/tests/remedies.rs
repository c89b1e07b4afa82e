//! Remedies on the screen: the prompt, the form, a run, the view, the badges.

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

#[test]
fn the_prompt_shows_everything_that_must_be_seen_before() {
    let told = DryRun {
        plan: "a".repeat(64),
        ok: true,
        took_ms: 230,
        words: "exit 0".to_owned(),
        lines: vec!["active (running) since 02:51".to_owned()],
    };
    let app = at_prompt(|prompt| prompt.dry_run = Some(told));
    for (width, height) in [(120, 36), (80, 24)] {
        let text = screen(&app, width, height);
        for word in [
            "Remedy · prod-eu · Restart one checkout instance",
            "checkout-7   prod-eu   CheckoutErrorsHigh (still firing, 3 alerts)",
            "instance checkout-7 (label instance)",
            "/usr/bin/systemctl restart checkout@checkout-7",
            "/srv · at most 60 s · then",
            "PATH (as here), MIDWATCH_PARAM_INSTANCE",
            "✓ checkout errors 4.7 %, must be > 1",
            "ok 0.2 s: exit 0",
            "active (running) since 02:51",
            "4 min ago by ana: ok",
            "◆ changes production. Type restart-checkout to run it",
            "› restart-chec",
            "Esc leave", // the footer
        ] {
            let found = text.contains(word) || unwrapped(&text).contains(word);
            assert!(found, "{word} at {width}x{height}");
        }
    }
    assert!(screen(&app, 120, 36).contains("Ctrl-r dry run again · Ctrl-e edit parameters"));
}

#[test]
fn on_a_small_screen_the_question_stays_in_sight_and_the_rest_is_scrolled() {
    let mut seen = String::new();
    for top in 0..20 {
        let app = at_prompt(|prompt| prompt.top = top);
        let text = screen(&app, 40, 10);
        for word in ["prod-eu", "Type restart-checkout to run it", "› restart-chec"] {
            assert!(text.contains(word), "{word} from {top}");
        }
        seen.push_str(&unwrapped(&text));
    }
    for word in
        ["checkout-7", "/usr/bin/systemctl", "restart", "checkout@checkout-7", "60 s", "MIDWATCH_PARAM_INSTANCE"]
    {
        assert!(seen.contains(word), "{word}");
    }
}

#[test]
fn a_long_command_is_never_cut() {
    let long: Vec<String> = (0..60).map(|at| format!("--option-{at}=value")).collect();
    let argv: Vec<&str> = std::iter::once("/usr/bin/tool").chain(long.iter().map(String::as_str)).collect();
    let mut seen = String::new();
    for top in (0..60).step_by(3) {
        let app = at_prompt(|prompt| {
            prompt.prepared = Some(prepared(Plan { run: Call::Process(process(&argv)), ..plan() }));
            prompt.top = top;
        });
        seen.push_str(&unwrapped(&screen(&app, 80, 24)));
    }
    for word in argv {
        assert!(seen.contains(word), "{word}");
    }
}

#[test]
fn what_stands_in_the_way_takes_the_place_of_the_line() {
    let hurdles = vec!["cools down for another 6 min".to_owned(), "bo runs it right now".to_owned()];
    let app = at_prompt(|prompt| prompt.prepared = Some(Prepared { hurdles, ..prepared(plan()) }));
    for (width, height) in SIZES {
        let (buffer, cursor) = frame(&app, &Theme::plain(), width, height);
        let text = rows(&buffer).join("\n");
        for word in ["✗ cools down for another 6 min", "✗ bo runs it right now"] {
            assert!(text.contains(word), "{word} at {width}x{height}\n{text}");
        }
        assert!(!text.contains("to run it") && cursor.is_none(), "{width}x{height}");
    }
    let refused = Prepared { plan: Err("instance must match [a-z]+ whole".to_owned()), ..prepared(plan()) };
    let app = at_prompt(|prompt| prompt.prepared = Some(refused));
    assert!(screen(&app, 80, 24).contains("✗ instance must match [a-z]+ whole"));
    let mut app = at_prompt(|_| {});
    app.guard = crate::app::guard::Guard { read_only: true, may_write: true, write_until: None };
    assert!(screen(&app, 80, 24).contains("✗ read-only: nothing can be run; ':write 15m' lifts it"));
}

#[test]
fn each_way_to_agree_says_what_it_wants() {
    let asks = |confirm, approvals| {
        let plan = Plan { confirm, approvals, ..plan() };
        let app = at_prompt(|prompt| prompt.prepared = Some(prepared(plan)));
        unwrapped(&screen(&app, 100, 30))
    };
    assert!(asks(Confirm::Ask, 1).contains("y, then Enter, to run it; Enter alone is No"));
    assert!(asks(Confirm::None, 1).contains("Enter to run it"));
    assert!(asks(Confirm::Type, 2).contains("Type restart-checkout to ask a second person"));
    let app = at_prompt(|prompt| prompt.prepared = None);
    assert!(screen(&app, 40, 10).contains("planning …"));
    let app = at_prompt(|prompt| prompt.problem = Some("'x' is not restart-checkout; nothing was run".to_owned()));
    for (width, height) in SIZES {
        assert!(unwrapped(&screen(&app, width, height)).contains("nothing was run"), "{width}x{height}");
    }
}

#[test]
fn a_script_is_seen_line_by_line_with_its_indentation() {
    let text = "if ! df / | grep -q 9; then\n    echo full\u{1b}[31m\nfi\n".to_owned();
    let script = crate::domain::remediation::plan::Script { text, at: 1 };
    let call = ProcessCall { script: Some(script), ..process(&["/bin/sh", "script"]) };
    let app = at_prompt(|prompt| prompt.prepared = Some(prepared(Plan { run: Call::Process(call), ..plan() })));
    let text = screen(&app, 100, 36);
    assert!(text.contains("if ! df / | grep -q 9; then"));
    assert!(text.contains("    echo full "));
}

#[test]
fn the_request_of_another_is_shown_as_it_was_asked_for() {
    let mut app = with(Memory { requests: vec![request("bo")], ..Memory::default() });
    let approves = Some(request("bo").id);
    let prompt = RemedyPrompt { approves, prepared: None, entry: TextEntry::default(), ..prompt(&app, None) };
    app.overlay = Some(Overlay::Remedy(Box::new(prompt)));
    for (width, height) in [(120, 36), (80, 24)] {
        let text = unwrapped(&screen(&app, width, height));
        for word in [
            "Second person · prod-eu",
            "/usr/bin/systemctl restart checkout@checkout-5",
            "bo on laptop, 4 min ago · until",
            "Type restart-checkout to agree: the midwatch of bo then runs it",
        ] {
            assert!(text.contains(word), "{word} at {width}x{height}");
        }
    }
    let text = screen(&app, 40, 10);
    assert!(text.contains("Type restart-checkout to agree"), "{text}");
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

#[test]
fn the_form_has_a_line_for_each_and_hides_secrets() {
    for at in 0..3 {
        let mut app = with(Memory::default());
        app.overlay = Some(Overlay::Params(Box::new(ParamForm { at, ..form() })));
        for (width, height) in SIZES {
            let text = screen(&app, width, height);
            assert!(!text.contains("hunter2"));
            for word in ["‹ checkout-5 ›  2 of 2", "replicas", "•••••••", "prod-eu"] {
                assert!(text.contains(word), "{word} at {width}x{height} on {at}");
            }
            let about = ["help of instance", "replicas must be a number", "help of token"][at];
            assert!(text.contains(about), "{about} at {width}x{height}");
        }
    }
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
    app.desk.hear(Heard { output, back, phase, ..heard });
    app.focus = crate::app::Pane::Output;
    app.places.push(Place::Run(RUN));
    app
}

#[test]
fn a_run_shows_what_it_is_and_follows_what_it_says() {
    let lines: Vec<OutputLine> = (0..100).map(|at| said(Stream::Out, None, &format!("line {at}."))).collect();
    let app = at_run(run(RUN, None), true, lines.clone(), 0);
    for (width, height) in SIZES {
        let text = screen(&app, width, height);
        for word in ["▶ running 12 s", "line 99."] {
            assert!(text.contains(word), "{word} at {width}x{height}");
        }
        assert!(!text.contains("line 2."));
    }
    let text = screen(&app, 120, 36);
    for word in
        ["Run 4f2a · Restart one", "checkout@checkout-7", "by ana", "100 lines · follows", "for CheckoutErrorsHigh"]
    {
        assert!(text.contains(word), "{word}");
    }
    let text = screen(&at_run(run(RUN, None), true, lines.clone(), 99), 120, 36);
    assert!(text.contains("line 0.") && text.contains("line 9."), "at the top the rest follows");
    let text = screen(&at_run(run(RUN, None), true, lines, 40), 120, 36);
    assert!(text.contains("line 59.") && !text.contains("line 60."), "scrolled back it stands still");
    assert!(text.contains("↓ 40 below"));
}

/// A theme in which every role has a colour of its own.
fn coloured() -> Theme {
    Theme::of(|role| Style::new().fg(Color::Indexed(u8::try_from(role as usize).unwrap() + 1)), false)
}

/// The colour of a word on the screen.
fn colour_of(app: &App, word: &str) -> Color {
    let theme = coloured();
    let (buffer, _) = frame(app, &theme, 120, 36);
    let text = rows(&buffer);
    let (y, row) = text.iter().enumerate().find(|(_, row)| row.contains(word)).unwrap();
    let x = row.char_indices().position(|(at, _)| row[at..].starts_with(word)).unwrap();
    buffer[(u16::try_from(x).unwrap(), u16::try_from(y).unwrap())].fg
}

#[test]
fn colours_of_output_are_the_themes_own_and_errors_have_a_sign() {
    let lines = vec![
        said(Stream::Out, Some(1), "painted-red"),
        said(Stream::Out, Some(0), "painted-black"),
        said(Stream::Out, Some(2), "painted-green"),
        said(Stream::Error, None, "to-stderr"),
        said(Stream::Note, Some(3), "a-note"),
    ];
    let app = at_run(run(RUN, Some(Ending::Ok)), false, lines, 0);
    let fg = |role| coloured().style(role).fg.unwrap();
    assert_eq!(colour_of(&app, "painted-red"), fg(Role::Critical));
    assert_eq!(colour_of(&app, "painted-black"), fg(Role::Dim), "black on black is not read by anybody");
    assert_eq!(colour_of(&app, "painted-green"), fg(Role::Good));
    assert_eq!(colour_of(&app, "a-note"), fg(Role::Dim));
    assert!(screen(&app, 80, 24).contains("┆ to-stderr"));
    let (no_colour, _) = Theme::load("midnight", None, Capability::None, false);
    let mut buffer = ratatui::buffer::Buffer::empty(Rect::new(0, 0, 80, 24));
    let _ = crate::ui::view(&app, &no_colour, Rect::new(0, 0, 80, 24), &mut buffer);
    assert!(buffer.content().iter().all(|cell| cell.fg == Color::Reset), "NO_COLOR is heard");
}

#[test]
fn an_unknown_outcome_is_never_shown_as_a_good_one() {
    let good = coloured().style(Role::Good).fg.unwrap();
    for (ending, word) in [
        (Some(Ending::Unknown("the answer was lost".to_owned())), "outcome unknown: the answer was lost"),
        (Some(Ending::Failed("exit 3".to_owned())), "failed: exit 3"),
        (Some(Ending::Unverified("inactive".to_owned())), "ran, but not verified: inactive"),
    ] {
        let app = at_run(run(RUN, ending), false, Vec::new(), 0);
        assert!(screen(&app, 120, 36).contains(word));
        assert_ne!(colour_of(&app, word), good);
    }
    let abandoned = Run { lease: ago(3), ..run(RUN, None) };
    let app = at_run(abandoned, false, Vec::new(), 0);
    assert!(screen(&app, 80, 24).contains("outcome unknown: not heard of since"));
    let ok = at_run(run(RUN, Some(Ending::Ok)), false, Vec::new(), 0);
    assert_eq!(colour_of(&ok, "ok, 4.1 s"), good);
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
fn the_view_says_who_waits_what_runs_what_fits_and_what_ran() {
    let app = full_desk();
    let text = screen(&app, 120, 36);
    for word in [
        "waits for a second person",
        "? restart-checkout",
        "bo asks, 4 min ago",
        "▶ running 12 s",
        "for CheckoutErrorsHigh",
        "others",
        "vacuum-db",
        "never ran",
        "last runs",
        "29 min ago by ana: failed",
        "checkout-errors  own",
        "1 open",
        "storage-full  shipped",
        "storage-full `df -h` ×2: \"needs sudo\" bo",
    ] {
        assert!(text.contains(word), "{word}");
    }
    assert!(!text.contains("long ago"), "only this week's");
    let narrow = screen(&app, 80, 24);
    assert!(narrow.contains("Runbooks") && narrow.contains("wrong") && narrow.contains("vacuum-db"));
    assert!(screen(&app, 40, 10).contains("restart-checkout"));
    let mut other = full_desk();
    other.focus = crate::app::Pane::Runbooks;
    assert!(screen(&other, 80, 24).contains("Remedies  2 declared · 1 running · 1 waits"));
    assert!(screen(&other, 40, 10).contains("checkout-errors"));
}

#[test]
fn incidents_without_a_runbook_are_counted_and_named() {
    let mut app = with(Memory::default());
    let _ = app.update(now(), crate::app::Msg::Action(Action::View(View::Remedies)));
    assert!(!screen(&app, 120, 36).contains("gaps"), "all of them have an address");
    let mut board = board(false);
    let mut bare = super::board::alert("NoRunbook", "x", "i", None, ago(3)).as_ref().clone();
    bare.annotations = Labels::default();
    board.apply(super::board::answered("host", now(), super::board::told(vec![bare.into()])));
    let mut app = app_over(board);
    let _ = app.update(now(), crate::app::Msg::Action(Action::View(View::Remedies)));
    let text = screen(&app, 120, 36);
    assert!(text.contains("gaps: 1 open incident has no runbook") && text.contains("  NoRunbook"));
    assert!(screen(&app, 80, 24).contains("1 gap"));
}

#[test]
fn badges_say_wherever_one_looks_what_runs_and_who_is_asked_for() {
    let app = with(Memory { runs: vec![run(RUN, None)], requests: vec![request("bo")], ..Memory::default() });
    let text = screen(&app, 180, 36);
    let (head, foot) = (text.lines().next().unwrap(), text.lines().rev().nth(1).unwrap());
    for line in [head, foot] {
        assert!(line.contains("▶ restart-checkout 12 s") && line.contains("? 1 waits for approval"), "{line}");
    }
    for (width, height) in SIZES {
        let text = screen(&app, width, height);
        let head = text.lines().next().unwrap();
        assert!(head.contains("▶ ") && head.contains("? 1"), "{head}");
        assert!(head.contains('▲'), "{head}");
    }
    let two = vec![run(RUN, None), run(RunId(9), None)];
    let app = with(Memory { runs: two, requests: vec![request("ana")], ..Memory::default() });
    let text = screen(&app, 140, 36);
    assert!(text.contains("▶ 2 running") && !text.contains("waits for approval"), "one's own request waits for others");
    assert!(crate::ui::next_frame(&app).unwrap() <= std::time::Duration::from_secs(1), "it is told by the second");
}

#[test]
fn the_timeline_tells_what_ran_and_what_came_of_it() {
    let mut app = with(Memory::default());
    let incident = app.board.incidents().find(|incident| incident.title == "CheckoutErrorsHigh").unwrap().id;
    let detail = "restart-checkout on checkout-7 · /usr/bin/systemctl restart checkout@checkout-7";
    let entry = |action: &str, detail: &str, outcome| Entry {
        at: now(),
        operator: Operator::new("ana", "bastion"),
        action: action.to_owned(),
        target: incident.to_string(),
        detail: detail.to_owned(),
        outcome,
    };
    let entries = [
        entry("remedy.run", detail, Outcome::Intent),
        entry("remedy.run", &format!("{detail} · ok, 4.1 s"), Outcome::Done),
        entry("remedy.run", &format!("{detail} · failed: exit 3, 0.1 s"), Outcome::Failed("failed: exit 3".to_owned())),
        entry("remedy.run", detail, Outcome::Unknown("outcome unknown: midwatch ended while it ran".to_owned())),
        entry("remedy.worked", "CheckoutErrorsHigh resolved 42 s after restart-checkout", Outcome::Noted),
        entry("remedy.approve", "restart-checkout on checkout-7 · asked by bo", Outcome::Done),
        entry("runbook.tick", "Look at the pool · checkout errors", Outcome::Done),
    ];
    let rows = (100..).zip(entries).map(|(id, entry)| Row { id, entry, hash: String::new() });
    app.board.take_journal(rows.collect());
    app.places.push(Place::Incident(incident));
    app.focus = crate::app::Pane::Timeline;
    app.full = true;
    let text = screen(&app, 120, 36);
    for word in [
        "ana ran restart-checkout on checkout-7: ok, 4.1 s",
        "ana ran restart-checkout on checkout-7: failed: exit 3",
        "ana ran restart-checkout on checkout-7: outcome unknown: midwatch ended while it ran",
        "✓ resolved 42 s after restart-checkout",
        "ana agreed to restart-checkout on checkout-7",
        "ana ticked Look at the pool",
    ] {
        assert!(text.contains(word), "{word}");
    }
    assert!(!text.contains("began restart"), "an intent that has its outcome is left out");
    app.places.push(Place::View(View::Journal));
    app.focus = crate::app::Pane::Whole;
    let text = screen(&app, 140, 36);
    assert!(text.contains("remedy worked") && text.contains("restart-checkout on checkout-7: ok, 4.1 s"));
}

#[test]
fn no_size_is_too_small() {
    let apps = [
        full_desk(),
        at_prompt(|prompt| prompt.problem = Some("a problem ".repeat(20))),
        at_prompt(|prompt| prompt.prepared.as_mut().unwrap().hurdles = vec!["a hurdle ".repeat(30); 9]),
        at_run(run(RUN, None), true, vec![said(Stream::Error, Some(200), &"漢字 ".repeat(300)); 3], 1),
        at_run(run(RUN, None), true, vec![said(Stream::Out, None, ""); 3], 99),
        App { overlay: Some(Overlay::Params(Box::new(form()))), ..with(Memory::default()) },
        App { places: vec![Place::Run(RunId(1))], ..with(Memory::default()) },
    ];
    for app in &apps {
        for width in (0..130).step_by(3) {
            for height in 0..40 {
                let (first, cursor) = frame(app, &coloured(), width, height);
                assert_eq!(first, frame(app, &coloured(), width, height).0);
                assert!(cursor.is_none_or(|at| at.x < width && at.y < height));
                assert!(crate::ui::next_frame(app).is_some_and(|wait| !wait.is_zero()));
            }
        }
    }
}
