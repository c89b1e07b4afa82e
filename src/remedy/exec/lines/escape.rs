//! Escape sequences (ECMA-48) in running text: recognised wherever they are cut, and taken out whole.

/// What a character turned out to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Sign {
    /// Itself: not part of any sequence.
    Plain(char),
    /// Paint: the parameters of an SGR sequence.
    Paint(String),
    /// The line is erased: `EL`, with its parameter (0 from here to the end, 1 to here, 2 all of it).
    Erase(u8),
    /// Part of a sequence that means nothing here.
    Nothing,
}

/// The most characters of parameters that are looked at.
const PARAMETERS: usize = 64;

#[derive(Debug, Default)]
enum State {
    #[default]
    Ground,
    /// Behind ESC.
    Escape,
    /// Behind ESC and an intermediate character: `ESC ( B`.
    Middle,
    /// In a control sequence; its parameters.
    Control(String),
    /// In a string (OSC, DCS, SOS, PM, APC).
    Text,
    /// In a string, behind ESC.
    TextEscape,
}

/// Where a stream stands.
#[derive(Debug, Default)]
pub(super) struct Escapes {
    state: State,
}

impl Escapes {
    /// What the next character is.
    pub(super) fn next(&mut self, character: char) -> Sign {
        match std::mem::take(&mut self.state) {
            State::Ground => self.ground(character),
            State::Middle => match character {
                ' '..='/' => self.go(State::Middle),
                '0'..='~' => Sign::Nothing,
                other => self.ground(other),
            },
            State::Control(parameters) => self.control(parameters, character),
            State::Text => match character {
                '\u{7}' | '\u{9c}' | '\u{18}' | '\u{1a}' => Sign::Nothing,
                '\u{1b}' => self.go(State::TextEscape),
                // A line break ends a string that was never closed: the next line is not swallowed.
                '\n' => Sign::Plain('\n'),
                _ => self.go(State::Text),
            },
            State::TextEscape if character == '\\' => Sign::Nothing,
            State::Escape | State::TextEscape => self.escape(character),
        }
    }

    fn go(&mut self, state: State) -> Sign {
        self.state = state;
        Sign::Nothing
    }

    fn ground(&mut self, character: char) -> Sign {
        match character {
            '\u{1b}' => self.go(State::Escape),
            '\u{9b}' => self.go(State::Control(String::new())),
            '\u{90}' | '\u{98}' | '\u{9d}'..='\u{9f}' => self.go(State::Text),
            other => Sign::Plain(other),
        }
    }

    fn escape(&mut self, character: char) -> Sign {
        match character {
            '[' => self.go(State::Control(String::new())),
            ']' | 'P' | 'X' | '^' | '_' => self.go(State::Text),
            ' '..='/' => self.go(State::Middle),
            '0'..='~' => Sign::Nothing,
            other => self.ground(other),
        }
    }

    fn control(&mut self, mut parameters: String, character: char) -> Sign {
        match character {
            ' '..='?' => {
                // What is too long is still taken out whole, but means nothing any more.
                parameters.push(if parameters.len() < PARAMETERS { character } else { '?' });
                parameters.truncate(PARAMETERS + 1);
                self.go(State::Control(parameters))
            }
            'm' if parameters.chars().all(|part| part.is_ascii_digit() || ";:".contains(part)) => {
                Sign::Paint(parameters)
            }
            'K' => match parameters.as_str() {
                "" | "0" => Sign::Erase(0),
                "2" => Sign::Erase(2),
                _ => Sign::Nothing,
            },
            '@'..='~' => Sign::Nothing,
            other => self.ground(other),
        }
    }
}

/// A text without its escape sequences.
pub(in crate::remedy::exec) fn without(text: &str) -> String {
    let mut escapes = Escapes::default();
    let plain = |character| match escapes.next(character) {
        Sign::Plain(character) => Some(character),
        _ => None,
    };
    text.chars().filter_map(plain).collect()
}
