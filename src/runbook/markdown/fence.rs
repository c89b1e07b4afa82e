//! What a block of code is, by the words behind its fence: to be read, to be run, or the name of a remedy.

use super::{clean, key};
use crate::domain::runbook::document::{Block, Runs, Step};

/// The words behind a fence, and the interpreter that they mean. `console` shows a dialogue: it is not run.
const SHELLS: [(&str, &str); 3] = [("sh", "sh"), ("bash", "bash"), ("shell", "sh")];
/// Words that keep a shell block from being a step.
const NOT_RUN: [&str; 2] = ["norun", "no-run"];

/// The block that a fence makes; its step, if it is one, gets a number.
pub(super) fn block(info: &str, text: &str, under: &str, steps: &mut usize) -> Block {
    let text = text.strip_suffix('\n').unwrap_or(text);
    let Some(runs) = runs(info, text) else {
        return Block::Code { info: clean::words(info.trim()).into_owned(), text: clean::lines(text) };
    };
    *steps += 1;
    let text = clean::script(text);
    let key = match &runs {
        Runs::Shell(interpreter) => key::of(&[interpreter, &text]),
        Runs::Remedy { id, .. } => key::of(&["remedy", id, &text]),
    };
    Block::Step(Step { number: *steps, runs, under: under.to_owned(), text, shown: Vec::new(), key })
}

fn runs(info: &str, text: &str) -> Option<Runs> {
    let mut words = info.split([' ', '\t', ',']).filter(|word| !word.is_empty());
    let first = words.next()?;
    let rest: Vec<&str> = words.collect();
    if rest.iter().any(|word| NOT_RUN.iter().any(|not| word.eq_ignore_ascii_case(not))) {
        return None;
    }
    let id = if first.eq_ignore_ascii_case("remedy") { rest.first().copied() } else { first.strip_prefix("remedy=") };
    if let Some(id) = id {
        let id = clean::words(id).into_owned();
        return Some(Runs::Remedy { id, values: values(text)? });
    }
    let shell = SHELLS.iter().find(|(word, _)| first.eq_ignore_ascii_case(word))?;
    (!text.trim().is_empty()).then(|| Runs::Shell(shell.1.to_owned()))
}

/// Lines of `name = value`. A line that is none makes the block one that is only read: what cannot be understood is
/// not run in part.
fn values(text: &str) -> Option<Vec<(String, String)>> {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines.map(value).collect()
}

fn value(line: &str) -> Option<(String, String)> {
    let (name, value) = line.split_once('=')?;
    let (name, value) = (name.trim(), value.trim());
    let bare = ['"', '\''].into_iter().find_map(|quote| value.strip_prefix(quote)?.strip_suffix(quote));
    let value = clean::words(bare.unwrap_or(value)).into_owned();
    (!name.is_empty()).then(|| (clean::words(name).into_owned(), value))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made(info: &str, text: &str) -> Block {
        block(info, text, "Mitigation", &mut 2)
    }

    fn shell(info: &str) -> Option<String> {
        match made(info, "uptime\n") {
            Block::Step(Step { runs: Runs::Shell(shell), number: 3, .. }) => Some(shell),
            Block::Code { text, .. } if text == "uptime" => None,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn three_words_are_shells_and_the_rest_is_read() {
        for (info, interpreter) in [("sh", "sh"), ("bash", "bash"), ("shell", "sh"), ("Bash title=x", "bash")] {
            assert_eq!(shell(info).as_deref(), Some(interpreter), "{info}");
        }
        for info in ["", "console", "sh norun", "sh,no-run", "bash title=x NoRun", "shx", "python", "remedy"] {
            assert_eq!(shell(info), None, "{info}");
        }
        assert!(matches!(made("sh", " \n\n"), Block::Code { .. }), "nothing to run is no step");
    }

    #[test]
    fn a_remedy_and_its_values() {
        for info in ["remedy restart-checkout", "remedy=restart-checkout", "Remedy  restart-checkout"] {
            let Block::Step(step) = made(info, "# which\ninstance = db-2\nwhy=\"a = b\"\n\n") else { panic!("{info}") };
            let values = vec![("instance".to_owned(), "db-2".to_owned()), ("why".to_owned(), "a = b".to_owned())];
            assert_eq!(step.runs, Runs::Remedy { id: "restart-checkout".to_owned(), values });
        }
        assert!(matches!(made("remedy x", ""), Block::Step(_)));
        assert!(matches!(made("remedy x", "please restart"), Block::Code { .. }));
        assert!(matches!(made("remedy x norun", ""), Block::Code { .. }));
    }

    #[test]
    fn the_key_is_of_the_interpreter_and_the_text() {
        let key = |info: &str, text: &str| match made(info, text) {
            Block::Step(step) => step.key,
            other => panic!("{other:?}"),
        };
        assert_eq!(key("sh", "uptime"), key("shell title=x", "uptime\n"));
        assert_ne!(key("sh", "uptime"), key("bash", "uptime"));
        assert_ne!(key("sh", "uptime"), key("sh", "uptime "));
        assert!(key("sh", "uptime").len() == 16 && key("sh", "uptime").chars().all(|c| c.is_ascii_hexdigit()));
    }
}
