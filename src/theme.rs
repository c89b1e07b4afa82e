//! How things look: roles with a meaning, never colours by name.
//!
//! What lives here: the [`Role`]s and [`Glyph`]s that views ask for, the themes that say how each role looks,
//! and the degradation to what the terminal can show. What must not: anything about what is drawn where.

pub mod capability;
mod colour;
mod degrade;
mod file;
pub mod glyph;
mod load;
pub mod role;
pub mod shipped;

use ratatui::style::Style;

pub use capability::Capability;
pub use glyph::Glyph;
pub use role::Role;
pub use shipped::{Listed, list};

/// What is wrong with a theme. It never stops midwatch.
pub type ThemeProblem = crate::rows::Problem;

/// A theme that is ready to be drawn with: every role has a style that this terminal can show.
#[derive(Debug, Clone, PartialEq)]
pub struct Theme {
    name: String,
    styles: Vec<Style>,
    ascii: bool,
}

impl Theme {
    /// A theme without any style: what a test uses that looks at text alone.
    #[must_use]
    pub fn plain() -> Self {
        Self { name: "plain".to_owned(), styles: vec![Style::new(); Role::ALL.len()], ascii: false }
    }

    /// A theme made from a function: what a test uses that looks at styles.
    #[cfg(test)]
    pub fn of(style: impl Fn(Role) -> Style, ascii: bool) -> Self {
        Self { name: "made".to_owned(), styles: Role::ALL.iter().map(|role| style(*role)).collect(), ascii }
    }

    /// Its name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// How a role looks.
    #[must_use]
    pub fn style(&self, role: Role) -> Style {
        self.styles.get(role as usize).copied().unwrap_or_default()
    }

    /// The sign for a glyph: Unicode, or ASCII where the terminal has no more.
    #[must_use]
    pub fn glyph(&self, glyph: Glyph) -> &'static str {
        glyph.text(self.ascii)
    }

    /// Whether only ASCII may be drawn: borders, bars and sparklines then have ASCII forms too.
    #[must_use]
    pub fn is_ascii(&self) -> bool {
        self.ascii
    }
}

/// The problems of a text of a theme.
#[cfg(any(test, fuzzing))]
pub(crate) fn taken_apart(text: &str) -> Vec<String> {
    file::read(std::path::Path::new("own.toml"), text).1.iter().map(ToString::to_string).collect()
}

#[cfg(test)]
mod tests;
