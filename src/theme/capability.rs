//! What the terminal can show: decided once at the start, from what it says about itself.

use std::fmt;
use std::str::FromStr;

/// How many colours the terminal can show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Capability {
    /// None.
    None,
    /// The sixteen.
    Ansi16,
    /// The 256.
    Ansi256,
    /// All.
    TrueColor,
}

impl Capability {
    /// All, from nothing to everything.
    pub const ALL: [Self; 4] = [Self::None, Self::Ansi16, Self::Ansi256, Self::TrueColor];

    /// Its word on the command line and in the configuration.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Ansi16 => "16",
            Self::Ansi256 => "256",
            Self::TrueColor => "truecolor",
        }
    }

    /// How many colours to draw with: what the operator asked for, first on the command line and then in the
    /// configuration, else what the environment says.
    #[must_use]
    pub fn detect(flag: Option<Self>, config: Option<Self>, environment: &Environment) -> Self {
        flag.or(config).unwrap_or_else(|| environment.colours())
    }
}

impl fmt::Display for Capability {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl FromStr for Capability {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        Self::ALL
            .into_iter()
            .find(|capability| capability.name() == text)
            .ok_or_else(|| format!("'{text}' is no number of colours: none, 16, 256 or truecolor"))
    }
}

/// Whether only ASCII may be drawn: what the configuration says, else what the environment does.
#[must_use]
pub fn ascii_only(config: Option<bool>, environment: &Environment) -> bool {
    config.unwrap_or_else(|| environment.is_ascii_only())
}

/// What the environment says about the terminal. Variables that are not set are empty.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Environment {
    /// `NO_COLOR`: whatever it holds, no colour (<https://no-color.org>).
    pub no_color: String,
    /// `COLORTERM`: `truecolor` or `24bit`.
    pub colorterm: String,
    /// `TERM`.
    pub term: String,
    /// `WT_SESSION`: set by Windows Terminal.
    pub wt_session: String,
    /// `STY`: set by GNU screen, which passes `COLORTERM` on but no true colour.
    pub sty: String,
    /// `LC_ALL`, before the other two.
    pub lc_all: String,
    /// `LC_CTYPE`.
    pub lc_ctype: String,
    /// `LANG`.
    pub lang: String,
}

/// Terminals that show all colours and do not always say so in `COLORTERM`, by the beginning of `TERM`.
const TRUE_COLOUR: &[&str] =
    &["xterm-kitty", "xterm-ghostty", "ghostty", "alacritty", "wezterm", "foot", "contour", "rio", "iterm2"];

/// Terminals without colour, by the beginning of `TERM`.
const WITHOUT_COLOUR: &[&str] = &["dumb", "unknown", "vt1", "vt2", "vt3", "vt4", "vt5", "xterm-mono"];

/// Terminals whose fonts hold little more than ASCII, by the beginning of `TERM`.
const WITHOUT_GLYPHS: &[&str] = &["dumb", "unknown", "linux", "vt1", "vt2", "vt3", "vt4", "vt5", "cons25", "ansi"];

impl Environment {
    /// From a look-up of variables.
    #[must_use]
    pub fn from_lookup(lookup: impl Fn(&str) -> Option<String>) -> Self {
        let get = |name: &str| lookup(name).unwrap_or_default();
        Self {
            no_color: get("NO_COLOR"),
            colorterm: get("COLORTERM"),
            term: get("TERM"),
            wt_session: get("WT_SESSION"),
            sty: get("STY"),
            lc_all: get("LC_ALL"),
            lc_ctype: get("LC_CTYPE"),
            lang: get("LANG"),
        }
    }

    fn colours(&self) -> Capability {
        let term_begins = |with: &[&str]| with.iter().any(|beginning| self.term.starts_with(beginning));
        if !self.no_color.is_empty() || term_begins(WITHOUT_COLOUR) {
            return Capability::None;
        }
        let says_all = matches!(self.colorterm.to_ascii_lowercase().as_str(), "truecolor" | "24bit");
        let all = says_all || self.term.ends_with("-direct") || term_begins(TRUE_COLOUR) || !self.wt_session.is_empty();
        let few = if self.term.contains("256") { Capability::Ansi256 } else { Capability::Ansi16 };
        match (all, self.sty.is_empty()) {
            (true, true) => Capability::TrueColor,
            (true, false) => Capability::Ansi256,
            (false, _) => few,
        }
    }

    /// By the locale: the first of the three that is set decides. One that is not set at all, as in most
    /// containers, says nothing about the terminal.
    fn is_ascii_only(&self) -> bool {
        if WITHOUT_GLYPHS.iter().any(|beginning| self.term.starts_with(beginning)) {
            return true;
        }
        let locale = [&self.lc_all, &self.lc_ctype, &self.lang].into_iter().find(|locale| !locale.is_empty());
        locale.is_some_and(|locale| {
            let locale = locale.to_ascii_lowercase();
            !(locale.contains("utf-8") || locale.contains("utf8"))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An environment of `NAME=value` words.
    fn environment(words: &str) -> Environment {
        let find = |name: &str| words.split(' ').find_map(|word| word.strip_prefix(name)?.strip_prefix('='));
        Environment::from_lookup(|name| find(name).map(ToOwned::to_owned))
    }

    #[test]
    fn what_terminals_say_about_themselves() {
        for (words, wanted) in [
            ("TERM=xterm-256color COLORTERM=truecolor", Capability::TrueColor),
            ("TERM=xterm-256color COLORTERM=24bit", Capability::TrueColor),
            ("TERM=xterm-256color", Capability::Ansi256),
            ("TERM=tmux-256color", Capability::Ansi256),
            ("TERM=tmux-256color COLORTERM=truecolor", Capability::TrueColor),
            ("TERM=screen.xterm-256color STY=1.pts COLORTERM=truecolor", Capability::Ansi256),
            ("TERM=screen", Capability::Ansi16),
            ("TERM=xterm", Capability::Ansi16),
            ("TERM=linux", Capability::Ansi16),
            ("TERM=xterm-direct", Capability::TrueColor),
            ("TERM=xterm-kitty", Capability::TrueColor),
            ("TERM=foot-extra", Capability::TrueColor),
            ("WT_SESSION=x", Capability::TrueColor),
            ("TERM=dumb COLORTERM=truecolor", Capability::None),
            ("TERM=vt100", Capability::None),
            ("TERM=xterm-256color COLORTERM=truecolor NO_COLOR=1", Capability::None),
            ("TERM=xterm-256color NO_COLOR=", Capability::Ansi256),
            ("X=1", Capability::Ansi16),
        ] {
            assert_eq!(Capability::detect(None, None, &environment(words)), wanted, "{words}");
        }
    }

    #[test]
    fn the_operator_decides_first() {
        let env = environment("TERM=xterm NO_COLOR=1");
        let (few, all) = (Some(Capability::Ansi16), Some(Capability::TrueColor));
        assert_eq!(Capability::detect(few, all, &env), Capability::Ansi16);
        assert_eq!(Capability::detect(None, all, &env), Capability::TrueColor);
        assert_eq!(Capability::detect(None, None, &env), Capability::None);
        for capability in Capability::ALL {
            assert_eq!(capability.name().parse(), Ok(capability));
        }
        assert!("blue".parse::<Capability>().is_err());
    }

    #[test]
    fn ascii_by_locale_terminal_or_wish() {
        for (words, wanted) in [
            ("LANG=en_US.UTF-8", false),
            ("LANG=de_DE.utf8", false),
            ("LANG=C", true),
            ("LANG=en_US.UTF-8 LC_ALL=C", true),
            ("LANG=C LC_ALL=C.UTF-8", false),
            ("LANG=C LC_CTYPE=en_GB.UTF-8", false),
            ("LANG=de_DE.ISO-8859-1", true),
            ("TERM=xterm", false),
            ("TERM=linux LANG=en_US.UTF-8", true),
            ("TERM=dumb LANG=en_US.UTF-8", true),
            ("TERM=vt100 LANG=en_US.UTF-8", true),
        ] {
            assert_eq!(ascii_only(None, &environment(words)), wanted, "{words}");
        }
        assert!(ascii_only(Some(true), &environment("LANG=en_US.UTF-8")));
        assert!(!ascii_only(Some(false), &environment("LANG=C TERM=linux")));
    }
}
