//! What the screen shows, as text and as styles, at five sizes. Read a snapshot before accepting it: it is what a
//! person sees at 3 a.m.

mod calm;
mod few_bytes;
mod idle;
mod overlays;
mod terminals;
mod views;

use insta::assert_snapshot;
use midwatch::theme::Theme;
use ratatui::buffer::Buffer;

use crate::stage::drawn;
use crate::stage::watch::Watch;

/// The sizes that count: wide, usual, small, narrow, least.
const SIZES: [(u16, u16); 5] = [(200, 50), (120, 36), (80, 24), (60, 16), (40, 10)];

/// Holds a frame to its snapshot, as text and as styles.
fn keep(name: &str, frame: &Buffer) {
    settings().bind(|| {
        assert_snapshot!(format!("{name}.text"), drawn::text(frame));
        assert_snapshot!(format!("{name}.style"), drawn::styles(frame));
    });
}

/// The same for the frame of a watch, drawn with this theme.
fn keep_in(name: &str, watch: &Watch, theme: &Theme, (width, height): (u16, u16)) {
    keep(name, &drawn::frame(&watch.core.app, theme, width, height));
}

fn settings() -> insta::Settings {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/snapshots"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings
}
