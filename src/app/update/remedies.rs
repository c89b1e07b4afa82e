//! `x`: which remedy, with which parameters; and the Remedies view.

use crate::app::overlay::{Menu, ParamForm};
use crate::app::{App, Effect};

impl App {
    /// `x`: the remedies of what is highlighted, or the step of a runbook.
    pub(super) fn open_remedy(&mut self, _effects: &mut Vec<Effect>) {}

    /// Enter in a menu.
    pub(super) fn choose(&mut self, _menu: Menu, _effects: &mut Vec<Effect>) {}

    /// Enter in the form of parameters.
    pub(super) fn accept_params(&mut self, _form: ParamForm, _effects: &mut Vec<Effect>) {}
}
