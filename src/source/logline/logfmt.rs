//! `key=value key="quoted value" word …`, as Heroku and Go programs write it.

use super::fields::{Field, gather};
use super::{Clock, Parts};

/// Keys of which one must be there for a line to be taken for logfmt when nobody said that it is.
const TELLTALE: [&str; 9] = ["level", "lvl", "severity", "msg", "message", "time", "ts", "timestamp", "t"];

/// Reads a line; `None` if it is none. A `guessed` one must begin with a pair, have two and a known key.
#[must_use]
pub fn read(line: &str, clock: Clock, guessed: bool) -> Option<Parts<'static>> {
    let (mut fields, mut words, mut rest) = (Vec::new(), Vec::new(), line.trim_start());
    while !rest.is_empty() {
        let (item, after) = next(rest)?;
        match item {
            Item::Pair(field) => fields.push(field),
            Item::Word(_) if guessed && fields.is_empty() => return None,
            Item::Word(word) => words.push(word),
        }
        rest = after.trim_start();
    }
    let telltale = |field: &Field| TELLTALE.iter().any(|key| field.name.eq_ignore_ascii_case(key));
    if fields.is_empty() || guessed && (fields.len() < 2 || !fields.iter().any(telltale)) {
        return None;
    }
    let mut parts = gather(fields, clock);
    for word in words {
        let text = parts.text.to_mut();
        text.push(' ');
        text.push_str(word);
    }
    Some(parts)
}

enum Item<'a> {
    Pair(Field),
    Word(&'a str),
}

/// The next pair or word and what follows; `None` if a quote is never closed.
fn next(text: &str) -> Option<(Item<'_>, &str)> {
    let end = text.find([' ', '=']).unwrap_or(text.len());
    let (name, after) = text.split_at(end);
    let is_key = !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || "_.-/@".contains(c));
    match after.strip_prefix('=').filter(|_| is_key) {
        None => {
            let end = text.find(' ').unwrap_or(text.len());
            let (word, after) = text.split_at(end);
            Some((Item::Word(word), after))
        }
        Some(after) => {
            let (value, after) = value(after)?;
            Some((Item::Pair(Field { name: name.to_owned(), value }), after))
        }
    }
}

fn value(text: &str) -> Option<(String, &str)> {
    let Some(quoted) = text.strip_prefix('"') else {
        let end = text.find(' ').unwrap_or(text.len());
        let (value, after) = text.split_at(end);
        return Some((value.to_owned(), after));
    };
    let mut made = String::new();
    let mut characters = quoted.char_indices();
    while let Some((at, character)) = characters.next() {
        match character {
            '"' => return quoted.get(at + 1..).map(|after| (made, after)),
            '\\' => match characters.next()?.1 {
                'n' | 't' | 'r' => made.push(' '),
                other => made.push(other),
            },
            other => made.push(other),
        }
    }
    None
}
