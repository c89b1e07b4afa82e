//! The shipped keymaps, and what a keymap of one's own can and cannot do to them.

use super::*;
use crate::app::View;
use crate::app::action::Reach;
use crate::app::keys::KeyRow;
use chord::Key;
use proptest::prelude::*;
use std::fmt::Write as _;
use std::path::Path;

fn with(user: &str) -> (Keymap, Vec<String>) {
    let (keymap, problems) = load("default", Some((Path::new("keymap.toml"), user)));
    (keymap, problems.iter().map(ToString::to_string).collect())
}

/// What one chord does where an incident is highlighted.
fn does(keymap: &Keymap, contexts: &[Context], chord: &str) -> Option<Action> {
    match Resolver::default().press(keymap, contexts, chord.parse().unwrap()) {
        Resolved::Action(action) => Some(action),
        _ => None,
    }
}

const INCIDENTS: &[Context] = &[Context::Incidents, Context::List, Context::Global];

#[test]
fn shipped_keymaps_have_no_problem() {
    for name in shipped::names() {
        let (keymap, problems) = load(name, None);
        assert_eq!(problems, [], "{name}");
        assert_eq!(keymap.name(), name);
    }
}

#[test]
fn shipped_keymaps_change_nothing_on_ctrl_enter_or_esc() {
    for name in shipped::names() {
        for Binding { keys, action, .. } in load(name, None).0.bindings() {
            let careless = |chord: &Chord| chord.has_ctrl() || matches!(chord.key(), Key::Enter | Key::Esc);
            if keys.chords().iter().any(careless) {
                assert_eq!(action.spec().reach, Reach::Look, "{name}: {keys} {action}");
            }
        }
    }
}

#[test]
fn the_default_keys_are_those_of_the_design() {
    let (keymap, _) = load("default", None);
    let wanted = [
        ("j", Action::Down),
        ("k", Action::Up),
        ("h", Action::Left),
        ("l", Action::Right),
        ("Down", Action::Down),
        ("Up", Action::Up),
        ("Left", Action::Left),
        ("Right", Action::Right),
        ("?", Action::Help),
        (":", Action::Palette),
        ("/", Action::Filter),
        ("n", Action::FindNext),
        ("N", Action::FindPrevious),
        ("Tab", Action::PaneNext),
        ("S-Tab", Action::PanePrevious),
        ("g", Action::Top),
        ("G", Action::Bottom),
        ("Ctrl-d", Action::HalfDown),
        ("Ctrl-u", Action::HalfUp),
        ("Enter", Action::Open),
        ("Esc", Action::Back),
        ("q", Action::Quit),
        ("Ctrl-c", Action::Leave),
        ("Space", Action::Mark),
        ("*", Action::MarkAll),
        ("f", Action::FullScreen),
        ("R", Action::Refresh),
        ("p", Action::Pause),
        ("a", Action::Ack),
        ("A", Action::AckMarked),
        ("u", Action::Undo),
        ("s", Action::Silence),
        ("z", Action::Snooze),
        ("c", Action::Comment),
        ("@", Action::Assign),
        ("E", Action::Escalate),
        ("M", Action::Merge),
        ("I", Action::Declare),
        ("r", Action::Runbook),
        ("o", Action::Link),
        ("L", Action::Logs),
        ("m", Action::Signals),
        ("t", Action::Timeline),
        ("x", Action::Remedy),
        ("y", Action::Copy),
        ("!", Action::OnlyCritical),
        ("H", Action::Handover),
    ];
    for (chord, action) in wanted {
        assert_eq!(does(&keymap, INCIDENTS, chord), Some(action), "{chord}");
    }
    for (digit, view) in ["1", "2", "3", "4", "5", "6", "7", "8", "0"].into_iter().zip(View::ALL) {
        assert_eq!(does(&keymap, INCIDENTS, digit), Some(Action::View(view)), "{digit}");
    }
    for context in [Context::Prompt, Context::Confirm, Context::Help] {
        assert_eq!(does(&keymap, &[context], "Ctrl-c"), Some(Action::Leave));
    }
    assert_eq!(does(&keymap, &[Context::Confirm], "y"), Some(Action::Yes));
    assert_eq!(does(&keymap, &[Context::Confirm], "n"), Some(Action::No));
    assert_eq!(does(&keymap, &[Context::Help], "?"), Some(Action::Back));
}

#[test]
fn the_users_keys_stand_over_the_shipped_ones() {
    let (keymap, problems) = with("[incidents]\na = \"noop\"\n\"e\" = \"incident.ack\"\nz = \"copy\"\n");
    assert_eq!(problems, [""; 0]);
    assert_eq!(does(&keymap, INCIDENTS, "a"), None);
    assert_eq!(does(&keymap, INCIDENTS, "e"), Some(Action::Ack));
    assert_eq!(does(&keymap, INCIDENTS, "z"), Some(Action::Copy));
    assert_eq!(does(&keymap, INCIDENTS, "u"), Some(Action::Undo));
    // The footer shows what the user chose, also where the shipped key stays.
    let (keymap, _) = with("[incidents]\nF5 = \"incident.ack\"\n");
    assert_eq!(help::table(&keymap).keys_for(INCIDENTS, Action::Ack), Some("F5"));
    assert_eq!(does(&keymap, INCIDENTS, "a"), Some(Action::Ack));
}

#[test]
fn a_file_may_stand_on_another_shipped_keymap() {
    let (keymap, problems) = with("inherits = \"vim\"\n[list]\n\"y y\" = \"noop\"\ny = \"copy\"\n");
    assert_eq!((keymap.name(), problems.len()), ("vim", 0));
    assert_eq!(does(&keymap, INCIDENTS, "y"), Some(Action::Copy));
    let (keymap, problems) = with("inherits = \"vmi\"\n");
    assert_eq!(keymap.name(), "default");
    assert_eq!(problems, ["keymap.toml:1:12: no keymap 'vmi' ships, only default, vim, k9s; did you mean 'vim'?"]);
    let (keymap, problems) = load("emacs", None);
    assert_eq!(keymap.name(), "default");
    assert_eq!(problems.len(), 1);
}

#[test]
fn keys_that_hide_each_other_are_told() {
    let user = "[list]\n\"g g\" = \"cursor.bottom\"\n\"w w\" = \"open\"\nw = \"copy\"\n\"F2\" = \"open\"\n\"f2\" = \"back\"\nZ = \"noop\"\na = \"noop\"\n";
    let (keymap, problems) = with(user);
    assert_eq!(
        problems,
        [
            "keymap.toml:2:1: 'g g' can never be pressed: 'g' is bound to cursor.top in [list]; unbind that with \"g\" = \"noop\"",
            "keymap.toml:4:1: 'w' is the beginning of longer keys: 'w w' is bound to open in [list]; unbind that with \"w w\" = \"noop\"",
            "keymap.toml:6:1: 'F2' stands in [list] twice; the first counts",
            "keymap.toml:7:1: 'Z' is not bound in [list], so there is nothing to unbind",
            "keymap.toml:8:1: 'a' is not bound in [list], so there is nothing to unbind; it is in [incidents]",
        ]
    );
    assert_eq!(does(&keymap, INCIDENTS, "g"), Some(Action::Top));
    assert_eq!(does(&keymap, INCIDENTS, "F2"), Some(Action::Open));
}

#[test]
fn nobody_is_locked_in() {
    let (keymap, problems) = with(
        "[global]\n\"Ctrl-c\" = \"noop\"\n\"?\" = \"copy\"\nq = \"noop\"\n[prompt]\nEsc = \"noop\"\n[help]\nq = \"noop\"\n",
    );
    assert_eq!(
        problems,
        [
            "keymap.toml:2:1: 'Ctrl-c' stays as it was: 'quit' would have no key in [global]",
            "keymap.toml:3:1: '?' stays as it was: 'help' would have no key in [global]",
            "keymap.toml:4:1: 'q' stays as it was: 'quit' would have no key in [global]",
            "keymap.toml:6:1: 'Esc' stays as it was: 'prompt.cancel' would have no key in [prompt]",
        ]
    );
    assert_eq!(does(&keymap, INCIDENTS, "Ctrl-c"), Some(Action::Leave));
    assert_eq!(does(&keymap, INCIDENTS, "?"), Some(Action::Help));
    assert_eq!(does(&keymap, &[Context::Prompt], "Esc"), Some(Action::Cancel));
    assert_eq!(does(&keymap, &[Context::Help], "q"), None);
    // Another key for it is enough, and an inner context cannot hide it.
    let (keymap, problems) =
        with("[global]\n\"?\" = \"noop\"\nF1 = \"help\"\nq = \"noop\"\n[list]\n\"Ctrl-c\" = \"copy\"\n");
    assert_eq!(
        problems,
        [
            "keymap.toml:4:1: 'q' stays as it was: 'quit' would have no key in [global]",
            "keymap.toml:6:1: 'Ctrl-c' stays as it was: 'quit' would have no key in [global]",
        ]
    );
    assert_eq!(does(&keymap, INCIDENTS, "?"), None);
    assert_eq!(does(&keymap, INCIDENTS, "F1"), Some(Action::Help));
    assert_eq!(does(&keymap, INCIDENTS, "Ctrl-c"), Some(Action::Leave));
}

/// A keymap file of rows that can be read, with overlaps and unbindings of everything.
fn any_file() -> impl Strategy<Value = String> {
    let keys =
        prop::sample::select(vec!["a", "g", "g g", "g x", "?", "Ctrl-c", "q", "Esc", "Enter", "F1", "w", "w w", "Tab"]);
    let does = prop::sample::select(vec!["noop", "help", "leave", "open", "copy", "back", "cursor.top"]);
    let contexts = prop::sample::select(Context::ALL.to_vec());
    prop::collection::vec((contexts, keys, does), 0..14).prop_map(|mut rows| {
        rows.sort_by_key(|row| row.0);
        let mut text = String::new();
        let mut section = None;
        for (context, keys, does) in rows {
            if section.replace(context) != Some(context) {
                let _ = writeln!(text, "[{}]", context.name());
            }
            let _ = writeln!(text, "\"{keys}\" = \"{does}\"");
        }
        text
    })
}

/// The bindings as people see them.
fn seen(bindings: &[Binding]) -> Vec<KeyRow> {
    help::table(&Keymap::new("", bindings.to_vec())).rows
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn a_layer_twice_is_the_layer_once(file in any_file(), name in prop::sample::select(vec!["default", "vim", "k9s"])) {
        let (layer, _) = layer::read(Path::new("k"), &file);
        let mut bound = load(name, None).0.bindings().to_vec();
        let _ = merge::over(&mut bound, &layer, 5, Path::new("k"));
        let once = seen(&bound);
        let _ = merge::over(&mut bound, &layer, 6, Path::new("k"));
        prop_assert_eq!(once, seen(&bound));
    }

    #[test]
    fn whatever_a_file_says_nobody_is_locked_in_and_no_key_hides_another(
        file in any_file(), name in prop::sample::select(vec!["default", "vim", "k9s"]),
    ) {
        let (keymap, _) = load(name, Some((Path::new("k"), &file)));
        let bindings = keymap.bindings();
        for (at, one) in bindings.iter().enumerate() {
            for other in &bindings[at + 1..] {
                prop_assert!(one.context != other.context || !one.keys.overlaps(&other.keys), "{} {}", one.keys, other.keys);
            }
        }
        for contexts in [INCIDENTS, &[Context::Incident, Context::Incidents, Context::List, Context::Global], &[Context::Sources, Context::List, Context::Global], &[Context::Prompt], &[Context::Confirm], &[Context::Help]] {
            let reached = |wanted: &[Action]| bindings.iter().filter(|row| wanted.contains(&row.action)).any(|row| {
                let mut resolver = Resolver::default();
                let last = row.keys.chords().iter().map(|chord| resolver.press(&keymap, contexts, *chord)).last();
                last == Some(Resolved::Action(row.action))
            });
            prop_assert!(reached(&[Action::Quit, Action::Leave]), "{contexts:?}");
            prop_assert!(contexts.len() == 1 || reached(&[Action::Help]), "{contexts:?}");
        }
    }

    #[test]
    fn a_row_that_is_not_told_does_what_it_says(file in any_file()) {
        let (layer, _) = layer::read(Path::new("k"), &file);
        let (keymap, problems) = load("default", Some((Path::new("k"), &file)));
        for row in &layer.rows {
            if problems.iter().any(|problem| problem.at == Some(row.at)) {
                continue;
            }
            let wanted = match row.does {
                layer::Does::Action(action, _) => Some(Found::Action(action)),
                layer::Does::Nothing => None,
            };
            let found = keymap.find(row.context, row.keys.chords()).filter(|found| *found != Found::Prefix);
            prop_assert_eq!(found, wanted, "{}", row.keys);
        }
    }
}
