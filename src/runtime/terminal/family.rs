//! What a terminal knows, by the name in `TERM`: nothing is sent that it would show as letters.

/// Terminals that know the same sequences.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Family {
    /// Nothing is known about it: the cursor is placed, text is bold or reversed, and that is all.
    Plain,
    /// DEC's terminals, and what calls itself so: as plain; their later modes differ from one to the next.
    Vt,
    /// The Linux console: colours, and the cursor can be hidden. It prints what it does not know of OSC.
    Linux,
    /// GNU screen.
    Screen,
    /// xterm, what follows it, and tmux.
    Xterm,
}

/// Something that is switched on when the terminal is taken over and off when it is given back.
struct Mode {
    on: &'static str,
    off: &'static str,
    known_by: &'static [Family],
}

use Family::{Linux, Plain, Screen, Vt, Xterm};

/// In the order in which they are switched on.
const MODES: &[Mode] = &[
    // The alternate screen; what was there comes back.
    Mode { on: "\x1b[?1049h", off: "\x1b[?1049l", known_by: &[Screen, Xterm] },
    // Where there is none, nothing of ours is left to be taken for the present.
    Mode { on: "", off: "\x1b[0m\x1b[H\x1b[J", known_by: &[Plain, Vt, Linux] },
    // Pastes are told from keys.
    Mode { on: "\x1b[?2004h", off: "\x1b[?2004l", known_by: &[Screen, Xterm] },
    // The cursor is hidden.
    Mode { on: "\x1b[?25l", off: "\x1b[?25h", known_by: &[Linux, Screen, Xterm] },
    // The title of the window.
    Mode { on: "\x1b]0;midwatch\x07", off: "", known_by: &[Screen, Xterm] },
];
/// Clicks and the wheel, not every motion: that would be a flood over a slow link.
const MOUSE: Mode = Mode { on: "\x1b[?1000h\x1b[?1006h", off: "\x1b[?1006l\x1b[?1000l", known_by: &[Screen, Xterm] };

impl Family {
    /// By `TERM`, and whether midwatch runs in tmux, which calls itself screen where it is not configured.
    #[must_use]
    pub fn of(term: &str, in_tmux: bool) -> Self {
        let begins = |names: &[&str]| names.iter().any(|name| term.starts_with(name));
        match term {
            "" | "dumb" | "unknown" | "network" | "dialup" | "ansi" => Self::Plain,
            _ if begins(&["vt1", "vt2", "vt3", "vt4", "vt5"]) => Self::Vt,
            _ if begins(&["linux", "cons25"]) => Self::Linux,
            _ if begins(&["screen"]) && !in_tmux => Self::Screen,
            _ => Self::Xterm,
        }
    }

    fn knows(self, mode: &Mode) -> bool {
        mode.known_by.contains(&self)
    }

    /// What takes the terminal over.
    pub(super) fn on(self, mouse: bool) -> String {
        let modes = MODES.iter().chain(mouse.then_some(&MOUSE));
        modes.filter(|mode| self.knows(mode)).map(|mode| mode.on).collect()
    }

    /// What gives it back, the last switched on first.
    pub(super) fn off(self, mouse: bool) -> String {
        let modes = MODES.iter().chain(mouse.then_some(&MOUSE)).rev();
        let ends = if self.synchronises() { "\x1b[?2026l" } else { "" };
        std::iter::once(ends).chain(modes.filter(|mode| self.knows(mode)).map(|mode| mode.off)).collect()
    }

    /// Whether frames are shown whole (DEC mode 2026).
    pub(super) fn synchronises(self) -> bool {
        self == Self::Xterm
    }

    /// Whether the cursor can be hidden and shown.
    pub(super) fn hides_the_cursor(self) -> bool {
        matches!(self, Self::Linux | Self::Screen | Self::Xterm)
    }

    /// Whether it knows colours, and how to end bold and reverse one by one.
    pub(super) fn has_colours(self) -> bool {
        !matches!(self, Self::Plain | Self::Vt)
    }

    /// Whether addresses become links (OSC 8), text is copied (OSC 52) and notices are shown (OSC 9).
    pub(super) fn takes_commands(self) -> bool {
        self == Self::Xterm
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn which_private_modes_are_sent_to_which_terminal() {
        for (term, in_tmux, wanted) in [
            ("", false, ""),
            ("dumb", false, ""),
            ("ansi", false, ""),
            ("vt100", false, ""),
            ("vt220", false, ""),
            ("linux", false, "?25"),
            ("screen", false, "?1049 ?2004 ?25 ?1000 ?1006"),
            ("screen-256color", false, "?1049 ?2004 ?25 ?1000 ?1006"),
            ("screen-256color", true, "?1049 ?2004 ?25 ?1000 ?1006"),
            ("tmux-256color", true, "?1049 ?2004 ?25 ?1000 ?1006"),
            ("xterm", false, "?1049 ?2004 ?25 ?1000 ?1006"),
            ("xterm-256color", false, "?1049 ?2004 ?25 ?1000 ?1006"),
            ("alacritty", false, "?1049 ?2004 ?25 ?1000 ?1006"),
        ] {
            let family = Family::of(term, in_tmux);
            let on = family.on(true);
            let modes: Vec<&str> = on.split("\x1b[").filter_map(|piece| piece.get(..piece.find(['h', 'l'])?)).collect();
            assert_eq!(modes.join(" "), wanted, "{term}");
            let off = family.off(true);
            for mode in modes {
                assert!(off.contains(&format!("\x1b[{mode}")), "{term}: {mode} is switched off again");
            }
            assert_eq!(off.contains("?2026"), family.synchronises(), "{term}");
        }
        assert!(!Family::Screen.takes_commands() && Family::of("screen", true).takes_commands());
    }
}
