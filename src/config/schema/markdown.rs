//! The README's table of keys.

use std::fmt::Write as _;

use super::{SECTIONS, of};

/// One table in Markdown for each section, in order.
#[must_use]
pub fn markdown() -> String {
    let mut page = String::new();
    for section in SECTIONS {
        let title = if section.header.is_empty() {
            section.doc.to_owned()
        } else {
            format!("`{}`: {}", section.header, section.doc)
        };
        // Writing to a String cannot fail.
        let _ = write!(page, "**{title}**\n\n| key | takes | default | for |\n|---|---|---|---|\n");
        for key in of(section.name) {
            let default = if key.required { "required" } else { key.default };
            let cell = |text: &str| text.replace('|', "\\|");
            let (name, takes, default, doc) = (key.name, cell(&key.shape.words()), cell(default), cell(key.doc));
            let _ = writeln!(page, "| `{name}` | {takes} | {default} | {doc} |");
        }
        page.push('\n');
    }
    page
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::schema::all;

    #[test]
    fn every_key_has_its_row() {
        let page = markdown();
        assert_eq!(page.lines().filter(|line| line.starts_with("| `")).count(), all().count());
        assert!(page.contains("| `read_only` | true or false | false |"));
        assert!(page.contains("| `objective` | number | required |"));
        assert!(page.lines().filter(|line| line.starts_with('|')).all(|line| line.matches('|').count() == 5), "{page}");
    }
}
