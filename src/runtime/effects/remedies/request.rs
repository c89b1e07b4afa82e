//! Asking for a second person, and accepting a content: what is kept for others and for later.

use chrono::TimeDelta;

use super::super::Hands;
use super::begin;
use super::prepare::NO_STORE;
use crate::app::effect::Go;
use crate::domain::journal::{Entry, Outcome};
use crate::domain::remediation::run::Request;

/// How long a request can be agreed to and run, if nobody says otherwise.
pub const LASTS: TimeDelta = TimeDelta::minutes(30);

impl Hands {
    /// Asks for a second person, for `lasts`.
    ///
    /// # Errors
    /// In words, why it cannot be asked for and what to do.
    pub async fn request(&self, go: &Go, allowed: Result<(), String>, lasts: TimeDelta) -> Result<Request, String> {
        let plan = begin::agreed(self, go, allowed).await?;
        let store = self.store.get().ok_or(NO_STORE)?;
        let now = self.clock.now();
        let request = Request {
            id: begin::new_id(self),
            plan: plan.hash.clone(),
            remedy: plan.remedy.clone(),
            title: plan.title.clone(),
            target: plan.target.clone(),
            incident: plan.incident,
            subject: plan.subject.clone(),
            command: plan.run.words(),
            asked_by: self.operator.clone(),
            asked: now,
            expires: now + lasts,
            approved_by: None,
            closed: false,
        };
        let entry = begin::entry(self, &plan, "remedy.request", now);
        let text = |error: crate::store::StoreError| error.to_string();
        store.append(Entry { outcome: Outcome::Done, ..entry }).await.map_err(text)?;
        store.put_request(&request).await.map_err(text)?;
        Ok(request)
    }

    /// Accepts a content for this operator, by its hash: its commands may run although others can write the file.
    ///
    /// # Errors
    /// In words, why it is not accepted.
    pub async fn accept(&self, hash: &str, what: &str, allowed: Result<(), String>) -> Result<(), String> {
        allowed?;
        let store = self.store.get().ok_or("the store cannot be used, so nothing can be accepted")?;
        let now = self.clock.now();
        let text = |error: crate::store::StoreError| error.to_string();
        let entry = Entry {
            at: now,
            operator: self.operator.clone(),
            action: "remedy.accept".to_owned(),
            target: what.to_owned(),
            detail: format!("accepted for running · sha256 {hash}"),
            outcome: Outcome::Done,
        };
        store.append(entry).await.map_err(text)?;
        store.accept(hash, what, &self.operator, now).await.map_err(text)
    }
}
