//! Where a command prints: what is meant for machines and readers on stdout alone, messages on stderr.

use std::borrow::Cow;
use std::io::{self, BufRead, BufWriter, IsTerminal, Write};

use super::exit;
use crate::domain::harmless;

/// The two ends a command prints to, and the one it asks from.
pub struct Output {
    out: Box<dyn Write>,
    messages: Box<dyn Write>,
    may_ask: bool,
    on_terminal: bool,
}

impl std::fmt::Debug for Output {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Output").field("may_ask", &self.may_ask).finish_non_exhaustive()
    }
}

impl Output {
    /// The process's own.
    #[must_use]
    pub fn stdio() -> Self {
        Self {
            out: Box::new(BufWriter::with_capacity(64 * 1024, io::stdout())),
            messages: Box::new(io::stderr()),
            may_ask: io::stdin().is_terminal() && io::stderr().is_terminal(),
            on_terminal: io::stdout().is_terminal(),
        }
    }

    /// What the command is for.
    pub fn out(&mut self) -> &mut dyn Write {
        &mut self.out
    }

    /// Prints all and ends: `status`, or what a closed pipe or a full disk means.
    pub fn finish(&mut self, written: io::Result<()>, status: u8) -> u8 {
        match written.and_then(|()| self.out.flush()) {
            Ok(()) => status,
            // `midwatch incidents | head`: whoever read has read enough.
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => status,
            Err(error) => {
                self.complain(&format!("cannot print: {error}"));
                exit::FAULT
            }
        }
    }

    /// A message for people.
    pub fn complain(&mut self, words: &str) {
        // Without stderr there is nobody to tell; the exit status still says it.
        let _ = writeln!(self.messages, "midwatch: {}", told(words));
    }

    /// What is wrong with the arguments, or the help or version that they ask for.
    pub fn usage(&mut self, error: &clap::Error) {
        let words = error.render().to_string();
        // Where even this cannot be printed, the exit status says it.
        let _ = match told(&words) {
            // With the colours of the terminal, and help on stdout.
            Cow::Borrowed(_) => error.print(),
            Cow::Owned(words) => writeln!(self.messages, "{words}"),
        };
    }

    /// Asks a yes-or-no question on the terminal; No is the default, and the answer where nobody can be asked.
    pub fn ask(&mut self, question: &str) -> bool {
        if !self.may_ask {
            return false;
        }
        let asked = write!(self.messages, "{} [y/N] ", told(question)).and_then(|()| self.messages.flush());
        let mut answer = String::new();
        asked.is_ok() && io::stdin().lock().read_line(&mut answer).is_ok() && matches!(answer.trim(), "y" | "Y" | "yes")
    }

    /// Asks for a word on the terminal; `None` where nobody can be asked.
    pub fn ask_word(&mut self, question: &str) -> Option<String> {
        if !self.may_ask {
            return None;
        }
        let asked = write!(self.messages, "{} ", told(question)).and_then(|()| self.messages.flush());
        let mut answer = String::new();
        let read = asked.is_ok() && io::stdin().lock().read_line(&mut answer).is_ok();
        read.then(|| answer.trim().to_owned())
    }

    /// Hands on what was printed so far, for what is to be seen at once. That nobody reads any more is seen at the end.
    pub fn show(&mut self) {
        let _ = self.out.flush();
    }

    /// Whether what is printed goes to a terminal.
    #[must_use]
    pub fn on_terminal(&self) -> bool {
        self.on_terminal
    }

    /// How wide a table may be, in columns: the terminal's width, else enough for a log.
    #[must_use]
    pub fn width(&self) -> usize {
        let terminal = io::stdout().is_terminal().then(crossterm::terminal::size).and_then(Result::ok);
        terminal.map_or(120, |(columns, _)| usize::from(columns).max(40))
    }

    /// Whether there is somebody to ask.
    #[must_use]
    pub fn may_ask(&self) -> bool {
        self.may_ask
    }
}

/// Words for people as they may be printed: names of files and arguments are from outside too.
fn told(words: &str) -> Cow<'_, str> {
    if words.split('\n').all(harmless::is_harmless) {
        return Cow::Borrowed(words);
    }
    let lines: Vec<Cow<'_, str>> = words.split('\n').map(|line| harmless::line(line, usize::MAX)).collect();
    Cow::Owned(lines.join("\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_told_line_by_line_without_what_acts() {
        assert_eq!(told("one\n  two\n"), "one\n  two\n");
        assert!(matches!(told("one\n  two\n"), Cow::Borrowed(_)));
        assert_eq!(told("a\u{1b}[2Jb\n\u{9b}c\u{202e}d"), "ab\n·d");
    }
}
