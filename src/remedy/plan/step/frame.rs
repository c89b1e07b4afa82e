//! Where a shell's reader is: what is open, and what the word at hand would be.

use super::super::{environment, rereads};

/// What is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Commands: the text itself, a subshell, or `$( )`.
    Commands {
        /// Whether it is `$( )`: then the word around it goes on behind it.
        inside_a_word: bool,
    },
    /// `" "`.
    Double,
    /// `' '`.
    Single,
    /// From `#` to the end of the line.
    Comment,
    /// Backticks.
    Backticks,
    /// `${ }`.
    Braces,
    /// `$(( ))`, with how many parentheses are open in it.
    Arithmetic(usize),
}

/// One thing that is open; for commands, where among their words the reader is.
#[derive(Debug)]
pub(super) struct Frame {
    /// What.
    pub(super) kind: Kind,
    /// What the word at hand, or the next one, is to its command.
    next: Next,
    /// The word at hand as it is written; a value in it is `x`.
    pub(super) word: String,
    /// Whether there is one: `""` is one too.
    pub(super) in_word: bool,
    /// Whether the word at hand, or the next one, is the file of a redirection.
    pub(super) is_file: bool,
}

/// What a word is to its command.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Next {
    /// It names the program.
    Program,
    /// It names the program that the one before it runs, or is an option of that.
    Wrapped,
    /// It is an argument.
    Argument,
}

/// Words after which a command follows.
const RESERVED: &[&str] = &["if", "then", "elif", "else", "do", "while", "until", "!", "{", "time"];
/// Commands that run, or read as code, what follows.
const RUNNERS: &[&str] = &["eval", "source", ".", "trap", "sh", "bash", "dash", "ash", "zsh", "ksh", "su", "runuser"];

impl Frame {
    /// Opens something.
    pub(super) fn new(kind: Kind) -> Self {
        Self { kind, next: Next::Program, word: String::new(), in_word: false, is_file: false }
    }

    /// Adds to the word at hand.
    pub(super) fn push(&mut self, character: char) {
        self.in_word = true;
        self.word.push(character);
    }

    /// Ends the word at hand. Says whether it was `case` in the place of a command.
    pub(super) fn end_word(&mut self) -> bool {
        if !std::mem::take(&mut self.in_word) {
            return false;
        }
        let word = std::mem::take(&mut self.word);
        if std::mem::take(&mut self.is_file) || self.next == Next::Argument {
            return false;
        }
        let option = |word: &str| word.starts_with(|c: char| c == '-' || c.is_ascii_digit());
        if rereads::is_wrapper(&word) || RUNNERS.contains(&word.rsplit('/').next().unwrap_or_default()) {
            self.next = Next::Wrapped;
        } else if !(RESERVED.contains(&word.as_str())
            || assigned(&word).is_some()
            || self.next == Next::Wrapped && option(&word))
        {
            self.next = Next::Argument;
        }
        word == "case"
    }

    /// Ends the command at hand.
    pub(super) fn end_command(&mut self) -> bool {
        let case = self.end_word();
        self.is_file = false;
        self.expect_program();
        case
    }

    /// The next word names a program.
    pub(super) fn expect_program(&mut self) {
        self.next = Next::Program;
    }

    /// Why no value may stand in the word at hand, if so.
    pub(super) fn refuses(&self) -> Option<String> {
        match assigned(&self.word) {
            Some(name) if environment::decides(name) => {
                Some(format!("{name} decides what runs, and no value may set it"))
            }
            None if self.next != Next::Argument && !self.is_file => {
                Some("it stands where a program is named or where code is read, and a value may be neither".to_owned())
            }
            _ => None,
        }
    }

    /// Whether the word at hand sets a variable.
    pub(super) fn assigns(&self) -> bool {
        assigned(&self.word).is_some()
    }
}

/// The variable that a word sets: `x=1` sets `x`.
fn assigned(word: &str) -> Option<&str> {
    let name = word.split_once('=')?.0;
    let name = name.strip_suffix('+').unwrap_or(name);
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '_';
    (name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_') && name.chars().all(plain)).then_some(name)
}
