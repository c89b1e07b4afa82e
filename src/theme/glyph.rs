//! Signs with a meaning, each with an ASCII form of the same width.

use crate::domain::{Health, Severity, SignalLevel};

macro_rules! glyphs {
    ($($(#[$doc:meta])* $variant:ident = $unicode:literal, $ascii:literal;)*) => {
        /// A sign with a meaning. Every sign is one column wide.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Glyph { $($(#[$doc])* $variant,)* }

        impl Glyph {
            /// All signs.
            pub const ALL: &[Self] = &[$(Self::$variant,)*];

            /// The sign, in Unicode or in ASCII.
            #[must_use]
            pub fn text(self, ascii: bool) -> &'static str {
                match (self, ascii) { $((Self::$variant, false) => $unicode, (Self::$variant, true) => $ascii,)* }
            }
        }
    };
}

glyphs! {
    /// Severity critical.
    Critical = "▲", "!";
    /// Severity high.
    High = "◆", "#";
    /// Severity medium.
    Medium = "●", "*";
    /// Severity low.
    Low = "○", "o";
    /// A live source.
    Live = "●", "+";
    /// A late source.
    Late = "◌", "~";
    /// A source that cannot be reached.
    Lost = "✗", "x";
    /// A source that has not answered yet.
    Waiting = "·", ".";
    /// Done, resolved.
    Done = "✓", "v";
    /// Something runs.
    Running = "▶", ">";
    /// Somebody is asked for.
    Asks = "?", "?";
    /// A line of standard error.
    ErrorLine = "┆", "|";
    /// A choice before this one.
    Before = "‹", "<";
    /// A choice after this one; a line to type on.
    After = "›", ">";
    /// A character that is not shown.
    Hidden = "•", "*";
    /// The highlighted row.
    Cursor = "▌", ">";
    /// A marked row.
    Mark = "◉", "@";
    /// Text goes on.
    More = "…", "~";
    /// Not known.
    None = "—", "-";
    /// Between two words of a line.
    Dot = "·", "|";
    /// A list goes on below.
    Below = "↓", "v";
    /// A list goes on above.
    Above = "↑", "^";
    /// A turn that is long over its time.
    Overdue = "!", "!";
    /// Begun, and not at its end.
    Begun = "◑", "%";
    /// Left out, for a reason.
    Skipped = "–", "-";
}

impl Glyph {
    /// The sign of a severity.
    #[must_use]
    pub fn of_severity(severity: Severity) -> Self {
        match severity {
            Severity::Critical => Self::Critical,
            Severity::High => Self::High,
            Severity::Medium => Self::Medium,
            Severity::Low => Self::Low,
        }
    }

    /// The sign of a signal's level, where it deserves one.
    #[must_use]
    pub fn of_signal(level: SignalLevel) -> Option<Self> {
        match level {
            SignalLevel::Ok => None,
            SignalLevel::Warn => Some(Self::High),
            SignalLevel::Critical => Some(Self::Critical),
            SignalLevel::Unknown => Some(Self::Late),
        }
    }

    /// The sign of a source's health.
    #[must_use]
    pub fn of_health(health: Health) -> Self {
        match health {
            Health::Live => Self::Live,
            Health::Late => Self::Late,
            Health::Unreachable => Self::Lost,
            Health::NeverAnswered => Self::Waiting,
            Health::Off => Self::None,
        }
    }
}
