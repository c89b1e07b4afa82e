//! Files whose rows are taken one by one: a keymap, a theme. A bad row is left out and told, the others count.
//!
//! What lives here: reading such a file as far as it can be read, where each row stands, and how a problem is
//! told. What must not: what a row means.

pub mod nearest;
mod problem;
mod text;

use std::borrow::Cow;
use std::ops::Range;
use std::path::Path;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use problem::Lines;
pub use problem::{Position, Problem};
pub use text::text_of;

/// The largest file that is read, in bytes. The largest sensible one is a tenth of it.
pub const LARGEST: usize = 256 * 1024;

/// How many lines that are no TOML are told before the rest of a file is given up.
const MOST_BROKEN: usize = 50;

/// What a row holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// Text.
    Text(String),
    /// A whole number.
    Number(i64),
    /// True or false.
    Flag(bool),
    /// Rows of its own.
    Table(Vec<Row>),
    /// Something else; what it is, in words.
    Other(&'static str),
}

impl Value {
    /// What it is, in words.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Text(_) => "text",
            Self::Number(_) => "a number",
            Self::Flag(_) => "true or false",
            Self::Table(_) => "a table",
            Self::Other(words) => words,
        }
    }
}

/// One row: a name and what it holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Its name.
    pub name: String,
    /// Where the name stands.
    pub at: Position,
    /// What it holds.
    pub value: Value,
    /// Where that stands.
    pub value_at: Position,
}

/// Reads the rows of a file in their order. What is no TOML is told and left out: its line, or, where the head
/// of a section cannot be read, the section, because its rows would else count for the one before.
#[must_use]
pub fn read(file: &Path, text: &str) -> (Vec<Row>, Vec<Problem>) {
    let mut found = Vec::new();
    if text.len() > LARGEST {
        let message = format!("larger than {} KiB, which no such file needs; it is not read", LARGEST / 1024);
        return (Vec::new(), vec![Problem::of_file(file, &message)]);
    }
    let mut rest = Cow::Borrowed(text);
    loop {
        let at = match DeTable::parse(&rest) {
            Ok(table) => return (rows(&Lines::of(text), table.get_ref()), found),
            Err(error) => {
                let at = error.span().unwrap_or(0..0);
                found.push(Problem::of_file(file, &words(text, &error, &at)).at(Position::of(text, at.start)));
                at
            }
        };
        if found.len() >= MOST_BROKEN {
            found.push(Problem::of_file(file, "too much of this is no TOML; the file does not count"));
            return (Vec::new(), found);
        }
        let bad = broken_part(&rest, at.start);
        rest = Cow::Owned(without(&rest, &bad));
    }
}

/// What is wrong with the syntax, in words. The parser's own rendering would quote the line.
fn words(text: &str, error: &toml::de::Error, at: &Range<usize>) -> String {
    match (error.message(), text.get(at.clone())) {
        ("duplicate key", Some(key)) => format!("{key} stands here twice; the first counts"),
        (message, _) => format!("this is no TOML: {message}"),
    }
}

/// The line of an offset (the last one before it that holds anything), or its section if it is the head of one.
fn broken_part(text: &str, offset: usize) -> Range<usize> {
    let offset = text.floor_char_boundary(offset);
    let (before, after) = text.split_at(offset);
    let end = offset + after.find('\n').unwrap_or(after.len());
    let mut start = before.rfind('\n').map_or(0, |at| at + 1);
    while start > 0 && text[start..end].trim().is_empty() {
        start = text[..start - 1].rfind('\n').map_or(0, |at| at + 1);
    }
    if !text[start..end].trim_start().starts_with('[') {
        return start..end;
    }
    let mut stop = end;
    for line in text[end..].split_inclusive('\n') {
        if line.starts_with('[') {
            break;
        }
        stop += line.len();
    }
    start..stop
}

/// The text with a part of it blank, so that every other byte stays where it is.
fn without(text: &str, part: &Range<usize>) -> String {
    let blank: String = text[part.clone()].bytes().map(|byte| if byte == b'\n' { '\n' } else { ' ' }).collect();
    [&text[..part.start], &blank, &text[part.end..]].concat()
}

fn rows(lines: &Lines<'_>, table: &DeTable<'_>) -> Vec<Row> {
    let mut made: Vec<Row> = table
        .iter()
        .map(|(name, value)| Row {
            name: name.get_ref().to_string(),
            at: lines.position(name.span().start),
            value: value_of(lines, value),
            value_at: lines.position(value.span().start),
        })
        .collect();
    made.sort_by_key(|row| row.at);
    made
}

fn value_of(lines: &Lines<'_>, value: &Spanned<DeValue<'_>>) -> Value {
    match value.get_ref() {
        DeValue::String(text) => Value::Text(text.to_string()),
        DeValue::Integer(number) => i64::from_str_radix(number.as_str(), number.radix())
            .map_or(Value::Other("a number that is too large"), Value::Number),
        DeValue::Boolean(flag) => Value::Flag(*flag),
        DeValue::Table(table) => Value::Table(rows(lines, table)),
        DeValue::Float(_) => Value::Other("a number with a fraction"),
        DeValue::Datetime(_) => Value::Other("a date or a time"),
        DeValue::Array(_) => Value::Other("a list"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn names(text: &str) -> (Vec<String>, Vec<String>) {
        let (rows, problems) = read(Path::new("f"), text);
        let mut names = Vec::new();
        for row in rows {
            if let Value::Table(inner) = &row.value {
                names.extend(inner.iter().map(|inner| format!("{}.{}", row.name, inner.name)));
            } else {
                names.push(row.name);
            }
        }
        (names, problems.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn a_broken_line_costs_itself_alone() {
        let (names, problems) = names("a = 1\n\n[t]\nb = = 2\nc = \"x\nd = 4\n[u]\ne = 5\n");
        assert_eq!(names, ["a", "t.d", "u.e"]);
        assert_eq!(problems.len(), 2, "{problems:?}");
        assert!(problems[0].starts_with("f:4:5: this is no TOML"), "{problems:?}");
        assert!(problems[1].starts_with("f:5:"), "{problems:?}");
    }

    #[test]
    fn rows_of_a_section_without_a_head_count_for_no_other() {
        let (names, problems) = names("[t]\na = 1\n[u\nb = 2\nc = 3\n[v]\nd = 4\n");
        assert_eq!(names, ["t.a", "v.d"]);
        assert_eq!(problems.len(), 1, "{problems:?}");
    }

    #[test]
    fn the_first_of_two_counts() {
        let (names, problems) = names("[t]\n\"g\" = 1\n\"g\" = 2\nh = 3\n");
        assert_eq!(names, ["t.g", "t.h"]);
        assert_eq!(problems, ["f:3:1: \"g\" stands here twice; the first counts"]);
    }

    #[test]
    fn an_endless_text_and_a_huge_file_end() {
        let (left, problems) = names("a = 1\nb = \"\"\"\nno end\n");
        assert_eq!(left, ["a"]);
        assert!(!problems.is_empty());
        let (left, problems) = names(&"a".repeat(LARGEST + 1));
        assert!(left.is_empty());
        assert_eq!(problems, ["f: larger than 256 KiB, which no such file needs; it is not read"]);
    }

    proptest! {
        #[test]
        fn any_text_is_read_as_far_as_it_can_be(text in "[\\[\\]a-c=\"' \n#.{},é]{0,60}") {
            let (_, problems) = read(Path::new("f"), &text);
            prop_assert_eq!(problems.is_empty(), DeTable::parse(&text).is_ok());
        }
    }
}
