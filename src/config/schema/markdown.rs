//! The README's tables of keys.

use std::fmt::Write as _;

use super::{LISTS, SECTIONS, Section, of};

/// One table in Markdown for each section of the configuration, in order.
#[must_use]
pub fn markdown() -> String {
    page(&SECTIONS)
}

/// The same for a checklist's file.
#[must_use]
pub fn checklist() -> String {
    page(&LISTS)
}

fn page(sections: &[Section]) -> String {
    let mut page = String::new();
    for section in sections {
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
    use crate::config::schema::{all, keys};

    #[test]
    fn every_key_has_its_row() {
        let page = markdown();
        assert_eq!(page.lines().filter(|line| line.starts_with("| `")).count(), all().count());
        let list = checklist();
        assert_eq!(list.lines().filter(|line| line.starts_with("| `")).count(), keys::lists().count());
        assert!(list.contains("| `days` | number | 21 |"), "{list}");
        assert!(page.contains("| `read_only` | true or false | false |"));
        assert!(page.contains("| `objective` | number | required |"));
        assert!(
            page.lines()
                .chain(list.lines())
                .filter(|line| line.starts_with('|'))
                .all(|line| line.matches('|').count() == 5),
            "{page}"
        );
    }
}
