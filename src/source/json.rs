//! Reads JSON answers with few allocations: text is borrowed from the answer where it holds no escape.
//!
//! What lives here: borrowed text and pairs, and the way from them to harmless labels. What must not: the
//! shape of any vendor's answer.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserialize, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};

use super::{ErrorKind, SourceError};
use crate::domain::{Labels, discreet, harmless};

/// The most characters of a label's name, its value, and an annotation.
const NAME: usize = 256;
const VALUE: usize = 4096;
const ANNOTATION: usize = 8192;

/// Reads an answer. `from` says where it came from.
///
/// # Errors
/// Where it is not what the protocol says.
pub fn decode<'de, T: Deserialize<'de>>(text: &'de str, from: &str) -> Result<T, SourceError> {
    serde_json::from_str(text).map_err(|error| unreadable(&error, from))
}

fn unreadable(error: &serde_json::Error, from: &str) -> SourceError {
    SourceError::new(ErrorKind::Malformed, format!("{from}: the answer cannot be read: {error}"))
        .advise("is this the right kind of source, and does nothing in between change its answers?")
}

/// Reads an answer that is a list: each piece becomes one of ours before the next is read, so that a long answer is
/// never in memory twice.
///
/// # Errors
/// Where it is not what the protocol says, or a piece cannot be used.
pub fn decode_each<'de, W: Deserialize<'de>, T>(
    text: &'de str,
    from: &str,
    ours: impl FnMut(W) -> Result<T, SourceError>,
) -> Result<Vec<T>, SourceError> {
    let mut unusable = None;
    let list = Each { ours, unusable: &mut unusable, piece: PhantomData };
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let read = deserializer.deserialize_seq(list).and_then(|made| deserializer.end().map(|()| made));
    read.map_err(|error| unusable.unwrap_or_else(|| unreadable(&error, from)))
}

/// A list whose pieces are taken over one by one.
struct Each<'a, F, W> {
    ours: F,
    unusable: &'a mut Option<SourceError>,
    piece: PhantomData<W>,
}

impl<'de, W: Deserialize<'de>, T, F: FnMut(W) -> Result<T, SourceError>> Visitor<'de> for Each<'_, F, W> {
    type Value = Vec<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a sequence")
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut list: A) -> Result<Vec<T>, A::Error> {
        let mut made = Vec::new();
        while let Some(piece) = list.next_element()? {
            match (self.ours)(piece) {
                Ok(ours) => made.push(ours),
                Err(error) => {
                    *self.unusable = Some(error);
                    return Err(A::Error::custom("a piece cannot be used"));
                }
            }
        }
        Ok(made)
    }
}

/// A string, borrowed if possible.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Text<'a>(pub Cow<'a, str>);

impl std::ops::Deref for Text<'_> {
    type Target = str;
    fn deref(&self) -> &str {
        &self.0
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Text<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Borrow;
        impl<'de> Visitor<'de> for Borrow {
            type Value = Text<'de>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a string")
            }
            fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Text<'de>, E> {
                Ok(Text(Cow::Borrowed(text)))
            }
            fn visit_str<E>(self, text: &str) -> Result<Text<'de>, E> {
                Ok(Text(Cow::Owned(text.to_owned())))
            }
        }
        deserializer.deserialize_str(Borrow)
    }
}

/// A map of strings to strings; `null` is an empty one.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Pairs<'a>(pub Vec<(Text<'a>, Text<'a>)>);

impl Pairs<'_> {
    /// As labels, harmless.
    #[must_use]
    pub fn labels(&self) -> Labels {
        self.0.iter().map(|(name, value)| (harmless::line(name, NAME), harmless::line(value, VALUE))).collect()
    }

    /// As annotations, harmless; they may be longer. A link in them may hold what opens it, and everybody sees the
    /// screen and reads the report; labels stay whole, since they are what silences match.
    #[must_use]
    pub fn annotations(&self) -> Labels {
        let shown = |value| match discreet::text(value) {
            Cow::Borrowed(value) => harmless::line(value, ANNOTATION),
            Cow::Owned(value) => Cow::Owned(harmless::line(&value, ANNOTATION).into_owned()),
        };
        self.0.iter().map(|(name, value)| (harmless::line(name, NAME), shown(value))).collect()
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Pairs<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Collect;
        impl<'de> Visitor<'de> for Collect {
            type Value = Pairs<'de>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a map of strings")
            }
            fn visit_unit<E>(self) -> Result<Pairs<'de>, E> {
                Ok(Pairs::default())
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Pairs<'de>, A::Error> {
                let mut pairs = Vec::with_capacity(8);
                while let Some(pair) = map.next_entry()? {
                    pairs.push(pair);
                }
                Ok(Pairs(pairs))
            }
        }
        deserializer.deserialize_any(Collect)
    }
}

#[cfg(test)]
mod tests;
