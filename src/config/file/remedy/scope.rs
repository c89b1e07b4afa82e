//! Texts with placeholders, each checked against the parameters of its remedy, where it stands.

use std::cell::RefCell;
use std::collections::BTreeSet;

use crate::config::reader::{Item, Table};
use crate::domain::remediation::Template;

/// The parameters that placeholders may name, and which of them some text does name.
#[derive(Debug, Default)]
pub(super) struct Scope {
    /// Each name, and whether it is a secret. One with a mistake of its own is known all the same.
    names: Vec<(String, bool)>,
    used: RefCell<BTreeSet<String>>,
}

impl Scope {
    /// The parameters of a remedy.
    pub(super) fn of(params: Option<&Table<'_>>) -> Self {
        let is_secret = |item: &Item<'_>| {
            let kind = item.is_table().then(|| item.table("a table")).flatten().and_then(|table| table.item("type"));
            kind.is_some_and(|kind| kind.as_text() == Some("secret"))
        };
        let rows = params.map(Table::items).unwrap_or_default();
        let names = rows.iter().map(|(name, item)| ((*name).to_owned(), is_secret(item))).collect();
        Self { names, used: RefCell::default() }
    }

    /// Whether some text names a parameter.
    pub(super) fn uses(&self, name: &str) -> bool {
        self.used.borrow().contains(name)
    }

    /// A text with placeholders; every one names a parameter that may be shown.
    pub(super) fn template(&self, item: &Item<'_>) -> Option<Template> {
        let template = parsed(item)?;
        // Every name is looked at, so that every wrong one is noted.
        let wrong = template.params().filter(|name| !self.allows(item, name)).count();
        (wrong == 0).then_some(template)
    }

    /// The same where an empty text makes no sense.
    pub(super) fn some(&self, item: &Item<'_>) -> Option<Template> {
        item.query()?;
        self.template(item)
    }

    /// A text with placeholders, or a whole number.
    pub(super) fn number(&self, item: &Item<'_>) -> Option<Template> {
        if item.as_text().is_some() {
            let template = self.some(item)?;
            let is_fixed = template.params().next().is_none();
            if is_fixed && template.source().parse::<u32>().is_err() {
                item.wrong("this is a whole number, or a placeholder such as \"{replicas}\"");
                return None;
            }
            return Some(template);
        }
        if item.as_json().is_none() {
            return item.takes("a whole number, or text with a placeholder");
        }
        item.count(0..=u64::from(u32::MAX)).and_then(|count| Template::parse(&count.to_string()).ok())
    }

    fn allows(&self, item: &Item<'_>, name: &str) -> bool {
        self.used.borrow_mut().insert(name.to_owned());
        match self.names.iter().find(|(known, _)| known == name) {
            Some((_, false)) => true,
            Some((_, true)) => {
                let variable = name.to_uppercase();
                item.wrong(&format!(
                    "'{{{name}}}' is a secret, which is never part of a text that others could see; the process finds \
                     it in the variable MIDWATCH_PARAM_{variable}"
                ));
                false
            }
            None => {
                let known = self.names.iter().map(|(known, _)| known.as_str());
                item.dangling(&format!("'{{{name}}}' names no parameter of this remedy"), name, known);
                false
            }
        }
    }
}

/// A text that is no template: a placeholder in it would stand for itself.
pub(super) fn fixed(item: &Item<'_>, why: &str) -> Option<String> {
    let text = item.word()?;
    if Template::parse(&text).is_ok_and(|template| template.params().next().is_some()) {
        item.wrong(why);
        return None;
    }
    Some(text)
}

fn parsed(item: &Item<'_>) -> Option<Template> {
    let text = item.text()?;
    if text.contains(|c: char| c.is_control() && c != '\n' && c != '\t') {
        item.wrong("this text holds a control character");
        return None;
    }
    match Template::parse(text) {
        Ok(template) => Some(template),
        Err(why) => {
            item.wrong(&why);
            None
        }
    }
}

/// A text as a template without placeholders.
pub(super) fn literal(text: &str) -> Option<Template> {
    Template::parse(&text.replace('{', "{{").replace('}', "}}")).ok()
}

/// The text of a template without placeholders.
pub(super) fn plain(template: &Template) -> Option<String> {
    use crate::domain::remediation::template::Piece;
    let piece = |piece: &Piece| match piece {
        Piece::Text(text) => Some(text.to_string()),
        Piece::Param(_) => None,
    };
    template.pieces().iter().map(piece).collect()
}
