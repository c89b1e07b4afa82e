//! What keys do in a runbook that was read.

use super::{Watch, act, deed, file, start};
use crate::app::act::Deed;
use crate::app::guard::Guard;
use crate::app::overlay::{MenuChoice, Overlay};
use crate::app::{Action, Effect, Msg, Pane};
use crate::board::Memory;
use crate::domain::Operator;
use crate::domain::remediation::RemedyId;
use crate::domain::remediation::run::{Ending, Run, RunId};
use crate::domain::runbook::{Found, Tick, WrongStep};

#[test]
fn j_k_g_and_half_pages_move_the_cursor_and_stop_at_the_ends() {
    let mut watch = Watch::new();
    watch.open();
    watch.press(Action::Up);
    assert_eq!(watch.page().at, 0);
    watch.press(Action::Down);
    watch.press(Action::HalfDown);
    assert_eq!(watch.page().at, 19);
    watch.press(Action::Bottom);
    watch.press(Action::Down);
    assert_eq!(watch.page().at, watch.page().laid.lines.len() - 1);
    watch.press(Action::Top);
    assert_eq!(watch.page().at, 0);
}

#[test]
fn brackets_go_from_step_to_step_and_x_finds_the_step_under_the_cursor() {
    let mut watch = Watch::new();
    watch.open();
    assert!(watch.app.step_under_cursor().is_none());
    watch.press(Action::RunbookNextStep);
    assert_eq!(watch.app.step_under_cursor().unwrap().1.number, 1);
    watch.press(Action::Down);
    assert_eq!(watch.app.step_under_cursor().unwrap().1.number, 1, "anywhere in its frame");
    watch.press(Action::RunbookNextStep);
    assert_eq!(watch.app.step_under_cursor().unwrap().1.number, 2);
    watch.press(Action::RunbookNextStep);
    assert!(watch.said().contains("the last step"));
    watch.press(Action::Down);
    watch.press(Action::RunbookPreviousStep);
    assert!(watch.line().starts_with("▸ step 1"), "{}", watch.line());
    watch.press(Action::PaneNext);
    assert!(watch.app.step_under_cursor().is_none(), "what is not in focus is not run");
}

#[test]
fn space_ticks_a_box_for_the_incident_and_u_takes_it_back() {
    let mut watch = Watch::new();
    watch.open();
    watch.go_to("the database answers");
    let update = watch.press(Action::RunbookTick);
    let Deed::Tick(tick) = deed(&update) else { panic!("a tick: {:?}", update.effects) };
    assert_eq!((tick.task.as_str(), tick.by.as_str()), ("aaaaaaaaaaaaaaaa", "ana"));
    assert_eq!((tick.incident, &tick.runbook), (watch.incident("CheckoutErrorsHigh"), &file().key()));
    assert_eq!(act(&update).entry.action, "runbook.tick");
    assert_eq!(act(&update).entry.target, tick.incident.to_string(), "it stands in the timeline");
    assert!(watch.line().starts_with("[x] the database"), "seen at once: {}", watch.line());
    let (tick, first) = (tick.clone(), act(&update).clone());
    // The next box need not wait for the first.
    watch.go_to("the queue is short");
    assert!(matches!(deed(&watch.press(Action::RunbookTick)), Deed::Tick(_)));
    watch.done(&first, None);
    watch.remember(Memory { ticks: vec![tick.clone()], ..Memory::default() });
    watch.go_to("the database answers");
    assert!(watch.line().contains("ana 03:12"), "who and when: {}", watch.line());
    assert_eq!(deed(&watch.press(Action::Undo)), &Deed::Untick(tick), "although another tick is under way");
    assert!(watch.line().starts_with("[ ] the database"), "{}", watch.line());
}

#[test]
fn a_tick_that_could_not_be_written_is_none() {
    let mut watch = Watch::new();
    watch.open();
    watch.go_to("the database answers");
    let update = watch.press(Action::RunbookTick);
    watch.done(act(&update), Some("the store is full"));
    assert!(watch.line().starts_with("[ ] the database"), "{}", watch.line());
    assert!(watch.said().contains("the store is full"));
}

#[test]
fn a_tick_of_somebody_else_is_taken_back_as_theirs() {
    let mut watch = Watch::new();
    watch.open();
    let incident = watch.incident("CheckoutErrorsHigh");
    let (runbook, task) = (file().key(), "cccccccccccccccc".to_owned());
    let tick = Tick { incident, runbook, task, by: "bo".to_owned(), at: start() };
    watch.remember(Memory { ticks: vec![tick.clone()], ..Memory::default() });
    watch.go_to("the queue is short");
    assert!(watch.line().contains("[x]") && watch.line().contains("bo 03:12"), "{}", watch.line());
    assert_eq!(deed(&watch.press(Action::RunbookTick)), &Deed::Untick(tick));
    assert!(watch.line().contains("[ ]"), "{}", watch.line());
}

#[test]
fn what_the_file_ticked_is_the_files_and_no_box_is_no_tick() {
    let mut watch = Watch::new();
    watch.open();
    watch.go_to("nobody deploys");
    assert!(watch.press(Action::RunbookTick).effects.is_empty());
    assert!(watch.said().contains("the file itself"));
    watch.go_to("# Checkout");
    assert!(watch.press(Action::RunbookTick).effects.is_empty());
    assert_eq!(watch.app.why_not(Action::RunbookTick).as_deref(), Some("no box is highlighted"));
}

#[test]
fn nothing_is_ticked_noted_or_edited_while_read_only_or_unseen() {
    let mut watch = Watch::new();
    watch.open();
    watch.go_to("the database answers");
    watch.press(Action::PaneNext);
    assert!(watch.press(Action::RunbookTick).effects.is_empty(), "the box may not be in sight");
    assert_eq!(watch.app.focus, Pane::Runbook);
    watch.app.guard = Guard { read_only: true, may_write: true, write_until: None };
    for action in [Action::RunbookTick, Action::RunbookWrong, Action::RunbookEdit] {
        assert!(watch.press(action).effects.is_empty(), "{action}");
        assert_eq!(watch.app.overlay, None, "{action}");
        assert_eq!(watch.app.why_not(action).as_deref(), Some("read-only"), "{action}");
    }
}

#[test]
fn u_in_a_runbook_never_ends_the_ack_of_its_incident() {
    let mut watch = Watch::new();
    watch.open();
    assert!(watch.press(Action::Undo).effects.is_empty());
    assert!(watch.said().contains("nothing to take back"));
}

#[test]
fn w_notes_what_was_wrong_with_the_step_that_was_highlighted() {
    let mut watch = Watch::new();
    watch.open();
    watch.press(Action::RunbookNextStep);
    watch.press(Action::RunbookWrong);
    let Some(Overlay::Prompt(prompt)) = &watch.app.overlay else { panic!("a prompt") };
    assert_eq!(prompt.title, "step 1 of Checkout errors high");
    watch.press(Action::Accept);
    let Some(Overlay::Prompt(prompt)) = &watch.app.overlay else { panic!("it asks on") };
    assert!(prompt.problem.as_ref().is_some_and(|problem| problem.contains("write what was wrong")));
    watch.type_text("the pool has another name since v813");
    // The file is edited meanwhile: the note stays with what was highlighted.
    watch.app.go_to_line(0);
    let update = watch.press(Action::Accept);
    let Deed::NoteWrong(note) = deed(&update) else { panic!("a note") };
    assert_eq!((note.step.as_str(), note.note.as_str()), ("step-00000000001", "the pool has another name since v813"));
    assert!(note.says.starts_with("curl -fsS"), "{}", note.says);
    assert_eq!((note.by.as_str(), note.incident), ("ana", Some(watch.incident("CheckoutErrorsHigh"))));
    assert_eq!(act(&update).entry.action, "runbook.wrong");
}

#[test]
fn a_step_shows_notes_and_its_last_run_on_this_incident() {
    let mut watch = Watch::new();
    watch.open();
    let incident = Some(watch.incident("CheckoutErrorsHigh"));
    let run = |id, remedy: &str, incident, ending| Run {
        id: RunId(id),
        remedy: RemedyId::new(remedy),
        title: String::new(),
        target: String::new(),
        incident,
        subject: None,
        operator: Operator::new("bo", "bastion"),
        holder: String::new(),
        process: None,
        command: String::new(),
        started: start(),
        ended: Some(start()),
        ending: Some(ending),
        lease: start(),
        cooldown_until: start(),
        auto: false,
        approved_by: None,
    };
    let note = WrongStep {
        runbook: file().key(),
        step: "step-00000000001".to_owned(),
        says: String::new(),
        note: "no".to_owned(),
        by: "bo".to_owned(),
        at: start(),
        incident,
    };
    let runs = vec![
        run(1, "checkout-errors-1", incident, Ending::Ok),
        run(2, "restart-checkout", None, Ending::Failed("exit 3".to_owned())),
    ];
    watch.remember(Memory { runs, wrong_steps: vec![note], ..Memory::default() });
    let text: Vec<String> = watch.page().laid.lines.iter().map(|line| line.text().trim().to_owned()).collect();
    assert!(text.contains(&"✓ ok · 03:12 by bo".to_owned()), "{text:#?}");
    assert!(text.contains(&"1 note that it was wrong".to_owned()));
    assert!(!text.iter().any(|line| line.contains("exit 3")), "that run was about something else");
}

#[test]
fn i_shows_the_outline_and_enter_goes_there() {
    let mut watch = Watch::new();
    watch.open();
    watch.press(Action::RunbookOutline);
    let Some(Overlay::Menu(menu)) = &watch.app.overlay else { panic!("a menu") };
    let rows: Vec<(&str, &str)> = menu.rows.iter().map(|row| (row.words.as_str(), row.info.as_str())).collect();
    assert_eq!(rows, [("Checkout errors high", ""), ("  Checks", "1 step"), ("  Mitigation", "1 step")]);
    assert!(matches!(menu.rows[0].choice, MenuChoice::Line(0)));
    watch.press(Action::Yes);
    watch.press(Action::Bottom);
    watch.press(Action::Down);
    watch.press(Action::Accept);
    assert_eq!(watch.line(), "## Mitigation");
    assert_eq!(watch.app.overlay, None);
}

#[test]
fn a_search_goes_to_what_is_typed_and_n_goes_on_from_there() {
    let mut watch = Watch::new();
    watch.open();
    watch.press(Action::Filter);
    watch.type_text("RESTART");
    assert!(watch.line().contains("restart one instance"), "{}", watch.line());
    watch.press(Action::Accept);
    watch.press(Action::FindNext);
    assert!(watch.line().contains("remedy restart-checkout"), "{}", watch.line());
    watch.press(Action::FindNext);
    assert!(watch.line().contains("do not restart two"), "{}", watch.line());
    watch.press(Action::FindNext);
    assert!(watch.line().contains("restart one instance"), "it goes around: {}", watch.line());
    watch.press(Action::FindPrevious);
    assert!(watch.line().contains("do not restart two"), "{}", watch.line());
    watch.press(Action::Filter);
    watch.type_text(" nowhere");
    let Some(Overlay::Filter { problem: Some(problem), .. }) = &watch.app.overlay else { panic!("a problem") };
    assert!(problem.contains("is not in this runbook"), "{problem}");
    watch.press(Action::Cancel);
    assert_eq!(watch.page().search, "RESTART", "Esc leaves the search as it was");
}

#[test]
fn a_search_finds_what_is_wrapped() {
    let mut watch = Watch::new();
    watch.tell(Msg::Resize { columns: 40, rows: 10 });
    watch.open();
    watch.press(Action::Filter);
    watch.type_text("requests wait for a");
    assert!(watch.line().contains("requests"), "{}", watch.line());
}

#[test]
fn y_takes_the_code_whole_the_link_or_the_line() {
    let mut watch = Watch::new();
    watch.open();
    let mut copied = |words: &str| {
        watch.go_to(words);
        let update = watch.press(Action::Copy);
        let [Effect::Copy(text)] = update.effects.as_slice() else { panic!("a copy of {words}") };
        text.clone()
    };
    let code = copied("exit 0");
    assert!(code.starts_with("curl -fsS") && code.ends_with("\nexit 0"), "{code}");
    assert_eq!(copied("dashboard"), "https://grafana.example/d/chk?var=checkout");
    assert_eq!(copied("wait a minute"), "10. wait a minute");
}

#[test]
fn o_shows_where_a_link_leads_and_else_where_the_runbook_is() {
    let mut watch = Watch::new();
    watch.open();
    watch.go_to("dashboard");
    watch.press(Action::Link);
    let Some(Overlay::Card { lines, copy, .. }) = watch.app.overlay.take() else { panic!("a card") };
    assert!(lines.contains(&"https://grafana.example/d/chk?var=checkout".to_owned()), "{lines:?}");
    assert_eq!(copy.as_deref(), Some("https://grafana.example/d/chk?var=checkout"));
    watch.go_to("wait a minute");
    watch.press(Action::Link);
    let Some(Overlay::Card { lines, .. }) = &watch.app.overlay else { panic!("a card") };
    assert_eq!(lines[0], "/etc/midwatch/runbooks/checkout-errors.md");
}

#[test]
fn e_edits_a_file_and_says_why_it_cannot_edit_anything_else() {
    let mut watch = Watch::new();
    watch.open();
    let expected = Effect::EditFile("/etc/midwatch/runbooks/checkout-errors.md".into());
    assert_eq!(watch.press(Action::RunbookEdit).effects, [expected]);
    for (found, why) in [
        (Found::Shipped("disk-full".to_owned()), "runbooks/disk-full.md beside the configuration"),
        (Found::Web("https://x.example/a".to_owned()), "[[runbook_root]]"),
    ] {
        watch.app.open_runbook_at(found, None, &mut Vec::new());
        assert!(watch.press(Action::RunbookEdit).effects.is_empty());
        assert!(watch.said().contains(why), "{}", watch.said());
        assert!(watch.app.why_not(Action::RunbookEdit).is_some_and(|words| words.contains(why)));
    }
}

#[test]
fn ticks_need_an_incident() {
    let mut watch = Watch::new();
    watch.app.open_runbook_at(file(), None, &mut Vec::new());
    watch.answer(file());
    watch.go_to("the database answers");
    assert!(watch.press(Action::RunbookTick).effects.is_empty());
    assert!(watch.said().contains("kept with an incident"));
}
