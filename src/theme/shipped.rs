//! The themes that ship, and those of the operator beside them.

use std::collections::BTreeMap;
use std::path::Path;

use super::file;
use crate::rows;

/// The name of the default theme.
pub const DEFAULT: &str = "midnight";

/// Names and texts; the first is the default.
const SHIPPED: &[(&str, &str)] = &[
    (DEFAULT, include_str!("../../themes/midnight.toml")),
    ("daylight", include_str!("../../themes/daylight.toml")),
    ("high-contrast", include_str!("../../themes/high-contrast.toml")),
    ("colour-blind", include_str!("../../themes/colour-blind.toml")),
    ("ansi16", include_str!("../../themes/ansi16.toml")),
    ("mono", include_str!("../../themes/mono.toml")),
];

/// The names of the themes that ship.
pub fn names() -> impl Iterator<Item = &'static str> {
    SHIPPED.iter().map(|(name, _)| *name)
}

/// The text of a shipped theme.
pub(super) fn text(name: &str) -> Option<&'static str> {
    SHIPPED.iter().find(|(shipped, _)| *shipped == name).map(|(_, text)| *text)
}

/// One theme that can be chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Its name.
    pub name: String,
    /// What it is, in one line.
    pub description: String,
    /// Whether it is the operator's own.
    pub own: bool,
}

/// All themes that can be chosen: the shipped ones, then the operator's own by name. One of their own stands in
/// the place of a shipped one of the same name.
#[must_use]
pub fn list(user_dir: Option<&Path>) -> Vec<Listed> {
    let mut own: BTreeMap<String, Listed> = user_dir.map(own_themes).unwrap_or_default();
    let describe = |name: &str, text: &str| file::read(Path::new(name), text).0.description.unwrap_or_default();
    let mut made: Vec<Listed> = SHIPPED
        .iter()
        .map(|(name, text)| {
            let shipped = || Listed { name: (*name).to_owned(), description: describe(name, text), own: false };
            own.remove(*name).unwrap_or_else(shipped)
        })
        .collect();
    made.extend(own.into_values());
    made
}

fn own_themes(folder: &Path) -> BTreeMap<String, Listed> {
    let Ok(entries) = std::fs::read_dir(folder) else { return BTreeMap::new() };
    entries
        .flatten()
        .filter_map(|entry| {
            let path = entry.path();
            let name = path.file_name()?.to_str()?.strip_suffix(".toml").filter(|name| file::is_name(name))?;
            let text = rows::text_of(&path).ok()??;
            let description = file::read(&path, &text).0.description.unwrap_or_else(|| "your own".to_owned());
            Some((name.to_owned(), Listed { name: name.to_owned(), description, own: true }))
        })
        .collect()
}
