//! Maintenance windows: the form, its preview, its question.

use crate::app::App;
use crate::app::overlay::WindowForm;

impl App {
    /// `W`: the form of a maintenance window, for the service of what is highlighted.
    pub(super) fn open_window(&mut self) {}

    /// Enter in the form: the question.
    pub(super) fn accept_window(&mut self, _form: WindowForm) {}
}
