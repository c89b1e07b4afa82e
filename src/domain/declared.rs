//! Incidents that an operator declared: nobody measures them, so they last until somebody says that they are over.

use serde::{Deserialize, Serialize};

use super::checklist::{ItemId, WalkId};
use super::{Moment, Operator, Severity};

/// An incident that was declared.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeclaredIncident {
    /// Its id: 16 hexadecimal digits; a label of its alert.
    pub id: super::checklist::UpdateId,
    /// What is wrong.
    pub title: String,
    /// Of which service.
    pub service: Option<String>,
    /// How bad.
    pub severity: Severity,
    /// More about it.
    pub detail: String,
    /// Who declared it.
    pub by: Operator,
    /// When.
    pub at: Moment,
    /// The item of a walk that it came of.
    pub from: Option<(WalkId, ItemId)>,
    /// When and by whom it was declared over.
    pub over: Option<(Moment, Operator)>,
}
