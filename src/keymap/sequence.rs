//! Chords that are pressed one after the other.

use std::fmt;
use std::str::FromStr;

use super::chord::{Chord, ChordError};

/// The most chords of a sequence.
const LONGEST: usize = 4;

/// One chord or several, one after the other.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Sequence(Vec<Chord>);

/// Why a text is no sequence.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SequenceError {
    /// One chord cannot be read.
    #[error(transparent)]
    Chord(#[from] ChordError),
    /// Nobody presses so many.
    #[error("more than {LONGEST} keys one after the other")]
    TooLong,
}

impl Sequence {
    /// Its chords, at least one.
    #[must_use]
    pub fn chords(&self) -> &[Chord] {
        &self.0
    }

    /// Whether one is the beginning of the other, or both are the same.
    #[must_use]
    pub fn overlaps(&self, other: &Self) -> bool {
        self.0.starts_with(&other.0) || other.0.starts_with(&self.0)
    }
}

impl FromStr for Sequence {
    type Err = SequenceError;

    fn from_str(text: &str) -> Result<Self, SequenceError> {
        let chords = text.split_ascii_whitespace().map(str::parse).collect::<Result<Vec<Chord>, ChordError>>()?;
        match chords.len() {
            0 => Err(ChordError::Empty.into()),
            1..=LONGEST => Ok(Self(chords)),
            _ => Err(SequenceError::TooLong),
        }
    }
}

impl fmt::Display for Sequence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&written(&self.0))
    }
}

/// Chords as people write them: `g g`.
#[must_use]
pub fn written(chords: &[Chord]) -> String {
    let texts: Vec<String> = chords.iter().map(ToString::to_string).collect();
    texts.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_after_the_other() {
        let two: Sequence = " g  S-g ".parse().unwrap();
        assert_eq!(two.to_string(), "g G");
        assert!(two.overlaps(&"g".parse().unwrap()) && !two.overlaps(&"G".parse().unwrap()));
        assert_eq!("".parse::<Sequence>(), Err(SequenceError::Chord(ChordError::Empty)));
        assert_eq!("a b c d e".parse::<Sequence>(), Err(SequenceError::TooLong));
    }
}
