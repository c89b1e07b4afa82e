//! What a style is for.

use crate::domain::{Level, Severity, SignalLevel};

macro_rules! roles {
    ($($(#[$doc:meta])* $variant:ident = $name:literal;)*) => {
        /// What a style is for. A theme says how each looks.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Role { $($(#[$doc])* $variant,)* }

        impl Role {
            /// All roles, in the order of their numbers.
            pub const ALL: &[Self] = &[$(Self::$variant,)*];

            /// Its name in a theme file.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }
        }
    };
}

roles! {
    /// Plain text.
    Text = "text";
    /// Text that is owned, fine, or context.
    Dim = "text.dim";
    /// Text that needs a decision.
    Strong = "text.strong";
    /// Borders and rules.
    Faint = "border";
    /// The border of the pane with the focus, keys in the footer, the product's name.
    Accent = "accent";
    /// The header's ground.
    Header = "header";
    /// The highlighted row's ground.
    Selection = "selection";
    /// A marked row's sign.
    Marked = "marked";
    /// Severity critical.
    Critical = "severity.critical";
    /// Severity high.
    High = "severity.high";
    /// Severity medium.
    Medium = "severity.medium";
    /// Severity low.
    Low = "severity.low";
    /// Done, or live.
    Good = "state.good";
    /// Somebody owns it.
    Owned = "state.owned";
    /// Late, unreachable, never answered: what is shown may not be true any more.
    Stale = "state.stale";
    /// Resolved, kept in sight.
    Resolved = "state.resolved";
    /// A series in a chart or a sparkline.
    Series = "chart.series";
    /// A threshold in a chart.
    Threshold = "chart.threshold";
    /// Log lines that are errors.
    LogError = "log.error";
    /// Log lines that are warnings.
    LogWarn = "log.warn";
    /// Other log lines' level.
    LogOther = "log.other";
    /// What a search or a filter found.
    Found = "found";
    /// A link.
    Link = "link";
    /// A banner's ground: read-only lifted, updates paused.
    Banner = "banner";
    /// A failure that is told.
    Failed = "toast.failed";
}

impl Role {
    /// The role of a name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|role| role.name() == name)
    }

    /// The role of a severity.
    #[must_use]
    pub fn of_severity(severity: Severity) -> Self {
        match severity {
            Severity::Critical => Self::Critical,
            Severity::High => Self::High,
            Severity::Medium => Self::Medium,
            Severity::Low => Self::Low,
        }
    }

    /// The role of a signal's level.
    #[must_use]
    pub fn of_signal(level: SignalLevel) -> Self {
        match level {
            SignalLevel::Ok => Self::Text,
            SignalLevel::Warn => Self::High,
            SignalLevel::Critical => Self::Critical,
            SignalLevel::Unknown => Self::Stale,
        }
    }

    /// The role of one of the sixteen colours that output is painted with, by its number in ECMA-48's order. The
    /// theme's own colours stand for them: those can be read on its ground, which the terminal's black and blue cannot.
    #[must_use]
    pub fn of_ansi(number: u8) -> Self {
        match number % 16 {
            1 | 9 => Self::Critical,
            2 | 10 => Self::Good,
            3 | 11 => Self::Medium,
            4 | 12 => Self::Low,
            5 | 13 => Self::Stale,
            6 | 14 => Self::Series,
            0 | 8 => Self::Dim,
            _ => Self::Text,
        }
    }

    /// The role of a log level.
    #[must_use]
    pub fn of_level(level: Level) -> Self {
        match level {
            Level::Fatal | Level::Error => Self::LogError,
            Level::Warn => Self::LogWarn,
            Level::Info | Level::Unknown | Level::Debug | Level::Trace => Self::LogOther,
        }
    }
}
