//! What operators did with runbooks: ticks, notes about wrong steps, contents whose commands were accepted.

use super::{Store, StoreError};
use crate::domain::runbook::{Tick, WrongStep};
use crate::domain::{Moment, Operator};

impl Store {
    /// Keeps a tick. One that is there stays whose it was.
    ///
    /// # Errors
    /// The store cannot be written.
    pub async fn tick(&self, _tick: &Tick) -> Result<(), StoreError> {
        Ok(())
    }

    /// Takes a tick back, whoever made it; says whether it was there.
    ///
    /// # Errors
    /// The store cannot be written.
    pub async fn untick(&self, _tick: &Tick) -> Result<bool, StoreError> {
        Ok(false)
    }

    /// Keeps a note that a step was wrong.
    ///
    /// # Errors
    /// The store cannot be written.
    pub async fn note_wrong_step(&self, _note: &WrongStep) -> Result<(), StoreError> {
        Ok(())
    }

    /// The notes since a moment, newest first.
    ///
    /// # Errors
    /// The store cannot be read.
    pub async fn wrong_steps(&self, _since: Moment) -> Result<Vec<WrongStep>, StoreError> {
        Ok(Vec::new())
    }

    /// Accepts a content, by its SHA-256, for this operator: its commands may run although others can write the file.
    ///
    /// # Errors
    /// The store cannot be written.
    pub async fn accept(&self, _hash: &str, _what: &str, _by: &Operator, _at: Moment) -> Result<(), StoreError> {
        Ok(())
    }

    /// Whether a content was accepted by this operator.
    ///
    /// # Errors
    /// The store cannot be read.
    pub async fn is_accepted(&self, _hash: &str, _by: &Operator) -> Result<bool, StoreError> {
        Ok(false)
    }
}
