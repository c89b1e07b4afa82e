//! Short lines that say what happened, and banners that stay while something is so.

use std::collections::{BTreeMap, VecDeque};

use chrono::TimeDelta;
use serde::Serialize;

use crate::domain::Moment;

/// How a toast is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Tone {
    /// It was done.
    Done,
    /// For the eye.
    Hint,
    /// It was not done.
    Failed,
}

/// One line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Toast {
    /// How it is meant.
    pub tone: Tone,
    /// What it says.
    pub words: String,
    /// When it goes away.
    pub until: Moment,
}

/// The toasts in sight, the newest last, and the banners by what they are about.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Toasts {
    rows: VecDeque<Toast>,
    banners: BTreeMap<&'static str, String>,
}

/// How many are kept.
const MOST: usize = 3;

impl Toasts {
    /// Shows a line: a failure for 12 s, anything else for 5 s.
    pub fn push(&mut self, tone: Tone, words: impl Into<String>, now: Moment) {
        let span = if tone == Tone::Failed { 12 } else { 5 };
        self.rows.push_back(Toast { tone, words: words.into(), until: now + TimeDelta::seconds(span) });
        while self.rows.len() > MOST {
            self.rows.pop_front();
        }
    }

    /// The lines in sight, oldest first.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &Toast> {
        self.rows.iter()
    }

    /// Lets time pass; says whether a line went away.
    pub fn tick(&mut self, now: Moment) -> bool {
        let before = self.rows.len();
        self.rows.retain(|toast| toast.until > now);
        self.rows.len() != before
    }

    /// The clock was set back by so much: lines stay as long as they would have.
    pub fn step_back(&mut self, by: TimeDelta) {
        self.rows.iter_mut().for_each(|toast| toast.until -= by);
    }

    /// When the next line goes away.
    #[must_use]
    pub fn next_change(&self) -> Option<Moment> {
        self.rows.iter().map(|toast| toast.until).min()
    }

    /// Shows a banner, or takes it away; says whether anything is different.
    pub fn banner(&mut self, key: &'static str, words: Option<String>) -> bool {
        match words {
            Some(words) => self.banners.insert(key, words.clone()) != Some(words),
            None => self.banners.remove(key).is_some(),
        }
    }

    /// The banners.
    pub fn banners(&self) -> impl ExactSizeIterator<Item = &str> {
        self.banners.values().map(String::as_str)
    }
}
