//! Text entry: every printable key is text while a line is open, and a paste is only ever text.

use crate::app::entry::{Edit, TextEntry};
use crate::app::overlay::{SilenceForm, WindowForm};
use crate::app::toast::Tone;
use crate::app::{App, Changed, Overlay};

impl App {
    pub(super) fn take_edit(&mut self, edit: Edit) -> Changed {
        if matches!(self.overlay, Some(Overlay::Params(_))) {
            self.edit_param(|entry| entry.edit(edit), Some(edit));
        } else if matches!(self.overlay, Some(Overlay::Concern(_))) {
            self.edit_concern(edit);
        } else {
            self.edit_line(|entry| entry.edit(edit));
        }
        Changed::Input
    }

    pub(super) fn take_paste(&mut self, text: &str) -> Changed {
        if !self.edit_line(|entry| entry.paste(text)) {
            self.say(Tone::Hint, "pasted text was left out: open a line to paste into first");
        }
        Changed::Input
    }

    /// Edits the open line and does what follows from its new text; says whether a line is open.
    fn edit_line(&mut self, edit: impl FnOnce(&mut TextEntry)) -> bool {
        match &mut self.overlay {
            Some(Overlay::Palette(palette)) => {
                edit(&mut palette.entry);
                self.search_palette();
            }
            Some(Overlay::Filter { entry, .. }) => {
                edit(entry);
                let text = entry.text().to_owned();
                self.try_filter(&text);
            }
            Some(Overlay::Prompt(prompt)) => {
                edit(&mut prompt.entry);
                prompt.problem = None;
            }
            Some(Overlay::Silence(form)) => {
                edit(open_field(form));
                let preview = match &self.overlay {
                    Some(Overlay::Silence(form)) => self.preview(form),
                    _ => return true,
                };
                if let Some(Overlay::Silence(form)) = &mut self.overlay {
                    form.preview = preview;
                }
            }
            Some(Overlay::Window(form)) => {
                edit(open_window_field(form));
                let preview = match &self.overlay {
                    Some(Overlay::Window(form)) => self.window_preview(form),
                    _ => return true,
                };
                if let Some(Overlay::Window(form)) = &mut self.overlay {
                    form.preview = preview;
                }
            }
            Some(Overlay::Params(_)) => self.edit_param(edit, None),
            Some(Overlay::Concern(_)) => self.paste_concern(edit),
            Some(Overlay::Remedy(_)) => self.type_in_prompt(edit),
            _ => return false,
        }
        true
    }
}

fn open_window_field(form: &mut WindowForm) -> &mut TextEntry {
    match form.field {
        0 => &mut form.service,
        1 => &mut form.starts,
        2 => &mut form.ends,
        3 => &mut form.reason,
        _ => &mut form.rollback,
    }
}

fn open_field(form: &mut SilenceForm) -> &mut TextEntry {
    match form.field {
        0 => &mut form.matchers,
        1 => &mut form.span,
        _ => &mut form.reason,
    }
}
