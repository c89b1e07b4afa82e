//! What stands before the first heading, between two lines of `---`: a title, and the alerts it is for.
//!
//! What lives here: the few lines that are understood of what looks like YAML. What must not: anything of YAML that
//! could surprise (references, tags, nested tables).

use crate::domain::harmless;

/// What the front matter says.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Front {
    /// `title: …`.
    pub title: Option<String>,
    /// `alerts:` as a list, `[a, b]`, or names with commas between.
    pub alerts: Vec<String>,
    /// Everything else, as it is written; lists joined by commas.
    pub others: Vec<(String, String)>,
}

/// The most lines of front matter.
const LINES: usize = 200;
/// The most characters of a value.
const LONGEST: usize = 300;

/// Reads the front matter of a text; empty if it has none.
#[must_use]
pub fn read(text: &str) -> Front {
    let mut front = Front::default();
    for (key, values) in split(text).0 {
        match key.as_str() {
            "title" => front.title = values.into_iter().next(),
            "alerts" => front.alerts = values,
            _ => front.others.push((key, values.join(", "))),
        }
    }
    front
}

/// The text behind the front matter.
#[must_use]
pub fn body(text: &str) -> &str {
    split(text).1
}

/// A key and its values.
type Row = (String, Vec<String>);

/// The rows of the front matter, and what follows it. What does not look like it from its first line to its last is
/// text: a runbook may begin with a rule.
fn split(text: &str) -> (Vec<Row>, &str) {
    let whole = text.strip_prefix('\u{feff}').unwrap_or(text);
    let none = (Vec::new(), whole);
    let mut lines = whole.split_inclusive('\n');
    let Some(first) = lines.next().filter(|line| line.trim_end() == "---") else { return none };
    let mut end = first.len();
    let mut rows: Vec<Row> = Vec::new();
    for line in lines.take(LINES) {
        end += line.len();
        match line.trim_end() {
            "---" | "..." if rows.is_empty() => return none,
            "---" | "..." => return (rows, whole.get(end..).unwrap_or_default()),
            line if line.is_empty() || line.starts_with('#') => {}
            line => {
                if take(line, &mut rows).is_none() {
                    return none;
                }
            }
        }
    }
    none
}

/// One line: `key: value`, or `- value` of the key before it.
fn take(line: &str, rows: &mut Vec<Row>) -> Option<()> {
    if let Some(value) = line.trim_start().strip_prefix("- ") {
        rows.last_mut()?.1.extend(value_of(value));
        return Some(());
    }
    let (key, value) = line.split_once(':')?;
    let is_key = !key.is_empty() && key.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-'));
    let is_apart = value.is_empty() || value.starts_with(' ');
    if !is_key || !is_apart {
        return None;
    }
    let value = value.trim();
    let list = value.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
    let key = key.to_lowercase();
    let values = match list {
        Some(list) => list.split(',').filter_map(value_of).collect(),
        None if key == "alerts" => value.split(',').filter_map(value_of).collect(),
        None => value_of(value).into_iter().collect(),
    };
    rows.push((key, values));
    Some(())
}

/// A value without its quotes; an empty one is none.
fn value_of(text: &str) -> Option<String> {
    let text = text.trim();
    let bare = ['"', '\''].into_iter().find_map(|quote| text.strip_prefix(quote)?.strip_suffix(quote));
    let value = harmless::line(bare.unwrap_or(text).trim(), LONGEST).into_owned();
    (!value.is_empty()).then_some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_and_alerts_in_three_spellings() {
        for alerts in [
            "alerts:\n  - HostMemoryHigh\n  - \"Swap\"",
            "alerts: [HostMemoryHigh, 'Swap']",
            "alerts: HostMemoryHigh, Swap",
        ] {
            let text = format!("---\r\ntitle: \"Memory: leak\"\n# a remark\n{alerts}\n\nowner: ana\n---\n# Here\n");
            let front = read(&text);
            assert_eq!(front.title.as_deref(), Some("Memory: leak"), "{alerts}");
            assert_eq!(front.alerts, ["HostMemoryHigh", "Swap"], "{alerts}");
            assert_eq!(front.others, [("owner".to_owned(), "ana".to_owned())]);
            assert_eq!(body(&text), "# Here\n");
        }
    }

    #[test]
    fn what_only_looks_like_it_stays_text() {
        for text in [
            "---\nfoo\n---\nbar",
            "---\n---\n",
            "---\n",
            "# x\n---\na: b\n---\n",
            "---\na: b\n",
            "---\n- a\n---\n",
            "---\nhttp://h: x\n---\n",
            "---\nNote that: this is prose\n---\n",
            "",
            "--- \n\n---\n",
        ] {
            assert_eq!((read(text), body(text)), (Front::default(), text), "{text:?}");
        }
    }

    #[test]
    fn values_are_harmless_and_bounded() {
        let text = format!("---\ntitle: a\u{1b}[31mb\u{202e}c\nowner: {}\n---\n", "x".repeat(9999));
        assert_eq!(read(&text).title.as_deref(), Some("ab·c"));
        assert_eq!(read(&text).others[0].1.chars().count(), LONGEST);
        assert_eq!(read(&format!("---\na: b\n{}---\n", "x: y\n".repeat(LINES))), Front::default());
    }
}
