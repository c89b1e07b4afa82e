//! One character after the other: what opens, what closes, where words and commands end.

use super::super::frame::{Frame, Kind};
use super::Lexer;

impl Lexer<'_> {
    /// Reads one character as what is open has it.
    pub(super) fn character(&mut self, character: char) {
        if self.lost.is_some() {
            self.copy(1);
            return;
        }
        match self.top.kind {
            Kind::Commands { .. } => self.command_character(character),
            Kind::Double => self.double_character(character),
            Kind::Single => self.until(character, '\''),
            Kind::Comment if character == '\n' => {
                self.close();
                self.command_character(character);
            }
            Kind::Comment => self.copy(1),
            Kind::Backticks if character == '\\' => self.copy(2),
            Kind::Backticks => self.until(character, '`'),
            Kind::Braces if "\"'`\\${!".contains(character) => {
                self.lose("a '${ }' that holds quotes or more is open before it");
            }
            Kind::Braces => self.until(character, '}'),
            Kind::Arithmetic(open) => self.arithmetic_character(character, open),
        }
    }

    /// Copies characters as they are.
    fn copy(&mut self, count: usize) {
        let end = self.rest.char_indices().nth(count).map_or(self.rest.len(), |(at, _)| at);
        let (taken, rest) = self.rest.split_at(end);
        self.made.push_str(taken);
        self.rest = rest;
    }

    fn open(&mut self, kind: Kind, marks: usize) {
        self.copy(marks);
        self.below.push(std::mem::replace(&mut self.top, Frame::new(kind)));
    }

    fn close(&mut self) {
        if let Some(frame) = self.below.pop() {
            self.top = frame;
        }
    }

    /// Gives up: from here on nobody can tell what is quoted.
    fn lose(&mut self, why: &'static str) {
        self.lost = Some(why);
        self.copy(1);
    }

    fn until(&mut self, character: char, end: char) {
        self.copy(1);
        if character == end {
            self.close();
        }
    }

    /// `$`, wherever it means something. Says whether it opened anything.
    fn dollar(&mut self) -> bool {
        let behind = self.rest.get(1..).unwrap_or_default();
        if behind.starts_with("((") {
            self.open(Kind::Arithmetic(2), 3);
        } else if behind.starts_with('(') {
            self.open(Kind::Commands { inside_a_word: true }, 2);
        } else if behind.starts_with('{') {
            self.open(Kind::Braces, 2);
        } else {
            return false;
        }
        true
    }

    fn double_character(&mut self, character: char) {
        match character {
            '\\' if self.rest.starts_with("\\{{") => self.lose("a backslash stands before it"),
            '\\' => self.copy(2),
            '`' => self.open(Kind::Backticks, 1),
            '$' if self.dollar() => {}
            '"' => self.until(character, '"'),
            _ => self.copy(1),
        }
    }

    fn arithmetic_character(&mut self, character: char, open: usize) {
        let known = |c: char| c.is_ascii_alphanumeric() || "_+-*/%<>=!&|^~?:, \t\n$".contains(c);
        let left = match character {
            '(' => open + 1,
            ')' => open - 1,
            other if known(other) => open,
            _ => return self.lose("arithmetic that cannot be followed stands before it"),
        };
        self.copy(1);
        if left == 0 {
            self.close();
        } else {
            self.top.kind = Kind::Arithmetic(left);
        }
    }

    fn command_character(&mut self, character: char) {
        match character {
            '\\' if self.rest.starts_with("\\\n") => self.copy(2),
            '\\' if self.rest.starts_with("\\{{") => self.lose("a backslash stands before it"),
            '\\' => self.in_word('\\', |lexer| lexer.copy(2)),
            '\'' => self.in_word(character, |lexer| lexer.open(Kind::Single, 1)),
            '"' => self.in_word(character, |lexer| lexer.open(Kind::Double, 1)),
            '`' => self.in_word(character, |lexer| lexer.open(Kind::Backticks, 1)),
            '$' if self.rest.starts_with("$'") => self.lose("a $'…' stands before it"),
            '$' => self.in_word(character, |lexer| {
                if !lexer.dollar() {
                    lexer.copy(1);
                }
            }),
            '#' if !self.top.in_word => self.open(Kind::Comment, 1),
            ' ' | '\t' => {
                let case = self.top.end_word();
                self.ended(case);
            }
            // `&>` too: to some shells it ends a command, to others it does not.
            '\n' | ';' | '|' | '&' => self.end_command(),
            '<' | '>' => self.redirection(),
            '(' => self.parenthesis(),
            ')' => self.closing_parenthesis(),
            other => self.in_word(other, |lexer| lexer.copy(1)),
        }
    }

    /// Adds to the word at hand, then goes on.
    fn in_word(&mut self, character: char, then: impl FnOnce(&mut Self)) {
        self.top.push(character);
        then(self);
    }

    fn end_command(&mut self) {
        let case = self.top.end_command();
        self.ended(case);
    }

    /// A word ended, which was `case` or not.
    fn ended(&mut self, case: bool) {
        self.case |= case;
        if case && !self.below.is_empty() {
            self.lose("a 'case' within brackets stands before it");
        } else {
            self.copy(1);
        }
    }

    fn redirection(&mut self) {
        // `2>` names a file descriptor, no word.
        if self.top.word.chars().all(|c| c.is_ascii_digit()) {
            self.top.word.clear();
            self.top.in_word = false;
        }
        self.top.end_word();
        let marks = ["<<<", ">>", ">|", ">&", "<&", "<>"]
            .iter()
            .find(|mark| self.rest.starts_with(**mark))
            .map_or(1, |mark| mark.len());
        if self.rest.starts_with("<<") && marks == 1 {
            return self.lose("a here-document begins before it");
        }
        self.copy(marks);
        self.top.is_file = true;
    }

    fn parenthesis(&mut self) {
        if self.rest.starts_with("((") {
            return self.open(Kind::Arithmetic(2), 2);
        }
        self.top.end_word();
        self.top.is_file = false;
        self.open(Kind::Commands { inside_a_word: false }, 1);
    }

    fn closing_parenthesis(&mut self) {
        if self.top.end_word() {
            return self.lose("a 'case' within brackets stands before it");
        }
        if self.below.is_empty() {
            if !self.case {
                return self.lose("a ')' that nothing opens stands before it");
            }
            // The end of a pattern of `case`: a command follows.
            return self.end_command();
        }
        let inside_a_word = self.top.kind == Kind::Commands { inside_a_word: true };
        self.copy(1);
        self.close();
        if !inside_a_word {
            // `f()` is followed by a command, `( … )` by an operator.
            self.top.expect_program();
        }
    }
}
