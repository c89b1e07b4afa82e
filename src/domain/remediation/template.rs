//! One argument with placeholders: `checkout@{instance}`.

use std::fmt;

use serde::{Serialize, Serializer};

/// A text with the names of parameters in braces. `{{` and `}}` stand for the braces themselves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template {
    source: Box<str>,
    pieces: Box<[Piece]>,
}

/// A part of a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// Text as it is.
    Text(Box<str>),
    /// The value of a parameter.
    Param(Box<str>),
}

impl Template {
    /// Reads a text.
    ///
    /// # Errors
    /// In words, which brace is wrong.
    pub fn parse(text: &str) -> Result<Self, String> {
        let mut pieces = Vec::new();
        let mut plain = String::new();
        let mut rest = text.chars().peekable();
        while let Some(character) = rest.next() {
            match character {
                '{' | '}' if rest.next_if_eq(&character).is_some() => plain.push(character),
                '{' => {
                    let mut name = String::new();
                    loop {
                        match rest.next() {
                            Some('}') => break,
                            Some(character) => name.push(character),
                            None => return Err(format!("'{{{name}' has no closing brace; write {{{{ for a brace")),
                        }
                    }
                    if !is_name(&name) {
                        return Err(format!("'{{{name}}}' is no placeholder; write {{{{ and }}}} for braces"));
                    }
                    if !plain.is_empty() {
                        pieces.push(Piece::Text(std::mem::take(&mut plain).into()));
                    }
                    pieces.push(Piece::Param(name.into()));
                }
                '}' => return Err("a '}' without '{'; write }} for a brace".to_owned()),
                other => plain.push(other),
            }
        }
        if !plain.is_empty() || pieces.is_empty() {
            pieces.push(Piece::Text(plain.into()));
        }
        Ok(Self { source: text.into(), pieces: pieces.into() })
    }

    /// A text without placeholders; its braces stand for themselves.
    #[must_use]
    pub fn literal(text: &str) -> Self {
        let source = text.replace('{', "{{").replace('}', "}}").into();
        Self { source, pieces: [Piece::Text(text.into())].into() }
    }

    /// What it says, if it holds no placeholder: what a plan holds.
    #[must_use]
    pub fn plain(&self) -> Option<String> {
        let text = |piece: &Piece| match piece {
            Piece::Text(text) => Some(text.to_string()),
            Piece::Param(_) => None,
        };
        self.pieces.iter().map(text).collect()
    }

    /// As it was written.
    #[must_use]
    pub fn source(&self) -> &str {
        &self.source
    }

    /// Its parts, in order.
    #[must_use]
    pub fn pieces(&self) -> &[Piece] {
        &self.pieces
    }

    /// The names of its placeholders.
    pub fn params(&self) -> impl Iterator<Item = &str> {
        self.pieces.iter().filter_map(|piece| match piece {
            Piece::Param(name) => Some(&**name),
            Piece::Text(_) => None,
        })
    }
}

/// Whether a text can name a parameter.
#[must_use]
pub fn is_name(text: &str) -> bool {
    let mut characters = text.chars();
    characters.next().is_some_and(|first| first.is_ascii_lowercase())
        && characters.all(|next| next.is_ascii_lowercase() || next.is_ascii_digit() || next == '_')
}

impl fmt::Display for Template {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.source)
    }
}

impl Serialize for Template {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.source)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn pieces(text: &str) -> Vec<Piece> {
        Template::parse(text).unwrap().pieces().to_vec()
    }

    fn text(text: &str) -> Piece {
        Piece::Text(text.into())
    }

    fn param(name: &str) -> Piece {
        Piece::Param(name.into())
    }

    #[test]
    fn placeholders_and_braces() {
        assert_eq!(pieces("checkout@{instance}"), [text("checkout@"), param("instance")]);
        assert_eq!(pieces("{a}{b_2}"), [param("a"), param("b_2")]);
        assert_eq!(pieces("{{{a}}}"), [text("{"), param("a"), text("}")]);
        assert_eq!(pieces("{{a}}"), [text("{a}")]);
        assert_eq!(pieces(""), [text("")]);
        assert_eq!(Template::parse("{a}-{b}-{a}").unwrap().params().collect::<Vec<_>>(), ["a", "b", "a"]);
    }

    #[test]
    fn a_wrong_brace_is_told_with_what_to_write() {
        for (wrong, words) in [
            ("{instance", "no closing brace"),
            ("a}", "'}' without '{'"),
            ("{}", "no placeholder"),
            ("{Instance}", "no placeholder"),
            ("{a b}", "no placeholder"),
            ("{1a}", "no placeholder"),
            ("{labels.instance}", "no placeholder"),
        ] {
            let told = Template::parse(wrong).unwrap_err();
            assert!(
                told.contains(words) && told.contains("for a brace") | told.contains("for braces"),
                "{wrong}: {told}"
            );
        }
    }

    proptest! {
        #[test]
        fn a_literal_says_what_it_was_given(any in "[{}a-z\\PC]{0,40}") {
            let made = Template::literal(&any);
            prop_assert_eq!(made.plain(), Some(any));
            let read = Template::parse(made.source()).unwrap();
            prop_assert_eq!(read.plain(), made.plain());
        }

        #[test]
        fn what_is_read_is_what_was_written(any in "[{}ab_1 -]{0,24}") {
            if let Ok(made) = Template::parse(&any) {
                let again: String = made.pieces().iter().map(|piece| match piece {
                    Piece::Text(text) => text.replace('{', "{{").replace('}', "}}"),
                    Piece::Param(name) => format!("{{{name}}}"),
                }).collect();
                prop_assert_eq!(again, any);
            }
        }
    }
}
