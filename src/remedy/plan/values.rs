//! The values of a wish: where each comes from, whether it fits, and how it comes into a text.

use crate::domain::harmless;
use crate::domain::remediation::hidden::SHOWN;
use crate::domain::remediation::template::Piece;
use crate::domain::remediation::{Hidden, Param, Remedy, Template, Wish};

use super::told;

/// The checked values of a remedy's parameters, in their order.
pub(super) struct Values<'a> {
    plain: Vec<(&'a Param, String)>,
    secrets: Vec<(&'a Param, Hidden)>,
}

/// A part of a filled text.
pub(super) enum Part<'a> {
    /// What the author wrote.
    Own(&'a str),
    /// What came from outside.
    Value(&'a str),
}

impl<'a> Values<'a> {
    /// Takes what was typed or chosen, else the label, else the default; and checks all of it.
    pub(super) fn of(remedy: &'a Remedy, wish: &Wish) -> Result<Self, String> {
        for name in wish.values.keys().chain(wish.secrets.keys()) {
            if remedy.param(name).is_none() {
                let known: Vec<&str> = remedy.params.iter().map(|param| &*param.name).collect();
                let known =
                    if known.is_empty() { "it has none".to_owned() } else { format!("it has {}", known.join(", ")) };
                return Err(format!("{} has no parameter '{}'; {known}", remedy.id, told(name)));
            }
        }
        let mut made = Self { plain: Vec::new(), secrets: Vec::new() };
        for param in &remedy.params {
            if param.is_secret() {
                made.secrets.push((param, secret(param, wish)?));
            } else {
                made.plain.push((param, plain(param, wish)?));
            }
        }
        Ok(made)
    }

    /// Names and values of those that are no secrets.
    pub(super) fn plain(&self) -> impl Iterator<Item = (&str, &str)> {
        self.plain.iter().map(|(param, value)| (&*param.name, value.as_str()))
    }

    /// Names and values of the secrets.
    pub(super) fn secrets(&self) -> impl Iterator<Item = (&str, &Hidden)> {
        self.secrets.iter().map(|(param, value)| (&*param.name, value))
    }

    /// Names and values as they may be shown.
    pub(super) fn shown(&self) -> Vec<(String, String)> {
        let plain = self.plain().map(|(name, value)| (name.to_owned(), value.to_owned()));
        plain.chain(self.secrets().map(|(name, _)| (name.to_owned(), SHOWN.to_owned()))).collect()
    }

    /// The parts of a text, values looked up.
    pub(super) fn parts<'t>(&'t self, template: &'t Template) -> Result<Vec<Part<'t>>, String> {
        let part = |piece: &'t Piece| match piece {
            Piece::Text(text) => Ok(Part::Own(text)),
            Piece::Param(name) => self.value(name, template).map(Part::Value),
        };
        template.pieces().iter().map(part).collect()
    }

    fn value(&self, name: &str, template: &Template) -> Result<&str, String> {
        if let Some((_, value)) = self.plain().find(|(known, _)| *known == name) {
            return Ok(value);
        }
        if self.secrets().any(|(known, _)| known == name) {
            let variable = super::environment::variable(name);
            return Err(format!(
                "'{{{name}}}' is a secret and can stand in no text: the process finds it in {variable}"
            ));
        }
        Err(format!(
            "'{{{name}}}' in '{}' is no parameter; declare it, or write {{{{ and }}}} for braces",
            template.source()
        ))
    }

    /// A text, values put in as they are.
    pub(super) fn text(&self, template: &Template) -> Result<String, String> {
        let mut text = String::new();
        for part in self.parts(template)? {
            text.push_str(part.text());
        }
        if harmless::line(&text, usize::MAX) != text {
            return Err(format!(
                "'{}' holds a character that cannot be seen; what is shown would not be what runs",
                told(&text)
            ));
        }
        Ok(text)
    }

    /// A text as one argument: it cannot become an option, nothing, or a way up through folders.
    pub(super) fn argument(&self, template: &Template) -> Result<String, String> {
        let text = self.text(template)?;
        let parts = self.parts(template)?;
        let first = parts.iter().find(|part| !part.text().is_empty());
        if text.starts_with('-') && matches!(first, Some(Part::Value(_))) {
            return Err(format!(
                "'{}' makes '{}', which begins with '-' and would be taken for an option; use another value, or write \
                 '--name={{…}}'",
                template.source(),
                told(&text)
            ));
        }
        if text.is_empty() && parts.iter().any(|part| matches!(part, Part::Value(_))) {
            return Err(format!("'{}' would be an empty argument; give a value", template.source()));
        }
        let own: String = parts.iter().map(|part| if let Part::Own(text) = part { text } else { "x" }).collect();
        if climbs(&text) > climbs(&own) {
            return Err(format!(
                "'{}' makes '{}', which climbs out of its folder; use a value without '..'",
                template.source(),
                told(&text)
            ));
        }
        Ok(text)
    }
}

impl Part<'_> {
    /// What it says.
    pub(super) fn text(&self) -> &str {
        match self {
            Self::Own(text) | Self::Value(text) => text,
        }
    }
}

/// How many of its segments lead upwards.
pub(super) fn climbs(text: &str) -> usize {
    text.split(|c: char| c.is_whitespace() || "/\\=:,".contains(c)).filter(|segment| *segment == "..").count()
}

fn secret(param: &Param, wish: &Wish) -> Result<Hidden, String> {
    let name = &*param.name;
    if wish.values.contains_key(name) {
        return Err(format!("{name} is a secret: type it where it is asked for, it is never given as a plain value"));
    }
    let value = wish.secrets.get(name).cloned().unwrap_or_default();
    param.check(value.reveal()).map_err(|words| format!("{words}; type it where it is asked for"))?;
    Ok(value)
}

fn plain(param: &Param, wish: &Wish) -> Result<String, String> {
    let name = &*param.name;
    if wish.secrets.contains_key(name) {
        return Err(format!("{name} is no secret: give it as a plain value"));
    }
    let label = param.label.as_deref();
    let (value, from) = if let Some(typed) = wish.values.get(name) {
        (typed.as_str(), "what was given".to_owned())
    } else if let Some((label, value)) = label.and_then(|label| Some((label, wish.labels.get(label)?))) {
        (value, format!("the label {label}"))
    } else if let Some(default) = &param.default {
        (default.as_str(), "its default".to_owned())
    } else {
        let why = label.map_or_else(String::new, |label| format!(": the alerts share no label {label}"));
        return Err(format!("{name} is missing{why}; type or choose a value"));
    };
    let fits = param.check(value);
    fits.map_err(|words| format!("{words}, but {from} is '{}'; give another value", told(value)))?;
    Ok(value.to_owned())
}
