//! A set of labels: names and values, sorted by name, in two allocations however many there are.

use std::cmp::Ordering;
use std::fmt;
use std::sync::Arc;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde::ser::{Serialize, SerializeMap, Serializer};

/// Labels or annotations, sorted by name; a name occurs once. An absent label and an empty one are the
/// same, as in Prometheus, so empty values are dropped. A copy shares what it was copied from.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Labels {
    /// Names and values, one after the other.
    text: Arc<str>,
    /// Where each of them ends.
    ends: Arc<[u32]>,
}

impl Default for Labels {
    fn default() -> Self {
        Self { text: Arc::from(""), ends: Arc::from([]) }
    }
}

impl Labels {
    /// The value of `name`, if there is one.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        // They are few: looking at one after the other is faster than halving.
        self.iter().find(|(known, _)| *known == name).map(|(_, value)| value)
    }

    /// All pairs in the order of their names.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&str, &str)> {
        let mut from = 0;
        self.ends.chunks_exact(2).map(move |ends| {
            let mut piece = |end: Option<&u32>| {
                let end = end.map_or(from, |end| *end as usize);
                self.text.get(std::mem::replace(&mut from, end)..end).unwrap_or_default()
            };
            (piece(ends.first()), piece(ends.get(1)))
        })
    }

    /// How many labels there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ends.len() / 2
    }

    /// Whether there is no label.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// Something to sort by where any order will do, if it is always the same: cheaper than by name and value.
    #[must_use]
    pub fn any_order(&self) -> impl Ord + use<'_> {
        (&*self.text, &*self.ends)
    }

    /// These labels less those that `drop` says to leave out.
    #[must_use]
    pub fn without(&self, drop: impl Fn(&str) -> bool) -> Self {
        Self::of_sorted(self.iter().filter(|(name, _)| !drop(name)))
    }

    /// The labels that both sets hold with equal values.
    #[must_use]
    pub fn shared_with(&self, other: &Self) -> Self {
        Self::of_sorted(self.iter().filter(|(name, value)| other.get(name) == Some(value)))
    }

    /// Pairs in their order, each name once, no value empty.
    fn of_sorted<'a>(pairs: impl Iterator<Item = (&'a str, &'a str)>) -> Self {
        let (mut text, mut ends) = (String::with_capacity(256), Vec::with_capacity(16));
        for (name, value) in pairs {
            for piece in [name, value] {
                text.push_str(piece);
                // An answer has far fewer bytes than that.
                ends.push(u32::try_from(text.len()).unwrap_or(u32::MAX));
            }
        }
        if ends.is_empty() { Self::default() } else { Self { text: text.into(), ends: ends.into() } }
    }
}

impl PartialOrd for Labels {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Labels {
    fn cmp(&self, other: &Self) -> Ordering {
        self.iter().cmp(other.iter())
    }
}

impl<N: AsRef<str>, V: AsRef<str>> FromIterator<(N, V)> for Labels {
    /// Sorts; of two pairs with one name the later wins.
    fn from_iter<I: IntoIterator<Item = (N, V)>>(pairs: I) -> Self {
        let all: Vec<(N, V)> = pairs.into_iter().collect();
        // As Go writes a map.
        if all.is_sorted_by(|(one, _), (next, _)| one.as_ref() < next.as_ref()) {
            let all = all.iter().map(|(name, value)| (name.as_ref(), value.as_ref()));
            return Self::of_sorted(all.filter(|(_, value)| !value.is_empty()));
        }
        let mut sorted: Vec<(&str, &str)> = all.iter().map(|(name, value)| (name.as_ref(), value.as_ref())).collect();
        sorted.sort_by_key(|(name, _)| *name);
        let wins = |at: usize, name: &str| sorted.get(at + 1).is_none_or(|(next, _)| *next != name);
        let kept = sorted.iter().enumerate().filter(|(at, (name, value))| wins(*at, name) && !value.is_empty());
        Self::of_sorted(kept.map(|(_, pair)| *pair))
    }
}

impl<const N: usize> From<[(&str, &str); N]> for Labels {
    fn from(pairs: [(&str, &str); N]) -> Self {
        pairs.into_iter().collect()
    }
}

impl fmt::Display for Labels {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, (name, value)) in self.iter().enumerate() {
            let comma = if at == 0 { "" } else { ", " };
            write!(f, "{comma}{name}={value}")?;
        }
        Ok(())
    }
}

impl Serialize for Labels {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.len()))?;
        for (name, value) in self.iter() {
            map.serialize_entry(name, value)?;
        }
        map.end()
    }
}

impl<'de> Deserialize<'de> for Labels {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Pairs;
        impl<'de> Visitor<'de> for Pairs {
            type Value = Labels;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a map of label names to values")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Labels, A::Error> {
                let mut pairs: Vec<(String, String)> = Vec::with_capacity(map.size_hint().unwrap_or(8));
                while let Some(pair) = map.next_entry()? {
                    pairs.push(pair);
                }
                Ok(pairs.into_iter().collect())
            }
        }
        deserializer.deserialize_map(Pairs)
    }
}

#[cfg(test)]
mod tests;
