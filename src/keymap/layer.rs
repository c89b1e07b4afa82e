//! One keymap file, read row by row.

use std::path::Path;

use super::KeymapProblem;
use super::rules;
use super::sequence::Sequence;
use crate::app::{Action, Context};
use crate::domain::harmless;
use crate::rows::{self, Position, Problem, Value};

/// What unbinds a key.
const NOOP: &str = "noop";

/// The longest words of one's own for a key, in characters.
const LONGEST_WORDS: usize = 40;

/// What a row asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Does {
    /// The keys do this; with words of one's own for the help.
    Action(Action, Option<String>),
    /// The keys are unbound.
    Nothing,
}

/// One row that can be read and may stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct LayerRow {
    pub(super) context: Context,
    pub(super) keys: Sequence,
    pub(super) does: Does,
    pub(super) at: Position,
}

/// One file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Layer {
    /// The keymap it is layered over, and where it says so.
    pub(super) inherits: Option<(String, Position)>,
    pub(super) rows: Vec<LayerRow>,
}

/// Reads a file. What is wrong is told and left out.
pub(super) fn read(file: &Path, text: &str) -> (Layer, Vec<KeymapProblem>) {
    let (sections, found) = rows::read(file, text);
    let mut reader = Reader { file, layer: Layer::default(), found };
    for section in sections {
        reader.section(section);
    }
    (reader.layer, reader.found)
}

struct Reader<'a> {
    file: &'a Path,
    layer: Layer,
    found: Vec<KeymapProblem>,
}

impl Reader<'_> {
    fn tell(&mut self, at: Position, message: &str) {
        self.found.push(Problem::of_file(self.file, message).at(at));
    }

    fn tell_unknown<'k>(&mut self, at: Position, what: &str, word: &str, known: impl IntoIterator<Item = &'k str>) {
        let message = format!("unknown {what} '{word}'");
        self.found.push(Problem::of_file(self.file, &message).at(at).meant(word, known));
    }

    fn section(&mut self, section: rows::Row) {
        match section.value {
            Value::Text(name) if section.name == "inherits" => self.layer.inherits = Some((name, section.value_at)),
            Value::Table(inner) => {
                let Some(context) = Context::named(&section.name) else {
                    let names = Context::ALL.into_iter().map(Context::name);
                    return self.tell_unknown(section.at, "context", &section.name, names);
                };
                for row in inner {
                    self.row(context, row);
                }
            }
            other if section.name == "inherits" => {
                self.tell(section.value_at, &format!("inherits is the name of a keymap, not {}", other.kind()));
            }
            _ => {
                let message = format!("'{}' belongs into a section, such as [global]", section.name);
                self.tell(section.at, &message);
            }
        }
    }

    fn row(&mut self, context: Context, row: rows::Row) {
        let keys: Sequence = match row.name.parse() {
            Ok(keys) => keys,
            Err(error) => return self.tell(row.at, &format!("unreadable keys: {error}")),
        };
        if let Some(why) = rules::forbidden(&keys) {
            return self.tell(row.at, &why);
        }
        let (name, name_at, words) = match row.value {
            Value::Text(name) => (name, row.value_at, None),
            Value::Table(inner) => match self.long_form(row.at, &keys, inner) {
                Some(read) => read,
                None => return,
            },
            other => {
                let message = format!("'{keys}' takes the name of an action, not {}", other.kind());
                return self.tell(row.value_at, &message);
            }
        };
        let does = match Action::named(&name) {
            Some(action) => {
                if let Some(why) = rules::refused(context, &keys, action) {
                    return self.tell(row.at, &why);
                }
                Does::Action(action, words)
            }
            None if name == NOOP => Does::Nothing,
            None => {
                let names = Action::all().map(|action| action.spec().name).chain([NOOP]);
                return self.tell_unknown(name_at, "action", &name, names);
            }
        };
        self.layer.rows.push(LayerRow { context, keys, does, at: row.at });
    }

    /// `{ do = "cursor.top", desc = "to the top" }`
    fn long_form(
        &mut self,
        at: Position,
        keys: &Sequence,
        inner: Vec<rows::Row>,
    ) -> Option<(String, Position, Option<String>)> {
        let (mut action, mut words) = (None, None);
        for field in inner {
            match (field.name.as_str(), field.value) {
                ("do", Value::Text(name)) => action = Some((name, field.value_at)),
                ("desc", Value::Text(text)) => words = Some(harmless::line(&text, LONGEST_WORDS).into_owned()),
                ("do" | "desc", other) => {
                    let message = format!("'{}' is text, not {}", field.name, other.kind());
                    self.tell(field.value_at, &message);
                }
                _ => self.tell_unknown(field.at, "field", &field.name, ["do", "desc"]),
            }
        }
        if action.is_none() {
            self.tell(at, &format!("'{keys}' says not what to do, such as {{ do = \"open\" }}"));
        }
        action.map(|(name, name_at)| (name, name_at, words))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_mistake_is_told_where_it_stands_and_the_rest_counts() {
        let text = r#"
oops = 1
[lits]
j = "cursor.down"
[list]
j = "cursor.dwon"
"Ctrl-z" = "back"
"Entr" = "open"
k = 7
x = { od = "open" }
y = { do = "copy", desc = 3 }
"G" = { do = "cursor.bottom", desc = "down there" }
"Enter" = "incident.silence"
w = "noop"
[prompt]
a = "prompt.accept"
"#;
        let (layer, found) = read(Path::new("k"), text);
        let told: Vec<String> = found.iter().map(ToString::to_string).collect();
        assert_eq!(
            told,
            [
                "k:2:1: 'oops' belongs into a section, such as [global]",
                "k:3:2: unknown context 'lits'; did you mean 'list'?",
                "k:6:5: unknown action 'cursor.dwon'; did you mean 'cursor.down'?",
                "k:7:1: 'Ctrl-z' is never bound: shells suspend a program on it",
                "k:8:1: unreadable keys: 'Entr' is no key; did you mean 'Enter'?",
                "k:9:5: 'k' takes the name of an action, not a number",
                "k:10:7: unknown field 'od'; did you mean 'do'?",
                "k:10:1: 'x' says not what to do, such as { do = \"open\" }",
                "k:11:27: 'desc' is text, not a number",
                "k:13:1: 'incident.silence' reaches others and is never bound on Ctrl, Enter or Esc",
                "k:16:1: 'a' is text in [prompt]; bind a key that is none",
            ]
        );
        let kept: Vec<String> = layer.rows.iter().map(|row| row.keys.to_string()).collect();
        assert_eq!(kept, ["y", "G", "w"]);
        assert_eq!(layer.rows[1].does, Does::Action(Action::Bottom, Some("down there".to_owned())));
    }
}
