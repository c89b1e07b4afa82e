//! The terminal while it is ours, for everybody who may have to give it back: the screen, a panic, the watch over a
//! lost link.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use crossterm::terminal::disable_raw_mode;

use super::outlet::Outlet;

/// A terminal that is ours.
struct Held {
    outlet: Arc<Outlet>,
    /// What gives it back.
    off: String,
}

/// The terminal, while it is ours.
static HELD: Mutex<Option<Held>> = Mutex::new(None);
/// Whether a frame was begun that the terminal did not take to its end.
static CUT_OFF: AtomicBool = AtomicBool::new(false);

/// How long the terminal may take to take what gives it back, before what it did not take is thrown away.
const PATIENCE: Duration = Duration::from_millis(300);
/// Ends a sequence that was cut off, whatever it was.
pub(super) const END_OF_ANY: &str = "\x18\x1b\\";

/// The terminal is ours; `off` gives it back.
pub(super) fn hold(outlet: Arc<Outlet>, off: String) {
    *HELD.lock().unwrap_or_else(PoisonError::into_inner) = Some(Held { outlet, off });
}

/// Says whether the terminal has taken but a part of a frame.
pub(super) fn is_cut_off(cut_off: bool) {
    CUT_OFF.store(cut_off, Ordering::SeqCst);
}

/// Gives the terminal back as it was. Best effort, within a moment; does nothing if it is not ours.
pub fn leave() {
    let held = HELD.lock().unwrap_or_else(PoisonError::into_inner).take();
    let Some(Held { outlet, off }) = held else { return };
    let mut sent = 0;
    if !CUT_OFF.swap(false, Ordering::SeqCst) {
        sent = outlet.push_within(off.as_bytes(), PATIENCE);
    }
    if sent < off.len() {
        // It does not read. When it does again, it is to find itself given back rather than an old frame; and there is
        // room for the shell's words, and for our last ones.
        outlet.discard();
        outlet.push_within(format!("{END_OF_ANY}{off}").as_bytes(), PATIENCE);
    }
    let _ = disable_raw_mode();
}
