//! Maintenance windows.

use super::{Store, StoreError};
use crate::domain::Moment;
use crate::domain::maintenance::Window;
use crate::domain::remediation::RunId;

impl Store {
    /// Keeps a window.
    ///
    /// # Errors
    /// The store cannot be written.
    pub async fn put_window(&self, _window: &Window) -> Result<(), StoreError> {
        Ok(())
    }

    /// Ends a window early; says whether it lasted or was ahead.
    ///
    /// # Errors
    /// The store cannot be written.
    pub async fn end_window(&self, _id: RunId, _at: Moment) -> Result<bool, StoreError> {
        Ok(false)
    }
}
