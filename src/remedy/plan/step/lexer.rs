//! A reader of shell text that knows how far quotes reach, so that a placeholder becomes a reference to a variable that
//! is one word wherever it stands. Where it cannot follow it says so, and refuses; it never guesses.
//!
//! The grammar is POSIX.1-2024, Shell Command Language, section 2, with what bash adds where that changes quoting.

mod words;

use super::frame::{Frame, Kind};
use super::labels::{self, PREFIX};

/// A text with its placeholders replaced, and what it names.
#[derive(Debug)]
pub(super) struct Read {
    /// The text as it runs.
    pub(super) text: String,
    /// The labels that it uses.
    pub(super) uses: Vec<Use>,
}

/// One use of a label.
#[derive(Debug)]
pub(super) struct Use {
    /// Which.
    pub(super) named: Named,
    /// Whether any value is one argument there: in double quotes, in an argument of a command that is not in `$( )`.
    pub(super) free: bool,
    /// Whether the text says what to do without it: `${MIDWATCH_LABEL_X:-none}`.
    pub(super) optional: bool,
}

/// How a label is named.
#[derive(Debug)]
pub(super) enum Named {
    /// As a placeholder: `{{labels.x}}`.
    Label(String),
    /// As a variable: `MIDWATCH_LABEL_X`.
    Variable(String),
}

impl Named {
    /// Whether it is this label's own name.
    pub(super) fn is(&self, label: &str) -> bool {
        matches!(self, Self::Label(name) if name == label)
    }
}

/// Reads a text to its end.
pub(super) fn read(text: &str) -> Result<Read, String> {
    let first = Frame::new(Kind::Commands { inside_a_word: false });
    let mut lexer = Lexer {
        rest: text,
        made: String::new(),
        uses: Vec::new(),
        below: Vec::new(),
        top: first,
        lost: None,
        case: false,
    };
    while let Some(character) = lexer.rest.chars().next() {
        if let Some(name) = lexer.take_placeholder()? {
            lexer.placeholder(&name)?;
        } else if !lexer.variable()? {
            lexer.character(character);
        }
    }
    let open = lexer.below.len() > usize::from(lexer.top.kind == Kind::Comment);
    if open && !lexer.uses.is_empty() && lexer.lost.is_none() {
        return Err("a quote or a bracket is opened and never closed; close it".to_owned());
    }
    Ok(Read { text: lexer.made, uses: lexer.uses })
}

/// The reader: what is to be read, what was written, and what is open.
struct Lexer<'a> {
    rest: &'a str,
    made: String,
    uses: Vec<Use>,
    below: Vec<Frame>,
    top: Frame,
    /// Why the reader cannot follow any more.
    lost: Option<&'static str>,
    /// Whether a `case` was seen: its patterns end with a `)` that nothing opens.
    case: bool,
}

impl Lexer<'_> {
    /// Takes `{{labels.name}}`, if it is what follows. What is `{{` and something else is the author's own.
    fn take_placeholder(&mut self) -> Result<Option<String>, String> {
        let Some(inner) = self.rest.strip_prefix("{{") else { return Ok(None) };
        let inner = inner.trim_start_matches(' ');
        if inner.starts_with("annotations.") {
            return Err("annotations are prose and reach no command; use a label".to_owned());
        }
        let Some(inner) = inner.strip_prefix("labels.") else { return Ok(None) };
        let plain = |c: char| c.is_ascii_alphanumeric() || "_.:/-".contains(c);
        let end = inner.find(|c| !plain(c)).unwrap_or(inner.len());
        let (name, behind) = inner.split_at(end);
        let (false, Some(behind)) = (name.is_empty(), behind.trim_start_matches(' ').strip_prefix("}}")) else {
            return Err("'{{labels.' begins no placeholder; write one as {{labels.instance}}".to_owned());
        };
        let name = name.to_owned();
        let taken = self.rest.len() - behind.len();
        self.rest = self.rest.get(taken..).unwrap_or_default();
        Ok(Some(name))
    }

    /// Writes the reference that stands for a placeholder.
    fn placeholder(&mut self, label: &str) -> Result<(), String> {
        let variable = labels::variable(label);
        let refused = |why: &str| {
            Err(format!("{{{{labels.{label}}}}} cannot stand here: {why}; use \"${variable}\" in double quotes"))
        };
        if self.top.kind == Kind::Comment && self.lost.is_none() {
            self.made.push_str(&variable);
            return Ok(());
        }
        let why = self.lost.or(match self.top.kind {
            Kind::Backticks => Some("it is in backticks"),
            Kind::Braces => Some("it is in ${ }"),
            Kind::Arithmetic(_) => Some("it is in arithmetic"),
            _ => None,
        });
        if let Some(why) = why {
            return refused(why);
        }
        if let Some(why) = self.refusal() {
            return refused(&why);
        }
        let reference = match self.top.kind {
            Kind::Double => format!("${{{variable}}}"),
            Kind::Single => format!("'\"${{{variable}}}\"'"),
            _ => format!("\"${{{variable}}}\""),
        };
        self.made.push_str(&reference);
        self.commands().push('x');
        self.uses.push(Use { named: Named::Label(label.to_owned()), free: false, optional: false });
        Ok(())
    }

    /// Takes `MIDWATCH_LABEL_X`, if it is what follows, and notes how it is used.
    fn variable(&mut self) -> Result<bool, String> {
        let in_name = |c: char| c.is_ascii_alphanumeric() || c == '_';
        if !self.rest.starts_with(PREFIX) || self.made.ends_with(in_name) {
            return Ok(false);
        }
        let end = self.rest.find(|c| !in_name(c)).unwrap_or(self.rest.len());
        let (name, behind) = self.rest.split_at(end);
        self.made.push_str(name);
        self.rest = behind;
        if self.top.kind == Kind::Comment && self.lost.is_none() {
            return Ok(true);
        }
        let before = self.made.strip_suffix(name).unwrap_or_default();
        let expands = before.ends_with('$') || self.top.kind == Kind::Braces;
        let bare = before.ends_with("${");
        if expands
            && self.top.kind != Kind::Single
            && self.lost.is_none()
            && let Some(why) = self.refusal()
        {
            return Err(format!("{name} cannot stand here: {why}"));
        }
        let quoted = match (self.top.kind, self.below.last().map(|frame| frame.kind)) {
            (Kind::Double, _) => expands,
            (Kind::Braces, Some(Kind::Double)) => bare,
            _ => false,
        };
        let nested = self.below.iter().filter(|frame| matches!(frame.kind, Kind::Commands { .. })).count() > 1;
        let free = quoted && !nested && self.lost.is_none() && !self.commands().assigns();
        let without = [":-", ":+", ":?", ":=", "-", "+", "?", "="];
        let optional = self.top.kind == Kind::Braces && without.iter().any(|sign| behind.starts_with(sign));
        self.uses.push(Use { named: Named::Variable(name.to_owned()), free, optional });
        if matches!(self.top.kind, Kind::Commands { .. }) {
            self.top.word.push_str(name);
            self.top.in_word = true;
        }
        Ok(true)
    }

    /// The commands that are being read, whatever is open in them.
    fn commands(&mut self) -> &mut Frame {
        if matches!(self.top.kind, Kind::Commands { .. }) {
            return &mut self.top;
        }
        let at = self.below.iter().rposition(|frame| matches!(frame.kind, Kind::Commands { .. }));
        match at.and_then(|at| self.below.get_mut(at)) {
            Some(frame) => frame,
            None => &mut self.top,
        }
    }

    /// Why no value may stand here: for the word at hand, and for every word that it is a part of.
    fn refusal(&mut self) -> Option<String> {
        if let Some(why) = self.commands().refuses() {
            return Some(why);
        }
        let mut outer = self.below.iter().filter(|frame| matches!(frame.kind, Kind::Commands { .. }) && frame.in_word);
        outer.find_map(Frame::refuses)
    }
}
