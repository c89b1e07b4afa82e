//! What the operator is doing: the model, the messages that change it, and the effects that follow.
//!
//! What lives here: the Elm core. [`App`] is owned by one task; [`update`](App::update) turns a [`Msg`] into a
//! new state and a list of [`Effect`]s and never waits. What must not: I/O, `await`, a clock, ratatui, any
//! knowledge of colours or columns. Effects are data: somebody else checks, journals and carries them out.

pub mod act;
pub mod action;
pub mod bell;
pub mod checklists;
pub mod cursor;
pub mod desk;
pub mod effect;
pub mod entry;
pub mod guard;
pub mod incident_list;
pub mod keys;
pub mod known;
pub mod log_rows;
pub mod model;
pub mod msg;
pub mod overlay;
pub mod page;
pub mod place;
pub mod profile;
pub mod reasons;
pub mod strip;
pub mod toast;
pub mod undo;
pub mod unsent;
pub mod update;
pub mod walks;

/// The stage of the tests of `update`, for the tests of rooms above.
#[cfg(test)]
pub(crate) use update::tests as staged;

pub use act::{Act, Deed, Done};
pub use action::Action;
pub use effect::Effect;
pub use model::App;
pub use msg::{Changed, Msg, Update};
pub use overlay::Overlay;
pub use place::{Context, Pane, Place, View};
pub use profile::Profile;
