//! What is sent to which terminal: nothing that it would show as letters.

use std::time::Duration;

use super::{INCIDENT, SIZE, STANDING};
use crate::support::home::Home;
use crate::support::pty::Terminal;
use crate::support::wait::DEADLINE;

/// A terminal as it calls itself, other variables, and what it may be sent beside placing, erasing and letters.
struct Known {
    term: Option<&'static str>,
    more: &'static [(&'static str, &'static str)],
    modes: &'static [&'static str],
    commands: &'static [&'static str],
    /// Attributes of letters, the first number of each; colours of any kind are all or none.
    attributes: &'static [&'static str],
    colours: bool,
    ascii: bool,
}

const BARE: Known = Known {
    term: None,
    more: &[],
    modes: &[],
    commands: &[],
    attributes: &["0", "1", "4", "7"],
    colours: false,
    ascii: false,
};
const CONSOLE: &[&str] = &["0", "1", "2", "3", "4", "7", "22", "23", "24", "27", "39", "49"];
const FULL: &[&str] = &["0", "1", "2", "3", "4", "7", "9", "22", "23", "24", "27", "29", "39", "49"];
const SCREEN: &[&str] = &["1049", "2004", "25"];
const XTERM: &[&str] = &["1049", "2004", "25", "2026"];

const TABLE: &[Known] = &[
    BARE,
    Known { term: Some("dumb"), ascii: true, ..BARE },
    Known { term: Some("vt100"), ascii: true, ..BARE },
    Known { term: Some("linux"), modes: &["25"], attributes: CONSOLE, colours: true, ascii: true, ..BARE },
    Known { term: Some("screen"), modes: SCREEN, commands: &["0"], attributes: FULL, colours: true, ..BARE },
    Known {
        term: Some("xterm-256color"),
        modes: XTERM,
        commands: &["0", "8", "9"],
        attributes: FULL,
        colours: true,
        ..BARE
    },
    Known {
        term: Some("xterm-256color"),
        more: &[("NO_COLOR", "1")],
        modes: XTERM,
        commands: &["0", "8", "9"],
        attributes: FULL,
        ..BARE
    },
    Known {
        term: Some("xterm-256color"),
        more: &[("LC_ALL", "de_DE.ISO-8859-1")],
        modes: XTERM,
        commands: &["0", "9"],
        attributes: FULL,
        colours: true,
        ascii: true,
    },
];

#[test]
fn every_terminal_is_sent_only_what_it_knows_and_is_restored() {
    for known in TABLE {
        let name = format!("TERM={:?} {:?}", known.term, known.more);
        let mut home = Home::new().without("TERM");
        if let Some(term) = known.term {
            home = home.with("TERM", term);
        }
        for (variable, value) in known.more {
            home = home.with(variable, value);
        }
        let mut screen = Terminal::open(&home, STANDING, SIZE);
        let modes = screen.modes();
        screen.wait_for(INCIDENT);
        screen.wait_settled(Duration::from_millis(500));
        screen.press("2?");
        screen.wait_settled(Duration::from_millis(500));
        screen.press("\x03");
        assert_eq!(screen.wait_exit(DEADLINE), 0, "{name}: {}", screen.text());
        screen.after_exit();
        assert_ne!(screen.modes(), "", "{name}");
        let raw = screen.raw_since(0);
        only_known(&name, known, &raw);
        assert!(!screen.text().contains(INCIDENT), "{name}: nothing of ours is left:\n{}", screen.text());
        assert!(!screen.look(vt100::Screen::hide_cursor) && !screen.look(vt100::Screen::alternate_screen), "{name}");
        assert!(screen.modes().contains("ECHO"), "{name}: {modes}");
    }
}

fn only_known(name: &str, known: &Known, raw: &str) {
    assert!(!known.ascii || raw.is_ascii(), "{name}: {:?}", raw.chars().find(|c| !c.is_ascii()));
    let mut pieces = raw.split('\x1b');
    let before = pieces.next().unwrap_or_default();
    assert!(!before.contains(|c: char| c.is_control() && !"\r\n".contains(c)), "{name}: {before:?}");
    for piece in pieces {
        let rest = piece.get(1..).unwrap_or_default();
        match piece.chars().next() {
            Some('[') => control(name, known, rest),
            Some(']') => {
                let number = rest.split(';').next().unwrap_or_default();
                assert!(known.commands.contains(&number), "{name}: OSC {rest:?}");
            }
            // The end of such a command.
            Some('\\') => assert!(known.commands.contains(&"9"), "{name}: {piece:?}"),
            _ => panic!("{name}: ESC {piece:?}"),
        }
    }
}

fn control(name: &str, known: &Known, rest: &str) {
    let end = rest.find(|c: char| c.is_ascii_alphabetic()).unwrap_or_else(|| panic!("{name}: CSI {rest:?}"));
    let (parameters, letter) = (&rest[..end], &rest[end..=end]);
    match (parameters.strip_prefix('?'), letter) {
        (Some(mode), "h" | "l") => assert!(known.modes.contains(&mode), "{name}: mode {mode}"),
        (None, "H" | "J" | "K") => {}
        (None, "m") => attributes(name, known, parameters),
        _ => panic!("{name}: CSI {parameters}{letter}"),
    }
}

fn attributes(name: &str, known: &Known, parameters: &str) {
    let mut numbers = parameters.split(';');
    while let Some(number) = numbers.next() {
        let first = number.split(':').next().unwrap_or_default();
        let colour = matches!(first.parse::<u8>(), Ok(30..=38 | 40..=48 | 90..=97 | 100..=107));
        if colour {
            assert!(known.colours, "{name}: colour {parameters}");
            // The rest says which.
            if matches!(first, "38" | "48") {
                let more = if numbers.next() == Some("5") { 1 } else { 3 };
                numbers.by_ref().take(more).for_each(drop);
            }
        } else {
            assert!(first.is_empty() || known.attributes.contains(&first), "{name}: attribute {parameters}");
        }
    }
}
