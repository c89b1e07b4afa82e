//! The keymaps that ship. `keymaps/default.toml` is the only list of default keys.

/// Names and texts; the first is the default.
const SHIPPED: &[(&str, &str)] = &[
    (DEFAULT, include_str!("../../keymaps/default.toml")),
    ("vim", include_str!("../../keymaps/vim.toml")),
    ("k9s", include_str!("../../keymaps/k9s.toml")),
];

/// The name of the keymap that all others stand on.
pub const DEFAULT: &str = "default";

/// The names of the keymaps that ship.
pub fn names() -> impl Iterator<Item = &'static str> {
    SHIPPED.iter().map(|(name, _)| *name)
}

/// The text of a shipped keymap.
pub(super) fn text(name: &str) -> Option<&'static str> {
    SHIPPED.iter().find(|(shipped, _)| *shipped == name).map(|(_, text)| *text)
}
