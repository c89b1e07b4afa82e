//! The prompt and the form: what must be seen before, and what is asked.

use super::*;

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
            "checkout-7  prod-eu  CheckoutErrorsHigh (firing, 3 alerts)",
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
    assert!(screen(&app, 120, 36).contains("Ctrl-r dry run · Ctrl-e parameters"));
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
            "Type restart-checkout to agree: the midwatch of bo",
        ] {
            assert!(text.contains(word), "{word} at {width}x{height}");
        }
    }
    let text = screen(&app, 40, 10);
    assert!(text.contains("Type restart-checkout to agree"), "{text}");
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
            assert_eq!(text.contains("one of checkout-2, checkout-5"), at == 0 && height > 10, "{width}x{height}");
            let about = ["help of instance", "replicas must be a number", "help of token"][at];
            assert!(text.contains(about), "{about} at {width}x{height}");
        }
    }
}
