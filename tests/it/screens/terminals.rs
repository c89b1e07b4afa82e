//! The same screen on terminals that show less: without colour, without more than ASCII.

use midwatch::theme::Capability;

use super::{SIZES, keep_in};
use crate::stage::drawn::{frame, text, theme};
use crate::stage::watch::Watch;

#[test]
fn without_colour_and_with_ascii_alone() {
    let watch = Watch::new();
    keep_in("watch-mono-120x36", &watch, &theme("mono", Capability::TrueColor, false), (120, 36));
    keep_in("watch-no-colour-120x36", &watch, &theme("midnight", Capability::None, false), (120, 36));
    keep_in("watch-ascii-120x36", &watch, &theme("midnight", Capability::Ansi16, true), (120, 36));
    keep_in("watch-ascii-40x10", &watch, &theme("midnight", Capability::None, true), (40, 10));
}

#[test]
fn no_colour_and_mono_say_all_that_colours_say() {
    let plain = frame(&Watch::new().core.app, &theme("midnight", Capability::TrueColor, false), 120, 36);
    for (name, capability) in [("midnight", Capability::None), ("mono", Capability::TrueColor)] {
        let bare = frame(&Watch::new().core.app, &theme(name, capability, false), 120, 36);
        assert_eq!(text(&plain), text(&bare), "{name}: the words do not depend on colours");
        let coloured = |cell: &ratatui::buffer::Cell| cell.fg != ratatui::style::Color::Reset;
        assert!(!bare.content().iter().any(coloured) && plain.content().iter().any(coloured), "{name}");
    }
}

#[test]
fn ascii_is_ascii_and_stands_where_the_signs_stood() {
    for (width, height) in SIZES {
        let watch = Watch::new().sized(width, height);
        let ascii = text(&frame(&watch.core.app, &theme("midnight", Capability::Ansi16, true), width, height));
        let signs = text(&frame(&watch.core.app, &theme("midnight", Capability::Ansi16, false), width, height));
        assert!(ascii.is_ascii(), "{ascii}");
        // A sign and its stand-in are one column each, so every word stands where it stood.
        let words = |row: &str| row.char_indices().filter(|(_, c)| c.is_ascii_digit()).count();
        for (one, other) in ascii.lines().zip(signs.lines()) {
            assert_eq!(words(one), words(other), "{one}\n{other}");
            assert_eq!(one.find(|c: char| c.is_ascii_digit()), column_of_first_digit(other), "{one}\n{other}");
        }
    }
}

fn column_of_first_digit(row: &str) -> Option<usize> {
    row.chars().position(|c| c.is_ascii_digit())
}
