//! What an assessment yields: concerns, and a verdict.

use serde::{Deserialize, Serialize};

use super::{ItemId, Outcome, Walk};

/// How pressing a concern is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Priority {
    /// Before anything else.
    Critical,
    /// Soon.
    High,
    /// Planned.
    Medium,
    /// When there is time.
    Low,
}

impl Priority {
    /// Each with its word, the most pressing first.
    pub const WORDS: [(&'static str, Self); 4] =
        [("critical", Self::Critical), ("high", Self::High), ("medium", Self::Medium), ("low", Self::Low)];

    /// Its word.
    #[must_use]
    pub fn word(self) -> &'static str {
        Self::WORDS.iter().find(|(_, known)| *known == self).map_or("", |(word, _)| word)
    }
}

/// Something that stands against going live.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Concern {
    /// Of which sort: `observability`, `reliability`, `scalability`, `security`, `operability` …
    #[serde(rename = "type")]
    pub sort: String,
    /// What is wrong.
    pub description: String,
    /// What users would feel.
    pub user_impact: String,
    /// What was seen.
    pub technical_details: String,
    /// What to do about it.
    pub recommendation: String,
    /// Whether nothing is deployed before it is mended.
    pub deployment_blocker: bool,
    /// How pressing.
    pub priority: Priority,
}

/// What an assessment comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Verdict {
    /// A blocker failed, was skipped or was not looked at; or a concern is critical.
    #[serde(rename = "block")]
    Block,
    /// There are concerns, or something was skipped or not looked at.
    #[serde(rename = "go with risks")]
    GoWithRisks,
    /// Everything that applies was looked at and is fine.
    #[serde(rename = "go")]
    Go,
}

impl Verdict {
    /// The words of it.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Block => "block",
            Self::GoWithRisks => "go with risks",
            Self::Go => "go",
        }
    }
}

impl Walk {
    /// The concerns of what failed, by priority, then in the order of the list: as the operator wrote them, else as
    /// the item, its note and its evidence tell.
    #[must_use]
    pub fn concerns(&self) -> Vec<(ItemId, Concern)> {
        let failed = self
            .list
            .items()
            .filter(|item| self.entry(&item.id).is_some_and(|entry| entry.outcome == Some(Outcome::Failed)));
        let mut concerns: Vec<_> = failed.map(|item| (item.id.clone(), self.concern_of(item))).collect();
        concerns.sort_by_key(|(_, concern)| concern.priority);
        concerns
    }

    /// The concern of one item, as far as it is known.
    #[must_use]
    pub fn concern_of(&self, item: &super::Item) -> Concern {
        let entry = self.entry(&item.id);
        if let Some(concern) = entry.and_then(|entry| entry.concern.clone()) {
            return concern;
        }
        let hint = item.concern.clone().unwrap_or_default();
        let section = self.list.section_of(&item.id).map(|section| section.title.to_lowercase()).unwrap_or_default();
        let note = entry.map(|entry| entry.note.clone()).unwrap_or_default();
        let evidence = entry.and_then(|entry| entry.evidence.as_ref()).map(|evidence| evidence.words.clone());
        // The text says what should be; alone it would read as if it were so.
        let description =
            if note.is_empty() { format!("not met: {}", item.text) } else { format!("{}: {note}", item.text) };
        let priority = if item.blocker { Priority::Critical } else { Priority::Medium };
        Concern {
            sort: if hint.sort.is_empty() { section } else { hint.sort },
            description,
            user_impact: hint.impact,
            technical_details: evidence.unwrap_or_default(),
            recommendation: hint.recommendation,
            deployment_blocker: item.blocker,
            priority: hint.priority.unwrap_or(priority),
        }
    }

    /// What it comes to. What was not looked at is never taken for fine. `applies` says whether an item's condition
    /// holds.
    #[must_use]
    pub fn verdict(&self, applies: impl Fn(&super::Item) -> bool) -> Verdict {
        let concerns = self.concerns();
        let blocks = concerns.iter().any(|(_, concern)| concern.deployment_blocker)
            || concerns.iter().any(|(_, concern)| concern.priority == Priority::Critical);
        let open = || {
            self.list.items().filter(|item| applies(item)).filter(|item| {
                let outcome = self.entry(&item.id).and_then(|entry| entry.outcome);
                !matches!(outcome, Some(Outcome::Done | Outcome::Failed))
            })
        };
        if blocks || open().any(|item| item.blocker) {
            Verdict::Block
        } else if !concerns.is_empty() || open().next().is_some() {
            Verdict::GoWithRisks
        } else {
            Verdict::Go
        }
    }
}
