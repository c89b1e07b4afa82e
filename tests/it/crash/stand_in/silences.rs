//! Silences as an Alertmanager keeps them: made, moved, ended, never forgotten.

use chrono::{DateTime, SecondsFormat, Utc};
use serde_json::{Value, json};

/// One silence.
#[derive(Debug, Clone)]
pub struct Silence {
    /// Its id.
    pub id: String,
    /// Who made it.
    pub by: String,
    /// Why.
    pub comment: String,
    matchers: Value,
    starts: DateTime<Utc>,
    ends: DateTime<Utc>,
}

impl Silence {
    /// Whether it is in force.
    pub fn in_force(&self) -> bool {
        self.ends > Utc::now()
    }

    /// As it is told.
    pub(super) fn told(&self) -> Value {
        let text = |at: DateTime<Utc>| at.to_rfc3339_opts(SecondsFormat::Millis, true);
        json!({
            "id": self.id,
            "status": { "state": if self.in_force() { "active" } else { "expired" } },
            "matchers": self.matchers,
            "startsAt": text(self.starts),
            "endsAt": text(self.ends),
            "updatedAt": text(self.starts),
            "createdBy": self.by,
            "comment": self.comment,
        })
    }

    /// Whether all its matchers hold. midwatch makes only matchers for equality here.
    fn holds(&self, labels: &Value) -> bool {
        let matchers = self.matchers.as_array().expect("a list of matchers");
        matchers.iter().all(|one| labels[one["name"].as_str().expect("a name")] == one["value"])
    }
}

/// All of them, oldest first.
#[derive(Default)]
pub(super) struct Silences(Vec<Silence>);

impl Silences {
    pub(super) fn all(&self) -> &[Silence] {
        &self.0
    }

    pub(super) fn find(&self, id: &str) -> Option<&Silence> {
        self.0.iter().find(|silence| silence.id == id)
    }

    /// Makes one, or moves the end of one that is named; its id.
    pub(super) fn make(&mut self, body: &str) -> String {
        let posted: Value = serde_json::from_str(body).expect("a silence in JSON");
        let text = |name: &str| posted[name].as_str().expect("text").to_owned();
        let at = |name: &str| text(name).parse::<DateTime<Utc>>().expect("a time");
        let id = posted["id"].as_str();
        if let Some(known) = self.0.iter_mut().find(|silence| Some(silence.id.as_str()) == id) {
            known.ends = at("endsAt");
            return known.id.clone();
        }
        let id = format!("5e1f0000-0000-4000-8000-{:012}", self.0.len());
        self.0.push(Silence {
            id: id.clone(),
            by: text("createdBy"),
            comment: text("comment"),
            matchers: posted["matchers"].clone(),
            // As the real one does: none begins in the past.
            starts: at("startsAt").max(Utc::now()),
            ends: at("endsAt"),
        });
        id
    }

    pub(super) fn end(&mut self, id: &str) {
        let now = Utc::now();
        if let Some(silence) = self.0.iter_mut().find(|silence| silence.id == id) {
            silence.ends = silence.ends.min(now);
        }
    }

    pub(super) fn told(&self) -> Value {
        self.0.iter().map(Silence::told).collect()
    }

    /// The ids of those in force that cover these labels.
    pub(super) fn of(&self, labels: &Value) -> Vec<&str> {
        let covering = self.0.iter().filter(|silence| silence.in_force() && silence.holds(labels));
        covering.map(|silence| silence.id.as_str()).collect()
    }
}
