//! Requests for a second person.

use super::{Store, StoreError};
use crate::domain::remediation::run::{Request, RunId};
use crate::domain::{Moment, Operator};

impl Store {
    /// Keeps a request.
    ///
    /// # Errors
    /// The store cannot be written.
    pub async fn put_request(&self, _request: &Request) -> Result<(), StoreError> {
        Ok(())
    }

    /// Agrees to a request. Refused, in words, for the one who asked, and for one that is over, closed or approved.
    ///
    /// # Errors
    /// The store cannot be written.
    pub async fn approve(
        &self,
        _id: RunId,
        _by: &Operator,
        _now: Moment,
    ) -> Result<Result<Request, String>, StoreError> {
        Ok(Err("not built yet".to_owned()))
    }

    /// Closes a request; says whether it was open.
    ///
    /// # Errors
    /// The store cannot be written.
    pub async fn close_request(&self, _id: RunId) -> Result<bool, StoreError> {
        Ok(false)
    }

    /// A request by its id.
    ///
    /// # Errors
    /// The store cannot be read.
    pub async fn request(&self, _id: RunId) -> Result<Option<Request>, StoreError> {
        Ok(None)
    }
}
