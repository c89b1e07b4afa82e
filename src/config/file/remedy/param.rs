//! `[remedy.params.NAME]`: what values a remedy takes.

use std::fmt::Display;

use chrono::TimeDelta;

use crate::config::file::matchers;
use crate::config::reader::{Item, Table};
use crate::domain::remediation::Param;
use crate::domain::remediation::param::ParamKind;
use crate::domain::remediation::pattern::Pattern;
use crate::domain::remediation::template::is_name;

/// What values a parameter takes, before bounds and words are known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::config) enum Type {
    Text,
    Number,
    Choice,
    Duration,
    Secret,
}

/// Each with its word in the file.
pub(in crate::config) const TYPES: [(&str, Type); 5] = [
    ("string", Type::Text),
    ("number", Type::Number),
    ("choice", Type::Choice),
    ("duration", Type::Duration),
    ("secret", Type::Secret),
];

/// The keys that belong to some types only.
const BELONG: [(&str, &[Type]); 5] = [
    ("pattern", &[Type::Text]),
    ("choices", &[Type::Choice]),
    ("min", &[Type::Number, Type::Duration]),
    ("max", &[Type::Number, Type::Duration]),
    ("whole", &[Type::Number]),
];

/// The parameters, in the order of the file; `None` if one of them is wrong.
pub(super) fn params(table: &Table<'_>) -> Option<Vec<Param>> {
    let read: Vec<Option<Param>> = table.items().iter().map(|(name, item)| param(name, item)).collect();
    read.into_iter().collect()
}

fn param(name: &str, item: &Item<'_>) -> Option<Param> {
    let good = is_name(name);
    if !good {
        item.misplaced("a parameter's name begins with a small letter; small letters, digits and '_' follow");
    }
    let table = item.table("a table, such as { from = \"label:instance\" }")?;
    let kind = match table.item("type") {
        Some(item) => item.choice("type of parameter", &TYPES),
        None if table.item("choices").is_some() => Some(Type::Choice),
        None => Some(Type::Text),
    };
    let label = table.item("from").map(|item| label(&item, kind));
    let values = kind.and_then(|kind| values(kind, &table));
    let help = table.get("help", Item::query).unwrap_or_default();
    let default = table.item("default").map(|item| default(&item, values.as_ref().map(|values| (name, values))));
    table.finish(&["remedy.params"]);
    let (label, default) =
        (label.map_or(Some(None), |label| label.map(Some))?, default.map_or(Some(None), |text| text.map(Some))?);
    good.then_some(Param { name: name.into(), kind: values?, label, default, help })
}

fn label(item: &Item<'_>, kind: Option<Type>) -> Option<Box<str>> {
    let text = item.word()?;
    let Some(label) = text.strip_prefix("label:").map(str::trim).filter(|label| !label.is_empty()) else {
        item.wrong("'from' names a label of the alert, such as \"label:instance\"");
        return None;
    };
    if kind == Some(Type::Secret) {
        item.wrong("a secret is typed; a label is shown to everybody");
        return None;
    }
    Some(label.into())
}

fn values(kind: Type, table: &Table<'_>) -> Option<ParamKind> {
    let words = |kind: &Type| TYPES.iter().find(|(_, known)| known == kind).map_or("", |(word, _)| word);
    for (key, kinds) in BELONG {
        if let Some(item) = table.item(key).filter(|_| !kinds.contains(&kind)) {
            let of: Vec<&str> = kinds.iter().map(words).collect();
            item.misplaced(&format!("'{key}' belongs to type {}, not to type {}", of.join(" and "), words(&kind)));
        }
    }
    match kind {
        Type::Text => match table.item("pattern") {
            Some(item) => matchers::pattern(&item).map(ParamKind::Text),
            None => Pattern::new(Pattern::DEFAULT).ok().map(ParamKind::Text),
        },
        Type::Number => {
            let whole = table.get("whole", Item::flag).unwrap_or_default();
            let (min, max) = bounds(table, Item::number, f64::to_string)?;
            Some(ParamKind::Number { min, max, whole })
        }
        Type::Choice => table.need("choices", choices).map(ParamKind::Choice),
        Type::Duration => {
            let any = TimeDelta::zero()..=TimeDelta::days(3660);
            let (min, max) = bounds(table, |item| item.span(&any), |span| crate::domain::duration::text(*span))?;
            Some(ParamKind::Duration { min, max })
        }
        Type::Secret => Some(ParamKind::Secret),
    }
}

/// The least and the most, the one not over the other.
fn bounds<'a, T: PartialOrd, W: Display>(
    table: &Table<'a>,
    read: impl Fn(&Item<'a>) -> Option<T>,
    words: impl Fn(&T) -> W,
) -> Option<(Option<T>, Option<T>)> {
    let [min, max] = ["min", "max"].map(|key| table.item(key).map(|item| (read(&item), item)));
    if let (Some((Some(min), item)), Some((Some(max), _))) = (&min, &max)
        && min > max
    {
        item.wrong(&format!("'min' is {} and so more than 'max', which is {}: no value fits", words(min), words(max)));
        return None;
    }
    let value = |bound: Option<(Option<T>, Item<'a>)>| bound.map_or(Some(None), |(value, _)| value.map(Some));
    Some((value(min)?, value(max)?))
}

fn choices(item: &Item<'_>) -> Option<Vec<String>> {
    let words = item.words()?;
    if words.is_empty() {
        item.wrong("'choices' is empty: no value fits");
        return None;
    }
    Some(words)
}

/// A default that the parameter takes. `values` is `None` where those are wrong themselves.
fn default(item: &Item<'_>, values: Option<(&str, &ParamKind)>) -> Option<String> {
    let kind = values.map(|(_, kind)| kind);
    if kind == Some(&ParamKind::Secret) {
        item.wrong("a secret has no default: it is never written into the file");
        return None;
    }
    let text = match kind {
        Some(ParamKind::Number { .. }) if item.as_text().is_none() => item.number().map(|number| number.to_string())?,
        _ => item.word()?,
    };
    let (name, kind) = values?;
    let param = Param { name: name.into(), kind: kind.clone(), label: None, default: None, help: String::new() };
    if let Err(why) = param.check(&text) {
        let near: &[String] = if let ParamKind::Choice(words) = kind { words } else { &[] };
        item.misspelt(&format!("the default does not fit: {why}"), &text, near.iter().map(String::as_str));
        return None;
    }
    Some(text)
}
