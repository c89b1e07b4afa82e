//! One theme file, read row by row.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use ratatui::style::{Color, Modifier};

use super::ThemeProblem;
use super::colour;
use super::role::Role;
use crate::domain::harmless;
use crate::rows::{self, Position, Problem, Row, Value};

/// The longest description, in characters.
const LONGEST_DESCRIPTION: usize = 80;

/// A colour's word and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Word {
    pub(super) text: String,
    pub(super) file: PathBuf,
    pub(super) at: Position,
}

/// How a theme says that a role looks.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Look {
    pub(super) fg: Option<Word>,
    pub(super) bg: Option<Word>,
    pub(super) modifiers: Modifier,
}

/// One file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Sheet {
    pub(super) description: Option<String>,
    /// The theme it builds on, and where it says so.
    pub(super) inherits: Option<(String, Position)>,
    /// Colours by word.
    pub(super) palette: BTreeMap<String, Color>,
    /// What words are where there are sixteen colours.
    pub(super) ansi16: BTreeMap<String, Color>,
    /// Roles, as they stand.
    pub(super) roles: Vec<(Role, Look)>,
}

/// Fields of a role that are true or false.
const MODIFIERS: &[(&str, Modifier)] = &[
    ("bold", Modifier::BOLD),
    ("dim", Modifier::DIM),
    ("italic", Modifier::ITALIC),
    ("underlined", Modifier::UNDERLINED),
    ("reversed", Modifier::REVERSED),
];

/// Keys of the file itself.
const SECTIONS: [&str; 5] = ["description", "inherits", "palette", "ansi16", "roles"];

/// Whether a theme may have this name: it becomes the name of a file.
pub(super) fn is_name(name: &str) -> bool {
    !name.is_empty()
        && name.len() <= 64
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte))
}

/// Reads a file. What is wrong is told and left out.
pub(super) fn read(file: &Path, text: &str) -> (Sheet, Vec<ThemeProblem>) {
    let (rows, found) = rows::read(file, text);
    let mut reader = Reader { file, sheet: Sheet::default(), found };
    for row in rows {
        reader.section(row);
    }
    (reader.sheet, reader.found)
}

struct Reader<'a> {
    file: &'a Path,
    sheet: Sheet,
    found: Vec<ThemeProblem>,
}

impl Reader<'_> {
    fn tell(&mut self, at: Position, message: &str) {
        self.found.push(Problem::of_file(self.file, message).at(at));
    }

    fn tell_unknown<'k>(&mut self, at: Position, what: &str, word: &str, known: impl IntoIterator<Item = &'k str>) {
        let message = format!("unknown {what} '{word}'");
        self.found.push(Problem::of_file(self.file, &message).at(at).meant(word, known));
    }

    fn section(&mut self, row: Row) {
        match (row.name.as_str(), row.value) {
            ("description", Value::Text(text)) => {
                self.sheet.description = Some(harmless::line(&text, LONGEST_DESCRIPTION).into_owned());
            }
            ("inherits", Value::Text(name)) => self.sheet.inherits = Some((name, row.value_at)),
            ("palette", Value::Table(rows)) => self.sheet.palette = self.colours(rows, |_| true),
            ("ansi16", Value::Table(rows)) => {
                let is_one_of_them = |colour| !matches!(colour, Color::Rgb(..) | Color::Indexed(_));
                self.sheet.ansi16 = self.colours(rows, is_one_of_them);
            }
            ("roles", Value::Table(rows)) => rows.into_iter().for_each(|row| self.role(row)),
            (name, other) if SECTIONS.contains(&name) => {
                let wanted = if matches!(name, "description" | "inherits") { "text" } else { "a table" };
                let message = format!("'{name}' is {wanted}, not {}", other.kind());
                self.tell(row.value_at, &message);
            }
            (name, _) => self.tell_unknown(row.at, "key", name, SECTIONS),
        }
    }

    /// The colours of a palette.
    fn colours(&mut self, rows: Vec<Row>, fits: impl Fn(Color) -> bool) -> BTreeMap<String, Color> {
        let mut made = BTreeMap::new();
        for row in rows {
            let Some(text) = self.word_text(&row.value, row.value_at) else { continue };
            match colour::parse(&text) {
                Some(colour) if fits(colour) => {
                    made.insert(row.name, colour);
                }
                Some(_) => self.tell(row.value_at, &format!("'{text}' is none of the sixteen colours")),
                None => self.not_a_colour(row.value_at, &text),
            }
        }
        made
    }

    fn not_a_colour(&mut self, at: Position, text: &str) {
        let message = format!("'{text}' is no colour: \"#rrggbb\", a name, a number to 255, or \"default\"");
        self.found.push(Problem::of_file(self.file, &message).at(at).meant(text, colour::names()));
    }

    /// A colour as text; a number of the 256 may stand without quotes.
    fn word_text(&mut self, value: &Value, at: Position) -> Option<String> {
        match value {
            Value::Text(text) => Some(text.clone()),
            Value::Number(number) => Some(number.to_string()),
            other => {
                self.tell(at, &format!("a colour is text or a number, not {}", other.kind()));
                None
            }
        }
    }

    fn role(&mut self, row: Row) {
        let Some(role) = Role::named(&row.name) else {
            let names = Role::ALL.iter().map(|role| role.name());
            return self.tell_unknown(row.at, "role", &row.name, names);
        };
        let look = match row.value {
            Value::Table(fields) => self.look(fields),
            value => match self.word(&value, row.value_at) {
                Some(word) => Look { fg: Some(word), ..Look::default() },
                None => return,
            },
        };
        self.sheet.roles.push((role, look));
    }

    fn look(&mut self, fields: Vec<Row>) -> Look {
        let mut look = Look::default();
        for field in fields {
            let modifier = MODIFIERS.iter().find(|(name, _)| *name == field.name);
            match (field.name.as_str(), modifier, field.value) {
                ("fg", _, value) => look.fg = self.word(&value, field.value_at),
                ("bg", _, value) => look.bg = self.word(&value, field.value_at),
                (_, Some((_, modifier)), Value::Flag(on)) => look.modifiers.set(*modifier, on),
                (name, Some(_), other) => {
                    let message = format!("'{name}' is true or false, not {}", other.kind());
                    self.tell(field.value_at, &message);
                }
                (name, None, _) => {
                    let known = MODIFIERS.iter().map(|(name, _)| *name).chain(["fg", "bg"]);
                    self.tell_unknown(field.at, "field", name, known);
                }
            }
        }
        look
    }

    fn word(&mut self, value: &Value, at: Position) -> Option<Word> {
        self.word_text(value, at).map(|text| Word { text, file: self.file.to_owned(), at })
    }
}
